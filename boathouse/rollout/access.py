"""Who may do what in a program: the one table, and the one place that reads it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import not_allowed, not_signed_in
from boathouse.core.people import Person, Role
from boathouse.core.rows import the_row
from boathouse.rollout.tables.programs import Member, Part, Program


class ProgramAction(StrEnum):
    """Everything in a program that needs a permission."""

    SEE = "see program"
    PLAN = "plan program"  # units, roles, waves, calendar
    DECIDE = "decide program"  # why, parameters, gates


class ProgramStanding(StrEnum):
    """What somebody is to a program."""

    OWNER = "owner"  # of the installation
    LEADER = "leader"
    AMBASSADOR = "ambassador"
    COACH = "coach"
    VIEWER = "viewer"
    STRANGER = "stranger"


_LEAD = {ProgramStanding.OWNER, ProgramStanding.LEADER}
PERMITS: dict[ProgramAction, frozenset[ProgramStanding]] = {
    ProgramAction.SEE: frozenset(set(ProgramStanding) - {ProgramStanding.STRANGER}),
    ProgramAction.PLAN: frozenset(_LEAD | {ProgramStanding.AMBASSADOR}),
    ProgramAction.DECIDE: frozenset(_LEAD),
}


@dataclass(frozen=True)
class ProgramAccess:
    """A permission that was given: who, to which program."""

    standing: ProgramStanding
    program: Program
    person: Person

    def may(self, action: ProgramAction) -> bool:
        """Whether the table permits it."""
        return self.standing in PERMITS[action]


async def standing_in(session: AsyncSession, program: Program, person: Person) -> ProgramStanding:
    """A viewer's account never does more than look, whatever part it was given."""
    if person.role == Role.OWNER:
        return ProgramStanding.OWNER
    member = await session.get(Member, (program.id, person.id))
    if member is None:
        return ProgramStanding.STRANGER
    if person.role == Role.VIEWER:
        return ProgramStanding.VIEWER
    return ProgramStanding(member.part.value)


async def grant_program(
    session: AsyncSession, action: ProgramAction, program_id: str, person: Person | None
) -> ProgramAccess:
    """The permission, if the table gives it. Errors: Problem 401, 403 or 404."""
    if person is None:
        raise not_signed_in()
    program = await the_row(session, Program, program_id, "This program")
    standing = await standing_in(session, program, person)
    if standing not in PERMITS[action]:
        raise not_allowed()
    return ProgramAccess(standing, program, person)


async def add_member(session: AsyncSession, program_id: str, person_id: str, part: Part) -> None:
    """Let somebody take part, or change their part."""
    await session.merge(Member(program_id=program_id, person_id=person_id, part=part))
