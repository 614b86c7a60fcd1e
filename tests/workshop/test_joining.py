"""The rules of joining: codes, names, where one sits, and how guessing ends."""

from datetime import timedelta

import pytest

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.limits import Limits
from boathouse.workshop.guessing import Guesses
from boathouse.workshop.joining import is_expired, next_number, read_code, wrong_code
from boathouse.workshop.loads import Load, emptiest, free_seats
from boathouse.workshop.names import email_address, numbered, person_name, same_name
from boathouse.workshop.tables import Room, Workshop


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
