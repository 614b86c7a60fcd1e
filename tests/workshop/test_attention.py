"""Attention: which room needs a human, how much, and why in words."""

from datetime import UTC, datetime, timedelta

import pytest

from boathouse.workshop.attention import triage
from boathouse.workshop.board import Band, ObjectiveInShort, RoomState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CREW = ("Ana", "Ben", "Cleo", "Dan", "Eva")


def ago(minutes: float) -> datetime:
    return NOON - timedelta(minutes=minutes)


def room(**differences) -> RoomState:
    """A crew of five at work; tests say what is different."""
    usual = {
        "id": "r",
        "number": 14,
        "name": "Returns",
        "people": CREW,
        "here": 5,
        "running": True,
        "phase_started_at": ago(20),
        "last_activity_at": ago(1),
        "objectives": (ObjectiveInShort("Returns are easy"),),
    }
    return RoomState(**usual | differences)


@pytest.mark.parametrize(
    ("differences", "band", "words"),
    [
        ({}, Band.ROW, []),
        ({"help_since": ago(3)}, Band.NOW, ["Hand up 3 min"]),
        ({"help_since": NOON}, Band.NOW, ["Hand up just now"]),
        ({"replies": (ago(5),)}, Band.NOW, ["Reply open 5 min"]),
        ({"replies": (ago(65), ago(2))}, Band.NOW, ["2 replies open, 1 h 5 min"]),
        ({"help_since": ago(3), "replies": (ago(5),)}, Band.NOW, ["Hand up 3 min", "Reply open 5 min"]),
        ({"help_since": ago(3), "here": 0}, Band.NOW, ["Hand up 3 min", "Nobody here"]),
        ({"last_activity_at": ago(4.9)}, Band.ROW, []),
        ({"last_activity_at": ago(6)}, Band.LOOK, ["Silent 6 min"]),
        ({"last_activity_at": None, "objectives": ()}, Band.LOOK, ["Nothing on paper for 20 min"]),
        ({"last_activity_at": ago(60), "phase_started_at": ago(2)}, Band.ROW, []),
        ({"last_activity_at": ago(6), "running": False}, Band.ROW, []),
        ({"last_activity_at": ago(6), "done_at": ago(1)}, Band.ROW, []),
        ({"last_activity_at": ago(6), "here": 0}, Band.LOOK, ["Nobody here"]),
        ({"here": 2}, Band.LOOK, ["Only 2 of 5 here"]),
        ({"here": 3}, Band.ROW, []),
        ({"people": (), "here": 0}, Band.ROW, []),
        ({"people": (), "here": 0, "running": False}, Band.ROW, []),
        ({"help_since": ago(3), "running": False}, Band.NOW, ["Hand up 3 min"]),
        ({"help_since": ago(3), "running": False, "ended": True}, Band.ROW, []),
    ],
)
def test_triage(differences, band, words):
    verdict = triage(room(**differences), NOON)
    assert verdict.band == band
    assert [reason.text(NOON) for reason in verdict.reasons] == words


def test_the_longest_waiting_hand_comes_first_then_replies():
    rooms = [
        room(number=1, help_since=ago(1)),
        room(number=2, help_since=ago(9), replies=(ago(2),)),
        room(number=3, replies=(ago(30),)),
        room(number=4, replies=(ago(40), ago(1))),
    ]
    order = sorted(rooms, key=lambda each: -triage(each, NOON).score)
    assert [each.number for each in order] == [2, 1, 4, 3]


def test_worth_a_look_begins_with_the_longest_silence():
    rooms = [
        room(number=2, here=1),
        room(number=3, last_activity_at=ago(6)),
        room(number=4, last_activity_at=ago(9)),
    ]
    order = sorted(rooms, key=lambda each: -triage(each, NOON).score)
    assert [each.number for each in order] == [4, 3, 2]


def test_a_room_without_a_crew_needs_nobody_and_says_so_without_alarm():
    never = room(number=1, people=(), here=0, last_activity_at=None)
    moved = room(number=2, people=(), here=0)
    assert [triage(each, NOON).score for each in (never, moved)] == [0, 0]
    assert [each.vacancy for each in (room(), never, moved)] == ["", "Nobody has joined", "Nobody sits here"]
