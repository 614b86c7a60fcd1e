"""Accounts that take part in a program: added by name or address, or invited with a link."""

import re
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.invitations import invite
from boathouse.core.people import Invitation, Person, Role
from boathouse.core.rows import the_row
from boathouse.rollout.access import add_member
from boathouse.rollout.programs import lock_program
from boathouse.rollout.tables.programs import Member, Part, Program
from boathouse.rollout.units import folded

PLACE = re.compile(r"/programs/(\w+)\?as=(\w+)")
NOBODY = "No account has this name or address. Make an invitation link below and send it to them."
SEVERAL = "Several accounts have this name. Use the email address."
LAST_LEADER = "A program needs somebody who leads it. Make somebody else a leader first."
# What a new account may do beside its part in the program.
ROLES = {Part.LEADER: Role.LEADER, Part.VIEWER: Role.VIEWER}


@dataclass(frozen=True)
class Taking:
    """An account and its part."""

    person: Person
    part: Part


async def members_of(session: AsyncSession, program_id: str) -> list[Taking]:
    """Everybody who takes part, by name; accounts that have ended are left out."""
    query = select(Person, Member).join(Member, col(Member.person_id) == Person.id)
    query = query.where(Member.program_id == program_id, col(Person.removed_at).is_(None))
    rows = await session.exec(query.order_by(col(Person.name)))
    return [Taking(person, member.part) for person, member in rows]


async def admit(session: AsyncSession, program_id: str, who: str, part: Part) -> Person:
    """Let an account in. who: its address, or its name if no other has it. Errors: Problem 422."""
    person = await _find(session, who)
    if await session.get(Member, (program_id, person.id)):
        raise Problem(422, f"{person.name} takes part already. Change the part in the list.", field="who")
    await add_member(session, program_id, person.id, part)
    return person


async def _find(session: AsyncSession, who: str) -> Person:
    wanted = who.strip()
    if not wanted:
        raise Problem(422, "Whom? Write a name or an email address.", field="who")
    people = await session.exec(select(Person).where(col(Person.removed_at).is_(None)))
    # Compared here: SQLite knows no large and small letters but those of English.
    field = "email" if "@" in wanted else "name"
    found = [each for each in people if folded(getattr(each, field) or "") == folded(wanted)]
    if len(found) != 1:
        raise Problem(422, SEVERAL if found else NOBODY, field="who")
    return found[0]


async def change_part(session: AsyncSession, program_id: str, person_id: str, part: Part) -> None:
    """Another part. Errors: Problem 404, or 409 for the last leader."""
    await _keep_a_leader(session, program_id, person_id, part)
    await add_member(session, program_id, person_id, part)


async def dismiss(session: AsyncSession, program_id: str, person_id: str) -> None:
    """They see the program no more. Errors: Problem 404, or 409 for the last leader."""
    await session.delete(await _keep_a_leader(session, program_id, person_id, None))


async def _keep_a_leader(session: AsyncSession, program_id: str, person_id: str, part: Part | None) -> Member:
    await lock_program(session, program_id)
    member = await the_row(session, Member, (program_id, person_id), "This part in the program")
    leaders = {each.person.id for each in await members_of(session, program_id) if each.part == Part.LEADER}
    if leaders == {person_id} and part != Part.LEADER:
        raise Problem(409, LAST_LEADER)
    return member


def invite_member(session: AsyncSession, program_id: str, part: Part, inviter: Person) -> str:
    """A link's secret that lets its first user take part.

    Leaders' and viewers' accounts look at every workshop; only somebody who may do so can hand that on, so a
    coach's guests become coaches, who see nothing but their own.
    """
    may_see_all = inviter.role in (Role.OWNER, Role.LEADER)
    role = ROLES.get(part, Role.COACH) if may_see_all else Role.COACH
    place = f"/programs/{program_id}?as={part.value}"
    return invite(session, role, invited_by=inviter.id, invited_to=place)


async def join_program(session: AsyncSession, invitation: Invitation, person: Person) -> bool:
    """Called when an invitation is accepted: one to a program gives its part there.

    Returns whether that is new; who takes part already keeps their part. Errors: Problem 410.
    """
    found = PLACE.fullmatch(invitation.invited_to)
    if found is None:
        return False
    program_id, part = found.groups()
    if await session.get(Program, program_id) is None:
        raise Problem(410, "The program of this invitation was deleted.")
    if await session.get(Member, (program_id, person.id)):
        return False
    await add_member(session, program_id, person.id, Part(part))
    return True
