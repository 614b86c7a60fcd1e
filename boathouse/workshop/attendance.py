"""When people were last seen: stored a moment after they leave, many at once, never while they stay."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy import bindparam, update
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.workshop.tables import Seat

PAUSE = 2.0  # seconds: a reload is no leaving
SEATS = Seat.__table__  # type: ignore[attr-defined]
log = structlog.get_logger()


class Attendance:
    """Watches who is where. on_stored(session, room_ids) is called in the transaction that stores it."""

    def __init__(self, database: Database, on_stored: Callable[[AsyncSession, set[str]], None]) -> None:
        self._database, self._on_stored = database, on_stored
        self._here: dict[str, frozenset[str]] = {}  # seat identities by room id
        self._gone: dict[str, tuple[str, datetime]] = {}  # identity to room id and when
        self._writer: asyncio.Task[None] | None = None

    def changed(self, room_id: str, present: frozenset[str]) -> None:
        """The identities in a room are these now. Call it on the event loop."""
        before = self._here.pop(room_id, frozenset())
        seated = frozenset(identity for identity in present if identity.startswith("seat:"))
        if seated:
            self._here[room_id] = seated
        for identity in seated:
            self._gone.pop(identity, None)
        self._gone |= {identity: (room_id, now()) for identity in before - seated}
        if self._gone and self._writer is None:
            self._writer = asyncio.create_task(self._write_soon())

    async def _write_soon(self) -> None:
        try:
            while self._gone:
                await asyncio.sleep(PAUSE)
                await self.store()
        except Exception:
            log.exception("when people were last seen could not be stored")
        finally:
            self._writer = None

    async def store(self) -> None:
        """Store everybody who has left."""
        gone, self._gone = self._gone, {}
        if not gone:
            return
        rows = [
            {"seat": identity.removeprefix("seat:"), "moment": moment}
            for identity, (_, moment) in gone.items()
        ]
        statement = (
            update(SEATS).where(SEATS.c.id == bindparam("seat")).values(last_seen_at=bindparam("moment"))
        )
        async with self._database.writing() as session:
            await (await session.connection()).execute(statement, rows)
            self._on_stored(session, {room_id for room_id, _ in gone.values()})
