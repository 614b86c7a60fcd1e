"""The documents of all rooms: loading, joining, flushing, editing, locking, forgetting. One per process."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import Database, after_commit
from boathouse.core.sockets import SocketProtocol
from boathouse.workshop.documents.connection import Connection, Grant
from boathouse.workshop.documents.copier import Copier
from boathouse.workshop.documents.memory import LOCKED, DocumentMemory
from boathouse.workshop.documents.protocol import EMPTY_UPDATE
from boathouse.workshop.documents.room import Refused, RoomDocument
from boathouse.workshop.documents.store import DocumentStore, append_updates

STALE = "This draft was restored to an earlier state."  # an erased one is no more: 4404


class Documents:
    """The live documents of this process. on_written: told which rooms' rows were refreshed."""

    def __init__(self, database: Database, on_written: Callable[[set[str]], None]) -> None:
        self.database = database
        self.store = DocumentStore(database)
        self.copier = Copier(database, on_written)
        self.memory = DocumentMemory(database, self.store, self.copier, self._failed)
        self.revocations = 0  # how often somebody lost a permission: see the route
        self._by_identity: dict[str, set[Connection]] = defaultdict(set)

    @property
    def rooms(self) -> dict[str, RoomDocument]:
        """Those in memory."""
        return self.memory.rooms

    async def open(self, room_id: str) -> RoomDocument:
        """The room's document, loaded if need be. Errors: Problem 404 without such a room."""
        return await self.memory.open(room_id)

    def _failed(self, room: RoomDocument) -> None:
        """Memory is ahead of the store. The clients hold what is missing and bring it back."""
        self.memory.drop(room)
        self._close_all(room, 1011, "Your words could not be stored just now; they are kept here.")

    def join(
        self,
        room_id: str,
        grant: Grant,
        socket: SocketProtocol,
        on_left: Callable[[], None],
        *,
        wants_saved: bool,
        generation: str | None,
    ) -> Connection:
        """Connect an accepted socket to an open room; on_left is called once it is gone again.

        Errors: Refused 4410 for a stale generation.
        """
        room = self.rooms[room_id]
        if generation is not None and generation != room.generation:
            raise Refused(4410, STALE)

        def lost(connection: Connection) -> None:
            self._left(connection)
            on_left()

        connection = Connection(socket, room, grant, wants_saved, lost)
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

    def words(self, room_id: str) -> Mapping[str, str | None]:
        """Every field of a room in memory as its rows have it, to be read only; none of other rooms."""
        room = self.rooms.get(room_id)
        return room.copies if room else {}

    def fields_in_use(self, room_id: str) -> set[str]:
        """The fields of a room in which somebody writes at this moment, as their pages say."""
        room = self.rooms.get(room_id)
        return room.awareness.fields() if room else set()

    async def flush(self, room_ids: Iterable[str] | None = None) -> None:
        """Store and copy into rows what these rooms, or all loaded ones, hold now.

        Never inside a writing() block: it writes itself. Errors: whatever the database raised; the rooms
        concerned are dropped and their sockets closed.
        """
        chosen = None if room_ids is None else set(room_ids)
        for room_id in chosen or ():
            if room_id not in self.memory.copied:
                await self.open(room_id)
        await self.store.flush()
        await self.copier.flush(chosen)

    async def compact(self, room_id: str) -> None:
        """Forget the letters that were deleted until now, also while people type. Errors as flush()."""
        await self.store.flush()
        await self.memory.compact(room_id)

    def learn(self, room_id: str, fields: Iterable[str]) -> None:
        """New rows' fields may be written from now on. Call it after the commit, before any push."""
        if room := self.memory.known(room_id):
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

    def lock(self, room_id: str, code: int = 4423, reason: str = LOCKED) -> None:
        """From now on whoever writes is closed with this code. Flush first, commit, then lock."""
        if room := self.memory.known(room_id):
            room.locked, room.lock_is_told = (code, reason), True

    def unlock(self, room_id: str) -> None:
        """Words are taken again."""
        if room := self.memory.known(room_id):
            room.locked, room.lock_is_told = None, True

    def discard(self, room_id: str, code: int = 4410, reason: str = STALE) -> None:
        """Forget a room without storing: it was erased, or restored under a new generation.

        Call it after the commit that did so. What still arrives for the old generation is void.
        """
        self.memory.copied.discard(room_id)
        if room := self.memory.known(room_id):
            self.memory.drop(room)
            self._close_all(room, code, reason)

    async def stop(self) -> None:
        """Close all sockets with 1012, store and copy everything."""
        await self.memory.stop()
        for room in tuple(self.rooms.values()):
            self._close_all(room, 1012, "The server restarts.")
        await self.store.stop()
        await self.copier.stop()
