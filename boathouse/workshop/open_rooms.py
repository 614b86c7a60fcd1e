"""Rooms whose draft may be changed now: locked for one transaction, so that limits hold among many."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.access import Access
from boathouse.workshop.tables import Room, Status, Workshop


@dataclass(frozen=True)
class OpenRoom:
    """A room whose draft may be changed now, locked for this transaction. by: seat:ID or person:ID."""

    room: Room
    workshop: Workshop
    by: str

    @property
    def rules(self) -> GroundRules:
        """The ground rules that bind the draft."""
        return GroundRules.model_validate(self.workshop.ground_rules)


async def open_room(session: AsyncSession, access: Access, moment: datetime) -> OpenRoom:
    """Lock the room's row, so that counting against a limit holds; a crew's own doing counts as activity.

    Errors: Problem 404; 423 when drafts are locked, the room is closed or the workshop has ended.
    """
    room_id = access.the_room().id
    query = select(Room).where(Room.id == room_id).with_for_update().execution_options(populate_existing=True)
    room = (await session.exec(query)).one_or_none()
    workshop = await session.get(Workshop, room.workshop_id) if room else None
    if room is None or workshop is None:
        raise not_found("This room")
    if reason := why_closed(room, workshop):
        raise Problem(423, reason)
    if not access.is_coach:
        room.last_activity_at = moment
    return OpenRoom(room, workshop, access.identity)


def why_closed(room: Room, workshop: Workshop) -> str | None:
    """Why the draft may not be changed now, as a sentence; None if it may."""
    if workshop.status == Status.ENDED:
        return "The workshop has ended. The draft stays as it is, to read and to download."
    if room.closed_at:
        return "This room is closed. Its draft stays as it is."
    if workshop.locked:
        return "The coach has locked the drafts for now."
    return None
