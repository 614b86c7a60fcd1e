"""The database: short sessions, one writer, one place that commits.

SQLite runs in WAL mode. A transaction that reads first and writes later fails under load whatever the
busy timeout, so every writing transaction starts with BEGIN IMMEDIATE, and within this process a lock
queues the writers instead of letting them time out.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import cached_property
from typing import Any

import structlog
from sqlalchemy import event, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.bulk import Bulk, RowIsGone, dollar, statements, write_all
from boathouse.core.sqlite_driver import connect

AFTER_COMMIT = "after_commit"
PATIENCE = 30  # seconds for the lock of another process
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten in the file, too; Debian's SQLite does so anyway
    f"busy_timeout={PATIENCE * 1000}",
    "temp_store=MEMORY",  # a statement of many rows keeps its way back there, not in a file
    "wal_autocheckpoint=8000",  # pages, 32 MB: what many commits touch goes into the main file once
)
log = structlog.get_logger()


class Database:
    """Sessions on one engine. url: an async SQLAlchemy address of SQLite or PostgreSQL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = (
            _sqlite_engine(url, 8)
            if self.is_sqlite
            else create_async_engine(url, pool_size=10, hide_parameters=True)
        )
        # Who holds the turn must never wait for a connection behind readers.
        self._writer = _sqlite_engine(url, 1, "BEGIN IMMEDIATE") if self.is_sqlite else self.engine
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for queries; whatever is written in it is thrown away."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back when the block raises.

        Callbacks given to after_commit() run once it is durable, whoever is cancelled or raises.
        Keep the block short: on SQLite everybody else who writes waits for it.
        """
        async with AsyncSession(self._writer, expire_on_commit=False) as session, self._one_writer():
            try:
                yield session
                await _to_its_end(_commit(session))
            except BaseException:
                await session.close()  # before anybody else's turn
                raise

    async def write_bulks(self, collect: Callable[[], Sequence[Bulk]]) -> None:
        """One transaction of many rows. collect: says what to write, once it is this writer's turn.

        Errors: RowIsGone; whatever the database raised.
        """
        async with self._one_writer():
            bulks = collect()
            if self.is_sqlite:
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._bulk_thread, lambda: write_all(self._bulk_connection, bulks))
            else:
                await self._write_on_server(bulks)

    async def _write_on_server(self, bulks: Sequence[Bulk]) -> None:
        try:
            async with self.engine.begin() as connection:
                for sql, values in statements(bulks, dollar):
                    await connection.exec_driver_sql(sql, tuple(values))
        except IntegrityError as problem:
            raise RowIsGone from problem

    @cached_property
    def _bulk_thread(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, "bulk")

    @cached_property
    def _bulk_connection(self) -> sqlite3.Connection:
        """Made and used by the bulk thread; one hop there is cheaper than a driver's many."""
        path = make_url(self.url).database or ""
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        prepare(connection)
        return connection

    def _one_writer(self) -> AbstractAsyncContextManager[Any]:
        return self._turn if self.is_sqlite else nullcontext()

    async def close(self) -> None:
        """Give all connections back."""
        if self.is_sqlite:
            await self._writer.dispose()
            if "_bulk_connection" in vars(self):
                self._bulk_thread.submit(self._bulk_connection.close).result()
                self._bulk_thread.shutdown()
        await self.engine.dispose()


def prepare(connection: Any) -> None:
    """Set up a fresh connection to SQLite, a driver's or one wrapped by SQLAlchemy."""
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Run the callback once this writing session has committed; never if it rolls back."""
    session.info.setdefault(AFTER_COMMIT, []).append(callback)


async def _commit(session: AsyncSession) -> None:
    await session.commit()
    for callback in session.info.pop(AFTER_COMMIT, ()):
        try:
            callback()
        except Exception:  # it is stored: the others are to hear of it, and who wrote it is to be told so
            log.exception("what follows from a commit failed")


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Whoever is cancelled meanwhile is cancelled afterwards: what is stored must not stay untold."""
    task, cancelled = asyncio.create_task(work), None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as problem:
            cancelled = problem
    if cancelled:
        raise cancelled


def remember(session: AsyncSession) -> None:
    """Hold every row this session reads: a session forgets what nobody holds, and would ask for it again."""
    held: list[object] = []
    event.listen(session.sync_session, "loaded_as_persistent", lambda _, row: held.append(row))


def _sqlite_engine(url: str, connections: int, begin_with: str = "BEGIN") -> AsyncEngine:
    # hide_parameters: an error's text goes to the log, and people's words and secrets must not.
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": PATIENCE, "async_creator_fn": connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        prepare(connection)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql(begin_with)

    return engine
