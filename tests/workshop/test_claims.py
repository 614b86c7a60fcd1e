"""Claims: two coaches never take the same room without knowing."""

import pytest

from boathouse.workshop.claims import Look, Looking
from boathouse.workshop.tables import Room


@pytest.fixture
def claimed(cast, server):
    """Whose claim a room of the cast holds now: a name, or None."""
    names = {person_id: name for name, person_id in cast.people.items()}

    async def read(number):
        async with cast.app.state.database.reading() as session:
            room = await session.get(Room, cast.rooms[number])
            return names.get(room.claimed_by)

    return lambda number: server.portal.call(read, number)


def claim(cast, name, number=1, **form):
    return cast.browser(name).post(
        f"/rooms/{cast.rooms[number]}/claim", data=form, headers={"hx-request": "true"}
    )


def release(cast, name, number=1):
    return cast.browser(name).delete(f"/rooms/{cast.rooms[number]}/claim")


def test_a_claim_is_held_and_given_back(cast, claimed):
    assert claim(cast, "Tom").status_code == 204
    assert claimed(1) == "Tom"
    assert claim(cast, "Tom").status_code == 204
    assert release(cast, "Tom").status_code == 204
    assert claimed(1) is None


def test_a_room_claimed_in_the_meantime_says_who_has_it(cast, claimed):
    claim(cast, "Tom")
    answer = claim(cast, "Mara")
    assert answer.status_code == 409
    assert "Tom is on room 1 already" in answer.headers["hx-trigger"]
    assert claimed(1) == "Tom"


def test_taking_over_works_only_from_whom_one_saw(cast, claimed):
    claim(cast, "Tom")
    assert claim(cast, "Mara", instead_of=cast.people["Tom"]).status_code == 204
    assert claimed(1) == "Mara"
    assert claim(cast, "Tom", instead_of=cast.people["Ines"]).status_code == 409


def test_releasing_what_passed_to_somebody_else_leaves_it_to_them(cast, claimed):
    claim(cast, "Tom")
    claim(cast, "Mara", instead_of=cast.people["Tom"])
    assert release(cast, "Tom").status_code == 204
    assert claimed(1) == "Mara"


@pytest.mark.parametrize("name", ["Leo", "Vera", "Ines", "Ana"])
def test_only_those_who_run_the_workshop_claim(cast, claimed, name):
    assert claim(cast, name).status_code == 403
    assert claimed(1) is None


def test_the_board_and_the_drawer_show_the_claim(cast):
    claim(cast, "Tom")
    coach = cast.browser("Mara")
    html = coach.get(f"/workshops/{cast.workshop}/board").text
    assert f'data-claimed="person:{cast.people["Tom"]}"' in html
    assert "Tom is on it" in html
    assert "on 1" in html  # beside Tom's name in the head
    assert "Take over" in coach.get(f"/rooms/{cast.rooms[1]}/drawer").text


def test_looking_names_the_rooms_whose_tiles_change():
    looking, page = Looking(), object()
    first, second = Look("person:t", "Tom", "room 1"), Look("person:t", "Tom", "room 2")
    assert looking.look("w", page, first) == {"room 1"}
    assert looking.look("w", page, first) == set()
    assert looking.look("w", page, second) == {"room 1", "room 2"}
    assert looking.at("w") == [second]
    assert looking.look("w", page, None) == {"room 2"}
    assert looking.at("w") == []
    assert not looking.pages
