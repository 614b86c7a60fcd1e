"""One's own seat: the way back to it, on any device, and the name on it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page
from boathouse.core.web.qr import qr_drawing
from boathouse.workshop.access import Access, SeatSeals
from boathouse.workshop.rooms import label
from boathouse.workshop.seats import rename_seat, seat_and_room
from boathouse.workshop.tables import Seat
from boathouse.workshop.web.changes import crew_changed
from boathouse.workshop.web.permits import AsksHelp, SeesRoom, remember_seat

pages = APIRouter(include_in_schema=False)
api = APIRouter()

Text = Annotated[str, Form()]
NOT_OURS = "This link is not complete. Open it once more from the other device, or join with the code."


@pages.get("/seat/{token}")
async def personal_link(request: Request, token: str) -> Response:
    """Looking takes no seat: mail scanners look too."""
    async with request.app.state.database.reading() as session:
        seat, room, workshop = await seat_and_room(session, _seat_id(request, token))
    return page(request, "seats/page.html", seat=seat, room=label(room), workshop=workshop)


@pages.post("/seat/{token}")
async def continue_here(request: Request, token: str) -> Response:
    """Give this browser the seat."""
    async with request.app.state.database.reading() as session:
        seat, _, _ = await seat_and_room(session, _seat_id(request, token))
    response = RedirectResponse(f"/rooms/{seat.room_id}", 303)
    remember_seat(request, response, seat)
    return response


@pages.get("/rooms/{room_id}/personal-link")
async def my_seat(request: Request, access: SeesRoom) -> Response:
    """The inside of the dialog: one's name, one's link and its QR code."""
    seat = _own_seat(access)
    seals: SeatSeals = request.app.state.seat_seals
    link = f"{request.app.state.address(request)}/seat/{seals.seal(seat.id)}"
    return page(
        request,
        "seats/_personal_link.html",
        seat=seat,
        room=access.the_room(),
        code=access.workshop.code,
        link=link,
        qr=qr_drawing(link),
    )


@pages.post("/rooms/{room_id}/my-name")
async def rename_myself(request: Request, access: AsksHelp, name: Text = "") -> Response:
    """Another name for oneself."""
    async with request.app.state.database.writing() as session:
        seat = await rename_seat(session, _own_seat(access).id, name)
        crew_changed(request.app, session, access.workshop.id, seat.room_id)
    return Response(status_code=204)


def _own_seat(access: Access) -> Seat:
    if access.seat is None or not access.identity.startswith("seat:"):
        raise Problem(409, "This is for people with a seat in the room. You come in with your account.")
    return access.seat


def _seat_id(request: Request, token: str) -> str:
    seals: SeatSeals = request.app.state.seat_seals
    seat_id = seals.read(token)
    if seat_id is None:
        raise Problem(404, NOT_OURS)
    return seat_id
