"""Deployment parameters: the ground rules of a program, which leadership decides before anybody drafts.

The ten parameters are Ben Lamorte's; S-numbers refer to the field's sources in the domain notes. What each
asks is in parameter_questions.py, what we recommend in recommendations.py, what was decided in decisions.py.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from boathouse.core.errors import Problem


class Key(StrEnum):
    """The thirteen parameters, in the order in which leadership settles them."""

    LEVELS = "levels"
    MAX_OBJECTIVES = "max_objectives"
    MAX_KEY_RESULTS = "max_key_results"
    CYCLE_MONTHS = "cycle_months"
    KEY_RESULT_TYPES = "key_result_types"
    SCORING = "scoring"
    AMBITION = "ambition"
    PERFORMANCE_REVIEWS = "performance_reviews"
    BOTTOM_UP_SHARE = "bottom_up_share"
    ALIGNMENT = "alignment"
    KPIS = "kpis"
    CHECK_IN_CADENCE = "check_in_cadence"
    SYSTEM_OF_RECORD = "system_of_record"


# Without these nobody could draft (contract: required before a workshop).
REQUIRED = frozenset(
    {
        Key.LEVELS,
        Key.MAX_OBJECTIVES,
        Key.MAX_KEY_RESULTS,
        Key.SCORING,
        Key.AMBITION,
        Key.CYCLE_MONTHS,
        Key.KEY_RESULT_TYPES,
    }
)
LEVELS = ("company", "business_unit", "department", "team", "individual")
TYPES = ("metric", "baseline", "milestone")
CADENCES = ("weekly", "biweekly", "monthly")
CHOICES: dict[Key, tuple[str, ...]] = {
    Key.SCORING: ("zero_to_one", "confidence", "commit_target_stretch"),
    Key.AMBITION: ("stretch", "committed", "both"),
    Key.PERFORMANCE_REVIEWS: ("separate", "informs", "linked"),
    Key.KPIS: ("health_metrics", "key_results_when_improving", "separate"),
    Key.ALIGNMENT: ("conversation", "linked", "cascaded"),
}
RANGES: dict[Key, tuple[int, int]] = {
    Key.MAX_OBJECTIVES: (1, 5),
    Key.MAX_KEY_RESULTS: (1, 5),
    Key.CYCLE_MONTHS: (1, 12),
    Key.BOTTOM_UP_SHARE: (0, 100),
}
LONGEST_NAME = 80
LONGEST_LINK = 300


class GroundRules(BaseModel):
    """All thirteen values: what binds a workshop, which keeps a snapshot of them.

    What stands here holds where nothing else was decided, and for workshops without a program.
    """

    levels: list[str] = ["company", "team"]  # S38
    max_objectives: int = Field(default=3, ge=1, le=5)  # S35: 1, 3, at most 4
    max_key_results: int = Field(default=3, ge=1, le=5)  # S71: up to three
    cycle_months: int = Field(default=3, ge=1, le=12)  # S35: three months is usual
    key_result_types: list[str] = list(TYPES)  # S36: milestones allowed, flagged
    scoring: str = "confidence"  # S36
    ambition: str = "stretch"  # S36
    performance_reviews: str = "separate"  # S31
    bottom_up_share: int = Field(default=60, ge=0, le=100)
    alignment: str = "conversation"
    kpis: str = "key_results_when_improving"
    check_in_cadence: dict[str, str] = {"company": "monthly", "team": "biweekly"}  # S22, S24
    system_of_record: dict[str, str] = {"name": "One page that everybody can open", "link": ""}  # S68

    @property
    def has_three_targets(self) -> bool:
        """Whether key results say what commit, target and stretch would look like."""
        return self.scoring == "commit_target_stretch"


RECOMMENDED = GroundRules()


def check_value(key: Key, value: Any) -> Any:
    """The value as it is kept: lists in their own order, texts without blanks around them.

    Errors: Problem 422 with what would be right.
    """
    return _CHECKS[key](key, value)


def _choice(key: Key, value: Any) -> str:
    if not isinstance(value, str) or value not in CHOICES[key]:
        raise _wrong(f"Choose one of these: {_or(CHOICES[key])}." if value else "Choose one of the answers.")
    return value


def _number(key: Key, value: Any) -> int:
    low, high = RANGES[key]
    if value in ("", None):  # a form in which nothing is chosen
        raise _wrong("Choose one of the answers.")
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise _wrong(f"A whole number from {low} to {high}, please.")
    return value


def _levels(key: Key, value: Any) -> list[str]:
    return _some_of(LEVELS, value, "Choose at least one level")


def _types(key: Key, value: Any) -> list[str]:
    chosen = _some_of(TYPES, value, "Choose at least one type")
    if "metric" not in chosen:
        raise _wrong("A metric is always possible, so it belongs to the types.")
    return chosen


def _some_of(known: tuple[str, ...], value: Any, ask: str) -> list[str]:
    is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
    if value in ([], None):  # a form in which nothing is ticked
        raise _wrong(f"{ask}.")
    if not is_list or not set(value) <= set(known) or len(set(value)) != len(value):
        raise _wrong(f"{ask}: {_or(known)}, each once.")
    return [one for one in known if one in value]


def _cadence(key: Key, value: Any) -> dict[str, str]:
    if value == {}:
        raise _wrong("Say for each level how often it checks in.")
    if not isinstance(value, dict) or not set(value) <= set(LEVELS):
        raise _wrong(f"Say for each level how often it checks in. Levels are {_or(LEVELS)}.")
    if not all(isinstance(often, str) and often in CADENCES for often in value.values()):
        raise _wrong(f"How often is {_or(CADENCES)}.")
    return {level: value[level] for level in LEVELS if level in value}


def _place(key: Key, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value) <= {"name", "link"}:
        raise _wrong("Give the place a name and a link.")
    name, link = value.get("name", ""), value.get("link") or ""
    if not isinstance(name, str) or not isinstance(link, str) or "\0" in name + link:
        raise _wrong("The name and the link are texts.")
    name, link = " ".join(name.split()), link.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise _wrong(f"Give the place a name of at most {LONGEST_NAME} letters.")
    if link and (not link.startswith(("https://", "http://")) or len(link) > LONGEST_LINK or " " in link):
        raise _wrong("A link begins with https:// and can be left out.")
    return {"name": name, "link": link}


_CHECKS: dict[Key, Callable[[Key, Any], Any]] = {
    **dict.fromkeys(CHOICES, _choice),
    **dict.fromkeys(RANGES, _number),
    Key.LEVELS: _levels,
    Key.KEY_RESULT_TYPES: _types,
    Key.CHECK_IN_CADENCE: _cadence,
    Key.SYSTEM_OF_RECORD: _place,
}


def _or(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _wrong(sentence: str) -> Problem:
    return Problem(422, sentence, field="value")
