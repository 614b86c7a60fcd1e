"""Clearing a rehearsal away: simulated people, and every word of theirs.

A room in which no real participant ever sat is emptied whole. In any other, what simulated people added
goes, except an objective under which somebody real has written a key result.
"""

from dataclasses import dataclass, field

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.ids import new_id
from boathouse.workshop.tables import (
    Comment,
    DocumentUpdate,
    DraftCopy,
    KeyResult,
    Meant,
    Objective,
    Question,
    Room,
    RoomNote,
    Seat,
    Todo,
)

BY = "the rehearsal"


@dataclass
class Cleared:
    """What was done. erased: rooms whose document was thrown away; changed: all rooms concerned."""

    seats: list[str] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


async def clear_rehearsal(session: AsyncSession, workshop_id: str) -> Cleared:
    """Remove the simulated participants of a workshop with their words. Nothing else."""
    seats = list(await session.exec(select(Seat).where(Seat.workshop_id == workshop_id)))
    simulated = {seat.id for seat in seats if seat.simulated}
    if not simulated:
        return Cleared()
    authors = {f"seat:{seat_id}" for seat_id in simulated}
    rooms = list(await session.exec(select(Room).where(Room.workshop_id == workshop_id)))
    real_rooms = {seat.room_id for seat in seats if not seat.simulated}
    cleared = Cleared(sorted(simulated))
    for room in rooms:
        writers = await _writers(session, room.id)
        sat_here = any(seat.simulated and seat.room_id == room.id for seat in seats)
        if not (sat_here or writers & authors):
            continue
        cleared.changed.add(room.id)
        if room.id in real_rooms or any(_is_seat(writer) for writer in writers - authors):
            await _remove_items(session, room, authors)
        else:
            await _empty(session, room)
            cleared.erased.add(room.id)
    await _remove_remarks(session, simulated)
    await session.exec(delete(Seat).where(col(Seat.id).in_(simulated)))
    return cleared


def _is_seat(writer: str) -> bool:
    return writer.startswith("seat:")


async def _writers(session: AsyncSession, room_id: str) -> set[str]:
    """Who added items or wrote comments in the room."""
    found: set[str] = set()
    for table in (Objective, KeyResult, Todo):
        query = select(table.created_by).where(table.room_id == room_id, col(table.created_by).is_not(None))
        found.update(await session.exec(query.distinct()))  # type: ignore[arg-type]
    query = select(Comment.seat_id).where(Comment.room_id == room_id, col(Comment.seat_id).is_not(None))
    return found | {f"seat:{seat_id}" for seat_id in await session.exec(query.distinct())}


async def _empty(session: AsyncSession, room: Room) -> None:
    """Everything written there, with the history of its document."""
    for table in (Comment, Meant, KeyResult, Objective, Todo, RoomNote, DraftCopy, DocumentUpdate):
        await session.exec(delete(table).where(col(table.room_id) == room.id))
    room.generation = new_id()
    room.help_since = room.done_at = room.last_activity_at = None
    session.add(room)


async def _remove_items(session: AsyncSession, room: Room, authors: set[str]) -> None:
    """As if taken off the draft: somebody real may have the words in an open page."""
    query = select(KeyResult).where(KeyResult.room_id == room.id, col(KeyResult.deleted_at).is_(None))
    kept = {row.objective_id for row in await session.exec(query) if row.created_by not in authors}
    for table in (KeyResult, Todo, Objective):
        theirs = update(table).where(
            col(table.room_id) == room.id,
            col(table.created_by).in_(authors),
            col(table.deleted_at).is_(None),
            col(table.id).not_in(kept),  # objectives; ids of other rows are never among them
        )
        await session.exec(theirs.values(deleted_at=now(), deleted_by=BY))


async def _remove_remarks(session: AsyncSession, simulated: set[str]) -> None:
    theirs = [col(Comment.seat_id).in_(simulated), col(Comment.deleted_at).is_(None)]
    await session.exec(update(Comment).where(*theirs).values(deleted_at=now()))
    await session.exec(delete(Question).where(col(Question.seat_id).in_(simulated)))
