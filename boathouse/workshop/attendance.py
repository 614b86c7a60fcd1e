"""Who was there, and until when: stored many at once and a moment later, never person by person.

A visit is written soon after somebody came, moved on once a minute while they stay, and set to the moment
they left. So whatever happens to the server, no visit stays open, and none ends a minute off.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy import bindparam, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.core.ids import new_id
from boathouse.workshop.tables import Seat, Visit

PAUSE = 2.0  # seconds: a reload is no leaving
MOVE_ON = timedelta(seconds=60)
AT_ONCE = 5000  # rows of one statement
SEATS = Seat.__table__  # type: ignore[attr-defined]
VISITS = Visit.__table__  # type: ignore[attr-defined]
log = structlog.get_logger()


@dataclass(frozen=True)
class Stay:
    """One stay of a seat in a room. id: of its row; left_at: None while it lasts."""

    room_id: str
    seat_id: str
    came_at: datetime
    id: str = field(default_factory=new_id)
    left_at: datetime | None = None


Place = tuple[str, str]  # room id, identity
Row = TypeVar("Row")


class Attendance:
    """Watches who is where. on_stored(session, room_ids): called in the transaction that stores who left."""

    def __init__(self, database: Database, on_stored: Callable[[AsyncSession, set[str]], None]) -> None:
        self._database, self._on_stored = database, on_stored
        self._here: dict[str, frozenset[str]] = {}  # seat identities by room id
        self._stays: dict[Place, Stay] = {}  # those that last, and those that ended and are not stored yet
        self._unwritten: set[str] = set()  # ids of stays without a row
        self._moved_on = now()
        self._turn = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None

    def changed(self, room_id: str, present: frozenset[str]) -> None:
        """The identities in a room are these now. Call it on the event loop."""
        before = self._here.pop(room_id, frozenset())
        seated = frozenset(identity for identity in present if identity.startswith("seat:"))
        if seated:
            self._here[room_id] = seated
        moment = now()
        for identity in seated - before:
            self._come((room_id, identity), moment)
        for identity in before - seated:
            place = room_id, identity
            self._stays[place] = replace(self._stays[place], left_at=moment)
        if self._stays and self._writer is None:
            self._writer = asyncio.create_task(self._write_on())

    def _come(self, place: Place, moment: datetime) -> None:
        if place in self._stays:  # a reload: it goes on
            self._stays[place] = replace(self._stays[place], left_at=None)
            return
        stay = self._stays[place] = Stay(place[0], place[1].removeprefix("seat:"), moment)
        self._unwritten.add(stay.id)

    async def _write_on(self) -> None:
        try:
            while self._stays:
                await asyncio.sleep(PAUSE)
                await self.store(patience=timedelta(seconds=PAUSE))
        except Exception:
            log.exception("who is there and who left could not be stored")
        finally:
            self._writer = None

    async def stop(self) -> None:
        """Store everything there is, whoever is still there."""
        if writer := self._writer:
            async with self._turn:  # not in the middle of a transaction
                writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        await self.store(move_on=True)

    async def flush(self) -> None:
        """Store what is known by now; somebody who left a moment ago may be reloading."""
        await self.store(patience=timedelta(seconds=PAUSE), move_on=True)

    async def store(self, *, patience: timedelta = timedelta(), move_on: bool = False) -> None:
        """Store who came, who left longer ago than patience, and once in a while who is still there."""
        async with self._turn:
            await self._store(now(), patience, move_on)

    async def _store(self, moment: datetime, patience: timedelta, move_on: bool) -> None:
        ended = {
            place: stay
            for place, stay in self._stays.items()
            if stay.left_at and moment - stay.left_at >= patience
        }
        came = [stay for stay in self._stays.values() if stay.id in self._unwritten]
        is_time = move_on or moment - self._moved_on >= MOVE_ON
        lasting = [stay.id for stay in self._stays.values() if is_time and not stay.left_at]
        if not (ended or came or lasting):
            return
        if is_time:
            self._moved_on = moment
        async with self._database.writing() as session:
            await _add(session, came, moment)
            await _move_on(session, lasting, moment)
            await _end(session, list(ended.values()))
            if ended:
                self._on_stored(session, {stay.room_id for stay in ended.values()})
        self._unwritten.difference_update(stay.id for stay in came)
        for place, stay in ended.items():
            if self._stays.get(place) == stay:  # else they came back while it was written
                del self._stays[place]


async def _add(session: AsyncSession, stays: Sequence[Stay], moment: datetime) -> None:
    """Rows for those who came; seats that were removed for good meanwhile are passed over."""
    for some in _runs(stays):
        wanted = col(Seat.id).in_({stay.seat_id for stay in some})
        seats = set(await session.exec(select(Seat.id).where(wanted)))
        rows: list[dict[str, Any]] = [
            {
                "id": stay.id,
                "room_id": stay.room_id,
                "seat_id": stay.seat_id,
                "came_at": stay.came_at,
                "last_seen_at": stay.left_at or moment,
            }
            for stay in some
            if stay.seat_id in seats
        ]
        if rows:
            await (await session.connection()).execute(insert(VISITS), rows)


async def _move_on(session: AsyncSession, ids: Sequence[str], moment: datetime) -> None:
    for some in _runs(ids):
        still = update(VISITS).where(VISITS.c.id.in_(some)).values(last_seen_at=moment)
        await (await session.connection()).execute(still)


async def _end(session: AsyncSession, stays: Sequence[Stay]) -> None:
    if not stays:
        return
    connection = await session.connection()
    for table, key in ((VISITS, "id"), (SEATS, "seat_id")):
        rows = [{"which": getattr(stay, key), "moment": stay.left_at} for stay in stays]
        known = update(table).where(table.c.id == bindparam("which"))
        await connection.execute(known.values(last_seen_at=bindparam("moment")), rows)


def _runs(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
