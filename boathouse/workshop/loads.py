"""How full the rooms are, and where the next person sits.

That is the room with the fewest people present or expected. The size of a room is a wish: once all rooms are
full the emptiest takes some more, up to SPARE over the size.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.workshop.tables import Invitee, Room, Seat, Workshop

SPARE = 2  # seats over the size that a full workshop still gives
ARRIVING = timedelta(seconds=30)  # somebody who joined so recently counts as present
KEPT_FOR = timedelta(minutes=15)  # after the start the seats of people on the roster are kept

Here = Callable[[str], Collection[str]]  # the identities present in a room, by its id


@dataclass(frozen=True)
class Load:
    """A room; how many belong to it, are there or on their way, and are expected by the roster."""

    room: Room
    seats: int
    present: int
    expected: int = 0

    @property
    def spoken_for(self) -> int:
        """Seats that are taken or kept."""
        return self.seats + self.expected


async def room_loads(session: AsyncSession, workshop_id: str, here: Here) -> list[Load]:
    """All open rooms by number."""
    rooms = select(Room).where(Room.workshop_id == workshop_id, col(Room.closed_at).is_(None))
    seats = select(Seat.id, Seat.room_id, Seat.created_at).where(
        Seat.workshop_id == workshop_id, col(Seat.removed_at).is_(None)
    )
    belong: Counter[str] = Counter()
    present: Counter[str] = Counter()
    just_now = now() - ARRIVING
    for seat_id, room_id, created_at in await session.exec(seats):
        belong[room_id] += 1
        present[room_id] += created_at > just_now or f"seat:{seat_id}" in here(room_id)
    expected = await _expected(session, workshop_id)
    found = await session.exec(rooms.order_by(col(Room.number)))
    return [Load(room, belong[room.id], present[room.id], expected.get(room.id, 0)) for room in found]


async def _expected(session: AsyncSession, workshop_id: str) -> dict[str, int]:
    """How many people of the roster each room waits for; nobody once it has waited long enough."""
    workshop = await session.get(Workshop, workshop_id)
    if workshop and workshop.started_at and now() > workshop.started_at + KEPT_FOR:
        return {}
    query = select(Invitee.room_id, func.count()).where(
        Invitee.workshop_id == workshop_id,
        col(Invitee.room_id).is_not(None),
        col(Invitee.seat_id).is_(None),
        col(Invitee.code_seat_id).is_(None),
    )
    return {room_id: n for room_id, n in await session.exec(query.group_by(col(Invitee.room_id))) if room_id}


def emptiest(loads: Sequence[Load], size: int, shown: str | None = None) -> Load | None:
    """Where the next person sits: fewest present, then fewest seats, then number; None when all are full.

    Who is expected counts as there, until every other seat is taken. shown: a room that is kept if nobody
    sits in a room with fewer people because of it.
    """
    able = [load for load in loads if load.spoken_for < size + SPARE]
    able = able or [load for load in loads if load.seats < size + SPARE]
    if not able:
        return None
    fewest = min(load.present + load.expected for load in able)
    kept = [load for load in able if load.room.id == shown and load.present + load.expected == fewest]
    if kept:
        return kept[0]
    return min(able, key=lambda load: (load.present + load.expected, load.spoken_for, load.room.number))


def free_seats(load: Load, loads: Sequence[Load], size: int) -> int:
    """How many more may choose this room; the spare seats open only once every room is full."""
    all_full = all(other.spoken_for >= size for other in loads)
    return max(0, size + SPARE * all_full - load.spoken_for)
