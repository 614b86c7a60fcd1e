"""Statements compiled once a worker: a server does that once in its life, but every test has its own."""

from functools import cache

from sqlalchemy import Dialect, create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from boathouse.core.database import Database

COMPILED: dict[object, object] = {}


@cache
def _dialect() -> Dialect:
    """What statements are compiled for. It has met its SQLite, as an engine's does when it connects."""
    dialect = create_async_engine("sqlite+aiosqlite://").dialect
    with create_engine("sqlite://").connect() as connection:
        dialect.initialize(connection)
    return dialect


def share_statements(database: Database) -> None:
    """What was compiled for a database of another test serves this one too."""
    for engine in (database.engine, database._writer):
        engine.sync_engine.dialect = _dialect()
        engine.sync_engine.update_execution_options(compiled_cache=COMPILED)
