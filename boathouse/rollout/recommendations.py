"""What we recommend for each deployment parameter, for a program of this size at this point.

A pure function; every reason has its source. S-numbers refer to the field's sources in the domain notes.
"""

from dataclasses import dataclass
from typing import Any

from boathouse.rollout.parameters import RECOMMENDED, GroundRules, Key

SMALL = 100  # people; below it top-down works for everybody at once (S40)


@dataclass(frozen=True)
class Situation:
    """What a recommendation depends on. headcount: None while nobody has said it."""

    headcount: int | None = None
    is_first_cycle: bool = True

    @property
    def is_large(self) -> bool:
        """Whether to begin in a pocket of the organisation."""
        return self.headcount is not None and self.headcount >= SMALL


@dataclass(frozen=True)
class Recommendation:
    """A value, why, and where that comes from (an S-number of the domain notes)."""

    value: Any
    reason: str
    source: str


def recommend(key: Key, situation: Situation) -> Recommendation:
    """What to take unless there is a better reason."""
    if key in _BY_SITUATION:
        return _BY_SITUATION[key](situation)
    reason, source = _REASONS[key]
    return Recommendation(getattr(RECOMMENDED, key), reason, source)


def recommended_rules(situation: Situation) -> GroundRules:
    """The recommendations for all thirteen."""
    return GroundRules.model_validate({key: recommend(key, situation).value for key in Key})


def _levels(situation: Situation) -> Recommendation:
    if not situation.is_first_cycle and situation.is_large:
        reason = "The first teams have shown that it works. Add one level between them and the company now."
        return Recommendation(["company", "business_unit", "team"], reason, "S42")
    if situation.is_large:
        reason = (
            "In an organisation of your size begin with the company and a pocket of teams, and let it work "
            "there first. Never individuals in the first cycle."
        )
        return Recommendation(["company", "team"], reason, "S38, S41")
    reason = (
        "With few people the company and its teams are enough: every level between them costs weeks of "
        "passing on. Individuals would make it a personal appraisal."
    )
    return Recommendation(["company", "team"], reason, "S38, S40")


def _objectives(situation: Situation) -> Recommendation:
    reason = "What everybody can remember gets done. Each further objective takes attention from the first."
    if situation.is_first_cycle:
        reason += " In a first cycle, one that is done well is worth more than three."
    return Recommendation(3, reason, "S35")


def _scoring(situation: Situation) -> Recommendation:
    if situation.is_first_cycle:
        reason = (
            "One target that is about half likely can be explained in a minute. Three numbers for each key "
            "result are a good next step once drafting is familiar."
        )
        return Recommendation("confidence", reason, "S36, S42")
    reason = (
        "You have drafted before, so agree in advance what a promise, a target and a stretch would look "
        "like. Nobody has to argue about a score afterwards."
    )
    return Recommendation("commit_target_stretch", reason, "S36")


def _ambition(situation: Situation) -> Recommendation:
    if situation.is_first_cycle:
        reason = "People learn more from a target they may miss, as long as a miss costs nobody anything."
        return Recommendation("stretch", reason, "S36, S31")
    reason = "By now others plan with some of your numbers. Promise those, stretch elsewhere, and say which."
    return Recommendation("both", reason, "S36")


def _cycle(situation: Situation) -> Recommendation:
    reason = "Long enough to move a number, short enough to learn from a wrong guess."
    if situation.is_large:
        reason += " Four months can suit an organisation of your size, where agreeing takes longer."
    return Recommendation(3, reason, "S35")


def _cadence(situation: Situation) -> Recommendation:
    often = {"company": "monthly", "business_unit": "monthly", "department": "monthly", "team": "biweekly"}
    value = {level: often[level] for level in _levels(situation).value}
    reason = (
        "Monthly the organisation sees who needs support; every two weeks a team can still change course. "
        "What is not worth a talk during the cycle was not worth writing down."
    )
    return Recommendation(value, reason, "S22, S24, S26")


_BY_SITUATION = {
    Key.LEVELS: _levels,
    Key.MAX_OBJECTIVES: _objectives,
    Key.SCORING: _scoring,
    Key.AMBITION: _ambition,
    Key.CYCLE_MONTHS: _cycle,
    Key.CHECK_IN_CADENCE: _cadence,
}
_REASONS: dict[Key, tuple[str, str]] = {
    Key.MAX_KEY_RESULTS: (
        "Enough to cover the objective without overlap, few enough to look at every week.",
        "S71, S76",
    ),
    Key.KEY_RESULT_TYPES: (
        "A metric is always the first choice. A baseline is worth it if the number is used again. A "
        "milestone says only that something is finished, so we ask what it changes.",
        "S36, S79",
    ),
    Key.PERFORMANCE_REVIEWS: (
        "Whoever is paid by a target sets a safe one. Use your reviews for pay, and OKRs for learning.",
        "S31",
    ),
    Key.BOTTOM_UP_SHARE: (
        "Those who do the work know what would help and which number shows it. Leadership gives the "
        "direction.",
        "S56, S82",
    ),
    Key.ALIGNMENT: (
        "Teams find out in a talk what they need from each other. An organisation chart does not know that, "
        "and passing goals down takes most of the cycle.",
        "S28, S82",
    ),
    Key.KPIS: (
        "A number that has to get better is a key result. One that is to stay as it is is a health metric: "
        "you look at it, and nobody has to write a goal for it.",
        "S63",
    ),
    Key.SYSTEM_OF_RECORD: (
        "Everybody has to know one place and be able to open it. A large spreadsheet is looked at once.",
        "S68, S69",
    ),
}
