"""Plain text and Markdown as people write OKRs: headings, bullets and indents become objectives and key
results."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^(\s*)(?:[-*+•◦▪–]|\(?\d{1,2}[.)]|[a-z]\))\s+(?:\[[ xX]\]\s+)?(.*)$")
_OBJECTIVE = re.compile(
    r"^\W*(?:objectives?|goal|obj\.?|o\s?\d{1,2})\b\s*[\w.]{0,4}\s*[:.)\-–—]\W*", re.IGNORECASE
)
_KEY_RESULT = re.compile(r"^\W*(?:key\s?results?|krs?)(?![a-z])\s*[\d.]{0,6}\s*[:.)\-–—]?\W*", re.IGNORECASE)
_ROOF = re.compile(
    r"^\W*(?:okrs?\b.*|(?:key\s?results?|krs?|objectives?|results?|initiatives|notes?|why|owner|sponsor)\W*"
    r"|q[1-4]\b.{0,12}|fy\s?\d+.{0,12})$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^\W*(?:why(?: now)?|owner|sponsor|initiatives?|notes?|status|confidence|score|progress|due|lead"
    r"|champion)\s*\W?:",
    re.IGNORECASE,
)
# What such a line opens is no key result, until the next objective, key result or heading.
_SECTION = re.compile(
    r"^\W*(?:initiatives?|notes?|actions?(?: items?)?|tasks?|projects?|activities|comments?|risks?"
    r"|dependencies|next steps|from to-do to outcome|how we (?:get|will get) there)\W*$",
    re.IGNORECASE,
)
_PLAIN = 9  # deeper than any heading
_RULE = re.compile(r"^[\s\-=_*|:+]+$")


@dataclass(frozen=True)
class Item:
    """A line of the outline: its number in the text, how deep it stands, and what it is known to be."""

    number: int
    depth: int
    text: str
    is_objective: bool = False
    is_key_result: bool = False
    is_plain: bool = False


def read_outline(text: str) -> list[Item]:
    """Objectives and key results of a text in their order. Lines below a key result are left out: they are
    its initiatives or notes. Without any structure every line is a key result.
    """
    return _settled([item for item in map(_item, _without_sections(text.splitlines())) if item])


def _without_sections(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The numbered rows that belong to no section of initiatives, notes and the like."""
    section: int | None = None  # how deep its heading stands
    for number, row in enumerate(rows, 1):
        heading = _HEADING.match(row)
        words = heading[2] if heading else row
        if section is not None and row.strip():
            is_labelled = _OBJECTIVE.match(words) or _KEY_RESULT.match(words.lstrip(" -*+•"))
            is_next = heading is not None and len(heading[1]) <= section
            is_plain = section == _PLAIN and not _BULLET.match(row) and not row[0].isspace()
            section = None if is_labelled or is_next or is_plain else section
        if _SECTION.match(words):
            section = len(heading[1]) if heading else _PLAIN
        elif section is None:
            yield number, row


def _item(numbered: tuple[int, str]) -> Item | None:
    number, row = numbered
    row = row.replace("\t", "    ").strip("\ufeff").rstrip()
    if not row.strip() or _RULE.match(row) or _ASIDE.match(row):
        return None
    depth, text, is_plain = _depth(row)
    if not text or _ROOF.match(text):
        return None
    is_key_result = bool(found := _KEY_RESULT.match(text))
    is_objective = not is_key_result and bool(found := _OBJECTIVE.match(text))
    if found and text[found.end() :].strip(" *_"):
        text = text[found.end() :]
    elif found:
        return None
    return Item(number, depth, text.strip(" *_|"), is_objective, is_key_result, is_plain)


def _depth(row: str) -> tuple[int, str, bool]:
    """How deep a line stands: headings from -6, plain lines 0, bullets by their indent."""
    if heading := _HEADING.match(row):
        return len(heading[1]) - 7, heading[2], False
    if bullet := _BULLET.match(row):
        return 1 + len(bullet[1]), bullet[2].strip(), False
    indent = len(row) - len(row.lstrip())
    return min(indent, 1), row.strip(), True


def _settled(items: Sequence[Item]) -> list[Item]:
    settled: list[Item] = []
    objective: Item | None = None
    depth = 0  # of the key results below the objective
    for item, after in zip(items, [*items[1:], None], strict=False):
        deeper = after is not None and after.depth > item.depth and not after.is_objective
        if item.is_objective or (_opens(item, objective) and deeper and not item.is_key_result):
            if item.depth < 0 and after is not None and after.depth < 0 and not item.is_objective:
                continue  # a title above headings
            objective, depth = item, after.depth if after else 0
            settled.append(Item(item.number, item.depth, item.text, is_objective=True))
        elif item.depth >= 0 and (item.is_key_result or objective is None or item.depth <= depth):
            settled.append(Item(item.number, item.depth, item.text, is_key_result=True))
    return settled


def _opens(item: Item, objective: Item | None) -> bool:
    """Whether a line could open a new objective where one is open already, or none."""
    return objective is None or item.depth <= objective.depth
