"""How full a roster makes the rooms, and what to say when there are more people than places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.names import listed
from boathouse.workshop.rooms import label
from boathouse.workshop.roster.expected import lines_of
from boathouse.workshop.tables import Invitee, Room, Seat, Workshop

NAMED = 3  # crowded rooms that are named


@dataclass(frozen=True)
class Filling:
    """people: who sits in a room or is expected there, by its id. waiting: expected, without a room."""

    size: int
    rooms: Sequence[Room]
    people: Mapping[str, int]
    waiting: int

    @property
    def crowded(self) -> list[Room]:
        """Rooms with more people than they are meant for, the fullest first."""
        found = [room for room in self.rooms if self.people.get(room.id, 0) > self.size]
        return sorted(found, key=lambda room: -self.people[room.id])

    @property
    def words(self) -> str:
        """What somebody who gives out rooms should know; empty when everybody fits."""
        total, rooms = sum(self.people.values()) + self.waiting, len(self.rooms)
        places = rooms * self.size
        if total > places:
            more = ceil(total / self.size) - rooms
            return (
                f"{total:,} people, and {rooms} rooms of {self.size} have {places:,} places. Evenly that is "
                f"{ceil(total / rooms)} in a room. Or add {'one room' if more == 1 else f'{more} rooms'}."
            )
        if not self.crowded:
            return ""
        told = [f"{label(room)} has {self.people[room.id]}" for room in self.crowded]
        return f"Rooms are meant for {self.size} people: {listed(told, NAMED)}."


async def filling_of(
    session: AsyncSession, workshop: Workshop, rooms: Sequence[Room], waiting: int
) -> Filling:
    """As the roster and the seats are now. rooms: those that are open."""
    expected = lines_of(workshop.id).order_by(None).with_only_columns(col(Room.id), func.count())
    people: dict[str, int] = {
        room_id: count for room_id, count in await session.exec(expected.group_by(col(Room.id))) if room_id
    }
    is_theirs = or_(col(Invitee.seat_id) == Seat.id, col(Invitee.code_seat_id) == Seat.id)
    others = select(Seat.room_id, func.count()).where(
        Seat.workshop_id == workshop.id,
        col(Seat.removed_at).is_(None),
        ~select(Invitee.id).where(is_theirs).exists(),
    )
    for room_id, count in await session.exec(others.group_by(Seat.room_id)):
        people[room_id] = people.get(room_id, 0) + count
    return Filling(workshop.room_size, rooms, people, waiting)
