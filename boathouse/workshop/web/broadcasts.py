"""Telling all rooms something, and the region of a room that shows it."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.web.pages import partial
from boathouse.core.web.problems import toast
from boathouse.workshop import broadcasts
from boathouse.workshop.access import Access
from boathouse.workshop.tables import Broadcast, Room
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.sendings import send

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["broadcasts"])


def register_regions(app: FastAPI) -> None:
    """Above the room's draft."""

    async def render(session: AsyncSession, room_id: str, key: str) -> str:
        room = await session.get(Room, room_id)
        assert room
        told = await broadcasts.told(session, room.workshop_id, now())
        return partial("broadcasts/_broadcast.html", told=told)

    app.state.live.register("room", "broadcast", render)


@pages.post("/workshops/{workshop_id}/broadcasts")
async def tell(
    request: Request, workshop_id: str, access: RunsWorkshop, body: Annotated[str, Form()] = ""
) -> Response:
    """From the dialog; the toast returns the button's verb."""
    _, rooms = await _tell(request, access, body)
    return toast(f"Sent to {rooms} {'room' if rooms == 1 else 'rooms'}", status=204)


class NewBroadcast(BaseModel):
    """finding: a code of the contract, to ask only the rooms that have it, at the very place."""

    body: str = Field(min_length=1, max_length=broadcasts.LONGEST)
    finding: str | None = Field(default=None, max_length=40)


class BroadcastAnswer(BaseModel):
    """rooms: how many were told."""

    id: str
    rooms: int


@api.post("/workshops/{workshop_id}/broadcasts", status_code=201, summary="Tell all rooms something")
async def tell_by_script(
    request: Request, workshop_id: str, access: RunsWorkshop, new: NewBroadcast
) -> BroadcastAnswer:
    """A message above the draft of all open rooms. With a finding it is a comment instead, in every room
    that has it, pinned to the field and with the room's own words for {target}, {start} and {words}.
    """
    if not new.finding:
        message, rooms = await _tell(request, access, new.body)
        return BroadcastAnswer(id=message.id, rooms=rooms)
    sending, task = await send(request, access, new.body, new.finding)
    await task
    if sending.stopped:
        raise Problem(409, sending.stopped)
    return BroadcastAnswer(id=sending.broadcast.id, rooms=sending.sent)


async def _tell(request: Request, access: Access, body: str) -> tuple[Broadcast, int]:
    live, workshop_id = request.app.state.live, access.workshop.id
    async with request.app.state.database.writing() as session:
        message, rooms = await broadcasts.tell_rooms(session, workshop_id, access.name, body, now())
        ids = await room_ids(session, workshop_id)
        for room_id in ids:
            live.changed(session, "room", room_id, "broadcast")

    def move_to_the_list() -> None:
        for room_id in ids:
            live.touch("room", room_id, "broadcast")

    asyncio.get_running_loop().call_later(broadcasts.SHOWN.total_seconds() + 1, move_to_the_list)
    return message, rooms
