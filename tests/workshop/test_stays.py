"""Who was there over time: the measures on plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from boathouse.workshop.stays import (
    Phase,
    Stay,
    Window,
    curve,
    left_during,
    phases_of,
    presences,
    window_of,
)

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    """That many minutes after the start."""
    return START + timedelta(minutes=minute)


def stay(seat: str, came: float, left: float, room: str = "r") -> Stay:
    """Somebody was there, in minutes."""
    return Stay(seat, room, at(came), at(left))


WINDOW = Window(at(0), at(0), at(60))


@pytest.mark.parametrize(
    ("stays", "here"),
    [
        ([], {0: 0, 60: 0}),
        ([stay("a", 0, 60)], {0: 1, 30: 1, 60: 1}),
        ([stay("a", 10, 20)], {9: 0, 10: 1, 20: 1, 21: 0}),
        ([stay("a", 0, 60), stay("b", 30, 60)], {0: 1, 29: 1, 30: 2, 60: 2}),
        ([stay("a", 0, 20), stay("a", 20, 60)], {20: 1, 21: 1}),  # came back in the same minute
        ([stay("a", 0, 30), stay("a", 10, 20, "other")], {15: 1, 25: 1, 31: 0}),  # two rooms, one person
        ([stay("a", -30, 90)], {0: 1, 60: 1}),  # before and after does not count
        ([stay("a", 70, 90), stay("b", -20, -10)], {0: 0, 60: 0}),
    ],
)
def test_the_curve_counts_people_at_each_minute(stays: list[Stay], here: dict[int, int]):
    points = dict(curve(stays, WINDOW))
    assert {minute: points[minute] for minute in here} == here


def test_a_long_workshop_has_a_curve_of_a_bounded_length():
    window = Window(at(0), at(0), at(60 * 24 * 3))
    points = curve([stay("a", 0, 60 * 24 * 3)], window)
    assert len(points) <= 302
    assert (points[0], points[-1]) == ((0, 1), (60 * 24 * 3, 1))


@pytest.mark.parametrize(
    ("stays", "came", "left", "minutes", "stayed"),
    [
        ([stay("a", 0, 60)], 0, 60, 60, True),
        ([stay("a", 0, 56)], 0, 56, 56, True),  # five minutes before the end is the end
        ([stay("a", 5, 40)], 5, 40, 35, False),
        ([stay("a", 0, 10), stay("a", 50, 60)], 0, 60, 20, True),
        ([stay("a", -10, 80)], 0, 60, 60, True),
    ],
)
def test_how_long_somebody_was_there(stays: list[Stay], came: int, left: int, minutes: int, stayed: bool):
    one = presences(stays, WINDOW)["a"]
    assert (one.came, one.left, one.minutes, one.stayed) == (came, left, minutes, stayed)


def test_whoever_came_only_before_or_after_was_not_there():
    assert presences([stay("a", -30, -20), stay("b", 70, 80)], WINDOW) == {}


@pytest.mark.parametrize(
    ("first", "begins"), [(-5, -5), (-90, -15), (20, 0)], ids=["early", "much too early", "late"]
)
def test_the_window_begins_with_the_first_arrivals(first: int, begins: int):
    window = window_of(at(0), at(60), [stay("a", first, 60)])
    assert window.minute(window.begins) == begins
    assert window.minutes == 60


def test_phases_lie_between_the_moments_at_which_they_ended():
    found = phases_of([("Why", at(10)), ("Key results", at(40))], "Reflect", WINDOW)
    assert found == [Phase("Why", 0, 10), Phase("Key results", 10, 40), Phase("Reflect", 40, 60)]
    assert phases_of([("Why", at(0))], "Reflect", WINDOW) == [Phase("Reflect", 0, 60)]


def test_who_left_is_counted_in_the_phase_and_a_phase_gone_back_to_is_one():
    phases = [Phase("Draft", 0, 20), Phase("Look", 20, 30), Phase("Draft", 30, 60)]
    stays = [stay("a", 0, 10), stay("b", 0, 25), stay("c", 0, 40), stay("d", 0, 60)]
    assert left_during(phases, presences(stays, WINDOW).values()) == [("Draft", 2), ("Look", 1)]
