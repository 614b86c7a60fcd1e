"""Names that people give themselves and their rooms: cleaned, bounded, told apart."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from boathouse.core.errors import Problem

LONGEST = 80  # characters, as the columns hold
# Invisible, but letters of some scripts and emoji are joined by them.
JOINERS = {"\u200c", "\u200d"}
# Control, format and surrogate characters show nothing, turn lines around, or cannot be stored.
UNSEEN = {"Cc", "Cf", "Cs"}
MOST_MARKS = 3  # accents on one letter: no alphabet needs more, and towers of them cover other lines
_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@.,;<>]+(\.[^\s@.,;<>]+)+")
_TOWER = re.compile(f"({_MARK}{{{MOST_MARKS}}}){_MARK}+")


def tidy(text: str) -> str:
    """The text on one line, without characters that show nothing, in one form of Unicode."""
    if text.isascii() and text.isprintable():  # a roster has thousands of them
        return " ".join(text.split())
    shown = (c for c in text if c in JOINERS or c.isspace() or unicodedata.category(c) not in UNSEEN)
    return unicodedata.normalize("NFC", " ".join("".join(shown).split())).strip(" \u200c\u200d")


def said(text: str) -> str:
    """Like tidy, for words on the stage: no tower of accents covers what stands above it."""
    return _TOWER.sub(r"\1", tidy(text))


def called(people: Sequence[str]) -> list[str]:
    """People by their first names, namesakes by their whole ones."""
    first = [name.split()[0] if name.split() else name for name in people]
    return [name if first.count(short) > 1 else short for name, short in zip(people, first, strict=True)]


def person_name(text: str) -> str:
    """A participant's name. Errors: Problem 422 on the field name."""
    name = tidy(text)
    if not name:
        raise Problem(422, "Write your name, as your crew knows you.", field="name")
    if len(name) > LONGEST:
        raise Problem(422, f"That is more than fits on a name tag: {LONGEST} characters.", field="name")
    return name


def room_name(text: str) -> str:
    """A room's name. Errors: Problem 422 on the field name."""
    name = tidy(text)
    if not name:
        raise Problem(422, "Give the room a name.", field="name")
    if len(name) > LONGEST:
        raise Problem(422, f"That is too long for a door: {LONGEST} characters.", field="name")
    return name


def email_address(text: str | None) -> str | None:
    """An address, or None where none was given. Errors: Problem 422 on the field email."""
    email = tidy(text or "").lower()
    if not email:
        return None
    if not _ADDRESS.fullmatch(email) or len(email) > 254:
        message = "That does not look like an email address. You can also leave it empty."
        raise Problem(422, message, field="email")
    return email


def same_name(one: str, other: str) -> bool:
    """Whether people would take the two for one name."""
    return spoken(one) == spoken(other)


def numbered(name: str, taken: Collection[str]) -> str:
    """The name with the first free number: Ana (2). Names that nobody has yet stay as they are."""
    candidate, n = name, 1
    while any(same_name(candidate, other) for other in taken):
        n += 1
        tail = f" ({n})"
        candidate = name[: LONGEST - len(tail)].rstrip() + tail
    return candidate


def spoken(name: str) -> str:
    """The name as it is compared: without the difference of capitals and of forms of one letter."""
    return unicodedata.normalize("NFKC", name).casefold()
