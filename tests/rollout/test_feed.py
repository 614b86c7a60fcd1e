"""The calendar file: read back by its library and by the rules of RFC 5545, in every time zone."""

import itertools
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as some

from boathouse.rollout.calendars import PlannedCycle, ProgramCalendar
from boathouse.rollout.cycles import CycleDate, Rhythm, dates_of, spans
from boathouse.rollout.decisions import Parameter
from boathouse.rollout.events import Kind, minutes_of
from boathouse.rollout.feed import write_feed
from boathouse.rollout.meetings import moment, times_of
from boathouse.rollout.parameter_questions import QUESTIONS
from boathouse.rollout.parameters import Key
from boathouse.rollout.recommendations import Situation, recommend
from boathouse.rollout.tables.cycles import CalendarSettings
from boathouse.rollout.tables.programs import Program

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
BUSY = Rhythm(
    cadence={"company": "monthly", "department": "biweekly", "team": "weekly", "individual": "weekly"}
)


def a_calendar(
    zone: str = "Europe/Berlin",
    first: date = date(2027, 1, 1),
    months: int = 3,
    name: str = "Alder & Finch",
    meets_at: str = "10:00",
    fixed: bool = True,
    revision: int = 0,
) -> ProgramCalendar:
    """A year of cycles, as a program would have them."""
    program = Program(id="0123456789ab", name=name, time_zone=zone)
    cycles = [
        PlannedCycle(span, BUSY, fixed, dates=dates_of(span, BUSY))
        for span in spans(1, first, months, first + timedelta(300))
    ]
    key_months, key_cadence = (
        Parameter(QUESTIONS[key], recommend(key, Situation()))
        for key in (Key.CYCLE_MONTHS, Key.CHECK_IN_CADENCE)
    )
    settings = CalendarSettings(
        program_id=program.id,
        meets_at=meets_at,
        revision=revision,
        changed_at=datetime(2026, 11, 22, 10, tzinfo=UTC),
    )
    return ProgramCalendar(program, settings, key_months, key_cadence, cycles, first)


def events_of(calendar: ProgramCalendar) -> list[icalendar.Event]:
    """What another program reads."""
    return icalendar.Calendar.from_ical(write_feed(calendar, "https://okr.example/c")).events


def test_lines_are_folded_and_end_as_they_must():
    name = ", ".join(["Zażółć gęślą jaźń"] * 6)
    text = write_feed(a_calendar(name=name), "https://okr.example/c")
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    lines = text.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    unfolded = re.sub(rb"\r\n[ \t]", b"", text).decode()
    assert "X-WR-CALNAME:" + f"OKRs, {name}".replace(",", "\\,") in unfolded
    for line in unfolded.splitlines():
        assert re.match(r"[A-Z-]+[;:]", line), line


def test_what_goes_in_comes_out():
    calendar = a_calendar()
    events = {str(event["uid"]): event for event in events_of(calendar)}
    zone = ZoneInfo("Europe/Berlin")
    for cycle in calendar.cycles:
        times = times_of(cycle.dates, "10:00")
        for each in cycle.dates:
            event = events.pop(f"0123456789ab-{cycle.span.number}-{each.key.replace(':', '-')}@boathouse")
            begins, ends = event.decoded("dtstart"), event.decoded("dtend")
            if each.key in times:
                assert begins == datetime.combine(each.on, times[each.key][0], zone)
                assert ends - begins == timedelta(minutes=minutes_of(each.kind, each.level))
            else:
                assert (begins, ends) == (each.on, each.on + timedelta(1))
    assert not events


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"])
def test_another_library_reads_the_same(zone):
    text = write_feed(a_calendar(zone), "https://okr.example/c")
    read = vobject.readOne(text.decode())
    assert read.validate()
    ours = icalendar.Calendar.from_ical(text).events
    assert [each.uid.value for each in read.vevent_list] == [str(event["uid"]) for event in ours]
    for each, event in zip(read.vevent_list, ours, strict=True):
        begins = event.decoded("dtstart")
        assert each.dtstart.value == begins
        assert each.summary.value == str(event["summary"])
        if isinstance(begins, datetime):
            assert each.dtstart.value.utcoffset() == begins.utcoffset()


@given(
    some.sampled_from(ZONES), some.dates(date(2026, 1, 1), date(2076, 12, 31)), some.times(time(6), time(22))
)
def test_clocks_show_the_same_hour_in_every_zone_and_season(zone, day, at):
    each = CycleDate("draft", Kind.DRAFT, day, day)
    there = moment(each, at, ZoneInfo(zone))
    assert there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, at)


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"]
)
def test_a_reader_finds_the_hour_on_both_sides_of_a_change_of_clocks(zone):
    calendar = a_calendar(zone)
    feed = icalendar.Calendar.from_ical(write_feed(calendar, "https://okr.example/c"))
    assert {each.tz_name for each in feed.timezones} == {zone}
    starts = [event.decoded("dtstart") for event in feed.events]
    meetings = [start for start in starts if isinstance(start, datetime)]
    assert len({start.utcoffset() for start in meetings}) == (1 if zone == "Asia/Kolkata" else 2)
    days = {each.on for cycle in calendar.cycles for each in cycle.dates}
    for start in meetings:
        there = start.astimezone(UTC).astimezone(ZoneInfo(zone))
        assert there.time() >= time(10)
        assert there.date() in days


@pytest.mark.parametrize("meets_at", ["06:00", "17:59"])
def test_nobody_is_booked_twice_on_a_day(meets_at):
    spoken_for: dict[date, list] = {}
    for cycle in a_calendar(meets_at=meets_at).cycles:
        times = times_of(cycle.dates, meets_at)
        for each in cycle.dates:
            if each.key in times:
                spoken_for.setdefault(each.on, []).append(times[each.key])
    for meetings in spoken_for.values():
        assert all(begins < ends for begins, ends in meetings)  # none runs over midnight
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(meetings))


def test_every_event_has_an_identity_of_its_own_that_stays():
    before, after = events_of(a_calendar()), events_of(a_calendar(meets_at="14:00", revision=1))
    identities = [str(event["uid"]) for event in before]
    assert len(set(identities)) == len(identities)
    assert [str(event["uid"]) for event in after] == identities
    assert {event["sequence"] for event in before} == {0}
    assert {event["sequence"] for event in after} == {1}


def test_a_proposal_is_tentative():
    assert {str(event["status"]) for event in events_of(a_calendar(fixed=False))} == {"TENTATIVE"}
    assert {str(event["status"]) for event in events_of(a_calendar())} == {"CONFIRMED"}


def test_nothing_changes_without_a_reason():
    assert write_feed(a_calendar(), "https://okr.example/c") == write_feed(
        a_calendar(), "https://okr.example/c"
    )
