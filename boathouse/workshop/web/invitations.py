"""A personal join link opened: the page that greets, and the seat."""

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.seals import Seals
from boathouse.core.web.pages import page
from boathouse.workshop.access import SeatSeals
from boathouse.workshop.entrance import where_it_stands
from boathouse.workshop.joining import check_open
from boathouse.workshop.rooms import label
from boathouse.workshop.roster.invitations import Invitation, load_invitation, take_invited_seat
from boathouse.workshop.tables import Seat
from boathouse.workshop.web.changes import crew_changed, people_here
from boathouse.workshop.web.permits import remember_seat, seat_cookie

pages = APIRouter(include_in_schema=False)
api = APIRouter()

NOT_OURS = "This link is not complete. Open it once more from the message, or join with the code."
OPENED = "60 per 1 minute"  # of one link; whoever sits down does so once


def register_regions(app: FastAPI) -> None:
    """No region; links are signed from the start."""
    app.state.invitation_seals = Seals(app.state.settings.secret_key, "invitation")


@pages.get("/welcome/{token}")
async def welcome(request: Request, token: str) -> Response:
    """Looking takes no seat: mail scanners look too. A browser that has it goes straight to the room."""
    invitee_id = _invitee_id(request, token)
    async with request.app.state.database.reading() as session:
        invitation = await load_invitation(session, invitee_id)
        stands = await where_it_stands(session, invitation.workshop)
    held = await _held(request, invitation.workshop.id)
    if held and invitation.seat and held.id == invitation.seat.id:
        return RedirectResponse(f"/rooms/{held.room_id}", 303)
    return _welcome_page(request, invitation, stands, held, _why_closed(invitation))


@pages.post("/welcome/{token}")
async def sit_down(request: Request, token: str) -> Response:
    """The person's seat, now in this browser."""
    app, invitee_id = request.app, _invitee_id(request, token)
    await app.state.limits.spend(OPENED, "welcome", invitee_id)
    async with app.state.database.reading() as session:
        invitation = await load_invitation(session, invitee_id)
        stands = await where_it_stands(session, invitation.workshop)
    held = await _held(request, invitation.workshop.id)
    try:
        async with app.state.database.writing() as session:
            seat = await take_invited_seat(session, invitee_id, people_here(app), held)
            crew_changed(app, session, seat.workshop_id, seat.room_id)
    except Problem as problem:
        return _welcome_page(request, invitation, stands, held, problem)
    response = RedirectResponse(f"/rooms/{seat.room_id}", 303)
    remember_seat(request, response, seat)
    return response


def _why_closed(invitation: Invitation) -> Problem | None:
    """Why nobody can sit down any more; whoever has a seat may always go back to it."""
    if invitation.seat:
        return None
    try:
        check_open(invitation.workshop)
    except Problem as problem:
        return problem
    return None


async def _held(request: Request, workshop_id: str) -> Seat | None:
    """The seat this browser has in the workshop; none if a coach has ended it."""
    seals: SeatSeals = request.app.state.seat_seals
    async with request.app.state.database.reading() as session:
        seat = await seals.seat(session, request.cookies.get(seat_cookie(workshop_id), ""))
    return seat if seat and not seat.removed_at else None


def _welcome_page(
    request: Request, invitation: Invitation, stands: str, held: Seat | None, problem: Problem | None
) -> Response:
    workshop, invitee = invitation.workshop, invitation.invitee
    if problem:
        closed = {"workshop": workshop, "problem": problem, "seat": held, "invitation": invitation}
        return page(request, "join/closed.html", status=problem.status, **closed)
    is_open = invitation.room is not None and invitation.room.closed_at is None
    return page(
        request,
        "invitations/page.html",
        workshop=workshop,
        invitation=invitation,
        invitee=invitee,
        name=invitation.seat.name if invitation.seat else invitee.name,
        room=invitation.room if is_open or invitation.seat else None,
        label=label,
        stands=stands,
        here=people_here(request.app)(invitation.room.id) if invitation.room else (),
        held=held,
        is_mine=bool(held and invitation.namesake and held.id == invitation.namesake.id),
    )


def _invitee_id(request: Request, token: str) -> str:
    seals: Seals = request.app.state.invitation_seals
    invitee_id = seals.read(token)
    if invitee_id is None:
        raise Problem(404, NOT_OURS)
    return invitee_id
