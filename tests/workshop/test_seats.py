"""Seats: names, moves, removal, the way back on another device, the coach's list, clearing a rehearsal."""

import asyncio

import pytest
from sqlmodel import col, select

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.core.errors import Problem
from boathouse.workshop.attendance import Attendance
from boathouse.workshop.joining import NameTaken
from boathouse.workshop.roster import groups, roster
from boathouse.workshop.seats import crew, move_seat, remove_seat, rename_seat
from boathouse.workshop.simulated import clear_rehearsal
from boathouse.workshop.tables import Comment, KeyResult, Objective, Room, Seat, Todo, Workshop
from boathouse.workshop.web.permits import seat_cookie


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


def seats_of(server, cast) -> dict[str, Seat]:
    async def look() -> dict[str, Seat]:
        async with cast.app.state.database.reading() as session:
            found = await session.exec(select(Seat).where(Seat.workshop_id == cast.workshop))
            return {seat.id: seat for seat in found}

    return server.portal.call(look)


def test_looking_at_a_personal_link_takes_nothing_and_pressing_the_button_seats_the_browser(cast):
    browser, link = cast.browser("nobody"), f"/seat/{cast.tokens['Ana']}"
    answer = browser.get(link)
    assert "Continue as Ana" in answer.text
    assert "Room 1" in answer.text
    assert seat_cookie(cast.workshop) not in browser.cookies
    answer = browser.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/rooms/{cast.rooms[1]}")
    assert browser.cookies[seat_cookie(cast.workshop)] == cast.tokens["Ana"]


@pytest.mark.parametrize("token", ["nonsense", "abc.def", "é"])
def test_a_link_we_did_not_sign_opens_nothing(cast, token):
    for answer in (
        cast.browser("nobody").get(f"/seat/{token}"),
        cast.browser("nobody").post(f"/seat/{token}"),
    ):
        assert answer.status_code == 404
        assert "not complete" in answer.text


def test_the_link_of_a_removed_seat_opens_nothing(cast):
    cast.browser("Tom").post(f"/seats/{cast.seats['Ana']}/remove")
    assert cast.browser("nobody").post(f"/seat/{cast.tokens['Ana']}").status_code == 404


def test_the_own_link_is_for_its_seat_alone(cast):
    answer = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}/personal-link")
    assert cast.tokens["Ana"] in answer.text
    assert cast.tokens["Ben"] not in answer.text
    assert "<svg" in answer.text
    assert cast.browser("Cleo").get(f"/rooms/{cast.rooms[1]}/personal-link").status_code == 403
    assert cast.browser("Tom").get(f"/rooms/{cast.rooms[1]}/personal-link").status_code == 409


def test_people_change_their_own_name(server, cast):
    assert (
        cast.browser("Ana").post(f"/rooms/{cast.rooms[1]}/my-name", data={"name": "Anna K"}).status_code
        == 204
    )
    assert seats_of(server, cast)[cast.seats["Ana"]].name == "Anna K"
    taken = cast.browser("Ana").post(
        f"/rooms/{cast.rooms[1]}/my-name", data={"name": "Ben"}, headers={"HX-Request": "true"}
    )
    assert taken.status_code == 409
    assert "toast" in taken.headers["hx-trigger"]


def test_a_coach_renames_moves_and_removes(server, cast):
    tom, ana = cast.browser("Tom"), cast.seats["Ana"]
    page = f"/workshops/{cast.workshop}/people"
    assert tom.post(f"/seats/{ana}/rename", data={"name": "Anna"}).headers["location"] == page
    live = tom.post(f"/seats/{ana}/move", data={"room_id": cast.rooms[2]}, headers={"HX-Request": "true"})
    assert live.status_code == 204
    assert "Anna is in Room 2 now." in live.headers["hx-trigger"]
    old_address = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}")
    assert old_address.headers["location"] == f"/rooms/{cast.rooms[2]}"
    seat = seats_of(server, cast)[ana]
    assert (seat.name, seat.room_id, seat.number) == ("Anna", cast.rooms[2], 1)
    assert cast.browser("Ana").get(f"/join/{cast.code}").headers["location"] == f"/rooms/{cast.rooms[2]}"
    assert cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[2]}/help").status_code == 204
    assert cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/help").status_code == 403
    tom.post(f"/seats/{ana}/remove")
    assert cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[2]}/help").status_code in (401, 403)


def test_programs_do_the_same(cast):
    tom, ben = cast.script("Tom"), cast.seats["Ben"]
    assert tom.post(f"/api/v1/seats/{ben}/rename", json={"name": "Benno"}).json()["name"] == "Benno"
    moved = tom.post(f"/api/v1/seats/{ben}/move", json={"room_id": cast.rooms[2]}).json()
    assert (moved["room_id"], moved["seat"]) == (cast.rooms[2], 1)
    listed = tom.get(f"/api/v1/workshops/{cast.workshop}/participants").json()
    assert {person["name"] for person in listed} == {"Ana", "Benno", "Cleo"}
    assert tom.post(f"/api/v1/seats/{ben}/remove").status_code == 204
    assert tom.post(f"/api/v1/seats/{ben}/remove").status_code == 404
    assert len(tom.get(f"/api/v1/workshops/{cast.workshop}/participants").json()) == 2


def test_a_coach_of_another_workshop_cannot_touch_anybody(cast):
    ines = cast.browser("Ines")
    for path in ("rename", "move", "remove"):
        assert ines.post(f"/seats/{cast.seats['Ana']}/{path}", data={"name": "X"}).status_code == 403


def test_nobody_is_moved_into_another_workshop(server, cast):
    async def other_room() -> str:
        async with cast.app.state.database.writing() as session:
            room = Room(workshop_id=cast.other_workshop, number=1, name="Room 1")
            session.add(room)
            return room.id

    room_id = server.portal.call(other_room)
    answer = cast.browser("Tom").post(f"/seats/{cast.seats['Ana']}/move", data={"room_id": room_id})
    assert answer.status_code == 404


def test_the_list_finds_people_and_shows_what_can_be_done(cast):
    tom = cast.browser("Tom")
    page = tom.get(f"/workshops/{cast.workshop}/people")
    assert all(name in page.text for name in ("Ana", "Ben", "Cleo", "Back to the board"))
    found = tom.get(f"/workshops/{cast.workshop}/people?find=CLE", headers={"HX-Request": "true"})
    assert "Cleo" in found.text
    assert "Ben" not in found.text
    assert "<html" not in found.text
    change = tom.get(f"/seats/{cast.seats['Ana']}/change")
    assert f'action="/seats/{cast.seats["Ana"]}/move"' in change.text
    assert "Room 2, 1 here" in change.text
    assert "Room 1," not in change.text  # Ana sits there


def test_the_list_of_one_room_has_no_other(cast):
    tom = cast.browser("Tom")
    crew = tom.get(f"/workshops/{cast.workshop}/people?room={cast.rooms[1]}").text
    assert "Ana" in crew
    assert "Cleo" not in crew
    assert f"people?room={cast.rooms[1]}" in crew  # what fetches it again after a change


def test_clearing_a_rehearsal_by_button_and_by_script(server, cast):
    tom = cast.script("Tom")
    for _ in range(2):
        tom.post("/api/v1/join", json={"code": cast.code, "name": "Sim", "simulated": True})
    assert "2 simulated" in cast.browser("Tom").get(f"/workshops/{cast.workshop}/people").text
    answer = cast.browser("Tom").post(
        f"/workshops/{cast.workshop}/rehearsal/clear", headers={"HX-Request": "true"}
    )
    assert "2 simulated people" in answer.headers["hx-trigger"]
    assert len(seats_of(server, cast)) == 3
    assert tom.post(f"/api/v1/workshops/{cast.workshop}/rehearsal/clear").status_code == 204


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


def test_the_way_back_stays_open_after_the_workshop(cast):
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    room = f"/rooms/{cast.rooms[1]}"
    page = cast.browser("Ana").get(room).text
    assert f'hx-get="{room}/personal-link"' in page[page.index('id="brief"') :]
    assert cast.tokens["Ana"] in cast.browser("Ana").get(f"{room}/personal-link").text
    again = cast.browser("nobody").post(f"/seat/{cast.tokens['Ana']}", follow_redirects=False)
    assert f"Max-Age={400 * 24 * 3600}" in again.headers["set-cookie"]
