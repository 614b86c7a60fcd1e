"""Visits: who came and left when, without a write per person, whatever happens to the server."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.workshop.attendance import Attendance
from boathouse.workshop.tables import Room, Seat, Visit, Workshop


async def a_room(database: Database, people: int) -> tuple[Room, frozenset[str]]:
    """A room with that many seats, and their identities."""
    async with database.writing() as session:
        workshop = Workshop(title="Pilot")
        session.add(workshop)
        await session.flush()
        room = Room(workshop_id=workshop.id, number=1, name="Room 1")
        session.add(room)
        await session.flush()
        seats = [
            Seat(workshop_id=workshop.id, room_id=room.id, number=n, name=f"P{n}") for n in range(people)
        ]
        session.add_all(seats)
    return room, frozenset(f"seat:{seat.id}" for seat in seats)


@pytest.fixture
def attendance(database: Database) -> Attendance:
    """One that nobody listens to."""
    return Attendance(database, lambda session, rooms: None)


async def visits(database: Database) -> list[Visit]:
    """All of them, in order."""
    async with database.reading() as session:
        return list(await session.exec(select(Visit).order_by(Visit.came_at)))


async def test_a_visit_lasts_from_coming_to_leaving(database, attendance):
    room, people = await a_room(database, 1)
    begun = now()
    attendance.changed(room.id, people | {"person:mara"})
    await attendance.store()
    attendance.changed(room.id, frozenset())
    await attendance.store()
    await attendance.stop()
    (visit,) = await visits(database)
    assert f"seat:{visit.seat_id}" in people
    assert begun <= visit.came_at <= visit.last_seen_at <= now()


async def test_a_reload_is_one_visit_and_a_return_is_another(database, attendance):
    room, people = await a_room(database, 1)
    attendance.changed(room.id, people)
    attendance.changed(room.id, frozenset())
    await attendance.store(patience=timedelta(seconds=2))  # the writer's turn falls into the reload
    attendance.changed(room.id, people)
    await attendance.store()
    assert len(await visits(database)) == 1
    attendance.changed(room.id, frozenset())
    await attendance.store()
    attendance.changed(room.id, people)
    await attendance.stop()
    assert len(await visits(database)) == 2


async def test_somebody_who_is_moved_has_a_visit_in_each_room(database, attendance):
    room, people = await a_room(database, 1)
    other, _ = await a_room(database, 0)
    attendance.changed(room.id, people)
    attendance.changed(other.id, people)
    attendance.changed(room.id, frozenset())
    await attendance.store()
    await attendance.stop()
    assert [visit.room_id for visit in await visits(database)] == [room.id, other.id]


async def test_arrivals_of_250_are_one_write(database, attendance):
    room, people = await a_room(database, 250)
    begun: list[str] = []
    event.listen(database._writer.sync_engine, "commit", lambda connection: begun.append("commit"))
    here: set[str] = set()
    for identity in people:
        here.add(identity)
        attendance.changed(room.id, frozenset(here))
    await attendance.store()
    assert len(begun) == 1
    await attendance.store()
    assert len(begun) == 1, "nothing is written while nothing happens"
    await attendance.stop()
    assert len(await visits(database)) == 250


async def test_a_crash_leaves_no_visit_open(database, attendance):
    """No stop is called: what is stored is right to the last time it was moved on."""
    room, people = await a_room(database, 2)
    attendance.changed(room.id, people)
    await attendance.store()
    first = [visit.last_seen_at for visit in await visits(database)]
    await attendance.store(move_on=True)
    later = [visit.last_seen_at for visit in await visits(database)]
    assert all(after > before for before, after in zip(first, later, strict=True))
    await attendance.stop()


async def test_a_seat_that_is_deleted_meanwhile_stops_nobody(database, attendance):
    room, people = await a_room(database, 2)
    attendance.changed(room.id, people)
    async with database.writing() as session:
        gone = (await session.exec(select(Seat))).first()
        await session.delete(gone)
    await attendance.store()
    assert [visit.seat_id != gone.id for visit in await visits(database)] == [True]
    attendance.changed(room.id, frozenset())
    await attendance.stop()


async def test_the_writer_stores_by_itself_and_rests_when_all_have_left(database, attendance, monkeypatch):
    monkeypatch.setattr("boathouse.workshop.attendance.PAUSE", 0.01)
    room, people = await a_room(database, 3)
    attendance.changed(room.id, people)
    async with asyncio.timeout(5):
        while not await visits(database):  # noqa: ASYNC110 -- it tells nobody
            await asyncio.sleep(0.01)
        attendance.changed(room.id, frozenset())
        while attendance._writer:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert attendance._stays == {}
