"""A program's calendar: laid out from its parameters, fixed, changed, and read as cycles with their dates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import not_found
from boathouse.rollout.closed_days import read_breaks, working_week
from boathouse.rollout.cycles import CycleDate, Rhythm, Span, TooShort, dates_of, first_start, spans
from boathouse.rollout.days import DAY, WorkingWeek, add_months
from boathouse.rollout.decisions import Parameter, load_parameter
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.cycles import CalendarSettings, Cycle, MovedDate
from boathouse.rollout.tables.programs import Program

MONTHS_AHEAD = 12


@dataclass(frozen=True)
class PlannedCycle:
    """A cycle with its dates. is_fixed: later decisions change it no more; problem: why it has no dates."""

    span: Span
    rhythm: Rhythm
    is_fixed: bool
    moves: Mapping[str, MovedDate] = field(default_factory=dict)
    dates: Sequence[CycleDate] = ()
    problem: str = ""

    @property
    def moved_to(self) -> dict[str, date]:
        """Where somebody put which event."""
        return {key: move.to for key, move in self.moves.items()}


@dataclass(frozen=True)
class ProgramCalendar:
    """Everything a calendar shows. today: in the program's time zone."""

    program: Program
    settings: CalendarSettings
    months: Parameter
    cadence: Parameter
    cycles: Sequence[PlannedCycle]
    today: date

    @property
    def is_fixed(self) -> bool:
        """Whether any cycle was fixed; until then all of it is a proposal."""
        return any(cycle.is_fixed for cycle in self.cycles)

    @property
    def current(self) -> PlannedCycle:
        """The cycle under way, or the next one."""
        return next((each for each in self.cycles if each.span.last >= self.today), self.cycles[-1])

    @property
    def sequence(self) -> int:
        """Grows with every change, so that calendars that subscribed take the newer dates."""
        return self.settings.revision + len(self.months.history) + len(self.cadence.history)

    @property
    def changed_at(self) -> datetime:
        """When anything changed last."""
        heard = [parameter.latest.created_at for parameter in (self.months, self.cadence) if parameter.latest]
        return max([self.settings.changed_at, *heard])

    @property
    def outdated(self) -> list[PlannedCycle]:
        """Fixed cycles that have not begun and would be laid out differently now."""
        months, cadence = effective(self.months), effective(self.cadence)
        return [
            cycle
            for cycle in self.cycles
            if cycle.is_fixed
            and cycle.span.first > self.today
            and (
                add_months(cycle.span.first, months) != cycle.span.last + DAY
                or cycle.rhythm.cadence != cadence
            )
        ]

    def cycle(self, number: int) -> PlannedCycle:
        """The cycle with this number. Errors: Problem 404."""
        for cycle in self.cycles:
            if cycle.span.number == number:
                return cycle
        raise not_found("This cycle")


def effective(parameter: Parameter) -> Any:
    """What is decided, or recommended as long as nothing is."""
    return parameter.value if parameter.is_decided else parameter.recommendation.value


def today_in(program: Program) -> date:
    """The day it is where the program lives."""
    return now().astimezone(ZoneInfo(program.time_zone)).date()


async def settings_of(session: AsyncSession, program: Program) -> CalendarSettings:
    """How the calendar is laid out; a new row, not yet stored, if nobody said anything."""
    stored = await session.get(CalendarSettings, program.id)
    return stored or CalendarSettings(program_id=program.id, changed_at=program.created_at)


async def load_calendar(
    session: AsyncSession, program: Program, settings: CalendarSettings | None = None
) -> ProgramCalendar:
    """The calendar for the year to come, with every cycle that was fixed. settings: others to try out."""
    settings = settings or await settings_of(session, program)
    months = await load_parameter(session, program, Key.CYCLE_MONTHS)
    cadence = await load_parameter(session, program, Key.CHECK_IN_CADENCE)
    query = select(Cycle).where(Cycle.program_id == program.id).order_by(col(Cycle.number))
    fixed = list(await session.exec(query))
    today = today_in(program)
    all_spans = [Span(row.number, row.first, row.last) for row in fixed]
    all_spans += _next_spans(program, settings, all_spans, effective(months), today)
    week = _week(settings, all_spans)
    cadences = {row.number: row.cadence for row in fixed}
    moves = await _moves(session, program.id)
    cycles = [
        _planned(
            span,
            Rhythm(week, cadences.get(span.number, effective(cadence)), settings.check_in_weekday),
            span.number in cadences,
            moves[span.number],
        )
        for span in all_spans
    ]
    return ProgramCalendar(program, settings, months, cadence, cycles, today)


def _next_spans(
    program: Program, settings: CalendarSettings, fixed: Sequence[Span], months: int, today: date
) -> list[Span]:
    """Those that are not fixed, for a year from now; what is over and was never fixed is left out."""
    if fixed:
        number, first = fixed[-1].number + 1, fixed[-1].last + DAY
    else:
        created = program.created_at.astimezone(ZoneInfo(program.time_zone)).date()
        number = program.cycles_done + 1
        first = settings.starts_on or first_start(created, months, program.fiscal_year_starts)
    until = add_months(max(today, fixed[0].first if fixed else first), MONTHS_AHEAD) - DAY
    if first > until:
        return []
    return [span for span in spans(number, first, months, until) if span.last >= today]


def _week(settings: CalendarSettings, all_spans: Sequence[Span]) -> WorkingWeek:
    breaks = read_breaks(settings.days_off)
    return working_week(settings.country, settings.region, breaks, all_spans[0].first, all_spans[-1].last)


def _planned(span: Span, rhythm: Rhythm, is_fixed: bool, moves: Mapping[str, MovedDate]) -> PlannedCycle:
    try:
        dates = dates_of(span, rhythm, {key: move.to for key, move in moves.items()})
    except TooShort as error:
        return PlannedCycle(span, rhythm, is_fixed, moves, problem=str(error))
    return PlannedCycle(span, rhythm, is_fixed, moves, dates)


async def _moves(session: AsyncSession, program_id: str) -> dict[int, dict[str, MovedDate]]:
    moves: dict[int, dict[str, MovedDate]] = defaultdict(dict)
    for move in await session.exec(select(MovedDate).where(MovedDate.program_id == program_id)):
        moves[move.cycle][move.key] = move
    return moves
