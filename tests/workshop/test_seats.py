"""Seats: names, moves, removal, the way back on another device, the coach's list, clearing a rehearsal."""

import asyncio

import pytest
from sqlmodel import col, select

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.core.errors import Problem
from boathouse.workshop.attendance import Attendance
from boathouse.workshop.joining import NameTaken
from boathouse.workshop.rowers import groups, roster
from boathouse.workshop.seats import crew, move_seat, remove_seat, rename_seat
from boathouse.workshop.simulated import clear_rehearsal
from boathouse.workshop.tables import Comment, KeyResult, Objective, Room, Seat, Todo, Workshop


async def two_rooms(database: Database) -> tuple[Workshop, list[Room]]:
    workshop = Workshop(title="Pilot")
    rooms = [Room(workshop_id=workshop.id, number=n, name=f"Room {n}") for n in (1, 2)]
    async with database.writing() as session:
        session.add(workshop)
        await session.flush()
        session.add_all(rooms)
    return workshop, rooms


async def seated(database: Database, room: Room, *names: str, simulated: bool = False) -> list[Seat]:
    async with database.writing() as session:
        taken = [seat.number for seat in await crew(session, room.id)]
        seats = [
            Seat(workshop_id=room.workshop_id, room_id=room.id, number=n, name=name, simulated=simulated)
            for n, name in enumerate(names, max(taken, default=0) + 1)
        ]
        session.add_all(seats)
    return seats


async def test_a_moved_person_gets_the_smallest_free_seat_and_a_name_of_their_own(database):
    _, (one, two) = await two_rooms(database)
    ana, ben = await seated(database, one, "Ana", "Ben")
    await seated(database, two, "Eva", "ana")
    async with database.writing() as session:
        seat, left = await move_seat(session, ana.id, two.id)
    assert (seat.room_id, seat.number, seat.name, left) == (two.id, 3, "Ana (2)", one.id)
    async with database.writing() as session:
        seat, _ = await move_seat(session, ana.id, one.id)
    assert (seat.number, [s.name for s in [ben]]) == (1, ["Ben"])


async def test_a_move_stays_within_the_workshop_and_open_rooms(database):
    _, (one, two) = await two_rooms(database)
    _, (elsewhere, _) = await two_rooms(database)
    (ana,) = await seated(database, one, "Ana")
    async with database.writing() as session:
        (await session.get_one(Room, two.id)).closed_at = now()
    for room_id, status in ((elsewhere.id, 404), ("nowhere", 404), (two.id, 409), (one.id, 409)):
        with pytest.raises(Problem) as caught:
            async with database.writing() as session:
                await move_seat(session, ana.id, room_id)
        assert caught.value.status == status


async def test_a_name_is_taken_only_within_the_room(database):
    _, (one, two) = await two_rooms(database)
    ana, _ = await seated(database, one, "Ana", "Ben")
    await seated(database, two, "Eva")
    async with database.writing() as session:
        assert (await rename_seat(session, ana.id, " ANA ")).name == "ANA"
        assert (await rename_seat(session, ana.id, "Eva")).name == "Eva"
    with pytest.raises(NameTaken):
        async with database.writing() as session:
            await rename_seat(session, ana.id, "ben")


async def test_a_removed_seat_is_gone_for_good(database):
    _, (one, _) = await two_rooms(database)
    ana, ben = await seated(database, one, "Ana", "Ben")
    async with database.writing() as session:
        await remove_seat(session, ana.id)
        assert [seat.id for seat in await crew(session, one.id)] == [ben.id]
        with pytest.raises(Problem):
            await remove_seat(session, ana.id)


async def test_the_roster_knows_who_is_here(database):
    workshop, (one, _) = await two_rooms(database)
    ana, ben = await seated(database, one, "Ana", "Ben")
    async with database.reading() as session:
        people = await roster(session, one.id, lambda _: {f"seat:{ben.id}", "person:nobody"})
        assert people is not None
        assert [(rower.seat.name, rower.here) for rower in people.crew] == [("Ana", False), ("Ben", True)]
        assert (people.here, people.onlookers) == (1, [])
        assert await roster(session, "nowhere", lambda _: ()) is None
        found = await groups(session, workshop.id, lambda _: (), find="bE")
        assert [[rower.seat.id for rower in group.rowers] for group in found] == [[ben.id]]
        found = await groups(session, workshop.id, lambda _: (), find="room 2")
        assert [(group.label, group.rowers) for group in found] == [("Room 2", [])]
    assert ana.last_seen_at is None


async def test_leaving_is_stored_once_for_many_and_a_reload_is_no_leaving(database):
    _, (one, _) = await two_rooms(database)
    ana, ben = await seated(database, one, "Ana", "Ben")
    told: list[set[str]] = []
    attendance = Attendance(database, lambda session, rooms: told.append(rooms))
    both = frozenset({f"seat:{ana.id}", f"seat:{ben.id}", "person:mara"})
    attendance.changed(one.id, both)
    attendance.changed(one.id, frozenset({f"seat:{ben.id}"}))
    attendance.changed(one.id, frozenset())
    attendance.changed(one.id, frozenset({f"seat:{ben.id}"}))  # Ben reloaded
    await attendance.store()
    await attendance.store()
    assert told == [{one.id}]
    async with database.reading() as session:
        seats = {seat.id: seat for seat in await crew(session, one.id)}
    assert seats[ana.id].last_seen_at is not None
    assert seats[ben.id].last_seen_at is None


# ---- clearing a rehearsal


async def draft_of(database: Database, room: Room, by: str | None) -> tuple[Objective, KeyResult, Todo]:
    objective = Objective(room_id=room.id, title="Returns are easy", created_by=by)
    key_result = KeyResult(room_id=room.id, objective_id=objective.id, statement="Fast", created_by=by)
    todo = Todo(room_id=room.id, text="A portal", created_by=by)
    async with database.writing() as session:
        session.add_all([objective, todo])
        await session.flush()
        session.add(key_result)
    return objective, key_result, todo


async def left_of(database: Database, room: Room) -> list[str]:
    async with database.reading() as session:
        found: list[str] = []
        for table in (Objective, KeyResult, Todo):
            query = select(table.id).where(table.room_id == room.id, col(table.deleted_at).is_(None))
            found += await session.exec(query)
        return found


async def test_a_room_of_simulated_people_is_emptied_with_its_document(database):
    workshop, (one, two) = await two_rooms(database)
    (sim,) = await seated(database, one, "Sim", simulated=True)
    await draft_of(database, one, f"seat:{sim.id}")
    (ana,) = await seated(database, two, "Ana")
    await draft_of(database, two, f"seat:{ana.id}")
    async with database.writing() as session:
        session.add(Comment(room_id=one.id, body="Nice", author_name="Mara"))
    async with database.writing() as session:
        cleared = await clear_rehearsal(session, workshop.id)
    assert (cleared.seats, cleared.erased, cleared.changed) == ([sim.id], {one.id}, {one.id})
    assert await left_of(database, one) == []
    assert len(await left_of(database, two)) == 3
    async with database.reading() as session:
        assert await session.get(Seat, sim.id) is None
        assert (await session.get_one(Room, one.id)).generation != one.generation
        assert list(await session.exec(select(Comment))) == []


async def test_where_real_people_sit_only_simulated_words_go(database):
    workshop, (one, _) = await two_rooms(database)
    (sim,) = await seated(database, one, "Sim", simulated=True)
    (ana,) = await seated(database, one, "Ana")
    theirs, _, _ = await draft_of(database, one, f"seat:{sim.id}")
    shared, _, _ = await draft_of(database, one, f"seat:{sim.id}")
    ours = await draft_of(database, one, f"seat:{ana.id}")
    under = KeyResult(room_id=one.id, objective_id=shared.id, statement="Mine", created_by=f"seat:{ana.id}")
    remarks = [
        Comment(room_id=one.id, body="x", author_name=seat.name, seat_id=seat.id) for seat in (sim, ana)
    ]
    async with database.writing() as session:
        session.add_all([under, *remarks])
    async with database.writing() as session:
        cleared = await clear_rehearsal(session, workshop.id)
    assert (cleared.erased, cleared.changed) == (set(), {one.id})
    assert set(await left_of(database, one)) == {row.id for row in ours} | {under.id, shared.id}
    assert theirs.id not in await left_of(database, one)
    async with database.reading() as session:
        kept = list(await session.exec(select(Comment.author_name).where(col(Comment.deleted_at).is_(None))))
    assert kept == ["Ana"]


async def test_without_a_rehearsal_nothing_is_cleared(database):
    workshop, (one, _) = await two_rooms(database)
    (ana,) = await seated(database, one, "Ana")
    await draft_of(database, one, None)
    async with database.writing() as session:
        cleared = await clear_rehearsal(session, workshop.id)
    assert (cleared.seats, cleared.changed) == ([], set())
    assert len(await left_of(database, one)) == 3
    assert ana.id


# ---- routes


async def test_the_writer_of_absences_rests_when_there_is_nothing(database, monkeypatch):
    monkeypatch.setattr("boathouse.workshop.attendance.PAUSE", 0.01)
    _, (one, _) = await two_rooms(database)
    (ana,) = await seated(database, one, "Ana")
    attendance = Attendance(database, lambda session, rooms: None)
    for _ in range(2):
        attendance.changed(one.id, frozenset({f"seat:{ana.id}"}))
        attendance.changed(one.id, frozenset())
        async with asyncio.timeout(5):
            while attendance._writer:  # noqa: ASYNC110 -- it tells nobody
                await asyncio.sleep(0.01)
    async with database.reading() as session:
        assert (await session.get_one(Seat, ana.id)).last_seen_at is not None
