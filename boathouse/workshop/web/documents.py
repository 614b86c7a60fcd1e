"""The socket of a room's document: accepted and authorised here, then handed over to the document."""

from collections.abc import Callable

import structlog
from fastapi import APIRouter
from starlette.websockets import WebSocket

from boathouse.core.errors import Problem
from boathouse.core.presence import Connection, Presence
from boathouse.core.sockets import SocketProtocol, fit_reason, socket_of
from boathouse.workshop.access import Access, Action
from boathouse.workshop.documents.connection import Grant
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.documents.room import Refused
from boathouse.workshop.web.permits import access_to

pages = APIRouter(include_in_schema=False)
log = structlog.get_logger()


@pages.websocket("/rooms/{room_id}/doc")
async def document_socket(
    websocket: WebSocket, room_id: str, saved: str = "", generation: str | None = None
) -> None:
    """Standard Yjs. ?saved=1 asks for message 100; ?generation= says which document the client has."""
    documents: Documents = websocket.app.state.documents
    await websocket.accept()
    try:
        grant = await permission(websocket, documents, room_id)
        socket = socket_of(websocket.scope)
        leave = arrive(websocket, room_id, grant, socket)
        try:
            documents.join(room_id, grant, socket, leave, wants_saved=saved == "1", generation=generation)
        except Exception:
            leave()
            raise
    except Problem as problem:
        await websocket.close(problem.close_code, fit_reason(problem.message))
    except Refused as refusal:
        await websocket.close(refusal.code, fit_reason(refusal.reason))
    except Exception:
        log.exception("a document could not be opened", room=room_id)
        await websocket.close(1011, "This draft could not be opened just now.")


def arrive(websocket: WebSocket, room_id: str, grant: Grant, socket: SocketProtocol) -> Callable[[], None]:
    """A participant is there also with a client that knows only the document. Returns what ends that.

    Others read the words beside the wall, which is no coming to the room.
    """
    if not grant.seat:
        return lambda: None
    presence: Presence = websocket.app.state.presence
    here = Connection(("room", room_id), grant.identity, grant.identities, socket.finish)
    presence.arrive(here)
    return lambda: presence.leave(here)


async def permission(websocket: WebSocket, documents: Documents, room_id: str) -> Grant:
    """What the asker may do in the open room. Errors: Problem.

    Somebody may lose a permission while the room loads and before there is a connection to close: then
    it is asked for again.
    """
    while True:
        before = documents.revocations
        access = await access_to(websocket, Action.SEE_ROOM)
        await documents.open(room_id)
        if documents.revocations == before:
            return grant_of(access)


def grant_of(access: Access) -> Grant:
    """What a connection keeps of an access."""
    return Grant(
        access.identity,
        access.name,
        seat=access.seat_number,
        coach=access.is_coach,
        may_write=access.may(Action.DRAFT),
        identities=access.identities,
    )
