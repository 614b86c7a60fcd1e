"""Which regions follow when people or rooms change, and how a moved person's page follows.

Who writes tells `live.changed()` with the session, or one of these when several regions follow: they are
drawn once it is committed. What no transaction made (somebody typed, came, time passed) tells `live.touch()`.
"""

import json
from collections.abc import Iterable

from fastapi import FastAPI, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response

from boathouse.core.live import Live
from boathouse.core.web.pages import wants_fragment
from boathouse.workshop.loads import Here
from boathouse.workshop.tables import Seat

MOVED = 4409
CLOSED_TO_WORDS = 4423
# What is built from the draft and its comments, and what else comes along with a merger.
DRAFTED = ("draft", "room-threads", "open-comments", "drawer-draft", "notes", "hand", "dock-hand")
REMOVED = "The coach has ended your seat here. If that surprises you, ask the coach."


def people_here(app: FastAPI) -> Here:
    """Who is present in a room, by its id."""
    return lambda room_id: app.state.presence.who(("room", room_id))


def crew_changed(app: FastAPI, session: AsyncSession, workshop_id: str, *room_ids: str) -> None:
    """People of these rooms came, went or have other names; owners are picked from the crew."""
    live: Live = app.state.live
    for room_id in room_ids:
        live.changed(session, "room", room_id, "roster", "draft")
        live.changed(session, "board", workshop_id, "tile", key=room_id)
    live.changed(session, "board", workshop_id, "wall-head", "board-bar")
    live.changed(session, "stage", workshop_id, "stage")
    live.changed(session, "lobby", workshop_id, "lobby-head", "lobby-rooms")


def room_changed(app: FastAPI, session: AsyncSession, workshop_id: str, room_id: str, *names: str) -> None:
    """Something of the room itself changed; names: its regions."""
    live: Live = app.state.live
    live.changed(session, "room", room_id, *names)
    live.changed(session, "board", workshop_id, "tile", key=room_id)
    live.changed(session, "board", workshop_id, "wall-head")


def rooms_changed(app: FastAPI, session: AsyncSession, workshop_id: str) -> None:
    """Rooms were added, closed or merged."""
    app.state.live.changed(session, "board", workshop_id, "tile", "wall-head", "board-bar")
    app.state.live.changed(session, "stage", workshop_id, "stage")
    app.state.live.changed(session, "lobby", workshop_id, "lobby-head", "lobby-rooms")


def roster_changed(app: FastAPI, session: AsyncSession, workshop_id: str) -> None:
    """Others are expected, or in other rooms: tiles say how many."""
    app.state.live.changed(session, "board", workshop_id, "tile")


def merged(app: FastAPI, session: AsyncSession, workshop_id: str, room_id: str) -> None:
    """A room took another's people, draft and comments."""
    crew_changed(app, session, workshop_id, room_id)
    app.state.live.changed(session, "room", room_id, *DRAFTED)
    rooms_changed(app, session, workshop_id)


def follow(app: FastAPI, seats: Iterable[Seat]) -> None:
    """After the commit: the pages of moved people go where their seat is now."""
    for seat in seats:
        app.state.end_connections(f"seat:{seat.id}", MOVED, f"/rooms/{seat.room_id}")


def send_away(app: FastAPI, seat: Seat) -> None:
    """After the commit: a removed person's sockets end for good."""
    app.state.end_connections(f"seat:{seat.id}", 4403, REMOVED)


def leave(app: FastAPI, room_id: str, moved: Iterable[Seat], sentence: str) -> None:
    """After the commit that closed a room: its people's pages go on, all others who look are told."""
    app.state.documents.lock(room_id, CLOSED_TO_WORDS, sentence)
    follow(app, moved)
    app.state.end_connections(f"room:{room_id}", 4410, sentence)
    app.state.documents.close_room(room_id, 4410, sentence)


def done(request: Request, workshop_id: str, words: str) -> Response:
    """What a coach's change answers: a live page follows by itself, a plain form goes back to the list."""
    if not wants_fragment(request):
        return RedirectResponse(f"/workshops/{workshop_id}/people", 303)
    events = {"peopleChanged": True, "toast": {"text": words, "kind": "plain"}}
    return Response(status_code=204, headers={"HX-Trigger": json.dumps(events)})
