"""Hands the next room to a coach, never the same one to two of them."""

from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel
from starlette.responses import Response

from boathouse.workshop.queues import next_in
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.walls import Walls

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["board"])


class NextRoom(BaseModel):
    """The room to go to. place, code: its worst finding that nobody asked about, null if there is none."""

    room: str
    place: str | None
    code: str | None


@pages.post("/workshops/{workshop_id}/queue/next", response_model=None)
async def take_next(
    request: Request, workshop_id: str, access: RunsWorkshop, after: Annotated[str, Form()] = ""
) -> NextRoom | Response:
    """The next room in the queue that no other coach has. after: the room that is open now."""
    walls: Walls = request.app.state.walls
    async with request.app.state.database.reading() as session:
        wall = await walls.known(session, access.workshop)
    moment = monotonic()
    taken = walls.looks.taken_by_others(workshop_id, access.identity, moment)
    taken |= {
        room_id
        for room_id in wall.order
        if (by := wall.rooms[room_id].state.claimed_by) and f"person:{by}" != access.identity
    }
    room_id = next_in(wall.order, after, taken)
    if room_id is None:
        return Response(status_code=204)
    walls.looks.hand(room_id, access.identity, moment)
    worst = wall.rooms[room_id].verdict.worst
    return NextRoom(room=room_id, place=worst and worst.place, code=worst and worst.code)
