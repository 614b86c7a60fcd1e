"""Changing a calendar: its settings, fixing its cycles, moving a date and putting it back, a new link."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem, not_found
from boathouse.core.ids import new_secret
from boathouse.rollout.calendars import (
    PlannedCycle,
    ProgramCalendar,
    load_calendar,
    settings_of,
    today_in,
)
from boathouse.rollout.closed_days import FIRST_YEAR, LAST_YEAR, countries, read_breaks, regions
from boathouse.rollout.cycles import CycleDate
from boathouse.rollout.moved_dates import Impossible, check_move
from boathouse.rollout.programs import NO_ZEROS, lock_program, the_program
from boathouse.rollout.tables.cycles import CalendarSettings, Cycle, MovedDate
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.time_zones import TimeZone

LONGEST_DAYS_OFF = 40_000


def _known_country(code: str) -> str:
    if code and code not in dict(countries()):
        raise ValueError(f"There is no country {code}.")
    return code


def _readable(text: str) -> str:
    read_breaks(text)
    return text


def _year_in_reach(day: date | None) -> date | None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR - 10:
        raise ValueError("That year is out of reach.")
    return day


class CalendarPlan(BaseModel):
    """What a calendar is laid out from, beside the length of a cycle and the cadence of check-ins."""

    starts_on: Annotated[date, AfterValidator(_year_in_reach)] | None = Field(
        default=None, description="First day of the first cycle; left out, the next one of the fiscal year."
    )
    fiscal_year_starts: int = Field(default=1, ge=1, le=12, description="A month.")
    time_zone: TimeZone = Field(
        default="Etc/UTC", max_length=60, description="As in the IANA database: Europe/Berlin."
    )
    country: Annotated[str, AfterValidator(_known_country)] = Field(
        default="", max_length=2, description="Two letters; its public holidays are days off."
    )
    region: str = Field(default="", max_length=20, description="A region of the country, by its code.")
    days_off: Annotated[str, AfterValidator(_readable)] = Field(
        default="",
        max_length=LONGEST_DAYS_OFF,
        pattern=NO_ZEROS,
        description="One a line: 2027-12-24 to 2027-12-31 Closed.",
    )
    check_in_weekday: int = Field(default=1, ge=0, le=6, description="Monday is 0.")
    meets_at: str = Field(
        default="10:00", pattern=r"^(0[6-9]|1[0-7]):[0-5]\d$", description="06:00 to 17:59."
    )


async def change_settings(session: AsyncSession, program_id: str, plan: CalendarPlan) -> ProgramCalendar:
    """Lay the calendar out with other inputs; what was moved stays moved, and what has begun goes on.

    Errors: Problem 422 for a region of another country, or days off that leave no room for a cycle.
    """
    await lock_program(session, program_id)
    program = await the_program(session, program_id)
    if plan.region and plan.region not in dict(regions(plan.country) if plan.country else ()):
        raise Problem(422, "This country has no such region.", field="region")
    settings = await settings_of(session, program)
    program.fiscal_year_starts, program.time_zone = plan.fiscal_year_starts, plan.time_zone
    for name, value in plan.model_dump(exclude={"fiscal_year_starts", "time_zone"}).items():
        setattr(settings, name, value)
    session.add_all([program, settings])
    calendar = await _again(session, program, settings)
    for cycle in calendar.cycles:
        if cycle.problem and cycle.span.last >= calendar.today:
            raise Problem(422, f"Cycle {cycle.span.number}: {cycle.problem}", field="days_off")
    _changed(session, settings)
    return calendar


async def _again(session: AsyncSession, program: Program, settings: CalendarSettings) -> ProgramCalendar:
    """Laid out once more. Where no cycle has begun yet, those that were fixed are fixed anew."""
    calendar = await load_calendar(session, program, settings)
    fixed = [cycle for cycle in calendar.cycles if cycle.is_fixed]
    if not fixed or fixed[0].span.first <= calendar.today:
        return calendar
    await session.exec(delete(Cycle).where(col(Cycle.program_id) == program.id))
    calendar = await load_calendar(session, program, settings)
    _fix(session, calendar, fixed[-1].span.number)
    return calendar


async def fix_cycles(session: AsyncSession, program_id: str) -> ProgramCalendar:
    """Fix the year to come as the parameters stand now. A cycle that has begun stays as it is."""
    await lock_program(session, program_id)
    program = await the_program(session, program_id)
    to_come = col(Cycle.first) > today_in(program)
    await session.exec(delete(Cycle).where(col(Cycle.program_id) == program.id, to_come))
    calendar = await load_calendar(session, program)
    _fix(session, calendar, calendar.cycles[-1].span.number)
    _changed(session, calendar.settings)
    await session.flush()
    return await load_calendar(session, program)


async def is_fixed(session: AsyncSession, program_id: str, number: int) -> bool:
    """Whether a cycle's dates no longer follow the parameters."""
    query = select(Cycle).where(Cycle.program_id == program_id, Cycle.number == number)
    return (await session.exec(query)).first() is not None


async def move_date(
    session: AsyncSession, program_id: str, number: int, key: str, to: date | None, by: str
) -> tuple[CycleDate, date | None]:
    """Put an event on another day, or back where the rules have it (None).

    Returns the event as it is now and the day it was moved to before. Fixes the cycle and those before it,
    or the date would be of another cycle once the parameters change. Errors: Problem 404, 409, 422.
    """
    await lock_program(session, program_id)
    program = await the_program(session, program_id)
    calendar = await load_calendar(session, program)
    cycle = calendar.cycle(number)
    earlier = cycle.moves.get(key)
    before = earlier.to if earlier else None
    moved = _checked(cycle, key, to)
    if earlier:
        await session.delete(earlier)
        await session.flush()
    if to:
        session.add(MovedDate(program_id=program.id, cycle=number, key=key, to=to, moved_by=by))
    _fix(session, calendar, number)
    _changed(session, calendar.settings)
    return moved, before


def _checked(cycle: PlannedCycle, key: str, to: date | None) -> CycleDate:
    if cycle.problem:
        raise Problem(409, cycle.problem)
    others = {other: day for other, day in cycle.moved_to.items() if other != key}
    planned = next((each.planned for each in cycle.dates if each.key == key), None)
    if planned is None:
        raise not_found("This date")
    try:
        return check_move(cycle.span, cycle.rhythm, others, key, to or planned)
    except Impossible as error:
        raise Problem(422, str(error), field="to") from None


async def put_all_back(session: AsyncSession, program_id: str, number: int) -> int:
    """Every date of a cycle back where the rules have it; returns how many were moved."""
    settings = await settings_of(session, await the_program(session, program_id))
    mine = (MovedDate.program_id == program_id, MovedDate.cycle == number)
    moves = (await session.exec(select(MovedDate).where(*mine))).all()
    for move in moves:
        await session.delete(move)
    _changed(session, settings)
    return len(moves)


async def replace_secret(session: AsyncSession, program_id: str) -> Program:
    """Another private link; who subscribed to the old one hears no more."""
    program = await the_program(session, program_id)
    program.calendar_secret = new_secret()
    session.add(program)
    return program


async def program_of_secret(session: AsyncSession, secret: str) -> Program:
    """Whose calendar the link shows. Errors: Problem 404."""
    query = select(Program).where(Program.calendar_secret == secret)
    program = (await session.exec(query)).first()
    if program is None:
        raise not_found("This calendar")
    return program


def _fix(session: AsyncSession, calendar: ProgramCalendar, up_to: int) -> None:
    for cycle in calendar.cycles:
        if not cycle.is_fixed and cycle.span.number <= up_to:
            span = cycle.span
            row = Cycle(program_id=calendar.program.id, number=span.number, first=span.first, last=span.last)
            row.cadence = dict(cycle.rhythm.cadence)
            session.add(row)


def _changed(session: AsyncSession, settings: CalendarSettings) -> None:
    settings.revision += 1
    settings.changed_at = now()
    session.add(settings)
