"""The way in: a code, a name, a seat."""

import ipaddress
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.core.web.accounts import address
from boathouse.core.web.openapi import ANYBODY
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import identify
from boathouse.workshop.access import Action, SeatSeals, grant
from boathouse.workshop.entrance import entrance
from boathouse.workshop.guessing import Guesses
from boathouse.workshop.joining import Joiner, NameTaken, find_workshop, read_code, take_seat, wrong_code
from boathouse.workshop.rooms import label
from boathouse.workshop.tables import Room, Seat, Workshop
from boathouse.workshop.web.changes import crew_changed, people_here
from boathouse.workshop.web.permits import remember_seat, seat_cookie

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["joining"])

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
        workshop = await _workshop_of(request, code)
    except Problem as problem:
        return _code_page(request, code, problem)
    return RedirectResponse(f"/join/{workshop.code}", 303)


@pages.get("/join/{code}")
async def seat_form(request: Request, code: str, another: bool = False) -> Response:
    """Take a seat. A browser that has one goes straight back, unless somebody else is at it."""
    try:
        workshop = await _workshop_of(request, code)
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
        workshop = await _workshop_of(request, code)
    except Problem as problem:
        return _code_page(request, code, problem)
    try:
        seat, _ = await _sit(request, workshop, joiner)
    except Problem as problem:
        seat_here, _ = await _seat_of_browser(request, workshop.id)
        return await _seat_page(request, workshop, seat_here, joiner, problem)
    response = RedirectResponse(f"/rooms/{seat.room_id}", 303)
    remember_seat(request, response, seat)
    return response


class Join(BaseModel):
    """Who joins which workshop."""

    code: str = Field(description="The spoken code; case, spaces and dashes do not matter.", max_length=200)
    name: str = Field(description="As others will see it; a namesake in the room becomes Ana (2).")
    email: str | None = None
    room_id: str | None = Field(
        default=None,
        description="Left out: the one the roster gives, or with the fewest people. Where a roster gives "
        "rooms and people do not choose, another one needs a coach's token.",
    )
    simulated: bool = Field(default=False, description="A rehearsal's participant; needs a coach's token.")


class Joined(BaseModel):
    """A seat, and the token that serves the room's routes and sockets."""

    participant_id: str
    name: str
    room_id: str
    room_name: str
    token: str


@api.post("/join", status_code=201, summary="Take a seat", openapi_extra=ANYBODY)
async def join_by_script(request: Request, body: Join) -> Joined:
    """Seat a participant in the room that is named, or in the one with the fewest people present."""
    workshop = await _workshop_of(request, body.code)
    joiner = Joiner(
        body.name,
        body.email,
        body.room_id,
        is_sure=True,
        by_coach=await _is_by_coach(request, workshop.id, body),
        simulated=body.simulated,
        number_twins=True,
    )
    seat, room = await _sit(request, workshop, joiner)
    return Joined(
        participant_id=seat.id,
        name=seat.name,
        room_id=room.id,
        room_name=room.name,
        token=request.app.state.seat_seals.seal(seat.id),
    )


async def _workshop_of(request: Request, typed: str) -> Workshop:
    """Errors: Problem 422 for no code at all, 404 for a wrong one, 429 after too many wrong ones."""
    code, guesses = read_code(typed), request.app.state.guesses
    async with request.app.state.database.reading() as session:
        workshop = await find_workshop(session, code)
    if workshop is None:
        await guesses.missed(_network(request))
        raise wrong_code(code)
    await guesses.came(_network(request), workshop.id)
    return workshop


async def _sit(request: Request, workshop: Workshop, joiner: Joiner) -> tuple[Seat, Room]:
    app = request.app
    async with app.state.database.writing() as session:
        fresh = await the_row(session, Workshop, workshop.id, "This workshop")
        seat = await take_seat(session, fresh, joiner, people_here(app))
        room = await session.get(Room, seat.room_id)
        assert room
        crew_changed(app, session, workshop.id, seat.room_id)
    return seat, room


async def _is_by_coach(request: Request, workshop_id: str, body: Join) -> bool:
    """Whether a coach of the workshop says so, where that matters. Errors: Problem 401, 403 if it must be."""
    if not (body.room_id or body.simulated):
        return False
    visitor = await identify(request)
    async with request.app.state.database.reading() as session:
        try:
            await grant(session, Action.RUN_WORKSHOP, {"workshop_id": workshop_id}, visitor.person, None)
        except Problem:
            if body.simulated:
                raise
            return False
    return True


async def _seat_of_browser(request: Request, workshop_id: str) -> tuple[Seat | None, bool]:
    """The seat this browser holds, and whether it held one that the coach has ended."""
    seals: SeatSeals = request.app.state.seat_seals
    async with request.app.state.database.reading() as session:
        return await _seat_of_cookie(session, seals, request.cookies.get(seat_cookie(workshop_id), ""))


async def _seat_of_cookie(session: AsyncSession, seals: SeatSeals, token: str) -> tuple[Seat | None, bool]:
    try:
        return await seals.seat(session, token), False
    except Problem:
        return None, True


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


def _network(request: Request) -> str:
    """Where misses are counted: an IPv4 address, or the network that one customer has in IPv6."""
    try:
        ip = ipaddress.ip_address(address(request))
    except ValueError:
        return address(request)
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
