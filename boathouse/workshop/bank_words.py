"""Puts a crew's own words into a coach's question: "From what to {target}?" is "From what to 40 %?" there."""

import re
from collections.abc import Mapping

from boathouse.rollout.checks.numbers import Quantity, read_figures
from boathouse.rollout.checks.texts import plain
from boathouse.workshop.board import shorten
from boathouse.workshop.drafts import Draft, KeyResultDraft

QUOTED = 60  # characters of a statement or title that a question repeats
NUMBER, UNIT = 20, 40  # characters of a number and of its unit
TELLING = 3  # characters from which words are surely the crew's own

# What stands there where the draft has nothing to put in. The keys are the words that braces may hold.
PLAIN = {
    "target": "your target",
    "start": "your starting point",
    "words": "this",
    "unit": "your unit",
    "owner": "its owner",
}
_SLOT = re.compile(r"\{(" + "|".join(PLAIN) + r")\}")
_UNIT_AFTER = re.compile(r"[\s-]*(?:[^\W\d_]+|%)")


def gaps(question: str) -> str:
    """The question with a gap wherever every crew has words of its own."""
    return _SLOT.sub("…", question)


def fill(question: str, own: Mapping[str, str]) -> str | None:
    """The question with the crew's own words; None if the draft lacks one of them."""
    if any(not own.get(slot) for slot in _SLOT.findall(question)):
        return None
    return _SLOT.sub(lambda found: own[found[1]], question)


def fill_loosely(question: str, own: Mapping[str, str]) -> str:
    """The same, with plain words such as "your target" where the draft has none."""
    return _SLOT.sub(lambda found: own.get(found[1]) or PLAIN[found[1]], question)


def unfill(question: str, own: Mapping[str, str]) -> str:
    """The other way round: what was written in one room, with braces where it repeats that crew's words.

    The longest first; what is shorter than TELLING stands for too much else.
    """
    for slot, words in sorted(own.items(), key=lambda pair: -len(pair[1])):
        if len(words) >= TELLING:
            question = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", f"{{{slot}}}", question)
    return question


def own_words(draft: Draft, item: str) -> dict[str, str]:
    """What the draft can fill in about objective:ID or key_result:ID, by the word in the braces."""
    kind, _, item_id = item.partition(":")
    if kind == "objective":
        title = next((each.title for each in draft.objectives if each.id == item_id), "")
        return {"words": shorten(title, QUOTED)}
    key_result = next((each for each in draft.key_results() if each.id == item_id), None)
    return _of_key_result(key_result) if key_result else {}


def _of_key_result(row: KeyResultDraft) -> dict[str, str]:
    unit = shorten(row.unit, UNIT)
    return {
        "words": shorten(row.statement, QUOTED),
        "start": _measured(row.start, unit),
        "target": _measured(row.target, unit) or _target_in(row.statement),
        "unit": unit,
        "owner": row.owner or "",
    }


def _measured(number: str, unit: str) -> str:
    """The number with its unit, unless it has one already: "40 %", "€ 40"."""
    number = shorten(number, NUMBER)
    if not number or not unit or not number[-1].isdigit():
        return number
    return f"{number} {unit}"


def _target_in(statement: str) -> str:
    """The last number of a statement, where most people write the target."""
    text = plain(statement)
    found = read_figures(text).quantities
    return shorten(_with_unit(text, found[-1]), UNIT) if found else ""


def _with_unit(text: str, found: Quantity) -> str:
    after = _UNIT_AFTER.match(text[found.end :]) if found.kind == "time" else None
    return found.text + (after.group() if after and found.text[-1].isdigit() else "")
