"""The database: one writer, one commit, callbacks only after it."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from boathouse.core.accounts import create_token
from boathouse.core.database import after_commit
from boathouse.core.migrate import differences, migrate
from boathouse.core.people import Person, Role


async def count_people(database):
    async with database.reading() as session:
        return (await session.exec(select(func.count()).select_from(Person))).one()


async def test_a_block_that_raises_leaves_nothing_and_calls_nothing(database):
    called = []

    async def half_done():
        async with database.writing() as session:
            session.add(Person(name="Ana"))
            after_commit(session, lambda: called.append("told"))
            raise RuntimeError("half done")

    with pytest.raises(RuntimeError, match="half done"):
        await half_done()
    assert await count_people(database) == 0
    assert called == []


async def test_callbacks_run_once_it_is_durable(database):
    seen = []
    async with database.writing() as session:
        session.add(Person(name="Ana"))
        after_commit(session, lambda: seen.append("told"))
        assert seen == []
    assert seen == ["told"]
    assert await count_people(database) == 1


async def test_who_is_cancelled_while_it_is_stored_still_tells(database):
    seen = []

    async def write():
        async with database.writing() as session:
            session.add(Person(name="Ana"))
            after_commit(session, lambda: seen.append("told"))
            event.listen(session.sync_session, "before_commit", lambda _: task.cancel())

    task = asyncio.create_task(write())
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await count_people(database) == 1
    assert seen == ["told"]


async def test_one_who_cannot_be_told_keeps_nobody_from_hearing(database):
    seen = []

    def fail():
        raise RuntimeError("deaf")

    async with database.writing() as session:
        session.add(Person(name="Ana"))
        after_commit(session, fail)
        after_commit(session, lambda: seen.append("told"))
    assert seen == ["told"]


async def test_what_a_reading_session_writes_is_thrown_away(database):
    async with database.reading() as session:
        session.add(Person(name="Ana"))
        await session.flush()
    assert await count_people(database) == 0


async def test_reading_first_and_writing_later_holds_under_contention(database):
    """A transaction that upgrades from reading to writing fails on SQLite whatever the timeout."""

    async def count_and_add(n):
        async with database.writing() as session:
            people = (await session.exec(select(func.count()).select_from(Person))).one()
            session.add(Person(name=f"{people}"))

    await asyncio.gather(*(count_and_add(n) for n in range(100)))
    async with database.reading() as session:
        names = (await session.exec(select(Person.name))).all()
    assert sorted(names, key=int) == [str(n) for n in range(100)]


async def test_two_processes_writing_at_once_both_hold(settings, database):
    from boathouse.core.database import Database

    other = Database(settings.database_url)

    async def add(target, n):
        async with target.writing() as session:
            await create_token(session, f"{n}", Role.VIEWER)

    await asyncio.gather(*(add(target, n) for n in range(25) for target in (database, other)))
    await other.close()
    assert await count_people(database) == 50


async def test_who_waits_for_another_process_keeps_nobody_else_waiting(database):
    other = sqlite3.connect(database.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def add():
        async with database.writing() as session:
            await create_token(session, "first", Role.VIEWER)

    writing = asyncio.create_task(add())
    assert await count_people(database) == 0
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await writing
    assert await count_people(database) == 1


async def test_migrations_make_exactly_the_tables(database):
    assert await differences(database) == []


async def test_migrating_twice_changes_nothing(database):
    await migrate(database)
    assert await differences(database) == []
