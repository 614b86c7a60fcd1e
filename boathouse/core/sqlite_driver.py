"""aiosqlite with one visit to its thread a statement, instead of four.

SQLAlchemy opens a cursor, executes, fetches and closes, and with aiosqlite each of these waits for a thread
and for the event loop's next round. When hundreds arrive at once the rounds grow long, and whoever holds
the writer's turn holds it for all of them.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import aiosqlite


def connect(*arguments: Any, **options: Any) -> "Connection":
    """As sqlite3.connect; to be awaited. For create_async_engine's async_creator_fn."""
    connection = Connection(lambda: sqlite3.connect(*arguments, **options), 0)
    connection._thread.daemon = True  # SQLAlchemy closes it; what it forgets must not keep the process
    return connection


class Connection(aiosqlite.Connection):
    """A connection whose cursors do everything in one visit."""

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor that costs nothing yet."""
        return Cursor(self)


class Cursor:
    """What SQLAlchemy uses of a cursor. All rows are fetched when the statement is executed."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "Cursor":
        """Execute and fetch. Errors: sqlite3.Error."""
        await self._connection._execute(self._run, sqlite3.Cursor.execute, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "Cursor":
        """Execute for each set of parameters. Errors: sqlite3.Error."""
        await self._connection._execute(self._run, sqlite3.Cursor.executemany, sql, parameters)
        return self

    async def fetchall(self) -> Sequence[Any]:
        """The rows, once."""
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """It was closed in the thread."""

    def _run(self, execute: Any, sql: str, parameters: Any) -> None:
        cursor = self._connection._conn.cursor()
        try:
            execute(cursor, sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else ()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
