"""Erasing a person from a workshop: whoever they were is forgotten, what they gave the group stays.

Their seat goes with everything that hangs on it: name, address, personal link, when they were there, how they
answered polls. So does their line on the roster. Words in the draft are the group's; comments and questions
stay, too, signed by Somebody.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import and_, col, delete, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import not_found
from boathouse.rollout.okrs import drafts_of_rooms
from boathouse.workshop.roster.versions import mark_changed
from boathouse.workshop.tables import (
    Comment,
    DraftCopy,
    Invitee,
    KeyResult,
    Meant,
    Objective,
    Question,
    RoomNote,
    Seat,
    Todo,
    Visit,
)

SOMEBODY = "Somebody"


async def erase_seat(session: AsyncSession, seat_id: str) -> list[str]:
    """Forget a participant, also one who was removed before. Returns the rooms whose pages name them.

    Errors: Problem 404.
    """
    seat = await session.get(Seat, seat_id)
    if seat is None:
        raise not_found("This seat")
    rooms, names = await _rooms_of(session, seat), await _names_of(session, seat)
    await _unsign(session, seat_id, rooms, names)
    await _disown(session, seat_id, rooms, names)
    # Where somebody else came with the personal link, it is theirs, whoever used the code under that name.
    by_code = and_(col(Invitee.code_seat_id) == seat_id, col(Invitee.seat_id).is_(None))
    own = or_(col(Invitee.seat_id) == seat_id, by_code)
    if (await session.exec(delete(Invitee).where(own))).rowcount:
        await mark_changed(session, seat.workshop_id)
    await session.exec(delete(Seat).where(col(Seat.id) == seat_id))
    return rooms


async def _rooms_of(session: AsyncSession, seat: Seat) -> list[str]:
    """Where they sat, and where they left something; merged rooms took comments along."""
    rooms = {seat.room_id, *await session.exec(select(Visit.room_id).where(Visit.seat_id == seat.id))}
    for owner in (Comment.seat_id, KeyResult.owner_id):
        table = owner.class_  # type: ignore[union-attr]
        rooms.update(await session.exec(select(table.room_id).where(owner == seat.id)))
    for table in (Objective, KeyResult, Todo):
        rooms.update(await session.exec(select(table.room_id).where(table.created_by == f"seat:{seat.id}")))
    return sorted(rooms)


async def _names_of(session: AsyncSession, seat: Seat) -> set[str]:
    """Their name now, and those under which they wrote before they were renamed."""
    names = {seat.name}
    for table in (Comment, Question):
        names.update(await session.exec(select(table.author_name).where(table.seat_id == seat.id)))
    return names


async def _unsign(
    session: AsyncSession, seat_id: str, rooms: Collection[str], names: Collection[str]
) -> None:
    """What they signed is signed by Somebody. Who removed or settled something is known by name only."""
    for table in (Comment, Question):
        theirs = update(table).where(col(table.seat_id) == seat_id)
        await session.exec(theirs.values(author_name=SOMEBODY))
    for column in (
        Objective.deleted_by,
        KeyResult.deleted_by,
        Todo.deleted_by,
        Comment.resolved_by,
        Meant.said_by,
        RoomNote.author_name,
    ):
        table = column.class_  # type: ignore[union-attr]
        named = update(table).where(col(column).in_(names), col(table.room_id).in_(rooms))
        await session.exec(named.values({column.key: SOMEBODY}))  # type: ignore[union-attr]


async def _disown(session: AsyncSession, seat_id: str, rooms: Sequence[str], names: Collection[str]) -> None:
    """Key results that they were to look after have no owner, wherever one was noted down."""
    for copy in await session.exec(select(DraftCopy).where(col(DraftCopy.room_id).in_(rooms))):
        objectives = copy.draft.get("objectives", [])
        copy.draft = {**copy.draft, "objectives": without_owner(objectives, seat_id, names)}
    for given in (await drafts_of_rooms(session, rooms)).values():
        given.objectives = without_owner(given.objectives, seat_id, names)
    remarks = select(Comment).where(col(Comment.room_id).in_(rooms), col(Comment.stood).is_not(None))
    for remark in await session.exec(remarks):
        if remark.stood and remark.stood.get("owner") in names:
            remark.stood = {**remark.stood, "owner": ""}


def without_owner(
    objectives: Sequence[dict[str, Any]], seat_id: str, names: Collection[str]
) -> list[dict[str, Any]]:
    """The same objectives, as they were noted down, without this owner of key results. Pure.

    names: count where no seat was noted, so that a namesake stays.
    """

    def disowned(each: dict[str, Any]) -> dict[str, Any]:
        owner_id = each.get("owner_id")
        is_theirs = owner_id == seat_id if owner_id else each.get("owner") in names
        if not is_theirs:
            return each
        return each | {key: nobody for key, nobody in (("owner", ""), ("owner_id", None)) if key in each}

    return [
        {**objective, "key_results": [disowned(each) for each in objective["key_results"]]}
        for objective in objectives
    ]
