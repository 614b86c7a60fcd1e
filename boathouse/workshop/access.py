"""Who may do what in a workshop: the one table, and the one place that reads it.

A standing is what somebody is to one room or workshop. Routes and sockets name the action; nothing else
in the product decides about permission.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_allowed, not_found, not_signed_in
from boathouse.core.people import Person, Role
from boathouse.core.seals import Seals
from boathouse.workshop.places import Place, find_place
from boathouse.workshop.tables import (
    Facilitator,
    Room,
    Seat,
    Workshop,
)


class Standing(StrEnum):
    """What somebody is to the workshop or room in question."""

    OWNER = "owner"  # of the installation
    FACILITATOR = "facilitator"  # a coach of this workshop
    OBSERVER = "observer"  # a leader or viewer: looks, changes nothing
    MEMBER = "member"  # has a seat in this room
    GUEST = "guest"  # has a seat in another room of the workshop
    STRANGER = "stranger"


class Action(StrEnum):
    """Everything that needs a permission."""

    SEE_WORKSHOP = "see workshop"  # lobby, board, stage, exports
    RUN_WORKSHOP = "run workshop"  # everything a coach changes
    SEE_ROOM = "see room"
    DRAFT = "draft"  # words and structure of a room's draft
    COMMENT = "comment"
    ASK_HELP = "ask help"
    BE_SEATED = "be seated"  # what any participant of the workshop may see: the way back to their room


COACHES = {Standing.OWNER, Standing.FACILITATOR}
PERMITS: dict[Action, frozenset[Standing]] = {
    Action.SEE_WORKSHOP: frozenset(COACHES | {Standing.OBSERVER}),
    Action.RUN_WORKSHOP: frozenset(COACHES),
    Action.SEE_ROOM: frozenset(COACHES | {Standing.OBSERVER, Standing.MEMBER}),
    Action.DRAFT: frozenset(COACHES | {Standing.MEMBER}),
    Action.COMMENT: frozenset(COACHES | {Standing.MEMBER}),
    Action.ASK_HELP: frozenset(COACHES | {Standing.MEMBER}),
    Action.BE_SEATED: frozenset(COACHES | {Standing.OBSERVER, Standing.MEMBER, Standing.GUEST}),
}


@dataclass(frozen=True)
class Access:
    """A permission that was given: who, to what."""

    standing: Standing
    workshop: Workshop
    room: Room | None
    person: Person | None
    seat: Seat | None
    session: str = ""  # fingerprint of the account's session, "" for seats and tokens

    @property
    def identity(self) -> str:
        """seat:ID or person:ID."""
        if self.seat and self.standing in (Standing.MEMBER, Standing.GUEST):
            return f"seat:{self.seat.id}"
        return f"person:{self.person.id}" if self.person else "nobody"

    @property
    def identities(self) -> frozenset[str]:
        """Everything whose end must end this one's sockets."""
        session = {f"session:{self.session}"} if self.session else set()
        return frozenset({self.identity, f"workshop:{self.workshop.id}", *session})

    @property
    def name(self) -> str:
        """How others see this person."""
        if self.identity.startswith("seat:") and self.seat:
            return self.seat.name
        return self.person.name if self.person else ""

    @property
    def is_coach(self) -> bool:
        """Whether this is somebody who runs the workshop."""
        return self.standing in COACHES

    @property
    def seat_number(self) -> int:
        """Gives the blade its pattern; coaches have accent blades."""
        return self.seat.number if self.seat and not self.is_coach else 0

    def may(self, action: Action) -> bool:
        """Whether the table permits it."""
        return self.standing in PERMITS[action]

    def the_room(self) -> Room:
        """The room of a route that has one."""
        if self.room is None:
            raise not_found("This room")
        return self.room


async def standing_of(
    session: AsyncSession, place: Place, person: Person | None, seat: Seat | None
) -> Standing:
    """What the asker is to the place. An account counts before a seat: a coach may also sit in a room."""
    if person and person.role == Role.OWNER:
        return Standing.OWNER
    if person:
        facilitator = await session.get(Facilitator, (place.workshop.id, person.id))
        if facilitator:
            return Standing.FACILITATOR
    if seat and seat.workshop_id == place.workshop.id:
        return Standing.MEMBER if place.room and seat.room_id == place.room.id else Standing.GUEST
    if person and person.role in (Role.LEADER, Role.VIEWER):
        return Standing.OBSERVER
    return Standing.STRANGER


async def grant(
    session: AsyncSession,
    action: Action,
    params: dict[str, str],
    person: Person | None,
    seat: Seat | None,
    signed_in_as: str = "",
) -> Access:
    """The permission, if the table gives it.

    Errors: Problem 404 without such a place; 401 for a stranger nobody knows; 403 for everybody else.
    seat: what the browser or script holds, perhaps ended by a coach: it counts for nothing then.
    """
    place = await find_place(session, params)
    held = seat if seat and not seat.removed_at else None
    standing = await standing_of(session, place, person, held)
    if standing in PERMITS[action]:
        return Access(standing, place.workshop, place.room, person, held, signed_in_as)
    if seat and seat.removed_at:
        raise Problem(403, "The coach has ended this seat. Join again with the code.")
    raise not_allowed() if person or seat else not_signed_in()


class SeatSeals(Seals):
    """What the cookie, the personal link and a participant's script hold: it names the seat, so it follows
    its moves.
    """

    def __init__(self, secret_key: str) -> None:
        super().__init__(secret_key, "seat")

    async def seat(self, session: AsyncSession, token: str) -> Seat | None:
        """The seat of a token, also one that a coach has ended."""
        seat_id = self.read(token) if token else None
        return await session.get(Seat, seat_id) if seat_id else None
