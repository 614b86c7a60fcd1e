"""Programs: made, listed, changed, deleted with everything in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import func
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.people import Invitation, Person, Role
from boathouse.core.rows import the_row
from boathouse.rollout.access import add_member
from boathouse.rollout.tables.programs import Member, Part, Program, Unit
from boathouse.rollout.time_zones import TimeZone

LONGEST_NAME = 120
MOST_PEOPLE = 5_000_000
NO_ZEROS = r"^[^\x00]*$"

# A leader starts the effort, and often a coach prepares it for one. A viewer's account only looks.
MAY_CREATE = (Role.OWNER, Role.LEADER, Role.COACH)

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME, pattern=NO_ZEROS)
]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=NO_ZEROS)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=NO_ZEROS)]
Headcount = Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
# Nothing is so long that reading it would fail.
WHOLE = re.compile(r"(\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3}){1,4}|\d{1,15})(?:[.,]0+)?")


def whole_number(typed: str) -> int | None:
    """A whole number as people write it: 1200, 1,200, 1.200, 1 200, 12.0. None for anything else."""
    found = WHOLE.fullmatch(typed.strip())
    return int(re.sub(r"\D", "", found[1])) if found else None


class ProgramPlan(BaseModel):
    """What is needed for a new program: a name. All else can come later."""

    name: Name = Field(description="Of the organisation.")
    headcount: Headcount | None = Field(default=None, description="People in the organisation.")
    led_by: PersonName = Field(default="", description="Who leads the organisation and states the why.")
    why: Words = Field(default="", description="Why the organisation does OKRs, in the leader's words.")
    cycles_done: int = Field(default=0, ge=0, le=400, description="OKR cycles behind it; 0: the first.")
    time_zone: TimeZone = Field(default="Etc/UTC", description="Of its calendar, such as Europe/Berlin.")


@dataclass(frozen=True)
class ProgramLine:
    """A program as the list shows it, and what the asker is in it."""

    program: Program
    part: Part | None  # None: the owner of the installation, who takes no part
    units: int


async def create_program(session: AsyncSession, plan: ProgramPlan, person: Person) -> Program:
    """A program that its creator leads."""
    program = Program(**plan.model_dump())
    session.add(program)
    await session.flush()
    await add_member(session, program.id, person.id, Part.LEADER)
    return program


async def programs_of(session: AsyncSession, person: Person) -> list[ProgramLine]:
    """The programs this person may see, the newest first."""
    is_mine = (col(Member.program_id) == Program.id) & (col(Member.person_id) == person.id)
    query = select(Program, Member).join(Member, is_mine, isouter=person.role == Role.OWNER)
    rows = (await session.exec(query.order_by(col(Program.created_at).desc()))).all()
    units = await _units_in(session, [program.id for program, _ in rows])
    return [
        ProgramLine(program, member.part if member else None, units.get(program.id, 0))
        for program, member in rows
    ]


async def _units_in(session: AsyncSession, program_ids: Sequence[str]) -> dict[str, int]:
    query = select(Unit.program_id, func.count()).where(col(Unit.program_id).in_(program_ids))
    return dict((await session.exec(query.group_by(col(Unit.program_id)))).all())


async def the_program(session: AsyncSession, program_id: str) -> Program:
    """The row to change. Errors: Problem 404."""
    return await the_row(session, Program, program_id, "This program")


async def lock_program(session: AsyncSession, program_id: str) -> None:
    """Others who change what belongs to it wait; SQLite has one writer anyway."""
    await session.exec(select(Program.id).where(Program.id == program_id).with_for_update())


async def change_program(session: AsyncSession, program_id: str, wanted: dict[str, Any]) -> Program:
    """Another name, size, leader, why or count of cycles. wanted: checked values of a ProgramPlan."""
    program = await the_program(session, program_id)
    for name, value in wanted.items():
        setattr(program, name, value)
    session.add(program)
    return program


async def delete_program(session: AsyncSession, program_id: str) -> None:
    """Delete it with everything in it, and the invitations to it."""
    home = f"/programs/{program_id}"
    await session.exec(delete(Invitation).where(col(Invitation.invited_to).startswith(home)))
    # Everything else hangs on foreign keys that cascade.
    await session.exec(delete(Program).where(col(Program.id) == program_id))
