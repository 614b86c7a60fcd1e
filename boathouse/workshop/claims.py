"""Which coach is on which room: looking is a fact of an open page, a claim is a promise kept in the row."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.core.people import Person, Role
from boathouse.workshop.tables import Facilitator, Room, Workshop

HANDED = 10.0  # seconds for which a room is kept for the coach it was handed to


async def claim(session: AsyncSession, room_id: str, person: Person, instead_of: str = "") -> Room:
    """Say "I'm on it". instead_of: whose claim is taken over on purpose, a person's id.

    Errors: Problem 404; 409 when somebody else has claimed it in the meantime, with the name.
    """
    room = await _room(session, room_id)
    if room.claimed_by not in (None, person.id, instead_of):
        raise Problem(409, f"{await _name(session, room.claimed_by)} is on room {room.number} already.")
    room.claimed_by = person.id
    return room


async def release(session: AsyncSession, room_id: str, person: Person) -> Room:
    """Give the room back; a claim that passed to somebody else meanwhile stays theirs.

    Errors: Problem 404.
    """
    room = await _room(session, room_id)
    if room.claimed_by == person.id:
        room.claimed_by = None
    return room


async def _room(session: AsyncSession, room_id: str) -> Room:
    room = await session.get(Room, room_id, with_for_update=True)
    if room is None:
        raise not_found("This room")
    return room


async def _name(session: AsyncSession, person_id: str | None) -> str:
    person = await session.get(Person, person_id) if person_id else None
    return person.name if person else "Another coach"


@dataclass(frozen=True)
class Look:
    """A coach with a room open beside the wall."""

    identity: str
    name: str
    room_id: str


@dataclass
class Looking:
    """Who has which room open, by page, and which room was just handed to whom; nothing is stored."""

    pages: dict[str, dict[object, Look]] = field(default_factory=lambda: defaultdict(dict))
    handed: dict[str, tuple[str, float]] = field(default_factory=dict)  # room: identity, monotonic until

    def look(self, workshop_id: str, page: object, look: Look | None) -> set[str]:
        """Note what a board page shows now, None for no room; returns the rooms whose tiles change by it."""
        before = self.pages[workshop_id].pop(page, None)
        if look:
            self.pages[workshop_id][page] = look
        elif not self.pages[workshop_id]:
            del self.pages[workshop_id]
        return {each.room_id for each in (before, look) if each} if before != look else set()

    def hand(self, room_id: str, identity: str, moment: float) -> None:
        """This room goes to this coach, whose page will say in a moment that it looks at it."""
        self.handed = {room: one for room, one in self.handed.items() if one[1] > moment}
        self.handed[room_id] = identity, moment + HANDED

    def taken_by_others(self, workshop_id: str, identity: str, moment: float) -> set[str]:
        """The rooms that other coaches look at, or were just handed."""
        looks = {look.room_id for look in self.at(workshop_id) if look.identity != identity}
        return looks | {
            room for room, (who, until) in self.handed.items() if who != identity and until > moment
        }

    def at(self, workshop_id: str) -> list[Look]:
        """Every look at a room of this workshop."""
        return list(self.pages.get(workshop_id, {}).values())


@dataclass(frozen=True)
class Coach:
    """Somebody who runs the workshop. room_id: which room is open on their board; claimed: room numbers."""

    identity: str
    name: str
    is_here: bool
    room_id: str | None
    claimed: tuple[int, ...]


async def coaches_of(
    session: AsyncSession, workshop: Workshop, present: Collection[str], looks: Iterable[Look]
) -> list[Coach]:
    """The coaches whose board is open, and those who are on a room without it; by name."""
    query = select(Person.id, Person.name, Facilitator.workshop_id, Person.role).join(
        Facilitator,
        (col(Facilitator.person_id) == Person.id) & (col(Facilitator.workshop_id) == workshop.id),
        isouter=True,
    )
    here = [identity.removeprefix("person:") for identity in present if identity.startswith("person:")]
    claims: dict[str | None, list[int]] = defaultdict(list)
    claimed = select(Room.claimed_by, Room.number).where(
        Room.workshop_id == workshop.id, col(Room.claimed_by).is_not(None), col(Room.closed_at).is_(None)
    )
    for person_id, number in await session.exec(claimed.order_by(col(Room.number))):
        claims[person_id].append(number)
    open_rooms = {look.identity: look.room_id for look in looks}
    query = query.where(col(Person.id).in_({*here, *(person for person in claims if person)}))
    return [
        Coach(
            f"person:{person_id}",
            name,
            person_id in here,
            open_rooms.get(f"person:{person_id}"),
            tuple(claims[person_id]),
        )
        for person_id, name, facilitates, role in await session.exec(query.order_by(col(Person.name)))
        if facilitates or role == Role.OWNER or person_id in claims
    ]
