"""The rhythm of cycles: cases, and what holds for every cycle, cadence and holiday over fifty years."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from boathouse.rollout.closed_days import working_week
from boathouse.rollout.cycles import (
    BIWEEKLY,
    FEWEST_DAYS,
    MONTHLY,
    WEEKLY,
    CycleDate,
    Rhythm,
    Span,
    TooShort,
    dates_of,
    first_start,
    spans,
)
from boathouse.rollout.days import WorkingWeek, add_months, days_between
from boathouse.rollout.events import Kind
from boathouse.rollout.moved_dates import Impossible, check_move
from boathouse.rollout.parameters import LEVELS

STEPS = [Kind.DRAFT, Kind.FINALISE, Kind.REVIEW, Kind.CLOSE, Kind.SCORE, Kind.RESET]
EVERYBODY = {"company": MONTHLY, "team": BIWEEKLY, "individual": WEEKLY}

firsts = some.dates(date(2026, 1, 1), date(2076, 12, 31))
cycles = some.builds(lambda first, months: spans(1, first, months, first)[0], firsts, some.integers(1, 12))
cadences = some.dictionaries(some.sampled_from(LEVELS), some.sampled_from([WEEKLY, BIWEEKLY, MONTHLY]))
weekends = some.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset()])


@some.composite
def planned(draw) -> tuple[Span, Rhythm]:
    """A cycle with days off strewn over it, and how often each level checks in."""
    span = draw(cycles)
    days = days_between(span.first, span.last)
    off = draw(some.lists(some.sampled_from(days), max_size=len(days) // 2))
    week = WorkingWeek(draw(weekends), dict.fromkeys(off, "closed"))
    assume(len(week.open_days(span.first, span.last)) >= FEWEST_DAYS)
    return span, Rhythm(week, draw(cadences), draw(some.integers(0, 6)))


def steps(dates: list[CycleDate]) -> list[CycleDate]:
    """Without the check-ins, in the order of their rules."""
    return sorted((each for each in dates if each.kind in STEPS), key=lambda each: STEPS.index(each.kind))


def keeps_the_rules(span: Span, rhythm: Rhythm, dates: list[CycleDate], apart: int) -> None:
    """In the cycle, on days of work, in order. apart: days between two steps."""
    assert all(span.holds(each.on) and rhythm.week.is_open(each.on) for each in dates)
    line = steps(dates)
    assert [each.kind for each in line] == STEPS
    assert all((other.on - one.on).days >= apart for one, other in pairwise(line))
    for level in LEVELS:
        own = [each.on for each in dates if each.level == level]
        assert own == sorted(set(own))
        assert all(line[1].on < day < line[3].on for day in own)
        assert not own or level in rhythm.cadence
    assert len({each.key for each in dates}) == len(dates)
    assert [each.on for each in dates] == sorted(each.on for each in dates)


@given(planned())
def test_dates_stay_in_the_cycle_on_days_of_work_and_in_order(plan):
    keeps_the_rules(*plan, dates_of(*plan), apart=1)


@given(planned(), some.data())
def test_whatever_is_moved_the_rules_still_hold(plan, data):
    span, rhythm = plan
    keys = [each.key for each in dates_of(span, rhythm)]
    around = some.dates(span.first - timedelta(40), span.last + timedelta(40))
    moves = data.draw(some.dictionaries(some.sampled_from(keys), around))
    dates = dates_of(span, rhythm, moves)
    keeps_the_rules(span, rhythm, dates, apart=0)
    for each in dates:
        assert each.on == moves[each.key] if each.moved else each.on == each.planned
        assert each.key not in moves or moves[each.key] in (each.on, each.set_aside)


@given(planned(), some.data())
def test_a_move_that_is_allowed_is_made_and_moves_no_other_step(plan, data):
    span, rhythm = plan
    before = dates_of(span, rhythm)
    event = data.draw(some.sampled_from(before))
    to = data.draw(some.dates(span.first - timedelta(3), span.last + timedelta(3)))
    try:
        moved = check_move(span, rhythm, {}, event.key, to)
    except Impossible:
        return
    assert moved.on == to
    after = dates_of(span, rhythm, {event.key: to})
    unchanged = [each for each in steps(after) if each.key != event.key]
    assert unchanged == [each for each in steps(before) if each.key != event.key]


@given(planned(), planned(), some.data())
def test_moved_dates_stay_moved_when_other_inputs_change(plan, other_plan, data):
    """The same cycle with another cadence or other holidays: a move that still fits is where it was put."""
    span, rhythm = plan
    event = data.draw(some.sampled_from(steps(dates_of(span, rhythm))))
    day = data.draw(some.sampled_from(rhythm.week.open_days(span.first, span.last)))
    again = Rhythm(rhythm.week, other_plan[1].cadence, other_plan[1].check_in_weekday)
    one, other = (
        next(each for each in dates_of(span, how, {event.key: day}) if each.key == event.key)
        for how in (rhythm, again)
    )
    assert one == other


@given(firsts, some.integers(1, 12), some.integers(0, 2000))
def test_cycles_follow_one_another_without_a_gap(first, months, days):
    until = first + timedelta(days)
    found = spans(4, first, months, until)
    assert found[0].first == first
    assert found[0].number == 4
    assert found[-1].holds(until)
    for one, other in pairwise(found):
        assert other.first == one.last + timedelta(1)
        assert other.number == one.number + 1
    for place, span in enumerate(found):
        assert span.first == add_months(first, place * months)


@given(firsts, some.integers(1, 12), some.integers(1, 12))
def test_the_first_cycle_begins_with_a_month_and_keeps_step_with_the_fiscal_year(day, months, fiscal):
    start = first_start(day, months, fiscal)
    assert start >= day
    assert start.day == 1
    assert (start.month - fiscal) % 12 % months == 0
    assert (start - day).days <= 31 * min(months, 12)
    if 12 % months == 0:  # then every later cycle does too, for ever
        later = spans(1, start, months, start + timedelta(2000))
        assert all((span.first.month - fiscal) % 12 % months == 0 for span in later)


@pytest.mark.filterwarnings("ignore:Requested Holidays are available only")
@given(
    some.sampled_from(["DE", "FR", "GB", "US", "JP", "IN", "BR", "ZA", "AE", "IL", "CN"]),
    firsts,
    some.integers(1, 12),
)
def test_no_date_is_on_a_public_holiday(country, first, months):
    span = spans(1, first, months, first)[0]
    week = working_week(country, "", [], span.first, span.last)
    rhythm = Rhythm(week, EVERYBODY)
    keeps_the_rules(span, rhythm, dates_of(span, rhythm), apart=1)


@pytest.mark.parametrize(
    ("day", "months", "fiscal", "start"),
    [
        ("2027-01-01", 3, 1, "2027-01-01"),
        ("2027-01-02", 3, 1, "2027-04-01"),
        ("2027-02-10", 4, 1, "2027-05-01"),
        ("2027-02-10", 3, 2, "2027-05-01"),
        ("2027-02-10", 6, 7, "2027-07-01"),
        ("2027-11-30", 12, 1, "2028-01-01"),
        ("2028-02-29", 1, 1, "2028-03-01"),
        ("2027-02-10", 5, 1, "2027-06-01"),
        ("2027-12-31", 3, 4, "2028-01-01"),
    ],
)
def test_when_the_first_cycle_starts(day, months, fiscal, start):
    assert first_start(date.fromisoformat(day), months, fiscal) == date.fromisoformat(start)


def test_a_quarter_as_people_expect_it():
    span = Span(1, date(2027, 1, 1), date(2027, 3, 31))
    week = WorkingWeek(closed={date(2027, 1, 1): "New Year's Day", date(2027, 3, 26): "Good Friday"})
    dates = dates_of(span, Rhythm(week, {"company": MONTHLY, "team": BIWEEKLY}))
    steps_on = {each.key: each.on.isoformat()[5:] for each in steps(dates)}
    assert steps_on == {
        "draft": "01-07",
        "finalise": "01-18",
        "review": "02-16",
        "close": "03-23",
        "score": "03-25",
        "reset": "03-31",
    }
    by_level = {
        level: [each.on.isoformat()[5:] for each in dates if each.level == level]
        for level in ("company", "team")
    }
    assert by_level == {"company": ["02-02", "03-02"], "team": ["02-02", "02-16", "03-02", "03-16"]}


def test_a_leap_day_is_a_day_like_others():
    span = spans(1, date(2028, 2, 1), 1, date(2028, 2, 1))[0]
    assert span.last == date(2028, 2, 29)
    assert dates_of(span, Rhythm())[-1].on == date(2028, 2, 29)


def test_a_check_in_on_a_holiday_goes_to_the_next_working_day():
    span = Span(1, date(2027, 1, 1), date(2027, 3, 31))
    off = date(2027, 2, 9)
    usual = dates_of(span, Rhythm(WorkingWeek(), {"team": WEEKLY}))
    other = dates_of(span, Rhythm(WorkingWeek(closed={off: "Carnival"}), {"team": WEEKLY}))
    assert off in [each.on for each in usual]
    assert off not in [each.on for each in other]
    key = next(each.key for each in usual if each.on == off)
    assert next(each.on for each in other if each.key == key) == off + timedelta(1)


def test_a_cycle_without_working_days_says_how_many_it_takes():
    span = Span(1, date(2027, 2, 1), date(2027, 2, 28))
    closed = dict.fromkeys(days_between(date(2027, 2, 4), date(2027, 2, 28)), "closed")
    with pytest.raises(TooShort, match="3 working days are too few"):
        dates_of(span, Rhythm(WorkingWeek(closed=closed)))


@pytest.mark.parametrize(
    ("key", "to", "because"),
    [
        ("finalise", "2027-04-01", "Cycle 1 runs from 1 January to 31 March 2027."),
        ("finalise", "2027-01-17", "17 January is a Sunday. The nearest working days are 15 January and 18"),
        ("finalise", "2027-02-22", "after “Mid-cycle review” on 16 February. Move that one first"),
        ("close", "2027-02-15", "before “Mid-cycle review” on 16 February"),
        ("check_in:team:2", "2027-02-16", "after “Team check-in” on 16 February"),
        ("check_in:team:2", "2027-01-15", "before “Finalise” on 18 January"),
    ],
)
def test_why_a_date_cannot_be_moved(key, to, because):
    span = Span(1, date(2027, 1, 1), date(2027, 3, 31))
    with pytest.raises(Impossible, match=because):
        check_move(span, Rhythm(cadence={"team": BIWEEKLY}), {}, key, date.fromisoformat(to))


def test_a_step_may_share_a_day_with_its_neighbour():
    span = Span(1, date(2027, 1, 1), date(2027, 3, 31))
    close = next(each for each in dates_of(span, Rhythm()) if each.kind == Kind.CLOSE)
    assert check_move(span, Rhythm(), {}, "score", close.on).on == close.on
