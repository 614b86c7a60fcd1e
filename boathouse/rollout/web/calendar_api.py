"""The API of calendars: cycles with their dates as JSON, and the changes the page makes."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from boathouse.rollout.calendar_changes import CalendarPlan, change_settings, fix_cycles, move_date
from boathouse.rollout.calendars import PlannedCycle, load_calendar
from boathouse.rollout.events import Kind, minutes_of, name_of
from boathouse.rollout.programs import the_program
from boathouse.rollout.web.permits import PlansProgram, SeesProgram

api = APIRouter()


class CalendarDate(BaseModel):
    """One event. planned: where the rules have it; level: whose check-in; minutes: 0 without a meeting."""

    key: str
    kind: Kind
    name: str
    level: str
    on: date
    planned: date
    moved: bool
    minutes: int


class CalendarCycle(BaseModel):
    """A cycle. fixed: parameters decided later change it no more; problem: why it has no dates."""

    number: int
    first: date
    last: date
    fixed: bool
    problem: str
    dates: list[CalendarDate]


class CalendarState(BaseModel):
    """A program's calendar for the year to come, with every cycle that was fixed."""

    feed_url: str = Field(description="Private: whoever has it reads the calendar.")
    time_zone: str
    changed_at: datetime
    cycles: list[CalendarCycle]


class DateMove(BaseModel):
    """Where an event shall be. to: left out, back where the rules have it."""

    cycle: Annotated[int, Field(ge=0, le=100_000)]
    key: Annotated[str, Field(max_length=40)]
    to: date | None = None


async def state_of(request: Request, program_id: str) -> CalendarState:
    """The calendar as it is now."""
    async with request.app.state.database.reading() as session:
        calendar = await load_calendar(session, await the_program(session, program_id))
    return CalendarState(
        feed_url=f"{request.app.state.address(request)}/calendar/{calendar.program.calendar_secret}.ics",
        time_zone=calendar.program.time_zone,
        changed_at=calendar.changed_at,
        cycles=[_cycle(each) for each in calendar.cycles],
    )


def _cycle(cycle: PlannedCycle) -> CalendarCycle:
    dates = [
        CalendarDate(
            key=each.key,
            kind=each.kind,
            name=name_of(each.kind, each.level),
            level=each.level,
            on=each.on,
            planned=each.planned,
            moved=each.moved,
            minutes=minutes_of(each.kind, each.level),
        )
        for each in cycle.dates
    ]
    span = cycle.span
    return CalendarCycle(
        number=span.number,
        first=span.first,
        last=span.last,
        fixed=cycle.is_fixed,
        problem=cycle.problem,
        dates=dates,
    )


@api.get("/programs/{program_id}/calendar", summary="Read the calendar")
async def calendar_by_script(request: Request, access: SeesProgram) -> CalendarState:
    """Its cycles, each with its dates in order."""
    return await state_of(request, access.program.id)


@api.put("/programs/{program_id}/calendar", summary="Lay the calendar out with other inputs")
async def change_calendar_by_script(
    request: Request, access: PlansProgram, plan: CalendarPlan
) -> CalendarState:
    """Start, fiscal year, time zone, days off. What was moved stays moved."""
    async with request.app.state.database.writing() as session:
        await change_settings(session, access.program.id, plan)
    return await state_of(request, access.program.id)


@api.post("/programs/{program_id}/calendar/cycles", summary="Fix the cycles of the year to come")
async def fix_cycles_by_script(request: Request, access: PlansProgram) -> CalendarState:
    """As the parameters stand now. A cycle that has begun stays as it is."""
    async with request.app.state.database.writing() as session:
        await fix_cycles(session, access.program.id)
    return await state_of(request, access.program.id)


@api.put("/programs/{program_id}/calendar/dates", summary="Move a date, or put it back")
async def move_date_by_script(request: Request, access: PlansProgram, move: DateMove) -> CalendarState:
    """It stays where it is put while the calendar is laid out anew. Not in the cycle, on a day off or out
    of order: 422 with the reason."""
    async with request.app.state.database.writing() as session:
        await move_date(session, access.program.id, move.cycle, move.key, move.to, access.person.name)
    return await state_of(request, access.program.id)
