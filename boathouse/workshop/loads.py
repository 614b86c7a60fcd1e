"""How full the rooms are, and where the next person sits.

That is the room with the fewest people present or expected. The size of a room is a wish: once all rooms are
full the emptiest takes some more, up to SPARE over the size.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select as sqlalchemy_select
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
    """All open rooms by number. One statement counts, since everybody who arrives asks."""
    taken = select(func.count()).where(Seat.room_id == Room.id, col(Seat.removed_at).is_(None))
    counts: list[Any] = [taken.scalar_subquery()]
    if _is_awaiting(await session.get(Workshop, workshop_id)):
        waits = col(Invitee.seat_id).is_(None), col(Invitee.code_seat_id).is_(None)
        counts.append(select(func.count()).where(Invitee.room_id == Room.id, *waits).scalar_subquery())
    rooms: Any = sqlalchemy_select(Room, *counts)
    rooms = rooms.where(col(Room.workshop_id) == workshop_id, col(Room.closed_at).is_(None))
    arriving = await _arriving(session, workshop_id)
    loads = []
    for room, *numbers in (await session.exec(rooms.order_by(col(Room.number)))).all():
        there = {identity for identity in here(room.id) if identity.startswith("seat:")}
        present = len(there | arriving.get(room.id, set()))
        loads.append(Load(room, numbers[0], present, *numbers[1:]))
    return loads


async def _arriving(session: AsyncSession, workshop_id: str) -> dict[str, set[str]]:
    """Who joined just now, by room."""
    query = select(Seat.room_id, Seat.id).where(
        Seat.workshop_id == workshop_id, col(Seat.removed_at).is_(None), Seat.created_at > now() - ARRIVING
    )
    found: dict[str, set[str]] = defaultdict(set)
    for room_id, seat_id in await session.exec(query):
        found[room_id].add(f"seat:{seat_id}")
    return found


def _is_awaiting(workshop: Workshop | None) -> bool:
    """Whether rooms wait for the people of the roster; they have waited long enough some time."""
    started = workshop.started_at if workshop else None
    return started is None or now() <= started + KEPT_FOR


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
