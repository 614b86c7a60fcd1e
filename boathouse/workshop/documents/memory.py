"""Which rooms' documents are in memory: loading once, compacting long ones, letting idle ones go."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from boathouse.core.database import Database, after_commit
from boathouse.core.errors import not_found
from boathouse.workshop.documents.copier import Copier
from boathouse.workshop.documents.crdt import Words
from boathouse.workshop.documents.fields import read_columns
from boathouse.workshop.documents.room import RoomDocument
from boathouse.workshop.documents.store import DocumentStore, read_updates, replace_updates
from boathouse.workshop.tables import Room, Status, Workshop

IDLE = 60.0  # seconds without a connection before a room leaves memory
SWEEP = 5.0  # seconds between two looks for idle and long rooms
MANY_ROWS = 500  # stored rows that are worth a snapshot while people type
SETTLED = 30.0  # seconds after which an edit of the server's is surely merged or rolled back
LOCKED = "The drafts are locked. Your words are kept here."
ROOMS, WORKSHOPS = Room.__table__, Workshop.__table__  # type: ignore[attr-defined]
log = structlog.get_logger()


@dataclass
class Loading:
    """A room on its way into memory; everybody who wants it waits for the same task."""

    room: RoomDocument
    task: asyncio.Task[None] = field(init=False)


class DocumentMemory:
    """The loaded rooms. on_failed: a room's commit failed."""

    def __init__(
        self,
        database: Database,
        store: DocumentStore,
        copier: Copier,
        on_failed: Callable[[RoomDocument], None],
    ) -> None:
        self.database, self.store, self.copier, self.on_failed = database, store, copier, on_failed
        self.rooms: dict[str, RoomDocument] = {}
        self.copied: set[str] = set()  # left memory here, so their rows are up to date
        self.idle_after = IDLE
        self._loading: dict[str, Loading] = {}
        self._sweeper: asyncio.Task[None] | None = None

    async def open(self, room_id: str) -> RoomDocument:
        """The room, loaded once however many ask. Errors: Problem 404 without such a room."""
        while room_id not in self.rooms:
            loading = self._loading.get(room_id)
            if loading is None:
                loading = Loading(RoomDocument(room_id, self.store.touch, self.copier.touch, self.on_failed))
                self._loading[room_id] = loading
                loading.task = asyncio.create_task(self._load(loading.room))
            await asyncio.shield(loading.task)
        return self.rooms[room_id]

    def known(self, room_id: str) -> RoomDocument | None:
        """The room if it is in memory, or on its way there."""
        loading = self._loading.get(room_id)
        return loading.room if loading else self.rooms.get(room_id)

    def drop(self, room: RoomDocument) -> None:
        """Forget a room; its sockets are somebody else's care."""
        room.drop()
        self.store.forget(room)
        self.copier.forget(room)
        self.copied.discard(room.id)
        if self.rooms.get(room.id) is room:
            del self.rooms[room.id]

    async def sweep(self) -> None:
        """Compact long rooms and unload idle ones."""
        for room in tuple(self.rooms.values()):
            idle = not room.connections and time.monotonic() - room.idle_since >= self.idle_after
            if room.rows > (1 if idle else MANY_ROWS):
                await self.compact(room.id)
            if idle and self._is_at_rest(room):
                self.drop(room)
                self.copied.add(room.id)

    async def compact(self, room_id: str) -> None:
        """One snapshot in the place of all stored rows: letters that were deleted are in it no more.

        Made from what is stored, whatever memory holds, while no other row of the room can be added: nothing
        goes that the snapshot lacks. What is typed meanwhile follows in rows of its own.
        """
        async with self.database.writing() as session:
            connection = await session.connection()
            query = select(ROOMS.c.generation).where(ROOMS.c.id == room_id).with_for_update()
            generation: str = (await connection.execute(query)).scalar() or ""
            updates = (await read_updates(connection, room_id, generation)).updates if generation else []
            if not updates:
                return
            words = Words()
            words.load(updates)
            await replace_updates(connection, room_id, generation, words.missing())
            after_commit(session, lambda: self._compacted(room_id))

    def _compacted(self, room_id: str) -> None:
        if room := self.rooms.get(room_id):
            room.rows = 1

    async def stop(self) -> None:
        """Look no more."""
        if self._sweeper:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)

    async def _load(self, room: RoomDocument) -> None:
        try:
            async with self.database.reading() as session:
                await self._fill(room, await session.connection())
            if not room.dropped:
                self.rooms[room.id] = room
                self.copier.touch(room)  # a crash may have come between storing and copying
                self._sweeper = self._sweeper or asyncio.create_task(self._sweep_on())
        finally:
            del self._loading[room.id]

    async def _fill(self, room: RoomDocument, connection: AsyncConnection) -> None:
        query = (
            select(ROOMS.c.generation, ROOMS.c.closed_at, WORKSHOPS.c.locked, WORKSHOPS.c.status)
            .join(WORKSHOPS, WORKSHOPS.c.id == ROOMS.c.workshop_id)
            .where(ROOMS.c.id == room.id)
        )
        row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise not_found("This room")
        stored = await read_updates(connection, room.id, row.generation)
        room.load(row.generation, stored.updates, stored.rows, await read_columns(connection, room.id))
        if not room.lock_is_told and (row.locked or row.closed_at or row.status == Status.ENDED):
            room.locked = (4423, LOCKED)

    async def _sweep_on(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self.sweep()
            except Exception:
                log.exception("a look for idle documents failed")

    def _is_at_rest(self, room: RoomDocument) -> bool:
        waiting = room.not_stored() or room.unanswered or room in self.copier.dirty
        edited = time.monotonic() - room.edited_at < SETTLED
        return not room.connections and not room.dropped and not waiting and not edited
