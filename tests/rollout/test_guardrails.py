"""Guardrails: a table of cases from the domain notes, and properties of every plan."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boathouse.rollout.approaches import Approach
from boathouse.rollout.guardrail_rules import RULES, Severity
from boathouse.rollout.guardrails import PlanFacts, findings
from boathouse.rollout.waves import CoachOfWave
from tests.rollout.plan_facts import changed, facts, good_plans, unit, wave

FIX, ASK, INFO = Severity.FIX, Severity.ASK, Severity.INFO
COMPANY = unit("Company", 5, depth=0, parent_id=None)
TEAMS = [unit(f"Team {n}", 13) for n in range(5)]
PILOT = {"approach": Approach.PILOT, "headcount": 8000, "units": 900}


def coach(units: int, *, is_new: bool) -> CoachOfWave:
    return CoachOfWave("c", "Tom", is_new, units)


CASES = [
    # (what, plan, what is found)
    ("company, then teams", facts(wave(1, COMPANY), wave(2, *TEAMS)), []),
    ("all at once", facts(wave(1, COMPANY, *TEAMS)), [("plan.whole_organisation", FIX)]),
    (
        "all at once in two waves of one cycle",
        facts(wave(1, COMPANY, *TEAMS[:2]), wave(2, *TEAMS[2:], cycle=1)),
        [("plan.whole_organisation", FIX)] * 2,
    ),
    (
        "all units, sizes unknown",
        facts(wave(1, *(unit(f"{n}", 0) for n in range(6))), headcount=0),
        [("plan.whole_organisation", FIX)],
    ),
    (
        "large, leadership first and then all",
        facts(wave(1, COMPANY), wave(2, unit("All", 7000)), headcount=8000),
        [("plan.whole_organisation", FIX)],
    ),
    ("one crew is one crew", facts(wave(1, unit("All of us", 6)), headcount=6, units=1), []),
    ("nobody starts yet", facts(wave(1), wave(2)), []),
    ("a wave of nobody is not judged", facts(wave(1, sponsor="", executives_draft=False)), []),
    (
        "individuals in the first cycle",
        facts(wave(1, COMPANY, includes_individuals=True)),
        [("plan.individuals", FIX)],
    ),
    ("individuals in a later wave", facts(wave(1, COMPANY), wave(2, *TEAMS, includes_individuals=True)), []),
    (
        "individuals, cycles later",
        facts(wave(1, COMPANY, includes_individuals=True), is_first_cycle=False),
        [],
    ),
    (
        "individuals decided as a level",
        facts(wave(1, COMPANY), levels_include_individuals=True),
        [("plan.individuals", FIX)],
    ),
    ("no ambassador", facts(wave(1, COMPANY), ambassadors=0), [("plan.no_ambassador", FIX)]),
    ("no sponsor", facts(wave(1, COMPANY, sponsor=" ")), [("wave.no_sponsor", FIX)]),
    (
        "no sponsor anywhere",
        facts(wave(1, COMPANY, sponsor=""), wave(2, *TEAMS, sponsor="")),
        [("wave.no_sponsor", FIX)],
    ),
    ("executives left out", facts(wave(1, COMPANY, executives_draft=False)), [("wave.no_executives", FIX)]),
    (
        "a leader against it",
        facts(wave(1, unit("A", leader_is_bought_in=False))),
        [("wave.leader_not_bought_in", FIX)],
    ),
    (
        "a leader nobody asked",
        facts(wave(1, unit("A", leader_is_bought_in=None))),
        [("wave.leader_not_bought_in", ASK)],
    ),
    ("a new coach with two", facts(wave(1, COMPANY, coaches=(coach(2, is_new=True),))), []),
    (
        "a new coach with three",
        facts(wave(1, COMPANY, coaches=(coach(3, is_new=True),))),
        [("wave.new_coach", FIX)],
    ),
    ("an old hand with ten", facts(wave(1, COMPANY, coaches=(coach(10, is_new=False),))), []),
    ("a sceptic, surprised", facts(wave(1, unit("A", leader_is_sceptical=True))), [("wave.sceptic", FIX)]),
    ("a sceptic, met", facts(wave(1, unit("A", leader_is_sceptical=True, had_one_to_one=True))), []),
    ("a sheet to fill in", facts(wave(1, COMPANY, sheet_is_compulsory=True)), [("wave.sheet", FIX)]),
    ("only maintains", facts(wave(1, unit("A", only_maintains=True))), [("wave.maintains", INFO)]),
    ("a pilot of eighty", facts(wave(1, unit("A", 80)), **PILOT), []),
    ("a pilot of five", facts(wave(1, unit("A", 5)), **PILOT), [("plan.pilot_size", ASK)]),
    ("a pilot of hundreds", facts(wave(1, unit("A", 400)), **PILOT), [("plan.pilot_size", FIX)]),
    (
        "a pilot of half the house",
        facts(wave(1, unit("A", 60)), **PILOT | {"headcount": 120}),
        [("plan.pilot_size", FIX)],
    ),
    ("a small start that is no pilot", facts(wave(1, unit("A", 5))), []),
]


@pytest.mark.parametrize(("plan", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_found(plan: PlanFacts, found: list[tuple[str, Severity]]):
    assert [(each.rule.code, each.severity) for each in findings(plan)] == found


def test_every_rule_has_a_source_and_one_line_of_reason():
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.source.startswith("S")
        assert rule.why.endswith(".")
        assert "\n" not in rule.why


def test_leadership_reads_every_rule_with_its_reason_and_source():
    text = (Path(__file__).parents[2] / "docs" / "leadership.md").read_text()
    for rule in RULES:
        assert f"| {rule.title} | {rule.why} | {rule.source} |" in text


@given(good_plans())
def test_a_plan_that_keeps_the_rules_is_not_flagged(plan: PlanFacts):
    assert findings(plan) == []


BREAKS: dict[str, Callable[[PlanFacts, int], PlanFacts]] = {
    "plan.whole_organisation": lambda plan, n: changed(
        plan, n, units=(*plan.waves[n].units, unit("all others", 900))
    ),
    "plan.individuals": lambda plan, n: changed(
        replace(plan, is_first_cycle=True), 0, includes_individuals=True
    ),
    "plan.no_ambassador": lambda plan, n: replace(plan, ambassadors=0),
    "wave.no_sponsor": lambda plan, n: changed(plan, n, sponsor=""),
    "wave.no_executives": lambda plan, n: changed(plan, n, executives_draft=False),
    "wave.leader_not_bought_in": lambda plan, n: changed(
        plan, n, units=(*plan.waves[n].units, unit("x", leader_is_bought_in=False))
    ),
    "wave.new_coach": lambda plan, n: changed(plan, n, coaches=(coach(3, is_new=True),)),
    "plan.pilot_size": lambda plan, n: changed(
        replace(plan, approach=Approach.PILOT), 0, units=(unit("few", 9),)
    ),
    "wave.sceptic": lambda plan, n: changed(
        plan, n, units=(*plan.waves[n].units, unit("x", leader_is_sceptical=True))
    ),
    "wave.sheet": lambda plan, n: changed(plan, n, sheet_is_compulsory=True),
    "wave.maintains": lambda plan, n: changed(
        plan, n, units=(*plan.waves[n].units, unit("x", only_maintains=True))
    ),
}


def test_every_rule_is_broken_below():
    assert {rule.code for rule in RULES} == set(BREAKS)


@pytest.mark.parametrize("code", BREAKS)
@given(plan=good_plans(), data=st.data())
def test_a_plan_that_breaks_a_rule_is_caught(code: str, plan: PlanFacts, data: st.DataObject):
    number = data.draw(st.integers(0, len(plan.waves) - 1))
    assert code in {each.rule.code for each in findings(BREAKS[code](plan, number))}


def test_a_missing_sponsor_is_said_once_for_all_waves():
    plan = facts(wave(1, COMPANY, sponsor=""), wave(2, *TEAMS[:2]), wave(3, *TEAMS[2:], sponsor=""))
    (found,) = findings(plan)
    assert found.message == "Waves 1 and 3 have no executive sponsor."
    assert (found.wave, found.about) == ("", ("w1", "w3"))
