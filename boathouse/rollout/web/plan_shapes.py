"""A recommendation and a plan as scripts see them."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from boathouse.rollout.approaches import Approach, StartRecommendation
from boathouse.rollout.forecast import Effort
from boathouse.rollout.gate_rules import GateState, is_met
from boathouse.rollout.guardrail_rules import Severity
from boathouse.rollout.judging import Judged
from boathouse.rollout.plans import PlanState, WaveState
from boathouse.rollout.tables.gates import Verdict


class NotChosen(BaseModel):
    """An approach that is not recommended."""

    approach: Approach
    why_not: str
    would_change: str = Field(description="What would make it the recommended one.")


class RecommendedApproach(BaseModel):
    """Where the program should begin."""

    approach: Approach
    because: list[str]
    sources: list[str] = Field(description="Where each reason comes from, in the same order.")
    see_to_first: list[str]
    not_chosen: list[NotChosen]


class UnitInWave(BaseModel):
    """A unit that starts in a wave."""

    id: str
    name: str
    people: int = Field(description="Its own, without those of units below it.")


class WaveInPlan(BaseModel):
    """Units that start in the same cycle, and what that takes."""

    id: str
    number: int
    cycle: int
    starts_on: date
    drafts_on: date
    ends_on: date
    sponsor: str
    executives_draft: bool
    includes_individuals: bool
    sheet_is_compulsory: bool
    units: list[UnitInWave]
    people: int
    workshops: int
    coaches: int = Field(description="At the same time in each workshop.")
    coach_hours: float


class CriterionOfGate(BaseModel):
    """Something a gate asks for. threshold and seen: per cent, or 1 for yes."""

    key: str
    threshold: int
    seen: int | None
    note: str
    seen_by: str
    seen_at: datetime | None
    is_met: bool


class DecisionAtGate(BaseModel):
    """What was decided at a gate."""

    verdict: Verdict
    reason: str
    by: str
    at: datetime


class GateInPlan(BaseModel):
    """A gate before a wave. decision: the one that counts."""

    id: str
    before_wave: str = Field(description="The id of the wave it opens.")
    criteria: list[CriterionOfGate]
    decision: DecisionAtGate | None


class WhySetAside(BaseModel):
    """Why a rule was set aside."""

    reason: str
    by: str
    at: datetime


class PlanFinding(BaseModel):
    """A guardrail that the plan does not keep. set_aside: the reason, if somebody wrote one."""

    code: str
    severity: Severity
    source: str
    message: str
    why: str
    wave: str | None = Field(description="The id of the wave it is about.")
    about: list[str] = Field(description="Ids of units or coaches.")
    set_aside: WhySetAside | None


class MonthOfEffort(BaseModel):
    """One month of the forecast."""

    month: date
    workshops: int
    coach_hours: float
    people: int


class PlanInList(BaseModel):
    """A plan. The newest one of a program counts."""

    id: str
    program_id: str
    approach: Approach
    created_at: datetime
    agreed_at: datetime | None


class PlanOfProgram(PlanInList):
    """A plan with everything that follows from it."""

    people: int
    waves: list[WaveInPlan]
    gates: list[GateInPlan]
    findings: list[PlanFinding]
    effort: Effort
    forecast: list[MonthOfEffort]


def recommendation_state(recommendation: StartRecommendation) -> RecommendedApproach:
    """As scripts see it."""
    return RecommendedApproach(
        approach=recommendation.approach,
        because=[reason.text for reason in recommendation.because],
        sources=[reason.source for reason in recommendation.because],
        see_to_first=[reason.text for reason in recommendation.first],
        not_chosen=[
            NotChosen(approach=other.approach, why_not=other.why_not.text, would_change=other.would_change)
            for other in recommendation.others
        ],
    )


def plan_state(state: PlanState) -> PlanOfProgram:
    """As scripts see it."""
    plan = PlanInList.model_validate(state.plan, from_attributes=True)
    return PlanOfProgram(
        **plan.model_dump(),
        people=state.people,
        waves=[_wave(wave) for wave in state.waves],
        gates=[_gate(gate) for gate in state.gates],
        findings=[_finding(judged) for judged in state.judged],
        effort=state.effort,
        forecast=[MonthOfEffort.model_validate(month, from_attributes=True) for month in state.months],
    )


def _wave(wave: WaveState) -> WaveInPlan:
    return WaveInPlan(
        **wave.row.model_dump(exclude={"sponsor"}),
        sponsor=wave.planned.sponsor,
        starts_on=wave.dates.starts,
        drafts_on=wave.dates.drafts,
        ends_on=wave.dates.ends,
        units=[UnitInWave.model_validate(unit, from_attributes=True) for unit in wave.planned.units],
        people=wave.effort.people,
        workshops=wave.effort.workshops,
        coaches=wave.effort.coaches,
        coach_hours=wave.effort.coach_hours,
    )


def _gate(gate: GateState) -> GateInPlan:
    return GateInPlan(
        id=gate.gate.id,
        before_wave=gate.before.id,
        criteria=[
            CriterionOfGate(**each.model_dump(exclude={"id", "program_id", "gate_id"}), is_met=is_met(each))
            for each in gate.criteria
        ],
        decision=DecisionAtGate.model_validate(gate.decision, from_attributes=True)
        if gate.decision
        else None,
    )


def _finding(judged: Judged) -> PlanFinding:
    finding = judged.finding
    return PlanFinding(
        code=finding.rule.code,
        severity=finding.severity,
        source=finding.rule.source,
        message=finding.message,
        why=finding.rule.why,
        wave=finding.wave or None,
        about=list(finding.about),
        set_aside=WhySetAside.model_validate(judged.override, from_attributes=True)
        if judged.override
        else None,
    )
