"""The stored words: an append-only table, written by one group commit for all rooms.

Every change waits at most PAUSE, then one transaction takes whatever all rooms have; only after its commit
is anything acknowledged. Nothing here knows what an update means.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from boathouse.core.bulk import Bulk, NewRows, RowIsGone
from boathouse.core.database import Database
from boathouse.workshop.documents.protocol import join_updates, split_updates
from boathouse.workshop.tables import DocumentUpdate

PAUSE = 0.025  # seconds that a key waits for others to share its commit
UPDATES: Table = DocumentUpdate.__table__  # type: ignore[attr-defined]
log = structlog.get_logger()


class Batch(Protocol):
    """What one room has to store, taken when the transaction is open."""

    @property
    def updates(self) -> Sequence[bytes]:
        """In the order they came."""

    def stored(self) -> None:
        """It is durable: acknowledge."""


class Storable(Protocol):
    """A room, as far as the store sees it."""

    id: str
    generation: str

    def take(self) -> Batch:
        """Everything that is not stored yet."""

    def failed(self) -> None:
        """What it had could not be stored: memory is ahead of the store, so forget the room."""


@dataclass
class StoredRoom:
    """What the table holds of a room."""

    updates: list[bytes]
    rows: int


class DocumentStore:
    """The writer. One per process; start it once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.waiting: dict[Storable, None] = {}  # an ordered set
        self._wake = asyncio.Event()
        self._waiting_since = 0.0  # time of the event loop
        self._turn = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None

    def touch(self, room: Storable) -> None:
        """The room has something to store, or somebody to answer."""
        if not self.waiting:
            self._waiting_since = asyncio.get_running_loop().time()
            self._wake.set()
            if self._writer is None:
                self._writer = asyncio.create_task(self._write_on())
        self.waiting[room] = None

    def forget(self, room: Storable) -> None:
        """Whatever the room has is not to be stored any more."""
        self.waiting.pop(room, None)

    async def flush(self) -> None:
        """Store everything there is now. Rooms whose commit fails are told, and the error is raised."""
        # A caller that is cancelled must not tear a commit apart that serves all rooms.
        await asyncio.shield(asyncio.ensure_future(self._in_turn()))

    async def stop(self) -> None:
        """Store what is left and end the writer."""
        if self._writer:
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)
        await self.flush()

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            # What came during the last commit has waited already.
            await asyncio.sleep(self._waiting_since + PAUSE - loop.time())
            try:
                await self.flush()
            except Exception:
                log.exception("documents could not be stored")

    async def _in_turn(self) -> None:
        async with self._turn:
            self._wake.clear()
            if self.waiting:
                await self._commit()

    async def _commit(self) -> None:
        taken: list[tuple[Storable, Batch]] = []

        def collect() -> list[Bulk]:
            # Taken only now: a room that was erased while this waited for its turn is gone by itself.
            taken.extend(self._take())
            return [rows_of(taken)]

        try:
            await self.database.write_bulks(collect)
        except RowIsGone:
            await self._commit_one_by_one(taken)
        except BaseException:
            for room in [room for room, _ in taken] or list(self.waiting):
                self.forget(room)
                room.failed()
            raise
        else:
            for _, batch in taken:
                batch.stored()

    async def _commit_one_by_one(self, taken: list[tuple[Storable, Batch]]) -> None:
        """One room's row is gone, deleted just now. The others are not to suffer for it."""
        for room, batch in taken:
            try:
                await self.database.write_bulks(lambda: [rows_of([(room, batch)])])  # noqa: B023
            except Exception as problem:
                log.warning("a document could not be stored", room=room.id, problem=type(problem).__name__)
                room.failed()
            else:
                batch.stored()

    def _take(self) -> list[tuple[Storable, Batch]]:
        rooms, self.waiting = list(self.waiting), {}
        self._wake.clear()
        return [(room, room.take()) for room in rooms]


def rows_of(taken: Iterable[tuple[Storable, Batch]]) -> NewRows:
    """One row a room that has something to store."""
    rows = [(room.id, join_updates(room.generation, batch.updates)) for room, batch in taken if batch.updates]
    return NewRows(UPDATES.name, ("room_id", "body"), rows)


async def read_updates(connection: AsyncConnection, room_id: str, generation: str) -> StoredRoom:
    """All stored updates of a room's present generation, oldest first."""
    query = select(UPDATES.c.body).where(UPDATES.c.room_id == room_id).order_by(UPDATES.c.id)
    bodies = (await connection.execute(query)).scalars().all()
    return StoredRoom([update for body in bodies for update in split_updates(generation, body)], len(bodies))


async def append_updates(
    connection: AsyncConnection, room_id: str, generation: str, updates: Sequence[bytes]
) -> None:
    """Add one row, inside somebody's transaction."""
    body = join_updates(generation, updates)
    await connection.execute(insert(UPDATES), [{"room_id": room_id, "body": body}])


async def replace_updates(
    connection: AsyncConnection, room_id: str, generation: str, snapshot: bytes
) -> None:
    """Put one snapshot in the place of all rows, inside somebody's transaction."""
    await connection.execute(delete(UPDATES).where(UPDATES.c.room_id == room_id))
    await append_updates(connection, room_id, generation, [snapshot])


async def rename_generation(connection: AsyncConnection, room_id: str, old: str, new: str) -> None:
    """What is stored of a room belongs to another generation from now on, inside somebody's transaction."""
    query = select(UPDATES.c.id, UPDATES.c.body).where(UPDATES.c.room_id == room_id)
    for row_id, body in (await connection.execute(query)).all():
        renamed = join_updates(new, split_updates(old, body))
        await connection.execute(update(UPDATES).where(UPDATES.c.id == row_id).values(body=renamed))
