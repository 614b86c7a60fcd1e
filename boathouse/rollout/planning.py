"""Making a plan from a wish or from our proposal, and agreeing on it."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.rollout.approaches import Approach, recommend_start
from boathouse.rollout.forecast import Effort
from boathouse.rollout.plans import PlanState
from boathouse.rollout.proposals import propose
from boathouse.rollout.stances import LAST_CYCLE
from boathouse.rollout.surroundings import Surroundings
from boathouse.rollout.tables.plans import Plan, WaveUnit
from boathouse.rollout.units import MOST_UNITS
from boathouse.rollout.wave_changes import MOST_WAVES, WaveSettings, append_wave

UnitId = Annotated[str, StringConstraints(max_length=12)]


class WavePlan(WaveSettings):
    """A wave of a new plan."""

    cycle: int | None = Field(default=None, ge=1, le=LAST_CYCLE, description="Of the program; the next.")
    units: list[UnitId] = Field(default_factory=list, max_length=MOST_UNITS, description="Ids of units.")


class PlanWish(BaseModel):
    """What is needed for a new plan: nothing. What is left out we propose."""

    approach: Approach | None = Field(default=None, description="The recommended one if left out.")
    waves: list[WavePlan] | None = Field(
        default=None, min_length=1, max_length=MOST_WAVES, description="A proposal of ours if left out."
    )
    effort: Effort = Field(default_factory=Effort)


async def create_plan(
    session: AsyncSession, around: Surroundings, wish: PlanWish, by: str, asked: Sequence[str] = ()
) -> Plan:
    """A plan with its waves and gates. asked: units that raised a hand.

    Errors: Problem 422 for a unit that is not the program's or is in two waves, or for cycles out of order.
    """
    program = around.program
    approach = wish.approach or recommend_start(around.situation).approach
    plan = Plan(
        program_id=program.id,
        approach=approach,
        first_cycle=program.cycles_done + 1,
        effort=wish.effort.model_dump(),
        created_by=by,
    )
    session.add(plan)
    await session.flush()
    wanted = wish.waves
    if wanted is None:
        wanted = [WavePlan(units=units) for units in propose(approach, around, asked)]
    cycle, placed = program.cycles_done, set[str]()
    for each in wanted:
        cycle = _following(cycle, each.cycle)
        wave = await append_wave(session, plan, cycle, each)
        _check_units(each.units, around, placed)
        session.add_all(WaveUnit(plan_id=plan.id, unit_id=unit_id, wave_id=wave.id) for unit_id in each.units)
    await session.flush()
    return plan


def _following(before: int, wanted: int | None) -> int:
    if wanted is None:
        return before + 1
    if wanted <= before:
        raise Problem(
            422, f"Cycle {wanted} is taken or over; the next wave needs a later one.", field="cycle"
        )
    return wanted


def _check_units(wanted: Sequence[str], around: Surroundings, placed: set[str]) -> None:
    for unit_id in wanted:
        if unit_id not in around.units:
            raise Problem(422, f"There is no unit {unit_id} in this program.", field="units")
        if unit_id in placed:
            raise Problem(422, f"{around.units[unit_id].name} can only start once.", field="units")
        placed.add(unit_id)


def agree(state: PlanState, by: str) -> None:
    """Leadership says: this is the plan. Errors: Problem 409 while something has to be fixed."""
    if state.to_fix:
        raise Problem(
            409,
            "First put right what the guardrails ask for, or set it aside with a reason.",
            field="findings",
        )
    state.plan.agreed_at, state.plan.agreed_by = now(), by
