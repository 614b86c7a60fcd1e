"""Seats on pages and by script: the personal link, names, moves, the list of people."""

import pytest
from sqlmodel import select

from boathouse.workshop.tables import Room, Seat
from boathouse.workshop.web.permits import seat_cookie


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
    assert all(name in page.text for name in ("Ana", "Ben", "Cleo", "Back to the wall"))
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


def test_the_way_back_stays_open_after_the_workshop(cast):
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    room = f"/rooms/{cast.rooms[1]}"
    page = cast.browser("Ana").get(room).text
    assert f'hx-get="{room}/personal-link"' in page[page.index('id="brief"') :]
    assert cast.tokens["Ana"] in cast.browser("Ana").get(f"{room}/personal-link").text
    again = cast.browser("nobody").post(f"/seat/{cast.tokens['Ana']}", follow_redirects=False)
    assert f"Max-Age={400 * 24 * 3600}" in again.headers["set-cookie"]
