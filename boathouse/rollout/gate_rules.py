"""What can be asked for at a gate, when it is met, and where a gate stands: rules without a database.

A wave starts when what the one before it was to show has been seen, and somebody decided so.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from boathouse.core.errors import Problem
from boathouse.rollout.programs import NO_ZEROS
from boathouse.rollout.tables.gates import Criterion, Gate, GateDecision, Verdict
from boathouse.rollout.tables.plans import Wave

YES = 1  # the threshold and the evidence of a yes-or-no criterion
FULL = 100  # per cent


@dataclass(frozen=True)
class Kind:
    """Something that can be asked for at a gate. usual: the threshold we propose; 1 means yes or no."""

    key: str
    words: str
    why: str
    source: str
    usual: int

    @property
    def is_share(self) -> bool:
        """Whether it is measured in per cent."""
        return self.usual != YES

    def sentence(self, threshold: int) -> str:
        """With its threshold, as a sentence."""
        return f"{self.words}: {threshold} % or more" if self.is_share else self.words


_LIST = (
    Kind(
        "cycle_completed",
        "A whole cycle is completed and scored",
        "One cycle is the smallest thing one can judge by.",
        "S58",
        YES,
    ),
    Kind(
        "reasoned_stance",
        "Units with a reasoned stance",
        "A reasoned “no OKRs” counts as much as a good draft.",
        "S43",
        80,
    ),
    Kind(
        "drafts_pass",
        "Drafts that pass the checks",
        "What is unclear now is copied by every later wave.",
        "S42",
        70,
    ),
    Kind(
        "check_in_rate",
        "Check-ins that took place",
        "Goals nobody looks at are not used, whatever the score says.",
        "S65",
        75,
    ),
    Kind(
        "want_to_go_on",
        "People who want to go on",
        "Those who want to go on carry it to the next ones.",
        "S51",
        60,
    ),
)
CRITERIA = {kind.key: kind for kind in _LIST}
USUAL = ("cycle_completed", "reasoned_stance", "check_in_rate", "want_to_go_on")
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=NO_ZEROS)
]


class Evidence(BaseModel):
    """What was seen. seen: per cent, or 1 for yes and 0 for no."""

    seen: int = Field(ge=0, le=FULL)
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=NO_ZEROS)] = ""


class GateVerdict(BaseModel):
    """A decision at a gate."""

    verdict: Verdict
    reason: Reason


def is_met(criterion: Criterion) -> bool:
    """Whether what was seen reaches the threshold; what nobody looked at is not met."""
    return criterion.seen is not None and criterion.seen >= criterion.threshold


@dataclass(frozen=True)
class GateState:
    """A gate with all that belongs to it. before: the wave it opens. decisions: the newest first."""

    gate: Gate
    before: Wave
    criteria: tuple[Criterion, ...] = ()
    decisions: tuple[GateDecision, ...] = ()
    letter: str = "A"

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(is_met(each) for each in self.criteria)

    @property
    def decision(self) -> GateDecision | None:
        """The one that counts."""
        return self.decisions[0] if self.decisions else None

    @property
    def is_met(self) -> bool:
        """Whether every criterion is met. A gate that asks for nothing is not."""
        return bool(self.criteria) and self.met == len(self.criteria)

    @property
    def is_open(self) -> bool:
        """Whether the next wave may start."""
        return self.decision is not None and self.decision.verdict == Verdict.SCALE

    @property
    def is_stopped(self) -> bool:
        """Whether no further wave starts."""
        return self.decision is not None and self.decision.verdict == Verdict.STOP

    @property
    def is_ripe(self) -> bool:
        """Whether a decision is due: all of it is met, by what was seen since the last decision."""
        since = self.decision.at if self.decision else None
        seen = [each.seen_at for each in self.criteria]
        return self.is_met and not self.is_stopped and all(not since or (at and at > since) for at in seen)

    @property
    def missing(self) -> list[Kind]:
        """What may still be asked for."""
        asked = {each.key for each in self.criteria}
        return [kind for key, kind in CRITERIA.items() if key not in asked]


def state_in_words(state: GateState) -> str:
    """Where a gate stands, in three words."""
    if state.decision:
        return {Verdict.SCALE: "Open", Verdict.REPEAT: "Repeat first", Verdict.STOP: "Stopped here"}[
            state.decision.verdict
        ]
    if any(each.seen is not None for each in state.criteria):
        return f"{state.met} of {len(state.criteria)} met"
    return "Not started"


def checked_threshold(key: str, threshold: int | None) -> int:
    """The threshold as it is kept: 1 for yes or no, else per cent. Errors: Problem 422."""
    kind = CRITERIA[key]
    if not kind.is_share or threshold is None:
        return kind.usual
    if not 1 <= threshold <= FULL:
        raise Problem(422, "A share from 1 to 100 per cent, please.", field="threshold")
    return threshold
