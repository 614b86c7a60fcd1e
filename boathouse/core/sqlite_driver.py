"""aiosqlite, except that what is quick runs where it is asked for, without a visit to a thread.

A visit costs two rounds of the event loop and two changes of thread, many times what SQLite needs to find a
few rows. When hundreds arrive at once the rounds grow long, and whoever holds the writer's turn holds it
for all of them. In WAL mode a reader waits for nobody, and a writer only at the beginning, when another
process writes; so only what has to wait for a lock or for the disk, or is long, goes to the thread.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import aiosqlite

QUICK = ("SELECT", "INSERT", "UPDATE", "BEGIN")
WRITE = "BEGIN IMMEDIATE"
SHARE = 0.025  # seconds that quick statements of one round of the event loop may take together


def connect(*arguments: Any, **options: Any) -> "Connection":
    """As sqlite3.connect; to be awaited. For create_async_engine's async_creator_fn."""
    options["check_same_thread"] = False  # one task at a time uses it, in whatever thread
    connection = Connection(lambda: sqlite3.connect(*arguments, **options), 0)
    connection._thread.daemon = True  # SQLAlchemy closes it; what it forgets must not keep the process
    return connection


def is_quick(sql: str) -> bool:
    """Whether it may run on the event loop."""
    return sql.startswith(QUICK)


class Turns:
    """Lets everybody else on the event loop have their turn when many quick statements follow each other:
    none of them waits for anything, so a long roster read piece by piece would be read in one go.
    """

    began: float | None = None  # when the first one of this round did

    async def wait(self) -> None:
        """Call it after a quick statement."""
        if self.began is None:
            self.began = time.perf_counter()
            asyncio.get_running_loop().call_soon(self._over)
        elif time.perf_counter() - self.began > SHARE:
            await asyncio.sleep(0)

    def _over(self) -> None:
        self.began = None


class Connection(aiosqlite.Connection):
    """A connection whose cursors do everything in one go."""

    turns = Turns()  # of all who read

    async def _connect(self) -> "Connection":
        try:
            return await super()._connect()  # type: ignore[return-value]
        except BaseException:
            self._thread.join()  # or it would still speak to an event loop that is closed
            raise

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor that costs nothing yet."""
        return Cursor(self)

    async def begin_writing(self) -> None:
        """Take the file's one lock for writing, in the thread only when another process holds it.

        Errors: sqlite3.OperationalError when that takes longer than the connection's timeout.
        """
        self.turns = Turns()  # everybody who writes waits for this one: it waits for no reader's turn
        (patience,) = self._conn.execute("PRAGMA busy_timeout").fetchone()
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            self._conn.execute(WRITE)
        except sqlite3.OperationalError:
            self._conn.execute(f"PRAGMA busy_timeout={patience}")
            await self._execute(self._conn.execute, WRITE)
        else:
            self._conn.execute(f"PRAGMA busy_timeout={patience}")

    async def rollback(self) -> None:
        """Undo what was begun; the end of every reading."""
        self._conn.rollback()


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
        if sql == WRITE:
            await self._connection.begin_writing()
        elif is_quick(sql):
            self._run(sqlite3.Cursor.execute, sql, parameters)
            await self._connection.turns.wait()
        else:
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
        """It was closed when it was done."""

    def _run(self, execute: Callable[..., Any], sql: str, parameters: Any) -> None:
        cursor = self._connection._conn.cursor()
        try:
            execute(cursor, sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else ()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
