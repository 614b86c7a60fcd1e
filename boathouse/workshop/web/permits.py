"""Brings permissions to routes and sockets: who is asking, about which place, may they."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.websockets import WebSocket

from boathouse.core.errors import Problem
from boathouse.core.web.sockets import refuse
from boathouse.core.web.visitors import identify, set_cookie
from boathouse.workshop.access import Access, Action, SeatSeals, grant
from boathouse.workshop.places import find_place
from boathouse.workshop.tables import Seat

SEATED_FOR = timedelta(days=400)  # the longest that browsers keep a cookie


async def access_to(connection: HTTPConnection, action: Action) -> Access:
    """The permission of a request or socket for the place its path names. Errors: Problem."""
    state = connection.app.state
    visitor = await identify(connection)
    params = dict(connection.path_params)
    async with state.database.reading() as session:
        place = await find_place(session, params)
        token = visitor.token if visitor.person is None else ""
        if not token and not connection.url.path.startswith("/api/"):
            token = connection.cookies.get(seat_cookie(place.workshop.id), "")
        seals: SeatSeals = state.seat_seals
        seat = await seals.seat(session, token)
        return await grant(session, action, params, visitor.person, seat, visitor.session)


def permit(action: Action) -> Callable[[Request], Awaitable[Access]]:
    """Dependency: the Access, or the Problem. The matrix test reads `permits` from it."""

    async def check(request: Request) -> Access:
        return await access_to(request, action)

    check.permits = action  # type: ignore[attr-defined]
    return check


async def socket_access(websocket: WebSocket, action: Action) -> Access | None:
    """The Access of a socket; None when it was refused, and is closed already."""
    websocket.state.endings = websocket.app.state.presence.endings  # before the question: see serve_live
    try:
        return await access_to(websocket, action)
    except Problem as problem:
        await refuse(websocket, problem)
        return None


def seat_cookie(workshop_id: str) -> str:
    """One cookie a workshop: a device may have sat in several."""
    return f"boathouse_seat_{workshop_id}"


def remember_seat(request: Request, response: Response, seat: Seat) -> None:
    """Seat this browser, also for reading the draft long after the workshop."""
    seals: SeatSeals = request.app.state.seat_seals
    set_cookie(request, response, seat_cookie(seat.workshop_id), seals.seal(seat.id), SEATED_FOR)


SeesWorkshop = Annotated[Access, Depends(permit(Action.SEE_WORKSHOP))]
RunsWorkshop = Annotated[Access, Depends(permit(Action.RUN_WORKSHOP))]
SeesRoom = Annotated[Access, Depends(permit(Action.SEE_ROOM))]
Drafts = Annotated[Access, Depends(permit(Action.DRAFT))]
Comments = Annotated[Access, Depends(permit(Action.COMMENT))]
AsksHelp = Annotated[Access, Depends(permit(Action.ASK_HELP))]
IsSeated = Annotated[Access, Depends(permit(Action.BE_SEATED))]
