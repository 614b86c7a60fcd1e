"""A database of an earlier version: everything in it is there after the update."""

import sqlite3

from alembic import command

from boathouse.core.database import Database
from boathouse.core.migrate import _config, migrate


async def test_rooms_and_drafts_of_the_first_version_survive_the_update(tmp_path):
    file = tmp_path / "old.db"
    database = Database(f"sqlite+aiosqlite:///{file}")
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), "0001"))
    with sqlite3.connect(file) as old:
        old.execute(_insert(old, "workshop", id="w", code="ABCDEFGH", title="Wave 1"))
        old.execute(_insert(old, "room", id="r", workshop_id="w", name="Room 1"))
        old.execute(_insert(old, "objective", id="o", room_id="r", title="Returns are easy"))
        old.execute(_insert(old, "key_result", id="k", room_id="r", objective_id="o", statement="Fast"))
    await migrate(database)
    await database.close()
    with sqlite3.connect(file) as new:
        assert new.execute("SELECT title FROM objective").fetchall() == [("Returns are easy",)]
        row = new.execute('SELECT statement, "commit", stretch FROM key_result').fetchone()
        assert row == ("Fast", "", "")
        assert new.execute("SELECT program_id, rule_sources FROM workshop").fetchone() == (None, "{}")


def _insert(database: sqlite3.Connection, table: str, **values: str) -> str:
    """An INSERT that fills every other column that needs something with a zero."""
    columns = database.execute(f"PRAGMA table_info({table})").fetchall()
    needed = {name: "0" for _, name, _, not_null, default, _ in columns if not_null and default is None}
    row = needed | values
    texts = ", ".join(f"'{value}'" for value in row.values())
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({texts})"
