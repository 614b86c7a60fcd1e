"""What a plan has to know of its program: units, people with duties, decisions, who asked to start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.rollout.approaches import StartSituation
from boathouse.rollout.calendars import PlannedCycle, effective, load_calendar
from boathouse.rollout.decisions import load_parameter
from boathouse.rollout.fit import Verdict, fit_of_program
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.programs import Program, Unit
from boathouse.rollout.tables.roles import Duty, Holder
from boathouse.rollout.tables.stances import Hand, Wish
from boathouse.rollout.trees import Branch, in_order, tree_of
from boathouse.rollout.units import folded
from boathouse.rollout.waves import (
    PlannedUnit,
    WaveDates,
    dates_of,
    own_people,
    span_of,
)


class UnitRow(NamedTuple):
    """What plans read of a unit; there may be thousands, and whole rows take their time."""

    id: str
    parent_id: str | None
    headcount: int | None
    name: str
    kind: str
    leader: str
    leader_is_bought_in: bool | None
    leader_is_sceptical: bool
    had_one_to_one: bool
    only_maintains: bool
    sponsor: str


@dataclass(frozen=True)
class Surroundings:
    """The program around a plan. units: by id, parents before what is below them; branches: by id."""

    program: Program
    branches: Mapping[str, Branch[UnitRow]]
    units: Mapping[str, PlannedUnit]
    holders: tuple[Holder, ...]
    cycle_months: int
    cycles: Mapping[int, PlannedCycle]  # as the calendar shows them
    today: date
    levels: tuple[str, ...]  # as decided or proposed, empty while open
    willing: int = 0  # teams that asked to start

    @property
    def headcount(self) -> int:
        """People of the organisation: as it was said, or else what the units add up to."""
        return self.program.headcount or sum(unit.people for unit in self.units.values())

    @property
    def sponsor(self) -> str:
        """The program's executive sponsor, empty if there is none."""
        return next((one.name for one in self.holders if one.duty == Duty.EXECUTIVE_SPONSOR), "")

    def below(self, unit_id: str) -> list[str]:
        """The ids of everything below a unit."""
        return [branch.unit.id for branch in self.branches[unit_id]][1:]

    def sponsor_of(self, unit: PlannedUnit) -> str:
        """The executive behind a unit: its own, or that of the nearest unit above which has one."""
        while not unit.sponsor and unit.parent_id and unit.parent_id in self.units:
            unit = self.units[unit.parent_id]
        return unit.sponsor

    @property
    def ambassadors(self) -> int:
        """How many there are (S1)."""
        return sum(one.duty == Duty.AMBASSADOR for one in self.holders)

    @property
    def internal_coaches(self) -> int:
        """Coaches inside the organisation, those in training as well (S60)."""
        return sum(coach.is_internal for coach in self.coaches.values())

    @property
    def coaches(self) -> dict[str, Holder]:
        """By id."""
        return {one.id: one for one in self.holders if one.duty == Duty.COACH}

    def dates_of_cycle(self, number: int) -> WaveDates:
        """When a wave that starts in this cycle does what."""
        spans = {each.span.number: each.span for each in self.cycles.values()}
        cycle = self.cycles.get(number)
        return dates_of(span_of(number, spans, self.cycle_months), cycle.dates if cycle else ())

    @property
    def situation(self) -> StartSituation:
        """What the recommendation of an approach looks at."""
        return StartSituation(
            headcount=self.headcount or None,
            has_sponsor=bool(self.sponsor) or any(unit.sponsor for unit in self.units.values()),
            only_maintains=self._only_maintains,
            cycles_done=self.program.cycles_done,
            willing_groups=self.willing,
        )

    @property
    def _only_maintains(self) -> bool:
        every_unit = bool(self.units) and all(unit.only_maintains for unit in self.units.values())
        return every_unit or fit_of_program(self.program).verdict == Verdict.NONE_NEEDED


async def surroundings_of(session: AsyncSession, program: Program) -> Surroundings:
    """Everything around the program's plan, in a handful of queries."""
    branches, units = await units_of(session, program.id)
    holders = await session.exec(
        select(Holder).where(Holder.program_id == program.id).order_by(col(Holder.name))
    )
    calendar = await load_calendar(session, program)
    levels = await load_parameter(session, program, Key.LEVELS)
    teams = await session.exec(
        select(Hand.team).where(Hand.program_id == program.id, Hand.wish == Wish.TRY).distinct()
    )
    return Surroundings(
        program=program,
        branches=branches,
        units=units,
        holders=tuple(holders),
        cycle_months=effective(calendar.months),
        cycles={each.span.number: each for each in calendar.cycles},
        today=calendar.today,
        levels=tuple(levels.value or ()),
        willing=len({folded(team) for team in teams}),
    )


async def units_of(
    session: AsyncSession, program_id: str
) -> tuple[dict[str, Branch[UnitRow]], dict[str, PlannedUnit]]:
    """The units by their place in the tree, and each of them as plans see it, both by id."""
    query: Any = columns(*(col(getattr(Unit, name)) for name in UnitRow._fields))
    ordered = query.where(Unit.program_id == program_id).order_by(col(Unit.position), col(Unit.name))
    rows = [UnitRow._make(row) for row in await session.exec(ordered)]
    tree = tree_of(rows)
    own = own_people(tree, {row.id: row.headcount for row in rows})
    branches = {branch.unit.id: branch for branch in in_order(tree)}
    units = {
        unit_id: _planned(branch.unit, own[unit_id], branch.depth) for unit_id, branch in branches.items()
    }
    return branches, units


def _planned(row: UnitRow, people: int, depth: int) -> PlannedUnit:
    return PlannedUnit(
        id=row.id,
        name=row.name,
        kind=row.kind,
        people=people,
        parent_id=row.parent_id,
        depth=depth,
        leader=row.leader,
        leader_is_bought_in=row.leader_is_bought_in,
        leader_is_sceptical=row.leader_is_sceptical,
        had_one_to_one=row.had_one_to_one,
        only_maintains=row.only_maintains,
        sponsor=row.sponsor,
    )


async def units_here(session: AsyncSession, program_id: str, unit_ids: Sequence[str]) -> set[str]:
    """These ids, if all of them are units of the program. Errors: Problem 422."""
    plain = [one for one in unit_ids if one.isalnum()]  # no database sees what no id can be
    query = select(Unit.id).where(Unit.program_id == program_id, col(Unit.id).in_(plain))
    ids = set((await session.exec(query)).all())
    if ids != set(unit_ids):
        raise Problem(422, "One of these units is not there any more. Please look at the list again.")
    return ids
