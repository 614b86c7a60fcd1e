"""How long workshops are kept: the rule, which are due, and what people are told."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import update

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.workshop.retention import (
    Kept,
    Retention,
    due,
    is_over,
    kept_of,
    last_done,
    said_since,
)
from boathouse.workshop.tables import Comment, Room, Seat, Status, Visit, Workshop
from tests.cast import Cast
from tests.ended import LONG_AGO, MONTH, end
from tests.rows import in_database

EVENING = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def ended(at: datetime, **fields: object) -> Workshop:
    """A workshop that was ended then."""
    return Workshop(title="Wave 1", status=Status.ENDED, started_at=at, ended_at=at, **fields)


# ---- the rule


@pytest.mark.parametrize(
    ("workshop", "last_done", "until"),
    [
        (ended(EVENING), None, date(2026, 12, 22)),
        (ended(EVENING), EVENING + timedelta(days=9), date(2026, 12, 22)),  # reading it later is no matter
        (Workshop(title="x", status=Status.RUNNING), EVENING, date(2026, 12, 22)),
        (Workshop(title="x", status=Status.PAUSED), EVENING, date(2026, 12, 22)),
        (Workshop(title="x", status=Status.SCHEDULED), EVENING, None),
        (Workshop(title="x", status=Status.SCHEDULED, starts_at=EVENING), None, None),
    ],
)
def test_a_workshop_is_kept_for_days_from_its_end_or_from_when_it_was_left(workshop, last_done, until):
    assert MONTH.kept_until(workshop, last_done) == until


def test_without_a_period_everything_stays():
    assert Retention(None, LONG_AGO).kept_until(ended(EVENING)) is None


def test_reopening_and_ending_again_moves_the_day():
    workshop = ended(EVENING)
    workshop.ended_at = EVENING + timedelta(days=3)
    assert MONTH.kept_until(workshop) == date(2026, 12, 25)


def test_nothing_goes_within_a_week_of_the_first_notice():
    since = date(2026, 11, 22)
    old = ended(EVENING - timedelta(days=900))
    assert Retention(30, since).kept_until(old) == date(2026, 11, 29)
    assert Retention(1, since).kept_until(ended(EVENING)) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        (datetime(2026, 12, 22, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 23, 11, 59, tzinfo=UTC), False),  # still the 22nd on Baker Island
        (datetime(2026, 12, 23, 12, 0, tzinfo=UTC), True),
    ],
)
def test_a_day_counts_until_it_has_ended_everywhere(moment, over):
    assert is_over(date(2026, 12, 22), moment) is over
    assert is_over(None, moment) is False


@pytest.mark.parametrize(
    ("days", "left", "soon"), [(0, 30, False), (22, 8, False), (23, 7, True), (31, 0, True)]
)
def test_pages_say_it_louder_in_the_last_week(days, left, soon):
    told = MONTH.told(ended(EVENING), EVENING + timedelta(days=days))
    assert told == Kept(date(2026, 12, 22), left, soon)


def test_nobody_at_work_hears_of_a_short_period():
    running, week = Workshop(title="W", status=Status.RUNNING), Retention(5, LONG_AGO)
    assert week.told(running, EVENING, last_done=EVENING) == Kept(date(2026, 11, 27), 5, False)
    tomorrow = EVENING + timedelta(days=1)
    assert week.told(running, tomorrow, last_done=EVENING) == Kept(date(2026, 11, 27), 4, True)
    assert week.told(ended(EVENING), EVENING) == Kept(date(2026, 11, 27), 5, True)


# ---- since when it is said


def test_the_first_notice_is_remembered_over_restarts(tmp_path: Path):
    file, monday, friday = tmp_path / "retention", date(2026, 11, 23), date(2026, 11, 27)
    assert said_since(file, 180, monday) == monday
    assert said_since(file, 180, friday) == monday
    assert said_since(file, 365, friday) == monday  # longer: nobody loses anything by it
    assert said_since(file, 30, friday) == friday  # shorter: a new notice
    assert said_since(file, None, friday) == friday
    assert not file.exists()
    assert said_since(file, 30, friday) == friday


@pytest.mark.parametrize("strange", ["", "180", "x y", "180 yesterday", "180 2026-11-01 again"])
def test_a_strange_note_counts_as_none(tmp_path: Path, strange: str):
    file = tmp_path / "retention"
    file.write_text(strange)
    assert said_since(file, 180, date(2026, 11, 22)) == date(2026, 11, 22)


# ---- which are due


async def kept_workshop(
    database: Database, workshop: Workshop, *, active: datetime | None = None
) -> Workshop:
    """Store it with a room. active: when somebody typed there."""
    room = Room(workshop_id=workshop.id, number=1, name="Room 1", last_activity_at=active)
    async with database.writing() as session:
        session.add(workshop)
        await session.flush()
        session.add(room)
    return workshop


async def test_due_are_those_whose_time_is_over_the_oldest_first(database):
    new = await kept_workshop(database, ended(EVENING - timedelta(days=30)))
    old = await kept_workshop(database, ended(EVENING - timedelta(days=40)))
    older = await kept_workshop(database, ended(EVENING - timedelta(days=400)))
    begun = EVENING - timedelta(days=50)
    left = Workshop(title="left", status=Status.PAUSED, started_at=begun, created_at=begun)
    await kept_workshop(database, left, active=begun + timedelta(hours=2))
    used = Workshop(title="used", status=Status.RUNNING, started_at=begun, created_at=begun)
    await kept_workshop(database, used, active=EVENING - timedelta(days=2))
    await kept_workshop(database, Workshop(title="planned", created_at=begun))
    async with database.reading() as session:
        assert [each.id for each in await due(session, MONTH, EVENING)] == [older.id, left.id, old.id]
        assert await due(session, Retention(None, LONG_AGO), EVENING) == []
        assert await due(session, Retention(30, EVENING.date()), EVENING) == []  # said today: a week's notice
        kept = await kept_of(session, MONTH, [new, used], EVENING)
    assert {key: each.until for key, each in kept.items()} == {
        new.id: EVENING.date(),
        used.id: EVENING.date() + timedelta(days=28),
    }


async def test_whoever_comes_writes_or_comments_has_done_something(database):
    begun = EVENING - timedelta(days=50)
    workshop = Workshop(title="x", status=Status.RUNNING, created_at=begun, started_at=begun)
    room = Room(workshop_id=workshop.id, number=1, name="Room 1")
    seat = Seat(workshop_id=workshop.id, room_id=room.id, number=1, name="Ana", created_at=begun)
    async with database.writing() as session:
        session.add(workshop)
        await session.flush()
        session.add(room)
        await session.flush()
        session.add(seat)
    for n, trace in enumerate(
        [
            Seat(workshop_id=workshop.id, room_id=room.id, number=2, name="Ben"),
            Visit(room_id=room.id, seat_id=seat.id, came_at=begun),
            Comment(room_id=room.id, body="Why?", author_name="Ana"),
        ],
        1,
    ):
        moment = begun + timedelta(days=n)
        setattr(trace, "last_seen_at" if isinstance(trace, Visit) else "created_at", moment)
        async with database.writing() as session:
            session.add(trace)
        async with database.reading() as session:
            assert await last_done(session, [workshop.id]) == {workshop.id: moment}


# ---- what people are told


PLAIN = "Kept until <time"
WHAT = "deleted with its drafts, names and comments"


def test_a_coach_reads_the_last_day_beside_the_way_to_take_everything_along(cast):
    last = end(cast, 2)
    page = cast.browser("Tom").get(f"/workshops/{cast.workshop}").text
    assert f'{PLAIN} datetime="{last}">{last.day} {last:%B %Y}</time>. Then this workshop is {WHAT}' in page
    assert 'class="banner"' not in page
    assert f'datetime="{last}"' in cast.browser("Tom").get("/workshops").text
    state = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}").json()
    assert state["kept_until"] == str(last)


def test_in_the_last_week_it_stands_in_a_banner(cast):
    last = end(cast, 27)
    page = cast.browser("Tom").get(f"/workshops/{cast.workshop}").text
    assert '<div class="banner">' in page
    assert f"{last:%B %Y}</time>, 3 more days." in page
    assert "lastday--soon" in cast.browser("Tom").get("/workshops").text
    room = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    assert "3 more days." in room
    assert WHAT in room
    end(cast, 30)
    assert "which is today." in cast.browser("Tom").get(f"/workshops/{cast.workshop}").text


def leave_alone(cast: Cast, since: datetime) -> None:
    """Nobody has done anything in the cast's workshop since then."""

    async def write(session):
        workshop = await session.get_one(Workshop, cast.workshop)
        workshop.created_at = workshop.started_at = workshop.phase_started_at = since
        workshop.phase_ends_at = since
        await session.exec(update(Room).values(last_activity_at=since))
        await session.exec(update(Visit).values(last_seen_at=since))
        for table in (Seat, Comment):
            await session.exec(update(table).values(created_at=since))

    in_database(cast, write)


def test_one_that_was_left_is_kept_on_by_whoever_goes_on_with_it(cast):
    cast.app.state.retention = Retention(5, LONG_AGO)
    address = f"/workshops/{cast.workshop}"
    assert 'class="banner"' not in cast.browser("Tom").get(address).text  # people are at work
    leave_alone(cast, now() - timedelta(days=2))
    page = cast.browser("Tom").get(address).text
    assert "3 more days.</b> Unless somebody goes on with it, it is then deleted with" in page


def test_participants_read_it_on_their_page(cast):
    last = end(cast, 2)
    room = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    assert "The workshop has ended." in room
    assert f'kept until <time datetime="{last}">' in room
    assert WHAT in room


def test_a_reopened_workshop_counts_from_its_reopening(cast):
    end(cast, 29)
    state = cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/reopen").json()
    assert state["kept_until"] == str(now().date() + timedelta(days=30))


@pytest.mark.parametrize("name", ["Tom", "Ana"])
def test_where_everything_is_kept_nothing_is_said(cast, name):
    end(cast, 900, Retention(None, LONG_AGO))
    path = f"/workshops/{cast.workshop}" if name == "Tom" else f"/rooms/{cast.rooms[1]}"
    page = cast.browser(name).get(path).text
    assert "ept until" not in page
    state = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}").json()
    assert state["kept_until"] is None
