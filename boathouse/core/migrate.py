"""Brings the database's tables to the shape this version needs."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from boathouse.core.database import Database
from boathouse.core.tables import metadata


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@cache
def _newest() -> str | None:
    """The last migration there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _upgrade(connection: Connection) -> None:
    """At most starts there is nothing to do, and Alembic takes long to find that."""
    if MigrationContext.configure(connection).get_current_revision() != _newest():
        command.upgrade(_config(connection), "head")


async def migrate(database: Database) -> None:
    """Apply every migration that has not been; safe to run at each start."""
    async with database.engine.begin() as connection:
        await connection.run_sync(_upgrade)


async def revise(database: Database, message: str) -> None:
    """Write a new migration from the difference between tables and database, for developers."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.revision(_config(sync), message, autogenerate=True))


async def differences(database: Database) -> list[object]:
    """What the migrations leave undone; empty when they match the tables."""

    def compare(sync: Connection) -> list[object]:
        context = MigrationContext.configure(sync, opts={"compare_type": False})
        return list(compare_metadata(context, metadata))

    async with database.engine.connect() as connection:
        return await connection.run_sync(compare)
