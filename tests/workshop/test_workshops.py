"""Workshops: made, run, copied, deleted; as pages and as the API of the contract."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, select

from boathouse.core.people import Invitation
from boathouse.workshop.tables import (
    Comment,
    DocumentUpdate,
    DraftCopy,
    KeyResult,
    Room,
    RoomNote,
    Workshop,
)
from boathouse.workshop.workshops import shelf_of
from tests.watching import pushed, watch

FORM = {"title": "Wave 2", "rooms": "3", "room_size": "4", "agenda": "one-hour"}


def rows(server, cast, table: type[SQLModel], *where: object) -> list:
    async def look() -> list:
        async with cast.app.state.database.reading() as session:
            return list(await session.exec(select(table).where(*where)))

    return server.portal.call(look)


def add(server, cast, *new: SQLModel) -> None:
    async def write() -> None:
        async with cast.app.state.database.writing() as session:
            session.add_all(new)

    server.portal.call(write)


def the_workshop(server, cast) -> Workshop:
    return rows(server, cast, Workshop, Workshop.id == cast.workshop)[0]


# ---- creating


def test_four_answers_make_a_workshop_and_its_lobby_has_link_code_and_qr(server, cast):
    browser = cast.browser("Ines")
    answer = browser.post("/workshops", data=FORM)
    assert answer.status_code == 303
    lobby = browser.get(answer.headers["location"]).text
    code = re.search(r'value="http://testserver/join/([A-Z]{8})"', lobby)
    assert code
    assert f"{code[1][:4]}</span>" in lobby
    assert '<svg role="img" aria-label="QR code' in lobby
    workshop = rows(server, cast, Workshop, Workshop.code == code[1])[0]
    assert (workshop.title, workshop.room_size) == ("Wave 2", 4)
    assert workshop.ground_rules["max_objectives"] == 3
    rooms = rows(server, cast, Room, Room.workshop_id == workshop.id)
    assert [(room.number, room.name) for room in rooms] == [(1, "Room 1"), (2, "Room 2"), (3, "Room 3")]


def test_a_pasted_list_names_the_rooms(server, cast):
    names = "Returns\r\n\r\n  Warranty \nDepot South"
    answer = cast.browser("Ines").post("/workshops", data=FORM | {"names": names, "rooms": "50"})
    workshop_id = answer.headers["location"].rpartition("/")[2]
    rooms = rows(server, cast, Room, Room.workshop_id == workshop_id)
    assert [room.name for room in rooms] == ["Returns", "Warranty", "Depot South"]


def test_the_day_is_taken_in_the_time_of_the_browser(server, cast):
    form = FORM | {"day": "2027-08-18", "start": "10:00", "offset": "-120"}
    answer = cast.browser("Ines").post("/workshops", data=form)
    workshop_id = answer.headers["location"].rpartition("/")[2]
    workshop = rows(server, cast, Workshop, Workshop.id == workshop_id)[0]
    assert workshop.starts_at == datetime(2027, 8, 18, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "  ", "Give it a name of at most 120 letters."),
        ("title", "x" * 121, "Give it a name of at most 120 letters."),
        ("rooms", "0", "A number from 1 to 1000, please."),
        ("rooms", "1001", "A number from 1 to 1000, please."),
        ("rooms", "many", "A number from 1 to 1000, please."),
        ("room_size", "13", "A number from 1 to 12, please."),
        ("names", "y" * 81, "with names of at most 80 letters."),
        ("day", "someday", "That time could not be read."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_is_kept(server, cast, field, value, sentence):
    before = len(rows(server, cast, Workshop))
    answer = cast.browser("Ines").post("/workshops", data=FORM | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert value in answer.text
    assert "Wave 2" in answer.text or field == "title"
    assert len(rows(server, cast, Workshop)) == before


def test_leaders_and_viewers_look_and_make_none(cast):
    for name in ("Leo", "Vera"):
        assert "New workshop" not in cast.browser(name).get("/workshops").text
        assert cast.browser(name).post("/workshops", data=FORM).status_code == 403


# ---- lists


def test_a_coach_sees_their_own_workshops_and_owners_and_leaders_all(server, cast):
    for name, sees in {"Tom": 1, "Ines": 1, "Mara": 2, "Leo": 2, "Vera": 2}.items():
        listed = cast.script(name).get("/api/v1/workshops").json()
        assert len(listed) == sees, name


def test_the_shelf_has_what_runs_what_is_planned_and_what_was(server, cast):
    cast.script("Mara").post(f"/api/v1/workshops/{cast.workshop}/end")

    async def look():
        from boathouse.core.people import Person

        async with cast.app.state.database.reading() as session:
            return await shelf_of(session, await session.get(Person, cast.people["Mara"]))

    shelf = server.portal.call(look)
    assert [w.id for w in shelf.earlier] == [cast.workshop]
    assert [w.id for w in shelf.planned] == [cast.other_workshop]
    assert shelf.live == []


# ---- running it, as the contract has it


# ---- what a step does around the clock


# ---- around it


def test_settings_change_name_day_and_choice_of_room(server, cast):
    form = {"title": "Wave one", "day": "2027-01-02", "start": "09:30", "rooms_are_chosen": "yes"}
    assert cast.browser("Tom").post(f"/workshops/{cast.workshop}/settings", data=form).status_code == 303
    workshop = the_workshop(server, cast)
    assert (workshop.title, workshop.rooms_are_chosen) == ("Wave one", True)
    assert workshop.starts_at == datetime(2027, 1, 2, 9, 30, tzinfo=UTC)
    answer = cast.browser("Tom").post(
        f"/workshops/{cast.workshop}/settings", data=form | {"title": " "}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422


def test_an_invitation_makes_a_colleague_a_coach_of_this_workshop(cast):
    page = cast.browser("Tom").post(f"/workshops/{cast.workshop}/facilitators").text
    link = re.search(r'value="http://testserver(/invitations/[^"]+)"', page)
    assert link
    ines = cast.browser("Ines")
    assert ines.get(f"/workshops/{cast.workshop}").status_code == 403
    assert ines.post(link[1]).headers["location"] == f"/workshops/{cast.workshop}/board"
    assert ines.get(f"/workshops/{cast.workshop}").status_code == 200
    assert cast.browser("Ines").get(link[1]).status_code == 410


def test_a_duplicate_has_rooms_and_agenda_and_nobody_in_it(server, cast):
    answer = cast.browser("Tom").post(f"/workshops/{cast.workshop}/copies")
    copy_id = answer.headers["location"].rpartition("/")[2]
    state = cast.script("Tom").get(f"/api/v1/workshops/{copy_id}").json()
    assert state["title"] == "Alder & Finch, wave 1 (copy)"
    assert [room["name"] for room in state["rooms"]] == ["Room 1", "Room 2"]
    assert [item["title"] for item in state["agenda"]] == ["Why we are here", "Key results", "Reflect"]
    assert (state["status"], state["counts"]["people"], state["counts"]["objectives"]) == ("scheduled", 0, 0)


def test_deleting_asks_for_the_name(server, cast):
    answer = cast.browser("Tom").post(f"/workshops/{cast.workshop}/delete", data={"title": "something"})
    assert answer.status_code == 422
    assert the_workshop(server, cast)


def test_deleting_leaves_nothing_in_any_table(server, cast):
    room = cast.rooms[1]
    add(
        server,
        cast,
        Comment(room_id=room, body="Why?", author_name="Tom", person_id=cast.people["Tom"]),
        DocumentUpdate(room_id=room, body=b"x"),
        DraftCopy(room_id=room, moment="End"),
        RoomNote(room_id=room, author_name="Ana", body="kept"),
    )
    cast.browser("Tom").post(f"/workshops/{cast.workshop}/facilitators")
    answer = cast.browser("Tom").post(
        f"/workshops/{cast.workshop}/delete", data={"title": "Alder & Finch, wave 1"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/workshops")
    kept = {"person", "apitoken", "session", "workshop", "facilitator"}  # accounts, and the other workshop

    async def counted() -> dict[str, int]:
        tables = [each for each in SQLModel.__subclasses__() if hasattr(each, "__table__")]
        async with cast.app.state.database.reading() as session:
            return {
                table.__tablename__: (await session.exec(select(func.count()).select_from(table))).one()
                for table in tables
                if not table.__module__.startswith("boathouse.rollout.")
            }

    left = server.portal.call(counted)
    assert {name for name, count in left.items() if count} <= kept
    assert (left["workshop"], left["facilitator"]) == (1, 1)  # Ines's
    assert rows(server, cast, Invitation) == []
    assert rows(server, cast, KeyResult) == []


def test_deleting_ends_every_socket_for_good(server, cast):
    with watch(server, cast, "Ana", f"/rooms/{cast.rooms[1]}/live") as socket:
        pushed(socket, brief="Why we are here")
        cast.browser("Tom").post(
            f"/workshops/{cast.workshop}/delete", data={"title": "Alder & Finch, wave 1"}
        )
        while (message := socket.receive())["type"] != "websocket.close":
            pass
        assert message["code"] == 4410
        assert message["reason"] == "This workshop was deleted with everything in it."
