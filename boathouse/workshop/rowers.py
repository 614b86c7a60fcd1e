"""Who belongs to a room and who is there now: for the room's bar, and for the coach's list of people."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.people import Person, Role
from boathouse.workshop.loads import Here
from boathouse.workshop.rooms import label, open_rooms
from boathouse.workshop.seats import crew, crews
from boathouse.workshop.tables import Facilitator, Room, Seat, Workshop


@dataclass(frozen=True)
class Rower:
    """A participant, here or not."""

    seat: Seat
    here: bool


@dataclass(frozen=True)
class Onlooker:
    """Somebody with an account who is in the room now."""

    id: str
    name: str
    is_coach: bool


@dataclass(frozen=True)
class Roster:
    """A room and its people. size: how many may sit there."""

    room: Room
    size: int
    crew: list[Rower]
    onlookers: list[Onlooker]

    @property
    def here(self) -> int:
        """How many of the crew are here."""
        return sum(rower.here for rower in self.crew)


async def roster(session: AsyncSession, room_id: str, here: Here) -> Roster | None:
    """The people of one room; None when there is no such room any more."""
    room = await session.get(Room, room_id)
    workshop = await session.get(Workshop, room.workshop_id) if room else None
    if room is None or workshop is None:
        return None
    present = here(room_id)
    rowers = [Rower(seat, f"seat:{seat.id}" in present) for seat in await crew(session, room_id)]
    ids = {name.removeprefix("person:") for name in present if name.startswith("person:")}
    return Roster(room, workshop.room_size, rowers, await _onlookers(session, workshop.id, ids))


async def _onlookers(session: AsyncSession, workshop_id: str, ids: set[str]) -> list[Onlooker]:
    if not ids:
        return []
    query = select(Facilitator.person_id).where(Facilitator.workshop_id == workshop_id)
    coaches = set(await session.exec(query))
    people = await session.exec(select(Person).where(col(Person.id).in_(ids)).order_by(Person.name))
    return [
        Onlooker(person.id, person.name, person.role == Role.OWNER or person.id in coaches)
        for person in people
    ]


@dataclass(frozen=True)
class Group:
    """A room in the list of people."""

    room: Room
    label: str
    rowers: list[Rower]

    @property
    def here(self) -> int:
        """How many of them are here."""
        return sum(rower.here for rower in self.rowers)


async def groups(
    session: AsyncSession, workshop_id: str, here: Here, find: str = "", room_id: str = ""
) -> list[Group]:
    """All open rooms with their people.

    find: only people and rooms whose name or address has this. room_id: only this room.
    """
    people, found = await crews(session, workshop_id), []
    rooms = await open_rooms(session, workshop_id)
    for room in rooms if not room_id else [room for room in rooms if room.id == room_id]:
        present, whole = here(room.id), _has(label(room), find)
        rowers = [
            Rower(seat, f"seat:{seat.id}" in present)
            for seat in people.get(room.id, [])
            if whole or _has(f"{seat.name} {seat.email or ''}", find)
        ]
        if rowers or whole:
            found.append(Group(room, label(room), rowers))
    return found


async def removed_people(session: AsyncSession, workshop_id: str, find: str = "") -> list[Seat]:
    """Who was taken out of the workshop and is still known by name, as groups() finds them."""
    query = select(Seat).where(Seat.workshop_id == workshop_id, col(Seat.removed_at).is_not(None))
    seats = await session.exec(query.order_by(col(Seat.name)))
    return [seat for seat in seats if _has(f"{seat.name} {seat.email or ''}", find)]


def _has(text: str, wanted: str) -> bool:
    return " ".join(wanted.casefold().split()) in text.casefold()
