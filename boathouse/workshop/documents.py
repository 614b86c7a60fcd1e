"""The documents of all rooms: loading, joining, flushing, editing, locking, forgetting. One per process."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import structlog
from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import Database, after_commit
from boathouse.core.errors import not_found
from boathouse.core.sockets import SocketProtocol
from boathouse.workshop.document_connection import Connection, Grant
from boathouse.workshop.document_copier import Copier
from boathouse.workshop.document_fields import read_columns
from boathouse.workshop.document_protocol import EMPTY_UPDATE
from boathouse.workshop.document_room import Refused, RoomDocument
from boathouse.workshop.document_store import DocumentStore, append_updates, read_updates, replace_updates
from boathouse.workshop.tables import Room, Status, Workshop

IDLE = 60.0  # seconds without a connection before a room leaves memory
SWEEP = 5.0  # seconds between two looks for idle and long rooms
MANY_ROWS = 500  # stored rows that are worth a snapshot while people type
SETTLED = 30.0  # seconds after which an edit of the server's is surely merged or rolled back
LOCKED = "The drafts are locked. Your words are kept here."
STALE = "This draft was erased or restored."
ROOMS, WORKSHOPS = Room.__table__, Workshop.__table__  # type: ignore[attr-defined]
log = structlog.get_logger()


@dataclass
class Loading:
    """A room on its way into memory; everybody who wants it waits for the same task."""

    room: RoomDocument
    task: asyncio.Task[RoomDocument] = field(init=False)


class Documents:
    """The live documents of this process. on_written: told which rooms' rows were refreshed."""

    def __init__(self, database: Database, on_written: Callable[[set[str]], None]) -> None:
        self.database = database
        self.store = DocumentStore(database)
        self.copier = Copier(database, on_written)
        self.rooms: dict[str, RoomDocument] = {}
        self.idle_after = IDLE
        self.revocations = 0  # how often somebody lost a permission: see the route
        self._loading: dict[str, Loading] = {}
        self._by_identity: dict[str, set[Connection]] = defaultdict(set)
        self._copied: set[str] = set()  # rooms unloaded by this process, so their rows are up to date
        self._sweeper: asyncio.Task[None] | None = None

    # ---- loading and leaving memory

    async def open(self, room_id: str) -> RoomDocument:
        """The room's document, loaded once however many ask. Errors: Problem 404 without such a room."""
        while room_id not in self.rooms:
            loading = self._loading.get(room_id)
            if loading is None:
                loading = Loading(RoomDocument(room_id, self.store.touch, self.copier.touch, self._failed))
                self._loading[room_id] = loading
                loading.task = asyncio.create_task(self._load(loading.room))
            await asyncio.shield(loading.task)
        return self.rooms[room_id]

    async def _load(self, room: RoomDocument) -> RoomDocument:
        try:
            async with self.database.reading() as session:
                connection = await session.connection()
                query = select(
                    ROOMS.c.generation, ROOMS.c.closed_at, WORKSHOPS.c.locked, WORKSHOPS.c.status
                ).join(WORKSHOPS, WORKSHOPS.c.id == ROOMS.c.workshop_id)
                row = (await connection.execute(query.where(ROOMS.c.id == room.id))).one_or_none()
                if row is None:
                    raise not_found("This room")
                stored = await read_updates(connection, room.id, row.generation)
                copies = await read_columns(connection, room.id)
            if not room.dropped:
                room.load(row.generation, stored.updates, stored.rows, copies)
                if not room.lock_is_told and (row.locked or row.closed_at or row.status == Status.ENDED):
                    room.locked = (4423, LOCKED)
                self.rooms[room.id] = room
                self.copier.touch(room)  # a crash may have come between storing and copying
                self._start_sweeping()
            return room
        finally:
            del self._loading[room.id]

    def _known(self, room_id: str) -> RoomDocument | None:
        """The room if it is in memory, or on its way there."""
        loading = self._loading.get(room_id)
        return loading.room if loading else self.rooms.get(room_id)

    def _start_sweeping(self) -> None:
        if self._sweeper is None:
            self._sweeper = asyncio.create_task(self._sweep_on())

    async def _sweep_on(self) -> None:
        while True:
            await asyncio.sleep(min(SWEEP, self.idle_after))
            try:
                await self.sweep()
            except Exception:
                log.exception("a look for idle documents failed")

    async def sweep(self) -> None:
        """Compact long rooms and unload idle ones."""
        for room in tuple(self.rooms.values()):
            idle = not room.connections and time.monotonic() - room.idle_since >= self.idle_after
            if room.rows > (1 if idle else MANY_ROWS):
                await self._compact(room)
            if idle and self._is_at_rest(room):
                self._drop(room)
                self._copied.add(room.id)

    def _is_at_rest(self, room: RoomDocument) -> bool:
        waiting = room.not_stored() or room.unanswered or room in self.copier.dirty
        edited = time.monotonic() - room.edited_at < SETTLED
        return not room.connections and not room.dropped and not waiting and not edited

    async def _compact(self, room: RoomDocument) -> None:
        """One snapshot in the place of many rows, in one transaction."""
        # An edit that was committed but is not merged yet would be missing from the snapshot.
        if time.monotonic() - room.edited_at < SETTLED:
            return
        async with self.database.writing() as session:
            connection = await session.connection()
            query = select(ROOMS.c.generation).where(ROOMS.c.id == room.id)
            if room.dropped or (await connection.execute(query)).scalar() != room.generation:
                return
            await replace_updates(connection, room.id, room.generation, room.words.missing())
        room.rows = 1

    def _drop(self, room: RoomDocument) -> None:
        """Forget a room; its sockets are somebody else's care."""
        room.drop()
        self.store.forget(room)
        self.copier.forget(room)
        self._copied.discard(room.id)
        if self.rooms.get(room.id) is room:
            del self.rooms[room.id]

    def _failed(self, room: RoomDocument) -> None:
        """Memory is ahead of the store. The clients hold what is missing and bring it back."""
        self._drop(room)
        self._close_all(room, 1011, "Your words could not be stored just now; they are kept here.")

    # ---- connections

    def join(
        self, room_id: str, grant: Grant, socket: SocketProtocol, *, wants_saved: bool, generation: str | None
    ) -> Connection:
        """Connect an accepted socket to an open room. Errors: Refused 4410 for a stale generation."""
        room = self.rooms[room_id]
        if generation is not None and generation != room.generation:
            raise Refused(4410, STALE)
        connection = Connection(socket, room, grant, wants_saved, self._left)
        room.connections[connection] = None
        for identity in {grant.identity, *grant.identities}:
            self._by_identity[identity].add(connection)
        connection.greet()
        socket.hand_over(connection)
        return connection

    def _left(self, connection: Connection) -> None:
        room = connection.room
        room.connections.pop(connection, None)
        room.unanswered.pop(connection, None)
        room.idle_since = time.monotonic()
        for identity in {connection.grant.identity, *connection.grant.identities}:
            self._by_identity[identity].discard(connection)
            if not self._by_identity[identity]:
                del self._by_identity[identity]
        room.show(room.awareness.leave(connection))

    def revoke(self, identity: str, code: int, reason: str, room_id: str | None = None) -> None:
        """Close the sockets of an identity at once, everywhere or in one room. After the commit only."""
        self.revocations += 1
        for connection in tuple(self._by_identity.get(identity, ())):
            if room_id in (None, connection.room.id):
                connection.close(code, reason)

    def close_room(self, room_id: str, code: int, reason: str) -> None:
        """Close all sockets of a room."""
        self.revocations += 1
        if room := self.rooms.get(room_id):
            self._close_all(room, code, reason)

    def _close_all(self, room: RoomDocument, code: int, reason: str) -> None:
        for connection in tuple(room.connections):
            connection.close(code, reason)

    def online(self, room_id: str) -> set[str]:
        """The identities that have a socket on the room's document."""
        room = self.rooms.get(room_id)
        return {connection.grant.identity for connection in room.connections} if room else set()

    def writers(self, room_id: str) -> dict[str, float]:
        """Who typed when: identity to time.monotonic()."""
        room = self.rooms.get(room_id)
        return dict(room.writers) if room else {}

    # ---- words

    async def flush(self, room_ids: Iterable[str] | None = None) -> None:
        """Store and copy into rows what these rooms, or all loaded ones, hold now.

        Never inside a writing() block: it writes itself. Errors: whatever the database raised; the rooms
        concerned are dropped and their sockets closed.
        """
        chosen = None if room_ids is None else set(room_ids)
        for room_id in chosen or ():
            if room_id not in self._copied:
                await self.open(room_id)
        await self.store.flush()
        await self.copier.flush(chosen)

    def learn(self, room_id: str, fields: Iterable[str]) -> None:
        """New rows' fields may be written from now on. Call it after the commit, before any push."""
        if room := self._known(room_id):
            room.learn(tuple(fields))

    async def edit(self, room_id: str, texts: Mapping[str, str]) -> None:
        """Give fields new contents in a transaction of its own."""
        async with self.database.writing() as session:
            await self.prepare_edit(session, room_id, texts)

    async def prepare_edit(self, session: AsyncSession, room_id: str, texts: Mapping[str, str]) -> None:
        """Give fields new contents within somebody's writing() session: one call a room and transaction.

        Committed together with its rows; merged and relayed after the commit. The fields become known.
        """
        room = await self.open(room_id)
        room.edited_at = time.monotonic()
        update = room.words.edit(texts)
        if update != EMPTY_UPDATE:
            # It may build on words that wait for their commit; stored twice they count once.
            updates = [*room.not_stored(), update]
            await append_updates(await session.connection(), room_id, room.generation, updates)
        after_commit(session, lambda: self._apply(room_id, tuple(texts), update))

    def _apply(self, room_id: str, names: tuple[str, ...], update: bytes) -> None:
        self.learn(room_id, names)
        room = self.rooms.get(room_id)
        if room and update != EMPTY_UPDATE:
            room.rows += 1
            room.merge_stored(update)

    # ---- locking, erasing, stopping

    def lock(self, room_id: str, code: int = 4423, reason: str = LOCKED) -> None:
        """From now on whoever writes is closed with this code. Flush first, commit, then lock."""
        if room := self._known(room_id):
            room.locked, room.lock_is_told = (code, reason), True

    def unlock(self, room_id: str) -> None:
        """Words are taken again."""
        if room := self._known(room_id):
            room.locked, room.lock_is_told = None, True

    def discard(self, room_id: str, code: int = 4410, reason: str = STALE) -> None:
        """Forget a room without storing: it was erased, or restored under a new generation.

        Call it after the commit that did so. What still arrives for the old generation is void.
        """
        self._copied.discard(room_id)
        if room := self._known(room_id):
            self._drop(room)
            self._close_all(room, code, reason)

    async def stop(self) -> None:
        """Close all sockets with 1012, store and copy everything."""
        if self._sweeper:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        for room in tuple(self.rooms.values()):
            self._close_all(room, 1012, "The server restarts.")
        await self.store.stop()
        await self.copier.stop()
