"""People in rooms: the coach's list, and what a coach does with seats."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from boathouse.core.web.pages import page, wants_fragment
from boathouse.workshop import simulated
from boathouse.workshop.access import Access
from boathouse.workshop.loads import room_loads
from boathouse.workshop.rooms import label, open_rooms
from boathouse.workshop.rowers import groups, removed_people
from boathouse.workshop.seats import crews, move_seat, present_seat, remove_seat, rename_seat
from boathouse.workshop.simulated import Cleared
from boathouse.workshop.tables import Room, Seat
from boathouse.workshop.web.changes import crew_changed, done, follow, merged, people_here, send_away
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["people"])

Text = Annotated[str, Form()]
REHEARSED = "The rehearsal was cleared away."
ERASED = "erased: the rehearsal was cleared away. Open the room again."


@pages.get("/workshops/{workshop_id}/people")
async def people(request: Request, access: RunsWorkshop, find: str = "", room: str = "") -> Response:
    """Everybody by room: a page, and for htmx the list alone. room: the id of the only one to show."""
    workshop = access.workshop
    async with request.app.state.database.reading() as session:
        found = await groups(session, workshop.id, people_here(request.app), find, room)
        rooms = await open_rooms(session, workshop.id)
        seated = await crews(session, workshop.id)
        removed = [] if room else await removed_people(session, workshop.id, find)
    context: dict[str, Any] = {
        "workshop": workshop,
        "groups": found,
        "removed": removed,
        "rooms": rooms,
        "found": sum(len(group.rowers) for group in found),
        "find": find,
        "room": room,
        "total": sum(len(crew) for crew in seated.values()),
        "simulated": sum(seat.simulated for crew in seated.values() for seat in crew),
    }
    if wants_fragment(request):
        return page(request, "seats/_people.html", **context)
    return page(request, "seats/people.html", person=access.person, **context)


@pages.get("/seats/{seat_id}/change")
async def change(request: Request, access: RunsWorkshop, seat_id: str) -> Response:
    """The inside of a person's line in the list: what can be done."""
    async with request.app.state.database.reading() as session:
        seat = await present_seat(session, seat_id)
        loads = await room_loads(session, access.workshop.id, people_here(request.app))
    others = [(load, label(load.room)) for load in loads if load.room.id != seat.room_id]
    return page(request, "seats/_change.html", seat=seat, loads=others)


@pages.post("/seats/{seat_id}/rename")
async def rename(request: Request, access: RunsWorkshop, seat_id: str, name: Text = "") -> Response:
    """A coach corrects a name."""
    seat = await _rename(request, access, seat_id, name)
    return done(request, access.workshop.id, f"Now called {seat.name}.")


@pages.post("/seats/{seat_id}/move")
async def move(request: Request, access: RunsWorkshop, seat_id: str, room_id: Text = "") -> Response:
    """A coach moves somebody; their page follows."""
    seat, room = await _move(request, access, seat_id, room_id)
    return done(request, access.workshop.id, f"{seat.name} is in {label(room)} now.")


@pages.post("/seats/{seat_id}/remove")
async def remove(request: Request, access: RunsWorkshop, seat_id: str) -> Response:
    """A coach ends a seat, and its sockets with it."""
    seat = await _remove(request, access, seat_id)
    return done(request, access.workshop.id, f"{seat.name} has left the workshop.")


@pages.post("/workshops/{workshop_id}/rehearsal/clear")
async def clear_rehearsal(request: Request, access: RunsWorkshop) -> Response:
    """Simulated people and their words go."""
    cleared = await _clear(request, access)
    count = len(cleared.seats)
    words = f"{count} simulated people and their words are gone." if count else "There was nobody simulated."
    return done(request, access.workshop.id, words)


class Rename(BaseModel):
    """Another name."""

    name: str


class Move(BaseModel):
    """Another room of the same workshop."""

    room_id: str


class Participant(BaseModel):
    """Somebody with a seat."""

    id: str
    name: str
    room_id: str
    seat: int = Field(description="The number in the room; gives the blade its pattern.")
    simulated: bool


@api.get("/workshops/{workshop_id}/participants", summary="List everybody with a seat")
async def list_participants(request: Request, access: RunsWorkshop) -> list[Participant]:
    """By room and seat."""
    async with request.app.state.database.reading() as session:
        seated = await crews(session, access.workshop.id)
    return [_shown(seat) for crew in seated.values() for seat in crew]


@api.post("/seats/{seat_id}/rename", summary="Rename a participant")
async def rename_by_script(request: Request, access: RunsWorkshop, seat_id: str, body: Rename) -> Participant:
    """409 if the room has somebody of this name."""
    return _shown(await _rename(request, access, seat_id, body.name))


@api.post("/seats/{seat_id}/move", summary="Move a participant to another room")
async def move_by_script(request: Request, access: RunsWorkshop, seat_id: str, body: Move) -> Participant:
    """Their pages follow at once, and their token serves the new room."""
    return _shown((await _move(request, access, seat_id, body.room_id))[0])


@api.post("/seats/{seat_id}/remove", status_code=204, summary="Remove a participant")
async def remove_by_script(request: Request, access: RunsWorkshop, seat_id: str) -> None:
    """What they wrote stays; their sockets close within a second."""
    await _remove(request, access, seat_id)


@api.post("/workshops/{workshop_id}/rehearsal/clear", status_code=204, summary="Clear a rehearsal away")
async def clear_rehearsal_by_script(request: Request, access: RunsWorkshop) -> None:
    """Simulated participants and everything they wrote; real people's words stay."""
    await _clear(request, access)


async def _clear(request: Request, access: Access) -> Cleared:
    app, workshop_id = request.app, access.workshop.id
    async with app.state.database.writing() as session:
        cleared = await simulated.clear_rehearsal(session, workshop_id)
        for room_id in cleared.changed:
            merged(app, session, workshop_id, room_id)
    for seat_id in cleared.seats:
        app.state.end_connections(f"seat:{seat_id}", 4403, REHEARSED)
    for room_id in cleared.erased:
        app.state.documents.discard(room_id, 4410, ERASED)
    return cleared


async def _rename(request: Request, access: Access, seat_id: str, name: str) -> Seat:
    async with request.app.state.database.writing() as session:
        seat = await rename_seat(session, seat_id, name)
        crew_changed(request.app, session, access.workshop.id, seat.room_id)
    return seat


async def _move(request: Request, access: Access, seat_id: str, room_id: str) -> tuple[Seat, Room]:
    async with request.app.state.database.writing() as session:
        seat, left = await move_seat(session, seat_id, room_id)
        room = await session.get(Room, room_id)
        assert room
        crew_changed(request.app, session, access.workshop.id, left, room_id)
    follow(request.app, [seat])
    return seat, room


async def _remove(request: Request, access: Access, seat_id: str) -> Seat:
    async with request.app.state.database.writing() as session:
        seat = await remove_seat(session, seat_id)
        crew_changed(request.app, session, access.workshop.id, seat.room_id)
    send_away(request.app, seat)
    return seat


def _shown(seat: Seat) -> Participant:
    return Participant(
        id=seat.id, name=seat.name, room_id=seat.room_id, seat=seat.number, simulated=seat.simulated
    )
