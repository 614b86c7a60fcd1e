"""Which coach is on which room: looking is a fact of an open page, a claim is a promise kept in the row."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.core.people import Person
from boathouse.workshop.tables import Room


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
    """Who has which room open, by page; nothing is stored."""

    pages: dict[str, dict[object, Look]] = field(default_factory=lambda: defaultdict(dict))

    def look(self, workshop_id: str, page: object, look: Look | None) -> set[str]:
        """Note what a board page shows now, None for no room; returns the rooms whose tiles change by it."""
        before = self.pages[workshop_id].pop(page, None)
        if look:
            self.pages[workshop_id][page] = look
        elif not self.pages[workshop_id]:
            del self.pages[workshop_id]
        return {each.room_id for each in (before, look) if each} if before != look else set()

    def at(self, workshop_id: str) -> list[Look]:
        """Every look at a room of this workshop."""
        return list(self.pages.get(workshop_id, {}).values())
