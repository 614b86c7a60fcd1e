"""Waves as facts: nobody is counted twice, days come from the calendar, effort adds up."""

import itertools
from datetime import date
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from boathouse.rollout.cycles import Rhythm, Span
from boathouse.rollout.cycles import dates_of as cycle_dates
from boathouse.rollout.days import DAY, add_months
from boathouse.rollout.forecast import Effort, by_month, coaches_in_workshop, effort_of
from boathouse.rollout.timeline import LEFT, RAIL, WIDTH, place_rails
from boathouse.rollout.trees import in_order, tree_of
from boathouse.rollout.waves import dates_of, own_people, span_of
from tests.cast import Cast
from tests.rollout.plan_facts import unit, wave


class Place(NamedTuple):
    """A unit that knows nothing but its place."""

    id: str
    parent_id: str | None


PAIRS = [("alder", None), ("shop", "alder"), ("web", "shop"), ("returns", "shop"), ("depot", "alder")]
ALDER = [Place(*pair) for pair in PAIRS]


def test_a_unit_has_the_people_that_are_in_none_below_it():
    own = own_people(tree_of(ALDER), {"alder": 70, "shop": 30, "web": 12, "returns": 9, "depot": None})
    assert own == {"alder": 40, "shop": 9, "web": 12, "returns": 9, "depot": 0}


def test_parts_that_are_larger_than_their_whole_leave_it_nobody():
    assert own_people(tree_of(ALDER), {"shop": 3, "web": 12}) == {
        "alder": 0,
        "shop": 0,
        "web": 12,
        "returns": 0,
        "depot": 0,
    }


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Place], dict[str, int | None]]:
    """Pairs of id and parent, and headcounts."""
    size = draw(st.integers(1, 40))
    pairs = [Place("0", None)]
    for number in range(1, size):
        parent = draw(st.none() | st.integers(0, number - 1))
        pairs.append(Place(str(number), None if parent is None else str(parent)))
    counts = {unit_id: draw(st.none() | st.integers(1, 500)) for unit_id, _ in pairs}
    return draw(st.permutations(pairs)), counts


@given(trees())
def test_in_every_tree_each_unit_is_there_once_and_people_add_up(tree_and_counts):
    pairs, counts = tree_and_counts
    tree = tree_of(pairs)
    branches = {branch.unit.id: branch for branch in in_order(tree)}
    assert sorted(branches) == sorted(unit_id for unit_id, _ in pairs)
    own = own_people(tree, counts)
    assert min(own.values()) >= 0
    for unit_id, _ in pairs:
        together = sum(own[below.unit.id] for below in branches[unit_id])
        assert together >= (counts[unit_id] or 0)


SPAN = Span(3, date(2027, 1, 1), date(2027, 3, 31))


def test_a_wave_takes_its_days_from_the_calendar():
    dates = dates_of(SPAN, cycle_dates(SPAN, Rhythm()))
    assert dates.prepares == date(2026, 11, 20)
    assert dates.starts <= dates.drafts < dates.runs < dates.looks_back <= dates.ends == date(2027, 3, 31)


def test_without_dates_of_the_calendar_there_are_days_all_the_same():
    dates = dates_of(SPAN, [])
    assert dates.starts <= dates.drafts < dates.runs < dates.looks_back <= dates.ends


@given(number=st.integers(1, 100), months=st.integers(1, 12))
def test_cycles_beyond_the_calendar_continue_it_without_a_gap(number: int, months: int):
    known = {3: Span(3, date(2027, 1, 1), add_months(date(2027, 1, 1), months) - DAY)}
    one, next_one = (span_of(each, known, months) for each in (number, number + 1))
    assert next_one.first == one.last + DAY
    assert one.number == number


def test_the_reference_event_takes_one_workshop_and_five_coaches():
    effort = Effort(workshop_people=250)
    assert coaches_in_workshop(250, 1, effort) == 5
    found = effort_of(wave(1, *(unit(f"{n}", 5) for n in range(50))), effort, cycle_months=3)
    assert (found.people, found.workshops, found.coaches, found.internal_coaches) == (250, 1, 5, 5)
    assert found.coach_hours == 5 * (2 + 3) + 50 * 2 * 3


def test_a_wave_of_nobody_takes_nothing():
    assert effort_of(wave(1), Effort(), 3).coach_hours == 0
    assert by_month([(wave(1), dates_of(SPAN, []))], Effort(), 3) == []


@given(
    sizes=st.lists(st.lists(st.integers(0, 300), min_size=1, max_size=8), min_size=1, max_size=6),
    months=st.integers(1, 12),
    people=st.integers(2, 300),
)
def test_the_months_add_up_to_the_waves(sizes: list[list[int]], months: int, people: int):
    effort = Effort(workshop_people=people)
    known = {1: Span(1, date(2027, 2, 1), add_months(date(2027, 2, 1), months) - DAY)}
    waves = [
        (
            wave(number, *(unit(f"{number}.{n}", size) for n, size in enumerate(units))),
            dates_of(span_of(number, known, months), []),
        )
        for number, units in enumerate(sizes, 1)
    ]
    forecast = by_month(waves, effort, months)
    each = [effort_of(planned, effort, months) for planned, _ in waves]
    assert sum(month.people for month in forecast) == sum(one.people for one in each)
    assert sum(month.workshops for month in forecast) == sum(one.workshops for one in each)
    assert abs(sum(month.coach_hours for month in forecast) - sum(one.coach_hours for one in each)) < 0.1
    assert [month.month for month in forecast] == [
        add_months(forecast[0].month, number) for number in range(len(forecast))
    ]


def test_coaches_inside_are_counted_for_everybody_and_not_rounded_up_wave_by_wave(cast: Cast):
    leo, plan_id = cast.browser("Leo"), cast.plan["plan_id"]
    effort = cast.script("Leo").get(f"/api/v1/plans/{plan_id}").json()["effort"]
    typed = {name: str(value) for name, value in effort.items()} | {"people_per_coach": "1000"}
    leo.post(f"/plans/{plan_id}/effort", data=typed)
    assert "that is 1 coach inside" in leo.get(f"/programs/{cast.program}/plan").text


@given(st.lists(st.tuples(st.floats(LEFT, WIDTH), st.integers(0, 8)), max_size=12))
def test_no_numbers_of_guardrails_lie_on_one_another_in_the_picture(waves: list[tuple[float, int]]):
    lanes = [(begins, range(many)) for begins, many in sorted(waves)]
    rails = place_rails(lanes)
    assert len(rails) == sum(many for _, many in waves)
    assert all(0 < rail.x < WIDTH for rail in rails)
    for one, other in itertools.combinations(rails, 2):
        assert abs(one.x - other.x) > RAIL - 0.001 or one.y != other.y
