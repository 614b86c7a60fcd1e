"""The coaches of a workshop."""

import re

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.invitations import invite
from boathouse.core.people import Invitation, Person, Role
from boathouse.workshop.tables import Facilitator, Workshop

BOARD = re.compile(r"/workshops/(\w+)/board")


def invite_facilitator(session: AsyncSession, workshop_id: str, invited_by: str | None) -> str:
    """A link's secret that makes its first user a coach of this workshop."""
    return invite(session, Role.COACH, invited_by=invited_by, invited_to=f"/workshops/{workshop_id}/board")


async def join_facilitators(session: AsyncSession, invitation: Invitation, person: Person) -> bool:
    """Called when an invitation is accepted: one to a board makes a coach of that workshop.

    Returns whether that is new. Errors: Problem 410 when the workshop was deleted.
    """
    found = BOARD.fullmatch(invitation.invited_to)
    if found is None:
        return False
    if await session.get(Workshop, found[1]) is None:
        raise Problem(410, "The workshop of this invitation was deleted.")
    return await add_facilitator(session, found[1], person.id)


async def add_facilitator(session: AsyncSession, workshop_id: str, person_id: str) -> bool:
    """Make somebody a coach of the workshop; False when they were already."""
    if await session.get(Facilitator, (workshop_id, person_id)):
        return False
    session.add(Facilitator(workshop_id=workshop_id, person_id=person_id))
    return True


async def facilitators_of(session: AsyncSession, workshop_id: str) -> list[Person]:
    """The coaches of the workshop by name; those whose account has ended are left out."""
    query = select(Person).join(Facilitator).where(Facilitator.workshop_id == workshop_id)
    return list(await session.exec(query.where(col(Person.removed_at).is_(None)).order_by(Person.name)))
