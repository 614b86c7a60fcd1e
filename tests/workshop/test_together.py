"""Many people press at the same moment, on PostgreSQL, where transactions really run side by side."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.settings import Settings
from boathouse.rollout.hands import RaisedHand, hands_of, raise_hand
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.tables.stances import Wish
from boathouse.workshop.roster.expected import counts_of
from boathouse.workshop.roster.invitees import Person, add_invitee, clear_roster
from tests.cast import Cast, gather_cast
from tests.postgres import postgres


@pytest.fixture
def together() -> Iterator[Cast]:
    """The cast on a PostgreSQL of its own."""
    with postgres() as url:
        app = create_app(Settings(database_url=url, secret_key="a secret of the tests"))
        with TestClient(app) as server:
            assert server.portal
            cast = server.portal.call(gather_cast, app)
            cast.portal = server.portal
            yield cast


def press(cast: Cast, path: str, times: int, **body: object) -> list[int]:
    """The status codes of so many posts at once, sorted."""
    with ThreadPoolExecutor(times) as pool:
        posts = [pool.submit(cast.script("Ana").post, f"/api/v1{path}", json=body) for _ in range(times)]
    return sorted(post.result().status_code for post in posts)


def test_limits_and_conversions_hold_when_all_press_at_once(together: Cast) -> None:
    conversion = f"/todos/{together.todo}/key-result"
    assert press(together, conversion, 6, objective_id=together.objective) == [201] + [409] * 5
    key_results = f"/objectives/{together.objective}/key-results"
    assert press(together, key_results, 6, type="metric") == [201] + [409] * 5  # two of three are there
    objectives = f"/rooms/{together.rooms[1]}/objectives"
    assert press(together, objectives, 8) == [201] * 2 + [409] * 6  # one of three is there


async def somebody_waits(session: AsyncSession) -> bool:
    """Whether another transaction waits for what this one holds."""
    connection = await session.connection()
    return bool(await connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def test_a_roster_that_is_cleared_while_others_add_to_it_is_empty(together: Cast) -> None:
    database = together.app.state.database

    async def clear() -> None:
        async with database.writing() as session:
            await clear_roster(session, together.workshop)

    async def both() -> int:
        async with database.writing() as session:
            await add_invitee(session, together.workshop, Person("Gina Falk", "gina@alder.example", {}))
            await session.flush()
            clearing = asyncio.create_task(clear())
            while not await somebody_waits(session):
                pass
        await clearing
        async with database.reading() as session:
            return (await counts_of(session, together.workshop)).people

    assert together.portal
    assert together.portal.call(both) == 0


def test_a_hand_that_is_raised_by_two_clicks_at_once_is_one(together: Cast) -> None:
    database = together.app.state.database
    gina = RaisedHand(wish=Wish.TRY, name="Gina", team="Night shift")

    async def click(session: AsyncSession) -> None:
        await raise_hand(session, await session.get_one(Program, together.program), gina)
        await session.flush()

    async def click_again() -> None:
        async with database.writing() as session:
            await click(session)

    async def both() -> list[str]:
        async with database.writing() as session:
            await click(session)
            again = asyncio.create_task(click_again())
            while not (again.done() or await somebody_waits(session)):
                pass
        await again
        async with database.reading() as session:
            return [hand.name for hand in await hands_of(session, together.program)]

    assert together.portal
    assert together.portal.call(both).count("Gina") == 1
