"""The roster as it stands: each line with what became of it, a page of them, how many there are.

Somebody who has come sits where their seat is, wherever a coach moved it; for all others the line says which
room waits. The people in a room are in rowers.py.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.workshop.names import tidy
from boathouse.workshop.roster.invitees import name_key, the_invitee
from boathouse.workshop.tables import Invitee, Room, Seat

PIECE = 500  # lines at once: the server serves others in between
A_PAGE = 100  # lines
NOBODY = "nobody"  # filter: without a room


@dataclass(frozen=True)
class Expected:
    """A line with what became of it. seat: theirs, or one taken with the code under their name."""

    invitee: Invitee
    seat: Seat | None
    room: Room | None

    @property
    def came_by_link(self) -> bool:
        """Whether this is surely the person."""
        return self.seat is not None and self.seat.id == self.invitee.seat_id


@dataclass(frozen=True)
class Counts:
    """Of a whole roster."""

    people: int = 0
    without_room: int = 0
    came: int = 0


def lines_of(workshop_id: str) -> Any:
    """All lines with their seat and room, in the order of the list."""
    taken = func.coalesce(Invitee.seat_id, Invitee.code_seat_id)
    seat = and_(col(Seat.id) == taken, col(Seat.removed_at).is_(None))
    room = func.coalesce(Seat.room_id, Invitee.room_id)
    return (
        select(Invitee, Seat, Room)
        .outerjoin(Seat, seat)
        .outerjoin(Room, col(Room.id) == room)
        .where(col(Invitee.workshop_id) == workshop_id)
        .order_by(col(Invitee.position))
    )


async def in_pieces(session: AsyncSession, workshop_id: str, *columns: Any) -> AsyncIterator[Any]:
    """These columns of all lines, fetched piece by piece so that nobody else waits for a long roster."""
    position = col(Invitee.position)
    query, last = lines_of(workshop_id).with_only_columns(position, *columns).limit(PIECE), -1
    while rows := list(await session.exec(query.where(position > last))):
        for row in rows:
            yield row[1:]
        last = rows[-1][0]
        await asyncio.sleep(0)


async def some(
    session: AsyncSession,
    workshop_id: str,
    find: str = "",
    room_id: str = "",
    start: int = 0,
    has_come: bool | None = None,
) -> tuple[list[Expected], int]:
    """A page of lines, and how many match. room_id: only those of this room, or NOBODY for those without."""
    query = lines_of(workshop_id)
    if words := tidy(find):
        in_name = col(Invitee.name_key).contains(name_key(words), autoescape=True)
        query = query.where(or_(in_name, col(Invitee.email).contains(words.lower(), autoescape=True)))
    if room_id:
        query = query.where(col(Room.id).is_(None) if room_id == NOBODY else col(Room.id) == room_id)
    if has_come is not None:
        query = query.where(col(Seat.id).is_not(None) if has_come else col(Seat.id).is_(None))
    ids = query.order_by(None).with_only_columns(col(Invitee.id)).subquery()
    matching = (await session.exec(select(func.count()).select_from(ids))).one()
    found = await session.exec(query.offset(start).limit(A_PAGE))
    return [Expected(*row) for row in found], matching


async def counts_of(session: AsyncSession, workshop_id: str) -> Counts:
    """How many are expected, have no room yet, have come."""
    query = lines_of(workshop_id).order_by(None)
    counted = query.with_only_columns(func.count(), func.count(col(Room.id)), func.count(col(Seat.id)))
    people, with_room, came = (await session.exec(counted)).one()
    return Counts(people, people - with_room, came)


async def the_expected(session: AsyncSession, invitee_id: str) -> Expected:
    """A line with what became of it. Errors: Problem 404."""
    invitee = await the_invitee(session, invitee_id)
    query = lines_of(invitee.workshop_id).where(col(Invitee.id) == invitee_id)
    return Expected(*(await session.exec(query)).one())
