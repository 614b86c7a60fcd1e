"""Brings programs' permissions to routes.

A route names its program by {program_id}, or something that belongs to one: {unit_id}, {plan_id} and so
on, each in PROGRAM_OF with the table that knows its program.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import SQLModel
from starlette.requests import HTTPConnection

from boathouse.core.errors import not_found
from boathouse.core.web.visitors import identify
from boathouse.rollout.access import ProgramAccess, ProgramAction, grant_program
from boathouse.rollout.tables.gates import Criterion, Gate
from boathouse.rollout.tables.parameters import Council
from boathouse.rollout.tables.plans import Plan, Wave
from boathouse.rollout.tables.programs import Unit
from boathouse.rollout.tables.roles import Holder, Training
from boathouse.rollout.tables.stances import Hand

PROGRAM_OF: dict[str, type[SQLModel]] = {
    "unit_id": Unit,
    "council_id": Council,
    "plan_id": Plan,
    "wave_id": Wave,
    "gate_id": Gate,
    "criterion_id": Criterion,
    "hand_id": Hand,
    "holder_id": Holder,
    "training_id": Training,
}


async def program_access(connection: HTTPConnection, action: ProgramAction) -> ProgramAccess:
    """The permission of a request for the program its path names. Errors: Problem."""
    visitor = await identify(connection)
    params = connection.path_params
    async with connection.app.state.database.reading() as session:
        program_ids = {params["program_id"]} if "program_id" in params else set()
        for name, table in PROGRAM_OF.items():
            if name in params:
                row = await session.get(table, params[name])
                if row is None:
                    raise not_found("This page")
                program_ids.add(row.program_id)
        if len(program_ids) != 1:
            raise not_found("This page")
        return await grant_program(session, action, program_ids.pop(), visitor.person)


def permit_program(action: ProgramAction) -> Callable[[Request], Awaitable[ProgramAccess]]:
    """Dependency: the access, or the Problem. The matrix test reads `permits` from it."""

    async def check(request: Request) -> ProgramAccess:
        return await program_access(request, action)

    check.permits = action  # type: ignore[attr-defined]
    return check


SeesProgram = Annotated[ProgramAccess, Depends(permit_program(ProgramAction.SEE))]
PlansProgram = Annotated[ProgramAccess, Depends(permit_program(ProgramAction.PLAN))]
DecidesProgram = Annotated[ProgramAccess, Depends(permit_program(ProgramAction.DECIDE))]
