"""What one part of a program says comes next, as Leo's home page asks it."""

from collections.abc import Awaitable, Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.people import Person
from boathouse.rollout.access import ProgramAccess, ProgramStanding
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.web.frames import AtHome, Step
from tests.cast import Cast


def next_step(cast: Cast, at_home: Callable[[AsyncSession, ProgramAccess], Awaitable[AtHome]]) -> Step | None:
    """The step of the plan, the calendar or another part."""

    async def ask() -> Step | None:
        async with cast.app.state.database.reading() as session:
            program = await session.get_one(Program, cast.program)
            person = await session.get_one(Person, cast.people["Leo"])
            return (await at_home(session, ProgramAccess(ProgramStanding.LEADER, program, person))).step

    assert cast.portal
    return cast.portal.call(ask)
