"""The state machine of a workshop: pure, one transition a test."""

from datetime import UTC, datetime, timedelta

import pytest

from boathouse.core.errors import Problem
from boathouse.workshop import phases
from boathouse.workshop.phases import clock_of, spoken
from boathouse.workshop.tables import AgendaItem, StageView, Status, Workshop

NOON = datetime(2027, 8, 18, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.fixture
def items() -> list[AgendaItem]:
    return [
        AgendaItem(id=f"p{n}", workshop_id="w", position=n, title=title, minutes=minutes)
        for n, (title, minutes) in enumerate([("Why", 10), ("Key results", 20), ("Reflect", 5)])
    ]


@pytest.fixture
def workshop() -> Workshop:
    return Workshop(title="Wave 1")


@pytest.fixture
def running(workshop, items) -> Workshop:
    phases.start(workshop, items, NOON)
    return workshop


def refused(step, *args) -> str:
    with pytest.raises(Problem) as caught:
        step(*args)
    assert caught.value.status == 409
    return caught.value.message


def test_it_starts_with_the_first_phase_and_its_deadline(running):
    assert running.status == Status.RUNNING
    assert running.agenda_item_id == "p0"
    assert running.started_at == NOON
    assert running.phase_ends_at == after(600)


def test_it_starts_once(running, items):
    assert refused(phases.start, running, items, NOON) == "This workshop has started already."


def test_it_does_not_start_without_a_phase(workshop):
    assert "Add a phase" in refused(phases.start, workshop, [], NOON)


@pytest.mark.parametrize(
    "step", [phases.next_phase, phases.previous_phase, phases.pause, phases.resume, phases.end]
)
def test_nothing_goes_on_before_the_start(workshop, items, step):
    assert refused(step, workshop, items, NOON) == "This workshop has not started yet."


def test_the_next_phase_has_its_whole_time(running, items):
    phases.next_phase(running, items, after(100))
    assert running.agenda_item_id == "p1"
    assert running.phase_ends_at == after(100 + 1200)


def test_after_the_last_phase_comes_only_the_end(running, items):
    running.agenda_item_id = "p2"
    assert "last phase" in refused(phases.next_phase, running, items, NOON)


def test_it_goes_back_but_not_before_the_first(running, items):
    phases.next_phase(running, items, NOON)
    phases.previous_phase(running, items, after(10))
    assert running.agenda_item_id == "p0"
    assert running.phase_ends_at == after(610)
    assert "first phase" in refused(phases.previous_phase, running, items, NOON)


def test_a_pause_keeps_the_seconds_that_were_left(running, items):
    phases.pause(running, items, after(200))
    assert running.status == Status.PAUSED
    assert running.phase_ends_at is None
    phases.resume(running, items, after(1000))
    assert running.status == Status.RUNNING
    assert running.phase_ends_at == after(1400)
    assert running.paused_seconds_left is None


def test_pausing_twice_and_resuming_twice_say_so(running, items):
    assert "running already" in refused(phases.resume, running, items, NOON)
    phases.pause(running, items, NOON)
    assert "paused already" in refused(phases.pause, running, items, NOON)


def test_the_next_phase_ends_a_pause(running, items):
    phases.pause(running, items, after(200))
    phases.next_phase(running, items, after(300))
    assert running.status == Status.RUNNING
    assert running.paused_seconds_left is None


@pytest.mark.parametrize(
    ("at", "seconds", "ends"),
    [
        (100, 60, 660),  # a minute more
        (100, -60, 540),
        (590, -60, 590),  # never before now
        (720, 60, 780),  # past the deadline the minute counts from now
    ],
)
def test_a_phase_is_extended(running, at, seconds, ends):
    phases.extend(running, after(at), seconds)
    assert running.phase_ends_at == after(ends)


def test_a_paused_phase_is_extended(running, items):
    phases.pause(running, items, after(300))
    phases.extend(running, after(400), 300)
    assert running.paused_seconds_left == 600


def test_time_that_is_up_cannot_be_shortened(running):
    assert "up already" in refused(phases.extend, running, after(700), -60)


def test_the_end_locks_and_cannot_come_twice(running, items):
    phases.end(running, items, after(60))
    assert (running.status, running.locked, running.ended_at) == (Status.ENDED, True, after(60))
    assert refused(phases.end, running, items, NOON) == "This workshop has ended."
    assert "Reopen" in refused(phases.start, running, items, NOON)
    assert "Reopen" in refused(phases.unlock, running, items, NOON)


def test_an_end_is_taken_back_where_it_was_paused_with_open_drafts(running, items):
    phases.next_phase(running, items, NOON)
    phases.end(running, items, after(200))
    phases.reopen(running, items, after(5000))
    assert (running.status, running.locked, running.ended_at) == (Status.PAUSED, False, None)
    assert running.agenda_item_id == "p1"
    assert running.paused_seconds_left == 1000
    assert running.phase_started_at == after(5000)  # nobody counts as silent for the time between
    assert "has not ended" in refused(phases.reopen, running, items, NOON)


def test_a_reopened_workshop_whose_phase_was_removed_goes_on_with_the_last(running, items):
    phases.end(running, items, NOON)
    phases.reopen(running, items[1:], NOON)
    assert running.agenda_item_id == "p2"


def test_drafts_are_locked_and_unlocked_once(workshop, items):
    phases.lock(workshop, items, NOON)
    assert "locked already" in refused(phases.lock, workshop, items, NOON)
    phases.unlock(workshop, items, NOON)
    assert "open already" in refused(phases.unlock, workshop, items, NOON)


def test_a_new_phase_takes_the_stage_back(running, items):
    running.stage_view, running.stage_room_id = StageView.JOIN, "room"
    phases.next_phase(running, items, NOON)
    assert (running.stage_view, running.stage_room_id) == (StageView.AUTO, None)


def test_no_clock_before_the_start_and_after_the_end(workshop, items):
    assert clock_of(workshop, items, NOON) is None
    phases.start(workshop, items, NOON)
    phases.end(workshop, items, NOON)
    assert clock_of(workshop, items, NOON) is None


def test_the_clock_of_a_running_phase_has_a_deadline(running, items):
    clock = clock_of(running, items, after(2))
    assert clock is not None
    assert (clock.ends_at, clock.left, clock.label) == ("2027-08-18T12:10:00.000Z", None, "9:58")
    assert (clock.minutes, clock.phase, clock.is_paused) == (10, "Why", False)


def test_the_clock_of_a_paused_phase_has_seconds(running, items):
    phases.pause(running, items, after(90))
    clock = clock_of(running, items, after(500))
    assert clock is not None
    assert (clock.ends_at, clock.left, clock.label, clock.is_paused) == (None, 510, "8:30", True)


@pytest.mark.parametrize(
    ("seconds", "label"),
    [
        (698, "11:38"),
        (7200, "120:00"),
        (0.4, "0:00"),
        (-59, "0:00"),
        (-60, "1 min over"),
        (-150, "2 min over"),
    ],
)
def test_time_is_said_calmly(seconds, label):
    assert spoken(seconds) == label
