"""The database: short sessions, one writer, one place that commits.

SQLite runs in WAL mode. A transaction that reads first and writes later fails under load whatever the
busy timeout, so every writing transaction starts with BEGIN IMMEDIATE, and within this process a lock
queues the writers instead of letting them time out.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

AFTER_COMMIT = "after_commit"


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

        Callbacks given to after_commit() run once it is durable. Keep the block short: on SQLite
        everybody else who writes waits for it.
        """
        async with self._one_writer(), AsyncSession(self._writer, expire_on_commit=False) as session:
            yield session
            await session.commit()
        for callback in session.info.pop(AFTER_COMMIT, ()):
            callback()

    def _one_writer(self) -> AbstractAsyncContextManager[Any]:
        return self._turn if self.is_sqlite else nullcontext()

    async def close(self) -> None:
        """Give all connections back."""
        if self.is_sqlite:
            await self._writer.dispose()
        await self.engine.dispose()


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Run the callback once this writing session has committed; never if it rolls back."""
    session.info.setdefault(AFTER_COMMIT, []).append(callback)


def _sqlite_engine(url: str, connections: int, begin_with: str = "BEGIN") -> AsyncEngine:
    # hide_parameters: an error's text goes to the log, and people's words and secrets must not.
    engine = create_async_engine(
        url, pool_size=connections, max_overflow=0, hide_parameters=True, connect_args={"timeout": 30}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql(begin_with)

    return engine
