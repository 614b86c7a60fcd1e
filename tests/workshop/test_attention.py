"""Attention: which room needs a human, how much, and why in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boathouse.workshop.attention import WORTH_A_LOOK, quiet_after, triage
from boathouse.workshop.board import Band, KeyResultInShort, ObjectiveInShort, RoomState, Spot
from boathouse.workshop.finding_names import NAMES

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


# ---- findings, people, comments


def spots(*codes: str, fix: bool = False) -> tuple[Spot, ...]:
    """One finding on each key result, in this order."""
    return tuple(Spot(f"key_result:{n}:statement", code, fix) for n, code in enumerate(codes))


def drafted(key_results: int) -> tuple[ObjectiveInShort, ...]:
    return (ObjectiveInShort("Returns are easy", (KeyResultInShort("Fewer calls"),) * key_results),)


@pytest.mark.parametrize(
    ("differences", "band", "words"),
    [
        (
            {"spots": spots(*["kr.output"] * 3, fix=True), "objectives": drafted(3)},
            Band.LOOK,
            ["3 tasks where results should be"],
        ),
        (
            {"spots": spots("kr.output", fix=True), "objectives": drafted(3)},
            Band.ROW,
            ["A task where a result should be"],
        ),
        ({"spots": spots("kr.no_owner"), "objectives": drafted(3)}, Band.ROW, ["A key result nobody owns"]),
        (
            {"spots": spots("kr.output", "kr.no_owner", "kr.output", fix=True), "objectives": drafted(3)},
            Band.LOOK,
            ["2 tasks where results should be"],
        ),
        ({"alone": ("Ana Lindqvist", ago(6))}, Band.LOOK, ["Only Ana has written for 6 min"]),
        ({"alone": ("Ana", ago(4))}, Band.ROW, []),
        ({"alone": ("Ana", ago(6)), "here": 2, "people": CREW[:2]}, Band.ROW, []),
        ({"alone": ("Ana", ago(6)), "done_at": ago(1)}, Band.ROW, []),
        ({"alone": ("Ana", ago(9)), "last_activity_at": ago(6)}, Band.LOOK, ["Silent 6 min"]),
        ({"uncommented_since": ago(12)}, Band.ROW, ["No comment from a coach for 12 min"]),
        ({"uncommented_since": ago(9)}, Band.ROW, []),
        (
            {"phase_started_at": ago(14), "phase_ends_at": ago(-6), "last_activity_at": ago(15)},
            Band.LOOK,
            ["Nothing written in this phase for 14 min"],
        ),
        ({"phase_ends_at": ago(12), "last_activity_at": ago(3)}, Band.LOOK, ["Silent 3 min"]),
        ({"closed": True, "help_since": ago(3)}, Band.ROW, []),
    ],
)
def test_triage_of_drafts_and_people(differences, band, words):
    verdict = triage(room(**differences), NOON)
    assert verdict.band == band
    assert [reason.text(NOON) for reason in verdict.reasons] == words


def test_findings_count_before_people_start_and_in_a_pause():
    flawed = {"spots": spots(*["kr.output"] * 3, fix=True), "objectives": drafted(3)}
    assert triage(room(**flawed, running=False), NOON).band == Band.LOOK


def test_the_same_findings_weigh_less_in_a_longer_draft():
    some = spots("kr.output", "kr.bundled", fix=True)
    short, long = (triage(room(spots=some, objectives=drafted(n)), NOON).score for n in (2, 9))
    assert short > long > 0


def test_a_coach_would_begin_at_the_worst_place():
    found = spots("kr.no_baseline", "kr.bundled")
    assert triage(room(spots=found), NOON).worst == found[0]
    assert triage(room(), NOON).worst is None


@pytest.mark.parametrize(("minutes", "expected"), [(None, 5), (60, 5), (20, 5), (12, 3), (4, 1), (1, 1)])
def test_silence_says_something_sooner_in_a_short_phase(minutes, expected):
    ends = ago(20) + timedelta(minutes=minutes) if minutes else None
    assert quiet_after(room(phase_ends_at=ends)) == timedelta(minutes=expected)


# ---- whatever the room


moments = st.integers(0, 7200).map(lambda seconds: NOON - timedelta(seconds=seconds))
maybe = st.none() | moments
codes = st.sampled_from(sorted(NAMES))
rooms = st.builds(
    RoomState,
    id=st.just("r"),
    number=st.integers(1, 50),
    name=st.just("Returns"),
    people=st.integers(0, 6).map(lambda n: CREW[:n]),
    here=st.integers(0, 6),
    help_since=maybe,
    replies=st.lists(moments, max_size=3).map(lambda some: tuple(sorted(some))),
    last_activity_at=maybe,
    running=st.booleans(),
    phase_started_at=maybe,
    phase_ends_at=st.none() | st.integers(0, 3600).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    ended=st.just(value=False),
    done_at=maybe,
    objectives=st.integers(0, 9).map(drafted),
    spots=st.lists(
        st.builds(Spot, st.integers(0, 9).map("key_result:{}:start".format), codes, st.booleans())
    ).map(tuple),
    alone=st.none() | st.tuples(st.sampled_from(["Ana", "", " "]), moments),
    uncommented_since=maybe,
)
later = st.integers(0, 7200).map(lambda seconds: NOON + timedelta(seconds=seconds))


@given(rooms, later)
def test_a_score_begins_at_nothing_and_has_words(state, moment):
    verdict = triage(state, moment)
    assert verdict.score >= 0
    assert bool(verdict.score) == bool(verdict.reasons)
    assert all(reason.text(moment).strip() for reason in verdict.reasons)
    assert triage(state, moment) == verdict


@given(rooms, later, later)
def test_waiting_never_makes_a_room_less_urgent(state, one, other):
    first, last = sorted((one, other))
    assert triage(state, first).score <= triage(state, last).score


@given(rooms, rooms, later)
def test_hands_come_before_replies_and_replies_before_everything_else(one, other, moment):
    hand = triage(replace(one, help_since=NOON), moment)
    reply = triage(replace(other, help_since=None, replies=(NOON,)), moment)
    neither = triage(replace(one, help_since=None, replies=()), moment)
    assert hand.score > reply.score > neither.score
    assert (hand.band, reply.band) == (Band.NOW, Band.NOW)
    assert neither.band != Band.NOW


@given(rooms, rooms, moments, st.integers(60, 3600))
def test_of_two_hands_the_longer_one_comes_first_whatever_else_there_is(one, other, since, longer):
    earlier = replace(one, help_since=since - timedelta(seconds=longer))
    assert triage(earlier, NOON).score > triage(replace(other, help_since=since), NOON).score


@given(rooms, st.builds(Spot, st.just("key_result:new:start"), codes, st.booleans()))
def test_one_more_finding_never_makes_a_room_less_urgent(state, spot):
    assert triage(replace(state, spots=(*state.spots, spot)), NOON).score >= triage(state, NOON).score


@given(rooms)
def test_who_needs_a_human_is_worth_a_look_and_has_a_band_by_points(state):
    verdict = triage(state, NOON)
    assert (verdict.band == Band.ROW) == (verdict.score < WORTH_A_LOOK)
