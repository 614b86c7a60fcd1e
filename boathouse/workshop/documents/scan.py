"""Reads a Yjs update (v1) just far enough to judge it before it may touch a document.

A draft holds plain text in known root texts and nothing else. So the scan lists the root names an update
writes to, and refuses what a text field never sends: nested types, other content, absurd lengths.
"""

import re

from boathouse.workshop.documents.protocol import Malformed, read_bytes, read_number, read_text

LONGEST_RUN = 2**31  # letters in one struct or deletion; anything longer is made up to burn time

GC, DELETED, TEXT, FORMAT, SKIP = 0, 1, 4, 6, 10
LEFT_ORIGIN, RIGHT_ORIGIN, PARENT_SUB = 0x80, 0x40, 0x20

# One struct of one client: a short text beside another item. That is nearly every key somebody presses,
# and a pattern is ten times as fast as the scan. It ends at the length of the text.
NUMBER = rb"[\x80-\xff]{0,7}[\x00-\x7f]"
KEYSTROKE = re.compile(
    rb"\x01\x01" + NUMBER * 2 + rb"(?:[\x84\x44]" + NUMBER * 2 + rb"|\xc4" + NUMBER * 4 + rb")[\x00-\x7f]",
    re.DOTALL,
)


class Foreign(ValueError):
    """The update holds something other than text."""


def root_names(update: bytes) -> set[str]:
    """The root names that an update writes to for the first time of each run of structs.

    An item beside another one carries no name: it is where that one is.
    Errors: Malformed; Foreign.
    """
    names: set[str] = set()
    key = KEYSTROKE.match(update)
    if key and key.end() + update[key.end() - 1] + 1 == len(update) and update[-1] == 0:
        return names
    clients, at = read_number(update, 0)
    for _ in range(clients):
        structs, at = read_number(update, at)
        _, at = read_number(update, at)  # client
        _, at = read_number(update, at)  # clock
        for _ in range(structs):
            at = _struct(update, at, names)
    at = _deletions(update, at)
    if at != len(update):
        raise Malformed("bytes follow the update")
    return names


def _struct(update: bytes, at: int, names: set[str]) -> int:
    info, at = _byte(update, at)
    kind = info & 31
    if kind in (GC, SKIP):
        return _run(update, at)
    for origin in (LEFT_ORIGIN, RIGHT_ORIGIN):
        if info & origin:
            _, at = read_number(update, at)
            _, at = read_number(update, at)
    if not info & (LEFT_ORIGIN | RIGHT_ORIGIN):
        by_name, at = read_number(update, at)
        if by_name != 1 or info & PARENT_SUB:
            raise Foreign("a nested type")
        name, at = read_text(update, at)
        names.add(name)
    return _content(update, at, kind)


def _content(update: bytes, at: int, kind: int) -> int:
    if kind == DELETED:
        return _run(update, at)
    if kind == TEXT:
        return read_bytes(update, at)[1]
    if kind == FORMAT:
        return read_bytes(update, read_bytes(update, at)[1])[1]
    raise Foreign("content that is no text")


def _deletions(update: bytes, at: int) -> int:
    clients, at = read_number(update, at)
    for _ in range(clients):
        _, at = read_number(update, at)  # client
        ranges, at = read_number(update, at)
        for _ in range(ranges):
            _, at = read_number(update, at)  # clock
            at = _run(update, at)
    return at


def _run(update: bytes, at: int) -> int:
    length, at = read_number(update, at)
    if length > LONGEST_RUN:
        raise Malformed("a run is too long")
    return at


def _byte(update: bytes, at: int) -> tuple[int, int]:
    if at >= len(update):
        raise Malformed("a struct is cut short")
    return update[at], at + 1
