"""Copies words from documents into their rows, for everything that reads rows: board, checks, exports.

A room is copied once its people pause for DEBOUNCE, and never later than LATEST after a change. Rooms that
are due share a transaction, but never more than AT_ONCE: acknowledgements wait for the same single writer,
and a thousand rooms must not hold them up.
"""

import asyncio
import time
from collections.abc import Callable, Iterable

import structlog
from sqlalchemy import update

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.workshop.documents.fields import column_bulks
from boathouse.workshop.documents.room import RoomDocument
from boathouse.workshop.tables import Room

DEBOUNCE = 0.25  # seconds
LATEST = 0.6  # and a tick on top
TICK = 0.1
AT_ONCE = 150  # rooms in one transaction
TURN = 0.002  # seconds of reading texts before the sockets have their turn
ACTIVITY = 5.0  # seconds by which last_activity_at may lag
ROOMS = Room.__table__  # type: ignore[attr-defined]
log = structlog.get_logger()


class Copier:
    """One per process. on_written: told which rooms' rows changed, after the commit."""

    def __init__(self, database: Database, on_written: Callable[[set[str]], None]) -> None:
        self.database, self.on_written = database, on_written
        self.dirty: dict[RoomDocument, float] = {}  # since when, monotonic
        self._wake = asyncio.Event()
        self._turn = asyncio.Lock()
        self._worker: asyncio.Task[None] | None = None

    def touch(self, room: RoomDocument) -> None:
        """Words of this room changed."""
        if room not in self.dirty:
            self.dirty[room] = time.monotonic()
            self._wake.set()
            if self._worker is None:
                self._worker = asyncio.create_task(self._copy_on())

    def forget(self, room: RoomDocument) -> None:
        """The room was dropped."""
        self.dirty.pop(room, None)

    async def flush(self, room_ids: set[str] | None = None) -> None:
        """Copy these rooms' words now, or all."""
        async with self._turn:
            chosen = [room for room in self.dirty if room_ids is None or room.id in room_ids]
            await self._copy(chosen)

    async def stop(self) -> None:
        """Copy what is left and end the worker."""
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        await self.flush()

    async def _copy_on(self) -> None:
        while True:
            await self._wake.wait()
            await asyncio.sleep(TICK)
            try:
                await asyncio.shield(asyncio.ensure_future(self._copy_due()))
            except Exception:
                log.exception("words could not be copied into their rows; trying again")
                await asyncio.sleep(1)

    async def _copy_due(self) -> None:
        async with self._turn:
            moment = time.monotonic()
            await self._copy(
                room
                for room, since in tuple(self.dirty.items())
                if moment - since >= LATEST or moment - room.typed_at >= DEBOUNCE
            )
            if not self.dirty:
                self._wake.clear()

    async def _copy(self, rooms: Iterable[RoomDocument]) -> None:
        since = {room: self.dirty.pop(room) for room in tuple(rooms)}
        if not since:
            return
        try:
            texts = await _changed_texts(since)
            for some in batched(list(texts), AT_ONCE):
                await self._write({room: texts[room] for room in some})
        except BaseException:
            self.dirty = since | self.dirty
            self._wake.set()
            raise

    async def _write(self, texts: dict[RoomDocument, dict[str, str]]) -> None:
        active = [room for room in texts if room.typed_at - room.activity_written >= ACTIVITY]
        if not any(texts.values()) and not active:
            return
        bulks = column_bulks(dict(item for each in texts.values() for item in each.items()))
        await self.database.write_bulks(lambda: bulks)
        if active:
            async with self.database.writing() as session:
                are_active = ROOMS.c.id.in_([room.id for room in active])
                connection = await session.connection()
                await connection.execute(update(ROOMS).where(are_active).values(last_activity_at=now()))
        for room, changed in texts.items():
            room.copies.update(changed)
        for room in active:
            room.activity_written = room.typed_at
        try:
            self.on_written({room.id for room, changed in texts.items() if changed or room in active})
        except Exception:
            log.exception("what follows from written words failed")


def batched(rooms: list[RoomDocument], size: int) -> Iterable[list[RoomDocument]]:
    """The rooms in runs of this size."""
    return (rooms[start : start + size] for start in range(0, len(rooms), size))


async def _changed_texts(rooms: Iterable[RoomDocument]) -> dict[RoomDocument, dict[str, str]]:
    texts = {}
    turn_ends = time.monotonic() + TURN
    for room in rooms:
        texts[room] = room.changed_texts()
        if time.monotonic() > turn_ends:
            await asyncio.sleep(0)
            turn_ends = time.monotonic() + TURN
    return texts
