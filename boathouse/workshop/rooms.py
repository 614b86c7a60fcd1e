"""The rooms of a workshop: added, renamed, closed while people sit in them; their hand and their tick."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem, not_found
from boathouse.core.rows import the_row
from boathouse.workshop.loads import Here, Load, emptiest, room_loads
from boathouse.workshop.names import room_name
from boathouse.workshop.roster.invitees import room_gone
from boathouse.workshop.seats import crew, open_room, sit_down
from boathouse.workshop.tables import Room, RoomNote, Seat, Workshop

MOST_ROOMS = 1000  # open in one workshop
LONGEST_NOTE = 20_000  # characters


def label(room: Room) -> str:
    """What people call it: "Room 14", or "Room 14, Returns" when it has a name of its own."""
    return label_of(room.number, room.name)


def label_of(number: int, name: str) -> str:
    """The same from its two parts."""
    plain = f"Room {number}"
    return plain if name.casefold() in ("", plain.casefold()) else f"{plain}, {name}"


async def open_rooms(session: AsyncSession, workshop_id: str) -> list[Room]:
    """All that are not closed, by number."""
    query = select(Room).where(Room.workshop_id == workshop_id, col(Room.closed_at).is_(None))
    return list(await session.exec(query.order_by(col(Room.number))))


async def add_rooms(
    session: AsyncSession, workshop_id: str, count: int = 0, names: Sequence[str] = ()
) -> list[Room]:
    """More rooms, with these names or simply numbered. A number is never used twice in a workshop.

    Errors: Problem 422 without anything to add, 409 when there would be too many, 404.
    """
    wanted = [room_name(name) for name in names if name.strip()] or [""] * count
    if not wanted:
        raise Problem(422, "Say how many rooms to add, or give their names.", field="count")
    locked = await session.exec(select(Workshop.id).where(Workshop.id == workshop_id).with_for_update())
    if locked.first() is None:
        raise not_found("This workshop")
    if len(await open_rooms(session, workshop_id)) + len(wanted) > MOST_ROOMS:
        raise Problem(409, f"A workshop has {MOST_ROOMS} rooms at most.")
    last = await session.exec(select(func.max(Room.number)).where(Room.workshop_id == workshop_id))
    first = (last.one() or 0) + 1
    rooms = [
        Room(workshop_id=workshop_id, number=number, name=name or f"Room {number}")
        for number, name in enumerate(wanted, first)
    ]
    session.add_all(rooms)
    return rooms


async def rename_room(session: AsyncSession, room_id: str, typed: str) -> Room:
    """Give a room another name. Errors: Problem 422, 404."""
    room = await _room(session, room_id)
    room.name = room_name(typed)
    session.add(room)
    return room


async def close_room(
    session: AsyncSession, workshop: Workshop, room_id: str, here: Here, into: str | None = None
) -> list[Seat]:
    """Close a room; its people go to the room named, or each to the emptiest. Its draft is kept.

    Returns the seats that moved. Errors: Problem 409 for the last room or one closed already, 404.
    """
    room = await open_room(session, workshop.id, room_id)
    if into == room.id:
        raise Problem(409, "Its people cannot move into the room that closes.")
    loads = [load for load in await room_loads(session, workshop.id, here) if load.room.id != room.id]
    if not loads:
        raise Problem(409, "This is the last room. Add another first, or end the workshop.")
    target = await open_room(session, workshop.id, into) if into else None
    shut(session, room)
    await room_gone(session, room.id, target.id if target else None)
    moved = await crew(session, room.id)
    for seat in moved:
        await sit_down(session, seat, target or _room_with_space(loads, workshop.room_size))
    return moved


def shut(session: AsyncSession, room: Room) -> None:
    """Nobody sits there any more, and nothing of it needs a human."""
    room.closed_at, room.help_since, room.claimed_by = now(), None, None
    session.add(room)


def _room_with_space(loads: list[Load], size: int) -> Room:
    """The emptiest, counted on; when all are over-full somebody still has to sit somewhere."""
    best = emptiest(loads, size) or min(loads, key=lambda load: (load.seats, load.room.number))
    loads[loads.index(best)] = replace(best, seats=best.seats + 1, present=best.present + 1)
    return best.room


async def ask_help(session: AsyncSession, room_id: str, wanted: bool) -> Room:
    """Raise or lower the hand. One that is up stays up: who waited longest is served first."""
    room = await _room(session, room_id)
    room.help_since = (room.help_since or now()) if wanted else None
    session.add(room)
    return room


async def mark_done(session: AsyncSession, room_id: str, done: bool) -> Room:
    """The crew says it has finished, or that it goes on."""
    room = await _room(session, room_id)
    room.done_at = (room.done_at or now()) if done else None
    session.add(room)
    return room


async def keep_note(session: AsyncSession, room_id: str, author: str, body: str) -> RoomNote:
    """Keep words that a browser had not sent when its person was moved. Errors: Problem 422."""
    words = body.replace("\x00", "").strip()
    if not words:
        raise Problem(422, "There are no words to keep.", field="body")
    note = RoomNote(room_id=room_id, author_name=author, body=words[:LONGEST_NOTE])
    session.add(note)
    return note


async def notes(session: AsyncSession, room_id: str) -> list[RoomNote]:
    """What is kept for copying, oldest first."""
    query = select(RoomNote).where(RoomNote.room_id == room_id)
    return list(await session.exec(query.order_by(col(RoomNote.created_at))))


async def drop_note(session: AsyncSession, room_id: str, note_id: str) -> None:
    """Somebody has the words now. Errors: Problem 404."""
    note = await session.get(RoomNote, note_id)
    if note is None or note.room_id != room_id:
        raise not_found("This note")
    await session.delete(note)


async def _room(session: AsyncSession, room_id: str) -> Room:
    return await the_row(session, Room, room_id, "This room")
