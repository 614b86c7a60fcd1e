"""Two thin rooms become one: people, texts, comments. Nothing is deleted, the old document stays readable.

What is copied gets new ids. Limits are not enforced here: a merged room over a limit just cannot add more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import Database
from boathouse.core.errors import Problem, not_found
from boathouse.core.ids import new_id
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.documents.fields import field_names
from boathouse.workshop.items import Row, items_of, next_position
from boathouse.workshop.rooms import shut
from boathouse.workshop.roster.invitees import room_gone
from boathouse.workshop.seats import crew, sit_down
from boathouse.workshop.stars import bring_stars
from boathouse.workshop.tables import (
    Comment,
    KeyResult,
    Meant,
    Objective,
    Room,
    RoomNote,
    Seat,
    Status,
    Todo,
    Workshop,
)

MOVED = 4409


@dataclass
class Merger:
    """What happened. new_ids: of everything copied, by its old id. texts: by root name."""

    source: Room
    target: Room
    moved: list[Seat] = field(default_factory=list)
    new_ids: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


async def merge_rooms(
    database: Database,
    documents: Documents,
    workshop: Workshop,
    source_id: str,
    target_id: str,
    announce: Callable[[AsyncSession], None],
) -> Merger:
    """Merge the source into the target, in one transaction.

    announce: called in the transaction, to say what changed. Errors: Problem 404; 409 for a closed room, a
    room with itself, or after the end.
    """
    await _check(database, workshop, source_id, target_id)
    for room_id in (source_id, target_id):
        await documents.open(room_id)
    # Whoever types from here on follows at once and keeps the words that came too late for copying.
    documents.lock(source_id, MOVED, f"/rooms/{target_id}")
    try:
        await documents.flush([source_id, target_id])
        async with database.writing() as session:
            merger = Merger(*await _two_rooms(session, workshop.id, source_id, target_id))
            await _copy_draft(session, merger)
            await documents.prepare_edit(session, target_id, merger.texts)
            await _bring_along(session, merger)
            announce(session)
    except BaseException:
        await _give_back(database, documents, workshop.id, source_id)
        raise
    return merger


async def _check(database: Database, workshop: Workshop, source_id: str, target_id: str) -> None:
    """Before anybody is locked out."""
    if workshop.status == Status.ENDED:
        raise Problem(409, "The workshop has ended; its rooms stay as they are.")
    if source_id == target_id:
        raise Problem(409, "A room cannot be merged with itself.")
    async with database.reading() as session:
        await _two_rooms(session, workshop.id, source_id, target_id)


async def _give_back(database: Database, documents: Documents, workshop_id: str, room_id: str) -> None:
    """People write on where they were, unless a coach has locked the drafts, perhaps only just now."""
    async with database.reading() as session:
        workshop = await session.get(Workshop, workshop_id)
    is_locked = workshop is None or workshop.locked
    documents.lock(room_id) if is_locked else documents.unlock(room_id)


async def _two_rooms(
    session: AsyncSession, workshop_id: str, source_id: str, target_id: str
) -> tuple[Room, Room]:
    """Both rooms, locked in one order, so that two mergers cannot wait for each other."""
    query = select(Room).where(Room.workshop_id == workshop_id, col(Room.id).in_((source_id, target_id)))
    found = {room.id: room for room in await session.exec(query.order_by(col(Room.id)).with_for_update())}
    if len(found) < 2:
        raise not_found("This room")
    for room in found.values():
        if room.closed_at:
            raise Problem(409, f"Room {room.number} is closed.")
    return found[source_id], found[target_id]


async def _copy_draft(session: AsyncSession, merger: Merger) -> None:
    """Objectives with their key results, and to-dos, behind those of the target."""
    for objective in await _copy_items(session, merger, Objective, "objective"):
        await _copy_items(session, merger, KeyResult, "key_result", of=objective)
    for todo in await _copy_items(session, merger, Todo, "todo"):
        copy = await session.get(Todo, merger.new_ids[todo.id])
        if copy and todo.converted_to:
            kind, _, old = todo.converted_to.partition(":")
            copy.converted_to = f"{kind}:{merger.new_ids.get(old, old)}"


async def _copy_items(
    session: AsyncSession, merger: Merger, table: type[Row], kind: str, of: Objective | None = None
) -> list[Row]:
    rows = await items_of(session, table, of.id if of else merger.source.id)
    left = [row for row in rows if row.deleted_at is None]
    there = [] if of else await items_of(session, table, merger.target.id)
    for position, row in enumerate(left, next_position(there)):
        copy = _copied(row, room_id=merger.target.id, position=position)
        if of:
            copy.objective_id = merger.new_ids[of.id]
        merger.new_ids[row.id] = copy.id
        for name in field_names(kind, row.id):
            column = name.rpartition(":")[2]
            merger.texts[f"{kind}:{copy.id}:{column}"] = getattr(row, column)
        session.add(copy)
    await session.flush()
    return left


def _copied(row: Row, **changed: object) -> Row:
    return type(row).model_validate({**row.model_dump(), "id": new_id(), **changed})


async def _bring_along(session: AsyncSession, merger: Merger) -> None:
    """Threads with their pins, what was meant on purpose, kept words, people, and the hand."""
    source, target, new = merger.source, merger.target, merger.new_ids
    for comment in await _all(session, Comment, source.id):
        comment.room_id = target.id
        comment.objective_id = new.get(comment.objective_id or "", comment.objective_id)
        comment.key_result_id = new.get(comment.key_result_id or "", comment.key_result_id)
        session.add(comment)
    for meant in await _all(session, Meant, source.id):
        kind, _, old = meant.item.partition(":")
        meant.room_id, meant.item = target.id, f"{kind}:{new.get(old, old)}"
        session.add(meant)
    for note in await _all(session, RoomNote, source.id):
        note.room_id = target.id
        session.add(note)
    hands = [room.help_since for room in (source, target) if room.help_since]
    target.help_since = min(hands, default=None)
    target.done_at = None if new else target.done_at
    session.add(target)
    await bring_stars(session, source.id, target.id, new)
    source.merged_into = target.id
    shut(session, source)
    await room_gone(session, source.id, target.id)
    merger.moved = await crew(session, source.id)
    for seat in merger.moved:
        await sit_down(session, seat, target)


async def _all(session: AsyncSession, table: type[SQLModel], room_id: str) -> list:
    return list(await session.exec(select(table).where(table.room_id == room_id)))  # type: ignore[attr-defined]
