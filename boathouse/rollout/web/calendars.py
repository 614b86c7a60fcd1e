"""The calendar's page: its picture, its dates, and what it is laid out from."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import partial
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.calendar_changes import (
    CalendarPlan,
    change_settings,
    fix_cycles,
    replace_secret,
)
from boathouse.rollout.calendars import ProgramCalendar, load_calendar
from boathouse.rollout.closed_days import Unreadable, countries, read_breaks, regions
from boathouse.rollout.days import DAY_NAMES, MONTH_NAMES
from boathouse.rollout.programs import the_program
from boathouse.rollout.time_zones import zones_to_live_in
from boathouse.rollout.web import calendar_dates, feeds
from boathouse.rollout.web.calendar_api import api as calendar_api
from boathouse.rollout.web.calendar_views import DateRow, calendar_region, next_date, title_of
from boathouse.rollout.web.frames import AtHome, Mistyped, Step, go_on, program_page, read_form, whole
from boathouse.rollout.web.permits import PlansProgram, SeesProgram

pages = APIRouter(include_in_schema=False)
pages.include_router(calendar_dates.pages)
pages.include_router(feeds.pages)
api = APIRouter(tags=["programs"])
api.include_router(calendar_api)
api.include_router(feeds.api)

SENTENCES = {
    "starts_on": "A day between 2000 and 2090, please.",
    "time_zone": "Choose a time zone from the list, such as Europe/Berlin.",
    "country": "Choose a country from the list.",
    "region": "Choose a region from the list.",
    "meets_at": "A time from 06:00 to 17:59, please.",
    "fiscal_year_starts": "Choose a month.",
    "check_in_weekday": "Choose a weekday.",
}


async def at_home(session: AsyncSession, access: ProgramAccess) -> AtHome:
    """Where we are in the cycle and what is next."""
    calendar = await load_calendar(session, access.program)
    following = next_date(calendar)
    card = partial(
        "calendar/_home_card.html",
        calendar=calendar,
        program=access.program,
        title=title_of(calendar.current),
        next_date=following,
    )
    return AtHome(card, _next_step(calendar, following))


def _next_step(calendar: ProgramCalendar, following: DateRow | None) -> Step | None:
    """Dates that people can rely on (S18), then whatever is next in the cycle."""
    here = f"/programs/{calendar.program.id}/calendar"
    if following is None:
        return None
    if not calendar.current.is_fixed:
        words = "The dates of the cycle are a proposal. Fix them, so that people can plan."
        return Step(words, "the ambassador", here, "Look at the dates")
    words = f"{following.name} on {following.weekday}, {following.day}"
    return Step(words, following.event.who, f"{here}#on-{following.id}", "See the dates")


@pages.get("/programs/{program_id}/calendar")
async def calendar(request: Request, access: SeesProgram, cycle: int = 0) -> Response:
    """The page, of the cycle under way or of the one asked for."""
    return await calendar_page(request, access, cycle, {}, {})


async def calendar_page(
    request: Request, access: ProgramAccess, number: int, typed: dict[str, str], errors: dict[str, str]
) -> Response:
    """The page as it is stored, with what was typed instead and what is wrong with it."""
    async with request.app.state.database.reading() as session:
        program = await the_program(session, access.program.id)
        loaded = await load_calendar(session, program)
    shown = loaded.cycle(number) if number else loaded.current
    typed = _stored(loaded) | typed
    return program_page(
        request,
        access,
        "calendar/page.html",
        "calendar",
        status=422 if errors else 200,
        region=Markup(calendar_region(loaded, access, shown)),  # noqa: S704 - a partial of ours
        calendar=loaded,
        shown=shown,
        begun=next((c for c in loaded.cycles if c.is_fixed and c.span.first <= loaded.today), None),
        feed=f"{request.app.state.address(request)}/calendar/{program.calendar_secret}.ics",
        typed=typed,
        errors=errors,
        zones=zones_to_live_in(),
        countries=countries(),
        regions=regions(typed["country"]) if typed["country"] in dict(countries()) else (),
        month_list=list(enumerate(MONTH_NAMES))[1:],
        day_list=list(enumerate(DAY_NAMES)),
    )


def _stored(loaded: ProgramCalendar) -> dict[str, str]:
    """The settings as the form shows them."""
    settings = loaded.settings
    return {
        "starts_on": settings.starts_on.isoformat() if settings.starts_on else "",
        "fiscal_year_starts": str(loaded.program.fiscal_year_starts),
        "time_zone": loaded.program.time_zone,
        "country": settings.country,
        "region": settings.region,
        "days_off": settings.days_off,
        "check_in_weekday": str(settings.check_in_weekday),
        "meets_at": settings.meets_at,
    }


@pages.post("/programs/{program_id}/calendar")
async def change(request: Request, access: PlansProgram) -> Response:
    """Other days off, another start, another hour."""
    form = await request.form()
    typed = {name: str(form[name]).strip() for name in CalendarPlan.model_fields if name in form}
    try:
        plan = read_plan(typed)
        async with request.app.state.database.writing() as session:
            await change_settings(session, access.program.id, plan)
    except Mistyped as mistake:
        return await calendar_page(request, access, 0, typed, mistake.errors)
    except Problem as problem:
        if problem.field is None:
            raise
        return await calendar_page(request, access, 0, typed, {problem.field: problem.message})
    return go_on(request, f"/programs/{access.program.id}/calendar")


def read_plan(typed: dict[str, str]) -> CalendarPlan:
    """The checked form. Errors: Mistyped, with all that is wrong; the days off say it in their own words."""
    values: dict[str, Any] = {**typed, "starts_on": typed.get("starts_on") or None}
    values["days_off"] = typed.get("days_off", "").replace("\r\n", "\n")
    if values.get("country", "") == "":
        values["region"] = ""
    return read_form(CalendarPlan, values, SENTENCES | {"days_off": _unreadable(values["days_off"])})


def _unreadable(days_off: str) -> str:
    try:
        read_breaks(days_off)
    except Unreadable as error:
        return str(error)
    return "This is longer than we can read."


@pages.post("/programs/{program_id}/calendar/cycles")
async def fix(request: Request, access: PlansProgram, cycle: Annotated[str, Form()] = "") -> Response:
    """These dates hold from now on. cycle: the one that was looked at, to come back to it."""
    async with request.app.state.database.writing() as session:
        await fix_cycles(session, access.program.id)
    query = f"?cycle={number}" if (number := whole(cycle)) else ""
    return go_on(request, f"/programs/{access.program.id}/calendar{query}")


@pages.post("/programs/{program_id}/calendar/link")
async def replace_link(request: Request, access: PlansProgram) -> Response:
    """Another private link; the old one ends."""
    async with request.app.state.database.writing() as session:
        await replace_secret(session, access.program.id)
    return go_on(request, f"/programs/{access.program.id}/calendar#subscribe")
