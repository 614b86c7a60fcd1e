"""Joining: codes, doors, which room, guessing."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.limits import Limits
from boathouse.workshop.guessing import Guesses
from boathouse.workshop.joining import is_expired, next_number, read_code, wrong_code
from boathouse.workshop.loads import Load, emptiest, free_seats
from boathouse.workshop.names import email_address, numbered, person_name, same_name
from boathouse.workshop.tables import Room, Seat, Status, Workshop
from boathouse.workshop.web.permits import seat_cookie


def load(number: int, seats: int, present: int) -> Load:
    return Load(
        Room(id=f"room{number}", workshop_id="w", number=number, name=f"Room {number}"), seats, present
    )


@pytest.mark.parametrize(
    "typed",
    [
        "KDMRTWXA",
        "kdmrtwxa",
        " kdmr twxa ",
        "KDMR-TWXA",
        "kd.mr.tw.xa",
        "http://host:8000/join/KDMRTWXA",
        "/join/kdmrtwxa/",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "KDMRTWXA"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the code from the shared screen. It has eight letters."),
        (" - ", "Type the code from the shared screen. It has eight letters."),
        ("KDMRTW", "Two letters are missing. The code has eight."),
        ("KDMRTWX", "One letter is missing. The code has eight."),
        ("KDMRTWXAB", "That is too long. The code has eight letters."),
        ("\x00" * 5000, "Type the code from the shared screen. It has eight letters."),
    ],
)
def test_a_code_of_the_wrong_length_says_so(typed, sentence):
    with pytest.raises(Problem) as caught:
        read_code(typed)
    assert (caught.value.message, caught.value.field) == (sentence, "code")


def test_an_impossible_code_says_which_letters_never_occur():
    assert "never I, L, O or U" in wrong_code("HELLOYOU").message
    assert "letter by letter" in wrong_code("KDMRTWXA").message


def test_the_next_person_goes_where_fewest_are_present():
    rooms = [load(1, 3, 2), load(2, 5, 1), load(3, 1, 1), load(4, 1, 1)]
    best = emptiest(rooms, size=5)
    assert best is not None
    assert best.room.number == 3  # fewest present, then fewest seats, then number


def test_a_room_that_was_shown_is_kept_only_if_nobody_is_worse_off():
    rooms = [load(1, 0, 0), load(2, 1, 0), load(3, 1, 1)]
    assert emptiest(rooms, 5, shown="room2").room.number == 2  # type: ignore[union-attr]
    assert emptiest(rooms, 5, shown="room3").room.number == 1  # type: ignore[union-attr]
    assert emptiest(rooms, 5, shown="nowhere").room.number == 1  # type: ignore[union-attr]


def test_full_rooms_take_two_more_and_then_nobody():
    assert emptiest([load(1, 5, 5), load(2, 6, 6)], 5).room.number == 1  # type: ignore[union-attr]
    assert emptiest([load(1, 7, 7), load(2, 6, 6)], 5).room.number == 2  # type: ignore[union-attr]
    assert emptiest([load(1, 7, 7), load(2, 7, 0)], 5) is None
    assert emptiest([], 5) is None


def test_spare_seats_may_be_chosen_only_once_every_room_is_full():
    rooms = [load(1, 5, 5), load(2, 4, 4)]
    assert [free_seats(room, rooms, 5) for room in rooms] == [0, 1]
    rooms = [load(1, 5, 5), load(2, 7, 4)]
    assert [free_seats(room, rooms, 5) for room in rooms] == [2, 0]


def test_the_smallest_free_number_is_given():
    assert [next_number(taken) for taken in ([], [1, 2], [2, 3], [1, 3])] == [1, 3, 1, 2]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ana   Maria ", "Ana Maria"),
        ("A\u202ena\x00", "Ana"),
        ("Zoe\u0308", "Zoë"),
        ("李雷", "李雷"),
        ("👩\u200d🚒 Jo", "👩\u200d🚒 Jo"),
        ("<b>Ana</b>", "<b>Ana</b>"),
        ("Bo\ud800", "Bo"),
    ],
)
def test_names_lose_only_what_nobody_sees(typed, name):
    assert person_name(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u202e", "x" * 81])
def test_no_name_and_far_too_long_names_are_refused(typed):
    with pytest.raises(Problem) as caught:
        person_name(typed)
    assert (caught.value.status, caught.value.field) == (422, "name")


def test_namesakes_are_told_apart_by_a_number():
    assert same_name("ANA", "ana")
    assert numbered("Ana", ["Ben"]) == "Ana"
    assert numbered("ana", ["Ana", "Ana (2)"]) == "ana (3)"
    assert len(numbered("x" * 80, ["x" * 80])) == 80


@pytest.mark.parametrize("typed", ["ana", "@", "a@", "a b@c", "x" * 250 + "@y.example"])
def test_addresses_that_are_none_are_refused(typed):
    with pytest.raises(Problem):
        email_address(typed)


def test_an_address_may_be_left_out():
    assert email_address(None) is None
    assert email_address("  ") is None
    assert email_address(" Ana@Example.org ") == "ana@example.org"


def test_a_code_lives_until_a_week_after_the_start():
    fresh = Workshop(title="x", created_at=now() - timedelta(days=60))
    assert not is_expired(fresh, now())
    assert is_expired(Workshop(title="x", created_at=now() - timedelta(days=91)), now())
    planned = Workshop(title="x", created_at=now() - timedelta(days=91), starts_at=now() + timedelta(days=1))
    assert not is_expired(planned, now())
    begun = Workshop(title="x", created_at=now(), started_at=now() - timedelta(days=8))
    assert is_expired(begun, now())


async def test_misses_are_capped_by_address():
    guesses = Guesses(Limits())
    for _ in range(100):
        await guesses.missed("1.2.3.4")
    with pytest.raises(Problem) as caught:
        await guesses.missed("1.2.3.4")
    assert caught.value.status == 429
    with pytest.raises(Problem):
        await guesses.came("1.2.3.4", "a workshop it never saw")
    await guesses.came("5.6.7.8", "that workshop")


async def test_an_address_with_people_in_a_workshop_is_never_locked_out_of_it():
    guesses = Guesses(Limits())
    await guesses.came("1.2.3.4", "ours")
    for _ in range(100):
        await guesses.missed("1.2.3.4")
    for _ in range(300):
        await guesses.came("1.2.3.4", "ours")
    with pytest.raises(Problem):
        await guesses.came("1.2.3.4", "another")


async def test_guessing_from_many_addresses_is_capped_but_spares_those_who_hardly_miss():
    guesses = Guesses(Limits())
    refused = 0
    for n in range(300):
        for _ in range(11):
            try:
                await guesses.missed(f"10.0.{n}.1")
            except Problem:
                refused += 1
    assert refused
    with pytest.raises(Problem):
        await guesses.came("10.0.299.1", "ours")
    await guesses.came("192.0.2.1", "ours")


# ---- routes


def people_in(server, cast, number: int) -> list[Seat]:
    async def look() -> list[Seat]:
        async with cast.app.state.database.reading() as session:
            query = select(Seat).where(Seat.room_id == cast.rooms[number]).order_by(Seat.number)
            return list(await session.exec(query))

    return server.portal.call(look)


def change_workshop(server, cast, **changes: object) -> None:
    async def change() -> None:
        async with cast.app.state.database.writing() as session:
            workshop = await session.get(Workshop, cast.workshop)
            for name, value in changes.items():
                setattr(workshop, name, value)
            session.add(workshop)

    server.portal.call(change)


def join(cast, browser=None, **form: str):
    browser = browser or cast.browser("nobody")
    return browser.post(f"/join/{cast.code}", data={"name": "Dora", **form})


def test_a_code_leads_to_the_seat_and_the_seat_to_the_room(server, cast):
    browser = cast.browser("nobody")
    assert "Type the code" in browser.get("/join").text
    spaced = f"{cast.code[:4].lower()} {cast.code[4:]}"
    answer = browser.post("/join", data={"code": spaced})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/join/{cast.code}")
    door = browser.get(answer.headers["location"])
    assert door.status_code == 200
    assert "Room 2" in door.text  # the emptier one
    assert "Cleo" in door.text
    answer = join(cast, browser)
    assert answer.headers["location"] == f"/rooms/{cast.rooms[2]}"
    assert browser.cookies[seat_cookie(cast.workshop)]
    assert [seat.name for seat in people_in(server, cast, 2)] == ["Dora", "Cleo"]  # seat 1 was free


def test_a_browser_with_a_seat_goes_straight_back_unless_somebody_else_is_at_it(cast):
    ana = cast.browser("Ana")
    assert ana.get(f"/join/{cast.code}").headers["location"] == f"/rooms/{cast.rooms[1]}"
    door = ana.get(f"/join/{cast.code}?another=true")
    assert door.status_code == 200
    assert "Go back as Ana" in door.text
    assert join(cast, ana).headers["location"] == f"/rooms/{cast.rooms[2]}"


def test_joining_again_with_a_seat_does_not_take_a_second_by_reloading(server, cast):
    browser = cast.browser("nobody")
    join(cast, browser)
    assert browser.get(f"/join/{cast.code}").headers["location"] == f"/rooms/{cast.rooms[2]}"
    assert len(people_in(server, cast, 2)) == 2


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("KDM", 422, "Five letters are missing. The code has eight."),
        ("ZZZZZZZZ", 404, "No workshop has this code."),
        ("", 422, "Type the code from the shared screen."),
    ],
)
def test_a_wrong_code_is_said_at_the_field_with_what_was_typed(cast, code, status, sentence):
    answer = cast.browser("nobody").post("/join", data={"code": code})
    assert answer.status_code == status
    assert sentence in answer.text
    assert f'value="{code}"' in answer.text


def test_the_door_of_a_wrong_link_asks_for_the_code(cast):
    answer = cast.browser("nobody").get("/join/ZZZZZZZZ")
    assert answer.status_code == 404
    assert "Find my workshop" in answer.text


def test_an_ended_workshop_is_closed_but_the_draft_stays_reachable(server, cast):
    change_workshop(server, cast, status=Status.ENDED)
    answer = cast.browser("nobody").get(f"/join/{cast.code}")
    assert answer.status_code == 410
    assert "has ended" in answer.text
    assert "Read my draft" not in answer.text
    assert join(cast).status_code == 410
    assert f"/rooms/{cast.rooms[1]}" in cast.browser("Ana").get(f"/join/{cast.code}?another=true").text


def test_an_old_code_lets_nobody_in(server, cast):
    change_workshop(server, cast, started_at=now() - timedelta(days=30))
    answer = join(cast)
    assert answer.status_code == 410
    assert "too old" in answer.text


def test_latecomers_are_told_where_the_workshop_stands(server, cast):
    change_workshop(server, cast, agenda_item_id=cast.agenda_items[1])
    assert "Under way: Key results, part 2 of 3." in cast.browser("nobody").get(f"/join/{cast.code}").text


def test_a_locked_workshop_still_gives_seats(server, cast):
    change_workshop(server, cast, locked=True)
    assert "closed for writing" in cast.browser("nobody").get(f"/join/{cast.code}").text
    assert join(cast).status_code == 303


def test_a_full_workshop_takes_two_more_a_room_then_says_whom_to_tell(server, cast):
    change_workshop(server, cast, room_size=1)
    assert [join(cast, name=f"Guest {n}").status_code for n in range(4)] == [303, 303, 303, 409]
    answer = join(cast)
    assert "All boats are full" in answer.text
    assert "Tell your coach" in answer.text


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"name": " "}, 422, "Write your name"),
        ({"name": "x" * 200}, 422, "more than fits on a name tag"),
        ({"name": "Cleo"}, 409, "Room 2 has somebody called Cleo already."),
        ({"name": "Dora", "email": "nowhere"}, 422, "does not look like an email address"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(cast, form, status, sentence):
    answer = join(cast, **form)
    assert answer.status_code == status
    assert sentence in answer.text
    assert f'value="{form["name"]}"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_namesake_who_insists_gets_a_number_and_never_the_others_seat(server, cast):
    browser = cast.browser("nobody")
    assert join(cast, browser, name="Cleo").status_code == 409
    assert seat_cookie(cast.workshop) not in browser.cookies
    assert join(cast, browser, name="Cleo", number="yes").status_code == 303
    assert {seat.name for seat in people_in(server, cast, 2)} == {"Cleo", "Cleo (2)"}


def test_script_in_a_name_is_text_everywhere(server, cast):
    name = "<script>alert(1)</script>"
    assert [join(cast, name=name).status_code for _ in cast.rooms] == [303, 303]
    for answer in (
        cast.browser("nobody").get(f"/join/{cast.code}"),
        join(cast, name=name),
        cast.browser("Tom").get(f"/workshops/{cast.workshop}/people"),
    ):
        assert "<script>alert" not in answer.text
        assert re.search("&lt;script&gt;alert", answer.text)


def test_a_room_is_chosen_only_if_the_coach_allows_it(server, cast):
    assert join(cast, room_id=cast.rooms[1]).headers["location"] == f"/rooms/{cast.rooms[2]}"
    assert "Choose another" not in cast.browser("nobody").get(f"/join/{cast.code}").text
    change_workshop(server, cast, rooms_are_chosen=True)
    assert "Choose another" in cast.browser("nobody").get(f"/join/{cast.code}").text
    answer = join(cast, name="Eva", room_id=cast.rooms[1])
    assert answer.headers["location"] == f"/rooms/{cast.rooms[1]}"


def test_a_chosen_room_that_has_filled_up_says_so(server, cast):
    change_workshop(server, cast, rooms_are_chosen=True, room_size=2)
    answer = join(cast, room_id=cast.rooms[1])
    assert answer.status_code == 409
    assert "has just filled up" in answer.text


def test_a_program_joins_without_token_and_its_token_serves_the_room(cast):
    nobody = cast.script("nobody")
    answer = nobody.post("/api/v1/join", json={"code": cast.code.lower(), "name": "Dora"})
    assert answer.status_code == 201
    body = answer.json()
    assert body["room_id"] == cast.rooms[2]
    assert body["room_name"] == "Room 2"
    headers = {"Authorization": f"Bearer {body['token']}"}
    assert nobody.post(f"/api/v1/rooms/{cast.rooms[2]}/help", headers=headers).status_code == 204
    assert nobody.post(f"/api/v1/rooms/{cast.rooms[1]}/help", headers=headers).status_code == 403


def test_programs_with_one_name_are_numbered(cast):
    names = [
        cast.script("nobody").post("/api/v1/join", json={"code": cast.code, "name": "P"}).json()["name"]
        for _ in range(4)
    ]
    assert sorted(names) == ["P", "P", "P (2)", "P (2)"]


def test_problems_of_programs_are_problem_documents(server, cast):
    nobody = cast.script("nobody")
    wrong = nobody.post("/api/v1/join", json={"code": "ZZZZZZZZ", "name": "Dora"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (404, "application/problem+json")
    assert nobody.post("/api/v1/join", json={"code": cast.code, "name": ""}).json()["field"] == "name"
    odd = nobody.post("/api/v1/join", content=b'{"code":"ZZZZZZZZ","name":"\\ud800"}')
    assert odd.status_code < 500
    change_workshop(server, cast, status=Status.ENDED)
    ended = nobody.post("/api/v1/join", json={"code": cast.code, "name": "Dora"})
    assert (ended.status_code, "has ended" in ended.json()["detail"]) == (410, True)


def test_only_a_coach_of_the_workshop_brings_simulated_people(server, cast):
    body = {"code": cast.code, "name": "Sim", "simulated": True}
    assert cast.script("nobody").post("/api/v1/join", json=body).status_code == 401
    assert cast.script("Ines").post("/api/v1/join", json=body).status_code == 403
    assert cast.script("Ana").post("/api/v1/join", json=body).status_code in (401, 403)
    assert cast.script("Tom").post("/api/v1/join", json=body).status_code == 201
    assert [seat.simulated for seat in people_in(server, cast, 2) if seat.name == "Sim"] == [True]


def test_guessing_codes_ends_and_three_hundred_people_behind_the_same_address_still_come_in(server, cast):
    change_workshop(server, cast, room_size=200)
    nobody = cast.script("nobody")
    first = nobody.post("/api/v1/join", json={"code": cast.code, "name": "First"})
    assert first.status_code == 201
    guesses = [
        nobody.post("/api/v1/join", json={"code": f"ZZZZZZZ{letter}", "name": "Guess"}).status_code
        for letter in "ABCDEFGHJKMNPQRSTVWXYZ" * 5
    ]
    assert guesses[0] == 404
    assert guesses[-1] == 429
    for n in range(300):
        answer = nobody.post("/api/v1/join", json={"code": cast.code, "name": f"Guest {n}"})
        assert answer.status_code == 201, answer.text


def test_everybody_is_spread_evenly_when_all_come_at_once(server, cast):
    for n in range(7):
        assert join(cast, name=f"Guest {n}").status_code == 303
    assert (len(people_in(server, cast, 1)), len(people_in(server, cast, 2))) == (5, 5)


def test_a_removed_person_may_take_a_new_seat(server, cast):
    ana = cast.browser("Ana")
    assert cast.browser("Tom").post(f"/seats/{cast.seats['Ana']}/remove").status_code == 303
    door = ana.get(f"/join/{cast.code}")
    assert door.status_code == 200
    assert "ended the seat you had" in door.text
    assert join(cast, ana).status_code == 303
