"""Personal links, and joining with the code as somebody on the roster."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from boathouse.core.clock import now
from boathouse.workshop.loads import Load, emptiest, free_seats
from boathouse.workshop.tables import Invitee, Room, Seat, Status, Workshop
from boathouse.workshop.web.permits import seat_cookie
from tests.cast import Cast


def change(server, table, id: str, **values: object) -> None:
    """Write values into a row."""

    async def write() -> None:
        async with server.app.state.database.writing() as session:
            row = await session.get(table, id)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)

    server.portal.call(write)


def seats(server, cast: Cast, room: int) -> list[str]:
    """Names of who sits in a room."""

    async def read() -> list[str]:
        async with server.app.state.database.reading() as session:
            query = select(Seat.name).where(Seat.room_id == cast.rooms[room], Seat.removed_at == None)  # noqa: E711
            return sorted(await session.exec(query))

    return server.portal.call(read)


@pytest.fixture
def link(server, cast: Cast) -> str:
    """The path of Edda's link; room 1, the fuller one, is hers."""
    change(server, Invitee, cast.invitee, room_id=cast.rooms[1])
    answer = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/invitees").json()
    return urlsplit(answer["invitees"][0]["link"]).path


def test_a_link_seats_that_person_in_the_room_they_were_given(server, cast, link):
    browser = cast.browser("nobody")
    page = browser.get(link)
    assert "Welcome, Edda Holm" in page.text
    assert "Edda Holm" not in seats(server, cast, 1)  # looking takes no seat
    answer = browser.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/rooms/{cast.rooms[1]}")
    assert browser.cookies[seat_cookie(cast.workshop)]
    assert seats(server, cast, 1) == ["Ana", "Ben", "Edda Holm"]
    assert "Has come" in cast.browser("Tom").get(f"/workshops/{cast.workshop}/roster").text


def test_a_second_opening_and_another_device_lead_to_the_same_seat(server, cast, link):
    laptop, phone = cast.browser("nobody"), cast.browser("nobody")
    laptop.post(link)
    assert laptop.get(link).headers["location"] == f"/rooms/{cast.rooms[1]}"
    assert "Welcome back" in phone.get(link).text
    assert phone.post(link).status_code == 303
    assert phone.cookies[seat_cookie(cast.workshop)] == laptop.cookies[seat_cookie(cast.workshop)]
    assert seats(server, cast, 1) == ["Ana", "Ben", "Edda Holm"]


def test_a_link_follows_the_seat_where_a_coach_moved_it(server, cast, link):
    cast.browser("nobody").post(link)
    line = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/invitees").json()["invitees"][0]
    cast.script("Tom").post(f"/api/v1/seats/{line['participant_id']}/move", json={"room_id": cast.rooms[2]})
    assert cast.browser("nobody").post(link).headers["location"] == f"/rooms/{cast.rooms[2]}"


def test_the_given_room_takes_its_person_however_full_it_is(server, cast, link):
    change(server, Workshop, cast.workshop, room_size=1)
    for n in range(2):
        cast.script("nobody").post("/api/v1/join", json={"code": cast.code, "name": f"Guest {n}"})
    assert cast.browser("nobody").post(link).headers["location"] == f"/rooms/{cast.rooms[1]}"


def test_without_a_room_the_emptiest_is_chosen(server, cast, link):
    change(server, Invitee, cast.invitee, room_id=None)
    assert "A room is chosen for you" in cast.browser("nobody").get(link).text
    assert cast.browser("nobody").post(link).headers["location"] == f"/rooms/{cast.rooms[2]}"


def test_ended_and_wrong_links_say_so(server, cast, link):
    nobody = cast.browser("nobody")
    assert "not complete" in nobody.get(link[:-3]).text
    assert nobody.post(link[:-3]).status_code == 404
    seat = f"/welcome/{cast.tokens['Ana']}"  # a seal of another kind
    assert nobody.get(seat).status_code == 404
    change(server, Workshop, cast.workshop, status=Status.ENDED)
    assert (nobody.get(link).status_code, nobody.post(link).status_code) == (410, 410)
    change(server, Workshop, cast.workshop, status=Status.RUNNING)
    cast.script("Tom").delete(f"/api/v1/invitees/{cast.invitee}")
    assert (nobody.get(link).status_code, "has ended" in nobody.get(link).text) == (404, True)


def test_whoever_has_a_seat_reads_on_after_the_end(server, cast, link):
    cast.browser("nobody").post(link)
    change(server, Workshop, cast.workshop, status=Status.ENDED)
    assert cast.browser("nobody").post(link).headers["location"] == f"/rooms/{cast.rooms[1]}"


@pytest.mark.parametrize(
    "typed", [{"name": "edda  HOLM"}, {"name": "E.", "email": "Edda@Finch.example"}, {"name": "Edda Holm"}]
)
def test_with_the_code_a_name_or_address_of_the_roster_leads_to_its_room(server, cast, link, typed):
    answer = cast.browser("nobody").post(f"/join/{cast.code}", data=typed)
    assert answer.headers["location"] == f"/rooms/{cast.rooms[1]}"
    assert "Came with the code" in cast.browser("Tom").get(f"/workshops/{cast.workshop}/roster").text


def test_typing_an_address_takes_over_nobodys_seat(server, cast, link):
    """Neither a seat that is taken, nor one that is taken later with the link."""
    thief, edda = cast.browser("nobody"), cast.browser("nobody")
    thief.post(f"/join/{cast.code}", data={"name": "Edda Holm", "email": "edda@finch.example"})
    page = edda.get(link)
    assert "Somebody has joined as Edda Holm with the code. Was that you?" in page.text
    edda.post(link)
    assert edda.cookies[seat_cookie(cast.workshop)] != thief.cookies[seat_cookie(cast.workshop)]
    assert seats(server, cast, 1) == ["Ana", "Ben", "Edda Holm", "Edda Holm (2)"]
    late = cast.browser("nobody")
    late.post(f"/join/{cast.code}", data={"name": "E", "email": "edda@finch.example"})
    mine = {each.cookies[seat_cookie(cast.workshop)] for each in (thief, edda, late)}
    assert len(mine) == 3


def test_the_browser_that_joined_with_the_code_brings_its_seat_along(server, cast, link):
    browser = cast.browser("nobody")
    browser.post(f"/join/{cast.code}", data={"name": "Edda Holm"})
    assert browser.post(link).status_code == 303
    assert seats(server, cast, 1) == ["Ana", "Ben", "Edda Holm"]
    assert "Welcome back" in cast.browser("nobody").get(link).text


def test_an_address_typed_again_and_again_does_not_overfill_a_room(server, cast, link):
    change(server, Workshop, cast.workshop, room_size=2)
    rooms = [
        cast.script("nobody").post(
            "/api/v1/join", json={"code": cast.code, "name": f"G{n}", "email": "edda@finch.example"}
        ).json()["room_id"]
        for n in range(4)
    ]  # fmt: skip
    assert rooms == [cast.rooms[1], cast.rooms[1], cast.rooms[2], cast.rooms[2]]


def test_seats_are_kept_for_the_roster_until_everybody_could_have_come(server, cast, link):
    change(server, Invitee, cast.invitee, room_id=cast.rooms[2])  # Cleo is there, two sit in room 1
    change(server, Workshop, cast.workshop, started_at=now())
    door = cast.browser("nobody").get(f"/join/{cast.code}").text
    assert "Your coach has a list of who sits where." in door
    change(server, Workshop, cast.workshop, started_at=now() - timedelta(minutes=16))
    assert "Your coach has a list" not in cast.browser("nobody").get(f"/join/{cast.code}").text


def test_rooms_that_wait_for_people_count_as_fuller():
    def load(number: int, seats: int, expected: int) -> Load:
        room = Room(id=f"r{number}", workshop_id="w", number=number, name="")
        return Load(room, seats, seats, expected)

    loads = [load(1, 0, 5), load(2, 3, 0)]
    assert emptiest(loads, 5).room.number == 2
    assert free_seats(loads[0], loads, 5) == 0
    assert emptiest([load(1, 0, 7), load(2, 7, 0)], 5).room.number == 1  # better than nowhere
    assert emptiest([load(1, 7, 0)], 5) is None
