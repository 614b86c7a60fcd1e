"""Brings the permission of a chair at a council to routes and sockets, and gives browsers their chair."""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.websockets import WebSocket

from boathouse.core.errors import Problem
from boathouse.core.web.sockets import refuse
from boathouse.core.web.visitors import bearer, set_cookie
from boathouse.rollout.access import ProgramAccess, ProgramAction
from boathouse.rollout.council_access import ChairAccess, CouncilAction, grant_chair
from boathouse.rollout.tables.parameters import Attendee
from boathouse.rollout.web.permits import program_access

SITS_FOR = timedelta(days=7)


def chair_cookie(council_id: str) -> str:
    """One cookie a council."""
    return f"boathouse_chair_{council_id}"


def remember_chair(request: Request, response: Response, attendee: Attendee) -> None:
    """Give this browser its chair."""
    token = request.app.state.chair_seals.seal(attendee.id)
    set_cookie(request, response, chair_cookie(attendee.council_id), token, SITS_FOR)


async def chair_access(connection: HTTPConnection) -> ChairAccess:
    """The chair of a request or socket; sockets of scripts may bring it as a token. Errors: Problem."""
    council_id = connection.path_params["council_id"]
    token = connection.cookies.get(chair_cookie(council_id), "")
    if connection.scope["type"] == "websocket":
        token = bearer(connection, in_address=True) or token
    async with connection.app.state.database.reading() as session:
        return await grant_chair(session, connection.app.state.chair_seals, council_id, token)


async def has_chair(request: Request) -> ChairAccess:
    """Dependency: the chair, or the Problem. The matrix test reads `permits` from it."""
    return await chair_access(request)


has_chair.permits = CouncilAction.SIT  # type: ignore[attr-defined]
HasChair = Annotated[ChairAccess, Depends(has_chair)]


async def socket_chair(websocket: WebSocket) -> ChairAccess | None:
    """The chair of a socket; None when it was refused, and is closed already."""
    websocket.state.endings = websocket.app.state.presence.endings  # before the question: see serve_live
    try:
        return await chair_access(websocket)
    except Problem as problem:
        await refuse(websocket, problem)
        return None


async def socket_desk(websocket: WebSocket) -> ProgramAccess | None:
    """The part in the program of somebody who watches the desk; None when it was refused."""
    websocket.state.endings = websocket.app.state.presence.endings
    try:
        return await program_access(websocket, ProgramAction.SEE)
    except Problem as problem:
        await refuse(websocket, problem)
        return None
