"""Rooms while the workshop goes on: what a coach does with them."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from boathouse.workshop import merging, rooms
from boathouse.workshop.access import Access
from boathouse.workshop.tables import Room, Seat
from boathouse.workshop.web import changes, room_bars
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["rooms"])
register_regions, presence_changed = room_bars.register_regions, room_bars.presence_changed

Text = Annotated[str, Form()]
CLOSED = "This room was closed. Its draft is kept."


@pages.post("/workshops/{workshop_id}/rooms")
async def add(
    request: Request, access: RunsWorkshop, count: Annotated[int, Form()] = 0, names: Text = ""
) -> Response:
    """More rooms: a number of them, or names, one a line."""
    added = await _add(request, access, count, names.splitlines())
    words = f"{rooms.label(added[0])} is open." if len(added) == 1 else f"{len(added)} more rooms are open."
    return changes.done(request, access.workshop.id, words)


@pages.post("/rooms/{room_id}/rename")
async def rename(request: Request, access: RunsWorkshop, name: Text = "") -> Response:
    """Another name on the door."""
    room = await _rename(request, access, name)
    return changes.done(request, access.workshop.id, f"Now called {rooms.label(room)}.")


@pages.post("/rooms/{room_id}/close")
async def close(request: Request, access: RunsWorkshop, into: Text = "") -> Response:
    """Close it; its people go to the room named, or to the emptiest ones."""
    moved = await _close(request, access, into or None)
    words = f"Room {access.the_room().number} is closed. " + _moved(moved)
    return changes.done(request, access.workshop.id, words)


@pages.post("/rooms/{room_id}/merge")
async def merge(request: Request, access: RunsWorkshop, into: Text = "") -> Response:
    """Its people and its draft go into another room."""
    merger = await _merge(request, access, into)
    words = f"Room {access.the_room().number} is part of {rooms.label(merger.target)} now. "
    return changes.done(request, access.workshop.id, words + _moved(merger.moved))


class NewRooms(BaseModel):
    """Rooms to add: a number of them, or one for each name."""

    count: int = Field(default=0, ge=0, le=rooms.MOST_ROOMS)
    names: list[str] = Field(default_factory=list, max_length=rooms.MOST_ROOMS)


class NewName(BaseModel):
    """Another name."""

    name: str


class Into(BaseModel):
    """Where people go; the emptiest rooms if left out."""

    into: str | None = None


class MergeInto(BaseModel):
    """The room that takes people and draft."""

    into: str


class RoomAnswer(BaseModel):
    """A room."""

    id: str
    number: int
    name: str
    closed: bool


@api.post("/workshops/{workshop_id}/rooms", status_code=201, summary="Add rooms")
async def add_by_script(request: Request, access: RunsWorkshop, body: NewRooms) -> list[RoomAnswer]:
    """Also while the workshop runs."""
    return [_shown(room) for room in await _add(request, access, body.count, body.names)]


@api.post("/rooms/{room_id}/rename", summary="Rename a room")
async def rename_by_script(request: Request, access: RunsWorkshop, body: NewName) -> RoomAnswer:
    """The number stays."""
    return _shown(await _rename(request, access, body.name))


@api.post("/rooms/{room_id}/close", status_code=204, summary="Close a room")
async def close_by_script(request: Request, access: RunsWorkshop, body: Into) -> None:
    """409 for the last one. Its draft is kept."""
    await _close(request, access, body.into)


@api.post("/rooms/{room_id}/merge", summary="Merge a room into another")
async def merge_by_script(request: Request, access: RunsWorkshop, body: MergeInto) -> RoomAnswer:
    """People, texts and comments go along; the answer is the room that took them."""
    return _shown((await _merge(request, access, body.into)).target)


async def _add(request: Request, access: Access, count: int, names: list[str]) -> list[Room]:
    async with request.app.state.database.writing() as session:
        added = await rooms.add_rooms(session, access.workshop.id, count, names)
        changes.rooms_changed(request.app, session, access.workshop.id)
    return added


async def _rename(request: Request, access: Access, name: str) -> Room:
    async with request.app.state.database.writing() as session:
        room = await rooms.rename_room(session, access.the_room().id, name)
        changes.room_changed(
            request.app, session, access.workshop.id, room.id, "room-state", "room-name", "roster"
        )
        changes.rooms_changed(request.app, session, access.workshop.id)
    return room


async def _close(request: Request, access: Access, into: str | None) -> list[Seat]:
    app, room_id = request.app, access.the_room().id
    await app.state.documents.flush([room_id])
    async with app.state.database.writing() as session:
        here = changes.people_here(app)
        moved = await rooms.close_room(session, access.workshop, room_id, here, into)
        changes.crew_changed(app, session, access.workshop.id, *{seat.room_id for seat in moved})
        changes.rooms_changed(app, session, access.workshop.id)
    changes.leave(app, room_id, moved, CLOSED)
    return moved


async def _merge(request: Request, access: Access, into: str) -> merging.Merger:
    app, room_id = request.app, access.the_room().id
    merger = await merging.merge_rooms(
        app.state.database,
        app.state.documents,
        access.workshop,
        room_id,
        into,
        lambda session: changes.merged(app, session, access.workshop.id, into),
    )
    sentence = f"This room is part of {rooms.label(merger.target)} now. Its draft is kept."
    changes.leave(app, room_id, merger.moved, sentence)
    return merger


def _moved(seats: list[Seat]) -> str:
    """How many went along, in words."""
    if not seats:
        return "Nobody was in it."
    return "One person has moved." if len(seats) == 1 else f"{len(seats)} people have moved."


def _shown(room: Room) -> RoomAnswer:
    return RoomAnswer(id=room.id, number=room.number, name=room.name, closed=room.closed_at is not None)
