"""Guardrails set aside: only with a written reason, which stays on the plan."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem, not_found
from boathouse.rollout.gate_rules import Reason
from boathouse.rollout.guardrail_rules import Severity
from boathouse.rollout.judging import Judged
from boathouse.rollout.plans import PlanState
from boathouse.rollout.tables.plans import Override, Plan


class SetAside(BaseModel):
    """A finding that is set aside. wave: its id, empty for the whole plan."""

    code: Annotated[str, StringConstraints(max_length=40)]
    wave: Annotated[str, StringConstraints(max_length=12)] = ""
    severity: Severity
    reason: Reason


def set_aside(session: AsyncSession, state: PlanState, wish: SetAside, by: str) -> Override:
    """Write down why a rule does not hold here. Errors: Problem 409 if the plan breaks no such rule.

    A rule may be broken gravely by one unit and be a question for another: each needs its own reason.
    """
    key = (wish.code, wish.wave, wish.severity)
    for judged in state.open:
        finding = judged.finding
        if (finding.rule.code, finding.wave, finding.severity) == key:
            override = _override(state.plan, judged, wish.reason, by)
            session.add(override)
            return override
    raise Problem(409, "The plan keeps this rule by now.")


def _override(plan: Plan, judged: Judged, reason: str, by: str) -> Override:
    finding = judged.finding
    return Override(
        plan_id=plan.id,
        code=finding.rule.code,
        severity=finding.severity,
        wave_id=finding.wave,
        about=list(finding.about),
        reason=reason,
        by=by,
    )


async def take_back(session: AsyncSession, plan: Plan, override_id: str, by: str) -> None:
    """The rule holds again; what was written stays. Errors: Problem 404."""
    override = await session.get(Override, override_id)
    if override is None or override.plan_id != plan.id or override.taken_back_at:
        raise not_found("This exception")
    override.taken_back_at, override.taken_back_by = now(), by
