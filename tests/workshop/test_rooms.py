"""Rooms: added, renamed, closed while people sit there; the hand, the tick, words kept for copying."""

import pytest
from sqlmodel import select

from boathouse.core.database import Database
from boathouse.core.errors import Problem
from boathouse.workshop.rooms import (
    add_rooms,
    ask_help,
    close_room,
    drop_note,
    keep_note,
    label,
    mark_done,
    notes,
    open_rooms,
    rename_room,
)
from boathouse.workshop.seats import crew
from boathouse.workshop.tables import Room, Seat, Workshop


def nobody(room_id: str) -> tuple[str, ...]:
    return ()


async def workshop_with(database: Database, *crews: int, size: int = 5) -> tuple[Workshop, list[Room]]:
    """Rooms with so many people each."""
    workshop = Workshop(title="Pilot", room_size=size)
    async with database.writing() as session:
        session.add(workshop)
        await session.flush()
        rooms = await add_rooms(session, workshop.id, len(crews))
        await session.flush()
        for room, count in zip(rooms, crews, strict=True):
            session.add_all(
                Seat(workshop_id=workshop.id, room_id=room.id, number=n, name=f"P{room.number}-{n}")
                for n in range(1, count + 1)
            )
    return workshop, rooms


@pytest.mark.parametrize(
    ("number", "name", "called"),
    [
        (14, "Returns", "Room 14, Returns"),
        (14, "Room 14", "Room 14"),
        (14, "room 14", "Room 14"),
        (3, "", "Room 3"),
    ],
)
def test_a_room_is_called_by_its_number_and_a_name_of_its_own(number, name, called):
    assert label(Room(workshop_id="w", number=number, name=name)) == called


async def test_new_rooms_get_numbers_that_were_never_used(database):
    workshop, rooms = await workshop_with(database, 0, 0)
    async with database.writing() as session:
        await close_room(session, workshop, rooms[1].id, nobody)
        added = await add_rooms(session, workshop.id, names=["Returns", " ", "Depot"])
        assert [(room.number, room.name) for room in added] == [(3, "Returns"), (4, "Depot")]
    async with database.reading() as session:
        assert [room.number for room in await open_rooms(session, workshop.id)] == [1, 3, 4]


async def test_rooms_are_added_within_reason(database):
    workshop, _ = await workshop_with(database, 0)
    for count, status in ((0, 422), (1000, 409)):
        with pytest.raises(Problem) as caught:
            async with database.writing() as session:
                await add_rooms(session, workshop.id, count)
        assert caught.value.status == status


async def test_a_workshop_that_is_deleted_meanwhile_gets_no_room(database):
    with pytest.raises(Problem) as problem:
        async with database.writing() as session:
            await add_rooms(session, "gone", 1)
    assert problem.value.status == 404


async def test_a_name_is_tidied_and_bounded(database):
    _, (room,) = await workshop_with(database, 0)
    async with database.writing() as session:
        assert (await rename_room(session, room.id, "  The \x00 Depot ")).name == "The Depot"
    for name in ("", "x" * 81):
        with pytest.raises(Problem):
            async with database.writing() as session:
                await rename_room(session, room.id, name)


async def test_the_people_of_a_closed_room_go_one_by_one_to_the_emptiest(database):
    workshop, (one, two, three) = await workshop_with(database, 3, 2, 1)
    async with database.writing() as session:
        moved = await close_room(session, workshop, one.id, nobody)
    assert len(moved) == 3
    async with database.reading() as session:
        assert [len(await crew(session, room.id)) for room in (one, two, three)] == [0, 3, 3]
        assert sorted(seat.number for seat in await crew(session, three.id)) == [1, 2, 3]


async def test_they_go_together_where_the_coach_says_even_beyond_the_size(database):
    workshop, (one, two, _) = await workshop_with(database, 3, 2, 0, size=2)
    async with database.writing() as session:
        moved = await close_room(session, workshop, one.id, nobody, into=two.id)
    assert {seat.room_id for seat in moved} == {two.id}


async def test_closing_never_leaves_people_without_a_room(database):
    workshop, (one, two) = await workshop_with(database, 6, 9, size=1)
    async with database.writing() as session:
        await close_room(session, workshop, one.id, nobody)
        assert len(await crew(session, two.id)) == 15
    for room, into, status in ((two, None, 409), (one, None, 409), (two, one.id, 409), (two, two.id, 409)):
        with pytest.raises(Problem) as caught:
            async with database.writing() as session:
                await close_room(session, workshop, room.id, nobody, into)
        assert caught.value.status == status


async def test_a_closed_room_needs_nobody(database):
    workshop, (one, _) = await workshop_with(database, 1, 1)
    async with database.writing() as session:
        await ask_help(session, one.id, True)
        await close_room(session, workshop, one.id, nobody)
    async with database.reading() as session:
        assert (await session.get_one(Room, one.id)).help_since is None


async def test_a_hand_that_is_up_keeps_its_place_in_the_queue(database):
    _, (room,) = await workshop_with(database, 1)
    async with database.writing() as session:
        first = (await ask_help(session, room.id, True)).help_since
        assert (await ask_help(session, room.id, True)).help_since == first
        assert (await ask_help(session, room.id, False)).help_since is None


async def test_the_tick_is_set_once_and_taken_back(database):
    _, (room,) = await workshop_with(database, 1)
    async with database.writing() as session:
        first = (await mark_done(session, room.id, True)).done_at
        assert first is not None
        assert (await mark_done(session, room.id, True)).done_at == first
        assert (await mark_done(session, room.id, False)).done_at is None


async def test_words_are_kept_until_somebody_has_them(database):
    _, (one, two) = await workshop_with(database, 0, 0)
    async with database.writing() as session:
        note = await keep_note(session, one.id, "Ana", " unsent\x00 words ")
        with pytest.raises(Problem):
            await keep_note(session, one.id, "Ana", " \x00 ")
    async with database.writing() as session:
        assert [kept.body for kept in await notes(session, one.id)] == ["unsent words"]
        with pytest.raises(Problem):
            await drop_note(session, two.id, note.id)
        await drop_note(session, one.id, note.id)
    async with database.reading() as session:
        assert await notes(session, one.id) == []


# ---- routes


def room_of(server, cast, number: int) -> Room:
    async def look() -> Room:
        async with cast.app.state.database.reading() as session:
            query = select(Room).where(Room.workshop_id == cast.workshop, Room.number == number)
            return (await session.exec(query)).one()

    return server.portal.call(look)


@pytest.mark.parametrize("who", ["Ana", "Tom"])
def test_the_hand_goes_up_and_down_on_page_and_api(server, cast, who):
    path = f"/rooms/{cast.rooms[1]}/help"
    assert cast.browser(who).post(path).status_code == 204
    assert room_of(server, cast, 1).help_since is not None
    assert cast.script(who).delete(f"/api/v1{path}").status_code == 204
    assert room_of(server, cast, 1).help_since is None
    assert cast.script(who).post(f"/api/v1{path}").status_code == 204
    assert cast.browser(who).delete(path).status_code == 204
    assert room_of(server, cast, 1).help_since is None


def test_the_tick_of_a_crew(server, cast):
    path = f"/rooms/{cast.rooms[1]}/done"
    assert cast.browser("Ana").post(path).status_code == 204
    assert room_of(server, cast, 1).done_at is not None
    assert cast.script("Tom").delete(f"/api/v1{path}").status_code == 204
    assert room_of(server, cast, 1).done_at is None


def test_unsent_words_go_to_the_room_their_writer_is_in_now(server, cast):
    cast.browser("Tom").post(f"/seats/{cast.seats['Ana']}/move", data={"room_id": cast.rooms[2]})
    ana = cast.browser("Ana")
    words = "<b>half a sentence"
    assert ana.post(f"/rooms/{cast.rooms[1]}/notes", data={"body": words}).status_code == 204
    page = ana.get(f"/rooms/{cast.rooms[2]}").text
    assert "&lt;b&gt;half a sentence" in page
    note_id = page.split('name="note_id" value="')[1].split('"')[0]
    away = ana.post(f"/rooms/{cast.rooms[2]}/notes/put-away", data={"note_id": note_id})
    assert away.status_code == 204
    assert "half a sentence" not in ana.get(f"/rooms/{cast.rooms[2]}").text


def test_a_coach_adds_renames_and_closes(server, cast):
    tom = cast.browser("Tom")
    assert (
        tom.post(f"/workshops/{cast.workshop}/rooms", data={"names": "Depot\nReturns\n"}).status_code == 303
    )
    assert room_of(server, cast, 4).name == "Returns"
    one = tom.post(f"/workshops/{cast.workshop}/rooms", data={"count": "1"}, headers={"HX-Request": "true"})
    assert "Room 5 is open." in one.headers["hx-trigger"]
    tom.post(f"/rooms/{cast.rooms[1]}/rename", data={"name": "Pickers"})
    assert label(room_of(server, cast, 1)) == "Room 1, Pickers"
    closed = tom.post(
        f"/rooms/{cast.rooms[1]}/close", data={"into": cast.rooms[2]}, headers={"HX-Request": "true"}
    )
    assert "2 people have moved." in closed.headers["hx-trigger"]
    assert room_of(server, cast, 1).closed_at is not None
    again = tom.post(f"/rooms/{cast.rooms[1]}/close", headers={"HX-Request": "true"})
    assert again.status_code == 409
    assert "is closed" in again.headers["hx-trigger"]
    assert cast.browser("Ana").get(f"/rooms/{cast.rooms[2]}").status_code == 200


def test_programs_do_the_same(cast):
    tom = cast.script("Tom")
    added = tom.post(f"/api/v1/workshops/{cast.workshop}/rooms", json={"count": 2})
    assert added.status_code == 201
    assert [(room["number"], room["name"]) for room in added.json()] == [(3, "Room 3"), (4, "Room 4")]
    renamed = tom.post(f"/api/v1/rooms/{added.json()[0]['id']}/rename", json={"name": "Depot"})
    assert renamed.json()["name"] == "Depot"
    assert tom.post(f"/api/v1/rooms/{cast.rooms[1]}/close", json={}).status_code == 204
    merged = tom.post(f"/api/v1/rooms/{cast.rooms[2]}/merge", json={"into": added.json()[0]["id"]})
    assert (merged.status_code, merged.json()["name"]) == (200, "Depot")
    wrong = tom.post(f"/api/v1/rooms/{cast.rooms[2]}/merge", json={"into": "nowhere"})
    assert wrong.status_code == 404


def test_the_room_shows_its_people_and_buttons(cast):
    page = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    for words in ('id="roster"', "Ana", "Ben", 'id="hand"', 'id="dock-hand"', "Raise hand", 'id="my-seat"'):
        assert words in page
