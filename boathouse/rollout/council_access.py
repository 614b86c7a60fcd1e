"""Who may do what at a council: leaders by their chair, everybody else by their part in the program."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.core.seals import Seals
from boathouse.rollout.tables.parameters import Attendee, Council

NO_CHAIR = "You have no seat at this table. Open the link that you were sent."
STOOD_UP = "The facilitator has ended this seat. Open the link again to sit down."


class CouncilAction(StrEnum):
    """What only somebody with a chair may do; the rest are actions of the program."""

    SIT = "sit at the table"


@dataclass(frozen=True)
class ChairAccess:
    """A permission that was given: who sits at which table."""

    council: Council
    attendee: Attendee

    @property
    def identity(self) -> str:
        """attendee:ID."""
        return f"attendee:{self.attendee.id}"

    @property
    def identities(self) -> frozenset[str]:
        """Everything whose end must end this one's socket."""
        return frozenset({self.identity, f"council:{self.council.id}", f"program:{self.council.program_id}"})


async def grant_chair(session: AsyncSession, seals: Seals, council_id: str, token: str) -> ChairAccess:
    """The permission of a chair's holder. Errors: Problem 404; 403 without a chair or once it was ended."""
    council = await the_row(session, Council, council_id, "This table")
    attendee_id = seals.read(token) if token else None
    attendee = await session.get(Attendee, attendee_id) if attendee_id else None
    if attendee is None or attendee.council_id != council_id:
        raise Problem(403, NO_CHAIR)
    if attendee.removed_at:
        raise Problem(403, STOOD_UP)
    return ChairAccess(council, attendee)
