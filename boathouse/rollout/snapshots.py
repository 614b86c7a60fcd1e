"""The rules that hold for a workshop, each with where it comes from.

A workshop keeps a snapshot: its rules do not change under people's hands when leadership thinks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, Field

from boathouse.rollout.decisions import Parameter
from boathouse.rollout.parameter_questions import QUESTIONS
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.parameters import REQUIRED, GroundRules, Key
from boathouse.rollout.recommendations import Situation, recommend, recommended_rules


class RuleSource(BaseModel):
    """Where a rule comes from: a decision, or our recommendation where there was none.

    accepted_by: the coach who chose to run on the recommendation.
    """

    decided: bool = False
    reason: str
    by: str = ""
    at: datetime | None = None
    accepted_by: str = ""


class Snapshot(BaseModel):
    """All thirteen rules with their sources."""

    rules: GroundRules = Field(default_factory=GroundRules)
    sources: dict[Key, RuleSource] = Field(default_factory=dict)

    def words(self, key: Key) -> str:
        """A rule's value in words."""
        return in_words(key, getattr(self.rules, key))

    def source(self, key: Key) -> RuleSource:
        """Where a rule comes from; without a program, from us."""
        return self.sources.get(key) or RuleSource(reason=recommend(key, Situation()).reason)

    def open_required(self) -> list[Key]:
        """The rules that a workshop needs and that nobody has decided."""
        return [key for key in Key if key in REQUIRED and not self.source(key).decided]


@dataclass(frozen=True)
class Difference:
    """A rule that stands differently now. before, after: in words, equal when only its source changed."""

    key: Key
    before: str
    after: str
    was_decided: bool
    is_decided: bool

    @property
    def title(self) -> str:
        """What the rule is about."""
        return QUESTIONS[self.key].title

    @property
    def words(self) -> str:
        """What happened, in one phrase."""
        if self.was_decided and not self.is_decided:
            advice = f", {self.after} is recommended" if self.before != self.after else ""
            return f"{self.before}: open again{advice}"
        if self.before != self.after:
            return f"{self.before} → {self.after}"
        if self.is_decided and not self.was_decided:
            return f"{self.after}: decided now"
        return f"{self.after}, for another reason"


def recommended_snapshot(situation: Situation) -> Snapshot:
    """What holds without any decision."""
    return Snapshot(rules=recommended_rules(situation))


def take_snapshot(parameters: Sequence[Parameter]) -> Snapshot:
    """What is decided, and our recommendation for everything else."""
    values, sources = {}, {}
    for each in parameters:
        values[each.key] = each.value if each.is_decided else each.recommendation.value
        sources[each.key] = _source(each)
    return Snapshot(rules=GroundRules.model_validate(values), sources=sources)


def _source(parameter: Parameter) -> RuleSource:
    latest = parameter.latest
    if latest and parameter.is_decided:
        return RuleSource(decided=True, reason=latest.rationale, by=latest.by, at=latest.created_at)
    return RuleSource(reason=parameter.recommendation.reason)


def differences(old: Snapshot, new: Snapshot) -> list[Difference]:
    """What changed between two snapshots. A recommendation worded otherwise is no change."""
    return [
        Difference(key, old.words(key), new.words(key), old.source(key).decided, new.source(key).decided)
        for key in Key
        if _differs(key, old, new)
    ]


def _differs(key: Key, old: Snapshot, new: Snapshot) -> bool:
    before, after = old.source(key), new.source(key)
    if getattr(old.rules, key) != getattr(new.rules, key) or before.decided != after.decided:
        return True
    return before.decided and before.reason != after.reason


def fill_gaps(old: Snapshot, new: Snapshot) -> Snapshot:
    """The old rules, and those of the new ones that were open before and are decided now."""
    taken = [key for key in Key if new.source(key).decided and not old.source(key).decided]
    return Snapshot(
        rules=old.rules.model_copy(update={key.value: getattr(new.rules, key) for key in taken}),
        sources=old.sources | {key: new.source(key) for key in taken},
    )
