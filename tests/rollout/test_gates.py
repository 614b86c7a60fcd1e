"""Gates: when a criterion is met, where a gate stands, and what is written down."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.rollout.gate_rules import (
    CRITERIA,
    Evidence,
    GateState,
    checked_threshold,
    is_met,
    state_in_words,
)
from boathouse.rollout.gates import note_evidence
from boathouse.rollout.tables.gates import Criterion, Gate, GateDecision, Verdict
from boathouse.rollout.tables.plans import Wave
from tests.cast import Cast

API = "/api/v1"


def asked(key: str = "check_in_rate", threshold: int = 75, seen: int | None = None) -> Criterion:
    return Criterion(program_id="p", gate_id="g", key=key, threshold=threshold, seen=seen)


def gate(*criteria: Criterion, decisions: tuple[GateDecision, ...] = ()) -> GateState:
    before = Wave(program_id="p", plan_id="x", number=2, cycle=2)
    return GateState(Gate(program_id="p", wave_id=before.id), before, criteria, decisions)


def decided(verdict: Verdict) -> GateDecision:
    return GateDecision(gate_id="g", verdict=verdict, reason="So.", by="Leo")


@given(threshold=st.integers(1, 100), seen=st.none() | st.integers(0, 100))
def test_what_nobody_has_seen_is_not_met(threshold: int, seen: int | None):
    assert is_met(asked(threshold=threshold, seen=seen)) == (seen is not None and seen >= threshold)


@pytest.mark.parametrize(
    ("state", "words", "is_open"),
    [
        (gate(asked(), asked()), "Not started", False),
        (gate(asked(seen=75), asked()), "1 of 2 met", False),
        (gate(asked(seen=74), asked()), "0 of 2 met", False),
        (gate(asked(seen=75), asked(seen=100)), "2 of 2 met", False),  # somebody still has to decide
        (gate(asked(seen=75), decisions=(decided(Verdict.SCALE),)), "Open", True),
        (gate(asked(), decisions=(decided(Verdict.REPEAT),)), "Repeat first", False),
        (gate(decisions=(decided(Verdict.STOP), decided(Verdict.SCALE))), "Stopped here", False),
    ],
)
def test_where_a_gate_stands(state: GateState, words: str, is_open: bool):
    assert (state_in_words(state), state.is_open) == (words, is_open)


def test_a_gate_that_asks_for_nothing_is_not_met():
    assert not gate().is_met


@pytest.mark.parametrize("key", CRITERIA)
def test_every_criterion_has_a_reason_a_source_and_a_usual_threshold(key: str):
    kind = CRITERIA[key]
    assert kind.why.endswith(".")
    assert kind.source.startswith("S")
    assert checked_threshold(key, None) == kind.usual


@pytest.mark.parametrize("threshold", [0, -1, 101])
def test_a_share_is_from_1_to_100(threshold: int):
    with pytest.raises(Problem):
        checked_threshold("check_in_rate", threshold)


def test_a_yes_or_no_is_not_answered_with_a_share():
    with pytest.raises(Problem):
        note_evidence(asked("cycle_completed", 1), Evidence(seen=50), "Leo")


def the_gate(cast: Cast) -> dict:
    (found,) = cast.script("Leo").get(f"{API}/plans/{cast.plan['plan_id']}").json()["gates"]
    return found


def test_evidence_is_noted_with_who_and_when(cast: Cast):
    criterion = cast.plan["criterion_id"]
    leo = cast.browser("Leo")
    assert leo.post(f"/criteria/{criterion}", data={"seen": "1", "note": "Scored."}).status_code == 303
    seen = next(each for each in the_gate(cast)["criteria"] if each["seen"] is not None)
    assert (seen["key"], seen["is_met"], seen["note"], seen["seen_by"]) == (
        "cycle_completed",
        True,
        "Scored.",
        "Leo",
    )
    assert seen["seen_at"]
    assert "Scored." in leo.get(f"/programs/{cast.program}/plan").text


@pytest.mark.parametrize("seen", ["", "many", "-1", "101", "٣"])
def test_evidence_that_is_no_number_changes_nothing(cast: Cast, seen: str):
    answer = cast.browser("Leo").post(f"/criteria/{cast.plan['criterion_id']}", data={"seen": seen})
    assert answer.status_code == 422
    assert all(each["seen"] is None for each in the_gate(cast)["criteria"])


def test_criteria_are_added_changed_and_removed(cast: Cast):
    leo, gate_id = cast.browser("Leo"), cast.plan["gate_id"]
    leo.post(f"/gates/{gate_id}/criteria", data={"key": "drafts_pass", "threshold": "66"})
    assert {"drafts_pass": 66}.items() <= {
        c["key"]: c["threshold"] for c in the_gate(cast)["criteria"]
    }.items()
    assert leo.post(f"/gates/{gate_id}/criteria", data={"key": "drafts_pass"}).status_code == 422
    assert leo.post(f"/gates/{gate_id}/criteria", data={"key": "luck"}).status_code == 422
    leo.post(f"/criteria/{cast.plan['criterion_id']}/remove")
    assert "cycle_completed" not in {each["key"] for each in the_gate(cast)["criteria"]}


def test_a_decision_needs_its_reason_and_keeps_what_was_met(cast: Cast):
    leo, gate_id = cast.browser("Leo"), cast.plan["gate_id"]
    assert leo.post(f"/gates/{gate_id}/decision", data={"verdict": "scale", "reason": " "}).status_code == 422
    assert leo.post(f"/gates/{gate_id}/decision", data={"verdict": "hurry", "reason": "x"}).status_code == 422
    assert the_gate(cast)["decision"] is None
    leo.post(f"/gates/{gate_id}/decision", data={"verdict": "scale", "reason": "They want to go on."})
    assert the_gate(cast)["decision"]["verdict"] == "scale"
    assert "with 0 of 4 met" in leo.get(f"/programs/{cast.program}/plan").text


def test_repeating_moves_the_next_wave_a_cycle_on(cast: Cast):
    leo = cast.browser("Leo")
    leo.post(f"/gates/{cast.plan['gate_id']}/decision", data={"verdict": "repeat", "reason": "Too early."})
    plan = cast.script("Leo").get(f"{API}/plans/{cast.plan['plan_id']}").json()
    assert [wave["cycle"] for wave in plan["waves"]] == [1, 3]


def test_after_a_repeat_the_gate_waits_for_new_evidence():
    met = gate(asked(seen=80))
    met.criteria[0].seen_at = now()
    assert met.is_ripe
    repeated = replace(met, decisions=(decided(Verdict.REPEAT),))
    assert not repeated.is_ripe  # what was seen led to this decision already
    repeated.criteria[0].seen_at = now()
    assert repeated.is_ripe
    assert not replace(repeated, decisions=(decided(Verdict.STOP),)).is_ripe


def test_after_a_repeat_the_plan_says_when_the_gate_is_looked_at_again(cast: Cast):
    leo, path = cast.browser("Leo"), f"/programs/{cast.program}/plan"
    (before,) = re.findall(r"looks back on <time[^>]*>([^<]+)", leo.get(path).text)
    leo.post(f"/gates/{cast.plan['gate_id']}/decision", data={"verdict": "repeat", "reason": "Too early."})
    text = leo.get(path).text
    assert "Wave 1 does one more cycle; then gate A is looked at again" in text
    assert text.count(">Again, until ") == text.count(">Again<") == 1  # in the list, and in the picture
    assert re.findall(r"looks back on <time[^>]*>([^<]+)", text) != [before]


def test_a_wave_behind_a_gate_that_was_stopped_at_does_not_start(cast: Cast):
    leo, path = cast.browser("Leo"), f"/programs/{cast.program}/plan"
    plan = f"{API}/plans/{cast.plan['plan_id']}"
    before = cast.script("Leo").get(plan).json()
    assert before["waves"][1]["id"] in {found["wave"] for found in before["findings"]}
    leo.post(f"/gates/{cast.plan['gate_id']}/decision", data={"verdict": "stop", "reason": "Enough."})
    after = cast.script("Leo").get(plan).json()
    first, second = after["waves"]
    assert first["people"] > 0 < second["people"]
    assert sum(month["people"] for month in after["forecast"]) == first["people"]
    assert second["id"] not in {found["wave"] for found in after["findings"]}  # nothing to mend any more
    text = leo.get(path).text
    assert "Stopped at gate A: wave 2 does not start." in text
    assert "Does not start: stopped at the gate" in text
    link = re.search(r"/opt-in/[\w-]+", leo.get(f"{path}/hands").text)[0]
    assert "does not start for now" in cast.browser("nobody").get(link).text


def test_of_two_leaders_who_decide_at_once_the_second_looks_first(cast: Cast):
    leo, path = cast.browser("Leo"), f"/gates/{cast.plan['gate_id']}/decision"
    repeat = {"verdict": "repeat", "reason": "Too early."}
    assert leo.post(path, data=repeat).status_code == 303
    assert cast.browser("Mara").post(path, data=repeat).status_code == 409
    plan = cast.script("Leo").get(f"{API}/plans/{cast.plan['plan_id']}").json()
    assert [wave["cycle"] for wave in plan["waves"]] == [1, 3]  # moved once
    seen = re.search(r'name="after" value="(\w+)"', leo.get(f"/programs/{cast.program}/plan").text)[1]
    assert leo.post(path, data={"verdict": "scale", "reason": "Now.", "after": seen}).status_code == 303


def test_an_ambassador_types_in_what_was_seen_and_does_not_decide(cast: Cast):
    """Tom coaches the program and Vera looks on: neither changes a gate."""
    for name in ("Tom", "Vera", "Ines"):
        browser = cast.browser(name)
        answer = browser.post(f"/criteria/{cast.plan['criterion_id']}", data={"seen": "1"})
        assert answer.status_code == 403
        assert browser.post(f"/gates/{cast.plan['gate_id']}/decision").status_code == 403
