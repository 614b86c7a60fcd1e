"""Moving a date of the calendar, taking that back, putting all back."""

import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import wants_fragment
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.calendar_changes import is_fixed, move_date, put_all_back
from boathouse.rollout.calendars import load_calendar
from boathouse.rollout.days import say
from boathouse.rollout.events import name_of
from boathouse.rollout.programs import the_program
from boathouse.rollout.web.calendar_views import Typed, calendar_region, undo_address
from boathouse.rollout.web.frames import go_on
from boathouse.rollout.web.permits import PlansProgram

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
Number = Annotated[int, Form(ge=0, le=100_000)]


@pages.post("/programs/{program_id}/calendar/dates")
async def move(request: Request, access: PlansProgram, cycle: Number, key: Text, to: Text = "") -> Response:
    """Put an event on another day; without one, back where the rules have it."""
    try:
        day = date.fromisoformat(to) if to else None
    except ValueError:
        return await shown_again(request, access, cycle, Typed(key, to, "There is no such day."))
    try:
        async with request.app.state.database.writing() as session:
            was_fixed = await is_fixed(session, access.program.id, cycle)
            moved, before = await move_date(session, access.program.id, cycle, key, day, access.person.name)
    except Problem as problem:
        if problem.field is None:
            raise
        return await shown_again(request, access, cycle, Typed(key, to, problem.message))
    verb = "moved to" if moved.moved else "is back on"
    undo = {"url": undo_address(access.program.id, cycle, key, before), "label": "Undo"}
    text = f"{name_of(moved.kind, moved.level)} {verb} {say(moved.on)}"
    if not was_fixed:
        text += ". The dates of this cycle are fixed with it"
    return await shown_again(request, access, cycle, toast={"text": text, "undo": undo})


async def shown_again(
    request: Request,
    access: ProgramAccess,
    number: int,
    typed: Typed | None = None,
    toast: dict[str, Any] | None = None,
) -> Response:
    """The cycle as it is now; without script the whole page, at the date in question."""
    path = f"/programs/{access.program.id}/calendar?cycle={number}"
    if not wants_fragment(request) and not typed:
        return go_on(request, path)
    async with request.app.state.database.reading() as session:
        loaded = await load_calendar(session, await the_program(session, access.program.id))
    html = calendar_region(loaded, access, loaded.cycle(number), typed)
    headers = {"HX-Trigger": json.dumps({"toast": toast})} if toast else {}
    return HTMLResponse(html, 422 if typed else 200, headers)


@pages.post("/programs/{program_id}/calendar/dates/undo")
async def undo(
    request: Request, access: PlansProgram, cycle: int, key: str, to: date | None = None
) -> Response:
    """A date back to where it was before it was moved."""
    async with request.app.state.database.writing() as session:
        await move_date(session, access.program.id, cycle, key, to, access.person.name)
    if wants_fragment(request):
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return go_on(request, f"/programs/{access.program.id}/calendar?cycle={cycle}")


@pages.post("/programs/{program_id}/calendar/dates/reset")
async def reset(request: Request, access: PlansProgram, cycle: Number) -> Response:
    """All dates of a cycle back where the rules have them."""
    async with request.app.state.database.writing() as session:
        count = await put_all_back(session, access.program.id, cycle)
    words = "1 date is" if count == 1 else f"{count} dates are"
    return await shown_again(request, access, cycle, toast={"text": f"{words} back in place"})
