"""Where one unit stands in the plan: the wave it starts in, and what it does this cycle."""

from dataclasses import dataclass

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.plans import current_plan
from boathouse.rollout.tables.plans import Wave, WaveUnit
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.tables.stances import Stance


@dataclass(frozen=True)
class UnitCourse:
    """wave: None if it starts in none yet. cycle: the one that runs or comes next; stance: in that cycle."""

    wave: Wave | None
    cycle: int
    stance: Stance | None


async def course_of(session: AsyncSession, program: Program, unit_id: str) -> UnitCourse | None:
    """Of the plan that counts; None without a plan."""
    plan = await current_plan(session, program.id)
    if plan is None:
        return None
    starts = await session.get(WaveUnit, (plan.id, unit_id))
    wave = await session.get(Wave, starts.wave_id) if starts else None
    cycle = program.cycles_done + 1
    query = select(Stance).where(Stance.unit_id == unit_id, Stance.cycle == cycle)
    return UnitCourse(wave, cycle, (await session.exec(query)).first())
