"""Stances of units in a cycle, and the picture of the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boathouse.rollout.stances import tally
from boathouse.rollout.tables.stances import Stance, StanceKind
from boathouse.rollout.unit_map import MOST_LINES, deepest_line, shortened
from tests.cast import Cast


def stance(kind: StanceKind, reason: str = "") -> Stance:
    return Stance(unit_id="u", cycle=1, program_id="p", kind=kind, reason=reason)


def test_reasoned_counts_as_engaged_okrs_or_not():
    stances = {
        "a": stance(StanceKind.OKRS, "Returns take too long."),
        "b": stance(StanceKind.NOT_NOW, "We move house until May."),
        "c": stance(StanceKind.OKRS),
        "d": stance(StanceKind.HEALTH_METRICS, "  "),
    }
    found = tally(["a", "b", "c", "d", "e"], stances)
    assert (found.units, found.engaged, found.share) == (5, 2, 40)
    assert found.kinds[StanceKind.OKRS] == 2
    assert tally([], stances).share == 0


def note(cast: Cast, name: str = "Leo", **typed: object):
    data = {"units": cast.unit, "cycle": "1", "kind": "not_now", "reason": "We move house.", **typed}
    return cast.browser(name).post(f"/programs/{cast.program}/plan/stances", data=data)


def page(cast: Cast, query: str = "cycle=1") -> str:
    return cast.browser("Vera").get(f"/programs/{cast.program}/plan/stances?{query}").text


def test_a_stance_is_noted_changed_and_taken_back(cast: Cast):
    assert note(cast).status_code == 303
    assert "1 of all 2 have" in page(cast)
    assert "We move house." in page(cast)
    assert "We move house." not in page(cast, "cycle=2")
    note(cast, kind="okrs", reason="")
    assert "0 of all 2 have" in page(cast)
    assert "no reason yet" in page(cast)
    note(cast, kind="")
    assert "no reason yet" not in page(cast)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"units": []}, "Tick the units first."),
        ({"reason": "x" * 501}, "at most 500 letters"),
        ({"kind": "maybe"}, "Choose one of the stances."),
        ({"cycle": "101"}, "Choose one of the cycles."),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_changes_nothing(cast: Cast, typed: dict, sentence: str):
    answer = note(cast, **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert str(typed.get("reason", "We move house.")) in answer.text
    assert "0 of all 2 have" in page(cast)


def test_units_without_a_reasoned_stance_are_listed_alone(cast: Cast):
    note(cast)
    assert "1 to 1 of 1" in page(cast, "cycle=1&only=open")
    assert "1 to 1 of 1" in page(cast, "cycle=1&only=started")
    assert "1 to 2 of 2" in page(cast, "cycle=2&only=started")
    assert "1 to 1 of 1" in page(cast, "cycle=1&q=NORA")


def test_the_picture_shows_wave_and_stance_in_words_too(cast: Cast):
    note(cast)
    text = cast.browser("Vera").get(f"/programs/{cast.program}/plan/map?cycle=1").text
    assert "Units: 2; in wave 1: 1; in wave 2: 1; in no wave: 0; not this cycle: 1." in text
    assert "<title>Alder &amp; Finch: wave 1, Not this cycle</title>" in text
    assert 'style="' not in text


@given(st.lists(st.integers(0, 8), max_size=300))
def test_the_picture_stays_on_a_page(depths: list[int]):
    deepest = deepest_line(depths)
    lines = sum(depth <= deepest for depth in depths)
    assert lines <= max(MOST_LINES, depths.count(0))
    assert deepest == max(depths, default=0) or sum(d <= deepest + 1 for d in depths) > MOST_LINES


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Returns", "Returns"),
        ("Claims handling, northern region, team 07", "Claims handling, no…n, team 07"),
        ("Rechtsschutzversicherungsgesellschaften 19", "Rechtsschutzversich…chaften 19"),
    ],
)
def test_a_long_name_in_the_picture_keeps_the_end_by_which_units_of_a_series_differ(name: str, said: str):
    assert shortened(name, 30) == said
