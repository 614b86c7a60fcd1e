"""The way in: a code, a name, a seat."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import identify
from boathouse.workshop.access import SeatSeals
from boathouse.workshop.entrance import entrance
from boathouse.workshop.guessing import Guesses
from boathouse.workshop.joining import Joiner, NameTaken
from boathouse.workshop.rooms import label
from boathouse.workshop.tables import Seat, Workshop
from boathouse.workshop.web import join_scripts
from boathouse.workshop.web.changes import people_here
from boathouse.workshop.web.doors import sit, workshop_of
from boathouse.workshop.web.permits import remember_seat, seat_cookie

pages = APIRouter(include_in_schema=False)
api = join_scripts.api

Text = Annotated[str, Form()]


def register_regions(app: FastAPI) -> None:
    """No region; wrong codes are counted from the start."""
    app.state.guesses = Guesses(app.state.limits)


@pages.get("/join")
async def code_form(request: Request) -> Response:
    """Type the code."""
    return page(request, "join/page.html", code="", problem=None)


@pages.post("/join")
async def code_typed(request: Request, code: Text = "") -> Response:
    """To the workshop of the code, or say what is wrong with it."""
    try:
        workshop = await workshop_of(request, code)
    except Problem as problem:
        return _code_page(request, code, problem)
    return RedirectResponse(f"/join/{workshop.code}", 303)


@pages.get("/join/{code}")
async def seat_form(request: Request, code: str, another: bool = False) -> Response:
    """Take a seat. A browser that has one goes straight back, unless somebody else is at it."""
    try:
        workshop = await workshop_of(request, code)
    except Problem as problem:
        return _code_page(request, code, problem)
    seat, was_removed = await _seat_of_browser(request, workshop.id)
    if seat and not another:
        return RedirectResponse(f"/rooms/{seat.room_id}", 303)
    return await _seat_page(request, workshop, seat, was_removed=was_removed)


@pages.post("/join/{code}")
async def join(
    request: Request,
    code: str,
    name: Text = "",
    email: Text = "",
    room_id: Text = "",
    shown: Text = "",
    number: Text = "",
) -> Response:
    """Sit down, and go to the room."""
    joiner = Joiner(name, email, room_id or None, shown or None, number_twins=number == "yes")
    try:
        workshop = await workshop_of(request, code)
    except Problem as problem:
        return _code_page(request, code, problem)
    try:
        seat, _ = await sit(request, workshop, joiner)
    except Problem as problem:
        seat_here, _ = await _seat_of_browser(request, workshop.id)
        return await _seat_page(request, workshop, seat_here, joiner, problem)
    response = RedirectResponse(f"/rooms/{seat.room_id}", 303)
    remember_seat(request, response, seat)
    return response


async def _seat_of_browser(request: Request, workshop_id: str) -> tuple[Seat | None, bool]:
    """The seat this browser holds, and whether it held one that the coach has ended."""
    seals: SeatSeals = request.app.state.seat_seals
    async with request.app.state.database.reading() as session:
        seat = await seals.seat(session, request.cookies.get(seat_cookie(workshop_id), ""))
    return (None, True) if seat and seat.removed_at else (seat, False)


def _code_page(request: Request, code: str, problem: Problem) -> Response:
    return page(request, "join/page.html", status=problem.status, code=code[:40], problem=problem)


async def _seat_page(
    request: Request,
    workshop: Workshop,
    seat: Seat | None,
    joiner: Joiner | None = None,
    problem: Problem | None = None,
    was_removed: bool = False,
) -> Response:
    """The form, or the sentence that says why there is none."""
    visitor = await identify(request)
    async with request.app.state.database.reading() as session:
        door = await entrance(session, workshop, people_here(request.app), joiner.room_id if joiner else None)
    if door.closed:
        problem = door.closed
    template = "join/closed.html" if problem and not problem.field else "join/seat.html"
    return page(
        request,
        template,
        status=problem.status if problem else 200,
        workshop=workshop,
        door=door,
        label=label,
        here=people_here(request.app)(door.mine.load.room.id) if door.mine else (),
        seat=seat,
        person=visitor.person,
        typed=joiner or Joiner(""),
        problem=problem,
        twin=isinstance(problem, NameTaken),
        was_removed=was_removed,
    )
