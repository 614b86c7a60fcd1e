"""Changing the waves of a plan: one more, one less, another cycle, units and coaches between them."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.rollout.gates import add_gate
from boathouse.rollout.guardrails import MOST_WAVES
from boathouse.rollout.plans import plan_to_change, waves_of
from boathouse.rollout.programs import NO_ZEROS
from boathouse.rollout.stances import LAST_CYCLE
from boathouse.rollout.surroundings import units_here
from boathouse.rollout.tables.gates import Gate
from boathouse.rollout.tables.plans import Plan, Wave, WaveUnit

SponsorName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=NO_ZEROS)]


class WaveSettings(BaseModel):
    """What a wave is like, its units apart."""

    sponsor: SponsorName = Field(default="", description="Executive sponsor; the program's if empty.")
    executives_draft: bool = Field(default=True, description="Executives take part in the drafting.")
    includes_individuals: bool = Field(default=False, description="Individuals write OKRs of their own.")
    sheet_is_compulsory: bool = Field(default=False, description="The training ends in a sheet to hand in.")


async def lock_plan(session: AsyncSession, plan_id: str) -> None:
    """Others who change this plan wait; SQLite has one writer anyway."""
    await session.exec(select(Plan.id).where(Plan.id == plan_id).with_for_update())


async def append_wave(session: AsyncSession, plan: Plan, cycle: int, settings: WaveSettings) -> Wave:
    """A wave after the others, with a gate before it unless it is the first."""
    waves = await waves_of(session, plan.id)
    wave = Wave(
        program_id=plan.program_id,
        plan_id=plan.id,
        number=len(waves) + 1,
        cycle=cycle,
        **settings.model_dump(include=set(WaveSettings.model_fields)),
    )
    session.add(wave)
    await session.flush()
    if wave.number > 1:
        await add_gate(session, wave)
    return wave


async def add_wave(session: AsyncSession, plan: Plan) -> Wave:
    """One more wave, a cycle after the last one. Errors: Problem 409 when there are enough."""
    await lock_plan(session, plan.id)
    waves = await waves_of(session, plan.id)
    if len(waves) >= MOST_WAVES:
        raise Problem(409, f"A plan has {MOST_WAVES} waves at most. Further ones belong into the next plan.")
    last = max((wave.cycle for wave in waves), default=plan.first_cycle - 1)
    return await append_wave(session, plan, last + 1, WaveSettings())


async def the_wave(session: AsyncSession, wave_id: str) -> Wave:
    """The row to change. Errors: Problem 404, or 409 in a plan that another replaced."""
    wave = await the_row(session, Wave, wave_id, "This wave")
    await plan_to_change(session, wave.plan_id)
    return wave


async def remove_wave(session: AsyncSession, wave: Wave) -> None:
    """Take a wave out; its units start in no wave then. Errors: Problem 409 for the only one."""
    await lock_plan(session, wave.plan_id)
    rest = [each for each in await waves_of(session, wave.plan_id) if each.id != wave.id]
    if not rest:
        raise Problem(409, "A plan needs one wave. Move its units instead.")
    await session.delete(wave)
    for number, each in enumerate(rest, 1):
        each.number = number
    # Nothing lies before the first wave, so it has no gate.
    await session.exec(delete(Gate).where(col(Gate.wave_id) == rest[0].id))


async def change_wave(session: AsyncSession, wave: Wave, settings: WaveSettings, cycle: int) -> None:
    """Other settings, or another cycle; waves after it move along so that they stay after it.

    Errors: Problem 422 for a cycle that is not after the wave before.
    """
    await lock_plan(session, wave.plan_id)
    for name, value in settings.model_dump(include=set(WaveSettings.model_fields)).items():
        setattr(wave, name, value)
    waves = await waves_of(session, wave.plan_id)
    plan = await session.get(Plan, wave.plan_id)
    earliest = plan.first_cycle if plan else 1
    before = max((each.cycle for each in waves if each.number < wave.number), default=earliest - 1)
    if not before < cycle <= LAST_CYCLE:
        raise Problem(422, f"It can start in cycle {before + 1} or later.", field="cycle")
    wave.cycle = cycle
    for each in waves:
        if each.number > wave.number:
            each.cycle = cycle = max(each.cycle, cycle + 1)


async def move_units(session: AsyncSession, plan: Plan, unit_ids: Sequence[str], wave_id: str) -> int:
    """Let these units start in that wave; with an empty wave id in none. Returns how many were moved.

    Errors: Problem 422 for a wave of another plan, or units of another program.
    """
    await lock_plan(session, plan.id)
    ids = await units_here(session, plan.program_id, unit_ids)
    if wave_id and wave_id not in {wave.id for wave in await waves_of(session, plan.id)}:
        raise Problem(422, "This wave is not in the plan any more.")
    rows = await session.exec(
        select(WaveUnit).where(WaveUnit.plan_id == plan.id, col(WaveUnit.unit_id).in_(ids))
    )
    placed = {row.unit_id: row for row in rows}
    for unit_id in ids:
        if not wave_id and unit_id in placed:
            await session.delete(placed[unit_id])
        elif wave_id and unit_id in placed:
            placed[unit_id].wave_id = wave_id
        elif wave_id:
            session.add(WaveUnit(plan_id=plan.id, unit_id=unit_id, wave_id=wave_id))
    return len(ids)


async def accompany(session: AsyncSession, plan: Plan, unit_ids: Sequence[str], coach_id: str | None) -> int:
    """Give units of the plan a coach, or none. Returns how many there were.

    Errors: Problem 422 for units of another program.
    """
    ids = await units_here(session, plan.program_id, unit_ids)
    query = select(WaveUnit).where(WaveUnit.plan_id == plan.id, col(WaveUnit.unit_id).in_(ids))
    rows = (await session.exec(query)).all()
    for row in rows:
        row.coach_id = coach_id
    return len(rows)
