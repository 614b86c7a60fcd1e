"""Personal join links: each stands for one person of the roster, and seats that very person.

Opened a second time, or on another device, it leads to the same seat. A seat that somebody took with the code
under this name is not this person's: only the browser that holds that seat may bring it along.
"""

from dataclasses import dataclass

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.workshop.joining import all_full, check_open, sit
from boathouse.workshop.loads import Here, emptiest, room_loads
from boathouse.workshop.roster.versions import lock_roster
from boathouse.workshop.seats import crew
from boathouse.workshop.tables import Invitee, Room, Seat, Workshop

GONE = "This link has ended: the list it came from has changed. Join with the code, or ask your coach."


@dataclass(frozen=True)
class Invitation:
    """A link that was opened. seat: taken with it already. room: where that is, or shall be.

    namesake: somebody who took a seat with the code under this name.
    """

    invitee: Invitee
    workshop: Workshop
    seat: Seat | None
    room: Room | None
    crew: list[Seat]
    namesake: Seat | None


async def load_invitation(session: AsyncSession, invitee_id: str) -> Invitation:
    """What a link stands for. Errors: Problem 404 when the person is not on the roster any more."""
    invitee = await session.get(Invitee, invitee_id)
    workshop = await session.get(Workshop, invitee.workshop_id) if invitee else None
    if invitee is None or workshop is None:
        raise Problem(404, GONE)
    seat = await _present(session, invitee.seat_id)
    room_id = seat.room_id if seat else invitee.room_id
    room = await session.get(Room, room_id) if room_id else None
    others = await crew(session, room.id) if room else []
    return Invitation(
        invitee, workshop, seat, room, others, None if seat else await _present(session, invitee.code_seat_id)
    )


async def take_invited_seat(session: AsyncSession, invitee_id: str, here: Here, held: Seat | None) -> Seat:
    """The person's seat; call it within a writing session. held: the seat this browser has, if any.

    Errors: Problem 404 for an ended link; 410 ended or too old; 409 when every room is full.
    """
    # Read after locking: somebody may be faster on another device, or the line may go just now.
    for workshop_id in await session.exec(select(Invitee.workshop_id).where(Invitee.id == invitee_id)):
        await lock_roster(session, workshop_id)
    invitation = await load_invitation(session, invitee_id)
    invitee, workshop = invitation.invitee, invitation.workshop
    if invitation.seat:
        return invitation.seat
    check_open(workshop)
    if held and held.id == invitee.code_seat_id and not held.removed_at:
        invitee.seat_id, invitee.code_seat_id = held.id, None
        return held
    seat = await sit(session, await _room(session, invitation, here), invitee.name, invitee.email or None)
    await session.flush()
    invitee.seat_id = seat.id
    return seat


async def _room(session: AsyncSession, invitation: Invitation, here: Here) -> Room:
    """The room that was given, however full others have made it; else the emptiest."""
    if invitation.room and not invitation.room.closed_at:
        return invitation.room
    loads = await room_loads(session, invitation.workshop.id, here)
    load = emptiest(loads, invitation.workshop.room_size)
    if load is None:
        raise all_full()
    return load.room


async def _present(session: AsyncSession, seat_id: str | None) -> Seat | None:
    seat = await session.get(Seat, seat_id) if seat_id else None
    return seat if seat and not seat.removed_at else None
