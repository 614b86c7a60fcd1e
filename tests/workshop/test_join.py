"""Joining: codes, doors, which room, guessing."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from boathouse.core.clock import now
from boathouse.workshop.tables import Invitee, Seat, Status, Workshop
from boathouse.workshop.web.permits import seat_cookie

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


def give_room(server, cast, number: int) -> None:
    """The roster's one line has this room."""

    async def give() -> None:
        async with cast.app.state.database.writing() as session:
            (await session.get_one(Invitee, cast.invitee)).room_id = cast.rooms[number]

    server.portal.call(give)


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


def test_a_program_says_which_room(server, cast):
    def sit(**body):
        return cast.script("nobody").post("/api/v1/join", json={"code": cast.code, "name": "Dora", **body})

    assert sit().json()["room_id"] == cast.rooms[2]  # the emptier one
    chosen = sit(room_id=cast.rooms[1])
    assert (chosen.status_code, chosen.json()["room_id"]) == (201, cast.rooms[1])
    elsewhere = sit(room_id="000000000000")
    assert (elsewhere.status_code, elsewhere.json()["field"]) == (422, "room_id")
    change_workshop(server, cast, room_size=1)  # and two more in each, now that all are full
    assert sit(room_id=cast.rooms[1]).status_code == 409


def test_where_the_coach_gave_out_rooms_only_a_coachs_script_says_which(server, cast):
    def sit(who="nobody", **body):
        wanted = {"code": cast.code, "name": "Edda Holm", **body}
        return cast.script(who).post("/api/v1/join", json=wanted)

    give_room(server, cast, 1)
    refused = sit(room_id=cast.rooms[2])
    assert (refused.status_code, refused.json()["field"]) == (403, "room_id")
    assert "Leave room_id out" in refused.json()["detail"]
    assert sit("Ines", room_id=cast.rooms[2]).status_code == 403, "a coach, but not of this workshop"
    assert sit(room_id=cast.rooms[1]).json()["room_id"] == cast.rooms[1], "it is theirs"
    assert sit("Tom", room_id=cast.rooms[2]).json()["room_id"] == cast.rooms[2]
    change_workshop(server, cast, rooms_are_chosen=True)
    assert sit(room_id=cast.rooms[2]).json()["room_id"] == cast.rooms[2]


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


def test_a_coach_who_tried_a_seat_and_removed_it_still_runs_the_workshop(server, cast):
    tom = cast.browser("Tom")
    room = tom.post(f"/join/{cast.code}", data={"name": "Tom tries"}).headers["location"]
    seat = next(
        seat for seat in people_in(server, cast, 1) + people_in(server, cast, 2) if seat.name == "Tom tries"
    )
    assert tom.post(f"/seats/{seat.id}/remove").status_code == 303
    assert tom.get(f"/workshops/{cast.workshop}/board").status_code == 200
    assert tom.get(room).status_code == 200
