"""What somebody at the door is told: where the workshop stands, and which room waits."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.workshop.joining import all_full, check_open
from boathouse.workshop.loads import Here, Load, emptiest, free_seats, room_loads
from boathouse.workshop.seats import crews
from boathouse.workshop.tables import AgendaItem, Seat, Status, Workshop

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True)
class Choice:
    """A room as the door shows it."""

    load: Load
    free: int
    crew: list[Seat]

    @property
    def here(self) -> str:
        """How many are here now, in words."""
        present = self.load.present
        if not present:
            return "Your crew is on its way." if self.crew else "You are the first."
        return f"{_count(present)} {'is' if present == 1 else 'are'} here already."

    @property
    def left(self) -> str:
        """How many seats are free, in words."""
        return f"{_count(self.free)} {'seat' if self.free == 1 else 'seats'} free" if self.free else "Full"

    @property
    def after_me(self) -> str:
        """How many are free once the reader sits."""
        return replace(self, free=self.free - 1).left

    @property
    def names(self) -> str:
        """Who belongs there, in short."""
        first = ", ".join(seat.name.split()[0] for seat in self.crew[:4])
        more = len(self.crew) - 4
        return f"{first} and {more} more" if more > 0 else first


@dataclass(frozen=True)
class Entrance:
    """stands: a sentence. mine: the room that waits. rooms: all of them, if one may choose.

    closed: why nobody can sit down, if so. has_list: rooms wait for people of a roster.
    """

    stands: str
    mine: Choice | None
    rooms: list[Choice]
    closed: Problem | None
    has_list: bool = False


async def entrance(session: AsyncSession, workshop: Workshop, here: Here, wanted: str | None) -> Entrance:
    """The door of a workshop. wanted: the room somebody has chosen."""
    stands = await where_it_stands(session, workshop)
    try:
        check_open(workshop)
    except Problem as problem:
        return Entrance(stands, None, [], problem)
    loads = await room_loads(session, workshop.id, here)
    people = await crews(session, workshop.id)
    rooms = [
        Choice(load, free_seats(load, loads, workshop.room_size), people.get(load.room.id, []))
        for load in loads
    ]
    best = emptiest(loads, workshop.room_size)
    if best is None:
        return Entrance(stands, None, [], all_full())
    chosen = wanted if workshop.rooms_are_chosen else None
    mine = next((room for room in rooms if room.load.room.id == chosen and room.free), None)
    mine = mine or next(room for room in rooms if room.load is best)
    has_list = any(load.expected for load in loads)
    return Entrance(stands, mine, rooms if workshop.rooms_are_chosen else [], None, has_list)


async def where_it_stands(session: AsyncSession, workshop: Workshop) -> str:
    """One sentence for somebody who comes in now."""
    if workshop.status == Status.ENDED:
        return "This workshop has ended."
    if workshop.status == Status.SCHEDULED:
        return _begins(workshop)
    query = select(AgendaItem).where(AgendaItem.workshop_id == workshop.id)
    items = list(await session.exec(query.order_by(col(AgendaItem.position))))
    place = next((n for n, item in enumerate(items, 1) if item.id == workshop.agenda_item_id), 0)
    at = f"{items[place - 1].title}, part {place} of {len(items)}" if place else "the work has begun"
    if workshop.status == Status.PAUSED:
        return f"A short break in {at}." if place else "A short break."
    if place <= 1:
        return f"It has just begun: {at}."
    return f"Under way: {at}. Your crew will bring you in."


def _begins(workshop: Workshop) -> str:
    wait = (workshop.starts_at - now()) if workshop.starts_at else timedelta(0)
    minutes = round(wait.total_seconds() / 60)
    if minutes < 1:
        return "It starts soon."
    if minutes < 100:
        return f"It starts in {minutes} {'minute' if minutes == 1 else 'minutes'}."
    if minutes < 36 * 60:
        return f"It starts in {round(minutes / 60)} hours."
    return f"It starts in {round(minutes / 1440)} days."


def _count(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
