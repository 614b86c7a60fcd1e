"""Backups: a copy at one moment, and a way back that loses nothing."""

import pytest

from boathouse.core.backup import back_up, restore
from boathouse.core.database import Database
from boathouse.core.errors import UsageProblem, WorkFailed
from boathouse.core.migrate import migrate
from boathouse.core.people import Person


@pytest.fixture
async def with_ana(settings):
    """A database that knows Ana, closed."""
    database = Database(settings.database_url)
    await migrate(database)
    async with database.writing() as session:
        session.add(Person(name="Ana"))
    await database.close()
    return settings.database_url


async def names(url):
    """Everybody in the database."""
    from sqlmodel import select

    database = Database(url)
    async with database.reading() as session:
        found = list((await session.exec(select(Person.name))).all())
    await database.close()
    return found


async def test_a_backup_brings_back_what_was_there(with_ana, tmp_path):
    back_up(with_ana, tmp_path / "copy.db")
    database = Database(with_ana)
    async with database.writing() as session:
        session.add(Person(name="Ben"))
    await database.close()
    kept = restore(with_ana, tmp_path / "copy.db")
    assert await names(with_ana) == ["Ana"]
    assert await names(f"sqlite+aiosqlite:///{kept}") == ["Ana", "Ben"]


async def test_it_never_overwrites_a_backup(with_ana, tmp_path):
    back_up(with_ana, tmp_path / "copy.db")
    with pytest.raises(UsageProblem, match="exists already"):
        back_up(with_ana, tmp_path / "copy.db")


async def test_another_file_is_not_restored(with_ana, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Ana")
    with pytest.raises(UsageProblem, match="is not a backup"):
        restore(with_ana, tmp_path / "letter.txt")
    assert await names(with_ana) == ["Ana"]


async def test_a_database_in_use_is_not_replaced(with_ana, tmp_path):
    back_up(with_ana, tmp_path / "copy.db")
    database = Database(with_ana)
    async with database.reading() as session:
        await session.connection()
        with pytest.raises(WorkFailed, match="Stop the server"):
            restore(with_ana, tmp_path / "copy.db")
    await database.close()


def test_postgresql_has_its_own(tmp_path):
    with pytest.raises(UsageProblem, match="pg_dump"):
        back_up("postgresql+asyncpg://x", tmp_path / "copy.db")
