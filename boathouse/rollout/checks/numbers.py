"""Numbers as people write them in key results, and which of them are targets.

Dates, versions, names, references, periods and descriptions of a population are numbers too, but nobody can
reach them; they are told apart here, each with the reason.
"""

import re
from dataclasses import dataclass
from itertools import islice

from boathouse.rollout.checks.lexicon.lists import either
from boathouse.rollout.checks.no_targets import NO_TARGETS, UNIT_OF_TIME

MOST = 40  # numbers that are read in one statement
NOTHING, OTHER = "\ue000", "\ue001"  # what stands for a target and for another number in a skeleton

_SMALL = either("""
    zero one two three four five sixteen sixty six seventeen seventy seven eighteen eighty eight
    nineteen ninety nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty fifty
""")
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_WORDS = (
    rf"(?:(?:{_SMALL}|an?|half an?|several|a few)[\s-]+)?(?:(?:{_SCALE})s?(?:\s+of)?)"
    rf"(?:[\s-]+(?:and\s+)?(?:{_SMALL}|{_SCALE})\b)*|(?:{_SMALL})(?:[\s-](?:{_SMALL}))?"
)
_NO_ONE_BEFORE = (
    "no",
    "number",
    "day",
    "this",
    "that",
    "which",
    "any",
    "every",
    "each",
    "the",
    "phase",
    "another",
)
_NOT_ONE = (
    r"(?!zero-)(?!one[\s-](?:of|another|stop|pager?|time|click|off|way|size|place|team|page|voice|source|single|hand"
    r"|view|day\b))" + "".join(f"(?<!{word} )" for word in _NO_ONE_BEFORE)
)
_NUMBER = r"(?:\d{1,3}(?:[,' ]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
_UNIT = (
    r"(?:\s?(?:%|‰|\+|percent(?:age points?|ile)?\b|per cent\b|pct\b|pp\b|p\.p\.|bps\b|bn\b|mm\b|mn\b|mio\b"
    r"|million\b|billion\b|thousand\b|(?:k|m|b|x|h|d|s|ms|kg|km|min|mins|hrs?|gb|mb|tb|kwh|mwh|t)\b(?!')|times\b"
    r"|-?fold\b|th percentile\b|(?:st|nd|rd|th)(?= percentile)|(?:st|nd|rd|th)\b|€|\$|£)){0,4}"
)
_MONEY = r"(?:(?:[$€£¥₹]|\b(?:usd|eur|gbp|chf|inr|rs\.?|us\$))\s?)?"
_OF = r"(?:\s?/\s?\d+(?:\.\d+)?\b|\s+out\s+of\s+\d+\b)?"
_TIMES = (
    r"(?:doubl|tripl|quadrupl|halv|quintupl)(?:e[sd]?|ing)\b(?![\s-](?:check|down|sided|click|opt|entry|blind))"
    r"|twice|thrice|half(?!\s?-?(?:year|day|time|marathon|way))|(?:two|three|five|ten)-?fold|an?\s+third"
    r"|two[\s-]thirds|a\s+quarter\s+of|(?<=by\s)a\s+quarter|(?<=from\s)a\s+quarter|(?<=least\s)(?:once|one)\b|three[\s-]quarters|a\s+(?:dozen|couple)"
)
QUANTITY = re.compile(
    rf"(?P<digits>(?:\+\s?)?{_MONEY}(?<![\w.])(?:#\s?)?{_NUMBER}{_UNIT}{_OF}(?:\s?[$€£])?)"
    rf"|\b(?P<words>{_NOT_ONE}(?:{_WORDS}))\b|\b(?P<multiple>{_TIMES})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """A number somebody could reach: where it stands (start, end), as written, and of which kind.

    kind: percent, money, time, multiple or count.
    """

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True)
class Figures:
    """All numbers of a text: the targets, the others with why they are none, and the text without digits.

    skeleton: the text in which each target is one sign NOTHING and each other number one sign OTHER.
    """

    quantities: tuple[Quantity, ...]
    others: tuple[tuple[str, str], ...]
    skeleton: str


def read_figures(text: str) -> Figures:
    """Find the numbers of a plain text (see texts.plain)."""
    masked, others = _mask(text)
    found = [
        _quantity(match) for match in islice(QUANTITY.finditer(masked), MOST) if not _is_loose_one(match)
    ]
    return Figures(tuple(found), tuple(others), _skeleton(masked, found))


_COUNTS_ONE = re.compile(
    r"(?:least|than|only|exactly|just|most|within|from|to|under|every|per|in|and|,"
    r"|^(?!(?:first|second|third|next|last|new|old|this|that|any|which)\b)\w+)\s$|^$",
    re.IGNORECASE,
)


def _is_loose_one(match: re.Match[str]) -> bool:
    """Whether "one" is little more than an article, as in "a partnership with one school"."""
    return match.group().lower() == "one" and not _COUNTS_ONE.search(match.string[: match.start()])


def _mask(text: str) -> tuple[str, list[tuple[str, str]]]:
    others: list[tuple[str, str]] = []
    for reason, pattern in NO_TARGETS:

        def hide(match: re.Match[str], reason: str = reason) -> str:
            others.append((reason, match.group()))
            return _hidden(match.group(), reason)

        text = pattern.sub(hide, text)
    return text, others


def _hidden(found: str, reason: str) -> str:
    """Digits away, length kept; of a filter the people it describes stay readable."""
    if reason == "filter":
        return re.sub(r"\d", OTHER, found)
    return OTHER * len(found)


_IS_MONEY = re.compile(r"[$€£¥₹]|usd|eur|gbp|chf|inr")
_MONEY_AFTER = re.compile(r"\s?(?:dollars|euros?|pounds|usd|eur|gbp|chf)\b", re.IGNORECASE)
_TIME = re.compile(
    rf"^[\s-]*(?:business |working |calendar )?{UNIT_OF_TIME}\b|^\s?(?:ms|h|d|s)\b", re.IGNORECASE
)


def _quantity(match: re.Match[str]) -> Quantity:
    written, rest = match.group().strip(), match.string[match.end() : match.end() + 30]
    start = match.end() - len(match.group().lstrip())
    low = written.lower()
    if match["multiple"] or re.search(r"\d\s?x$|times$|fold$", low):
        kind = "multiple"
    elif "%" in low or "percent" in low or "pct" in low or low.endswith(("pp", "bps", "per cent")):
        kind = "percent"
    elif _IS_MONEY.search(low) or _MONEY_AFTER.match(rest):
        kind = "money"
    elif _TIME.match(rest) or re.search(r"\d\s?(?:ms|h|d|s|min|mins|hrs?)$", low):
        kind = "time"
    else:
        kind = "count"
    return Quantity(start, match.end(), written, kind)


def _skeleton(masked: str, found: list[Quantity]) -> str:
    parts, at = [], 0
    for quantity in found:
        parts += [masked[at : quantity.start], NOTHING]
        at = quantity.end
    return re.sub(OTHER + "+", OTHER, "".join([*parts, masked[at:]]))
