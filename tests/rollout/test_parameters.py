"""Deployment parameters: what may be said, what we recommend, and the record of what was decided."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boathouse.core.errors import Problem
from boathouse.rollout.decisions import Parameter, tally
from boathouse.rollout.parameter_questions import QUESTIONS, Kind
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.parameters import REQUIRED, GroundRules, Key, check_value
from boathouse.rollout.recommendations import Situation, recommend, recommended_rules
from boathouse.rollout.sheets import GROUPS, make_sheet
from boathouse.rollout.snapshots import (
    differences,
    fill_gaps,
    recommended_snapshot,
    take_snapshot,
)
from boathouse.rollout.tables.parameters import ParameterEntry, ParameterStatus

SMALL, LARGE = Situation(70), Situation(8000)
LATER, LATER_LARGE = Situation(70, is_first_cycle=False), Situation(8000, is_first_cycle=False)


# ---- values


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        (Key.LEVELS, ["team", "company"], ["company", "team"]),
        (Key.LEVELS, ["individual"], ["individual"]),
        (Key.MAX_OBJECTIVES, 1, 1),
        (Key.MAX_KEY_RESULTS, 5, 5),
        (Key.SCORING, "commit_target_stretch", "commit_target_stretch"),
        (Key.AMBITION, "both", "both"),
        (Key.CYCLE_MONTHS, 12, 12),
        (Key.KEY_RESULT_TYPES, ["baseline", "metric"], ["metric", "baseline"]),
        (Key.SYSTEM_OF_RECORD, {"name": " Our  wiki "}, {"name": "Our wiki", "link": ""}),
        (Key.SYSTEM_OF_RECORD, {"name": "W", "link": "https://w.example/a"}, None),
        (Key.PERFORMANCE_REVIEWS, "informs", "informs"),
        (Key.KPIS, "separate", "separate"),
        (Key.ALIGNMENT, "linked", "linked"),
        (Key.BOTTOM_UP_SHARE, 0, 0),
        (Key.BOTTOM_UP_SHARE, 100, 100),
        (Key.CHECK_IN_CADENCE, {"team": "weekly", "company": "monthly"}, None),
    ],
)
def test_what_the_contract_allows_is_taken(key, value, kept):
    assert check_value(key, value) == (value if kept is None else kept)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(
            (Key.LEVELS, value)
            for value in ([], ["team", "team"], ["planet"], "team", None, [1], {"team": 1})
        ),
        *((Key.MAX_OBJECTIVES, value) for value in (0, 6, 2.0, "2", True, None, [2])),
        *((Key.CYCLE_MONTHS, value) for value in (0, 13, -3)),
        *((Key.SCORING, value) for value in ("stars", "", None, ["confidence"])),
        *((Key.KEY_RESULT_TYPES, value) for value in (["milestone"], [], ["metric", "output"])),
        *((Key.BOTTOM_UP_SHARE, value) for value in (-1, 101, "60 %")),
        *((Key.CHECK_IN_CADENCE, value) for value in ({}, {"team": "daily"}, {"moon": "weekly"}, [], None)),
        (Key.SYSTEM_OF_RECORD, {"name": ""}),
        (Key.SYSTEM_OF_RECORD, {"name": "x" * 81}),
        (Key.SYSTEM_OF_RECORD, {"name": "W", "link": "javascript:alert(1)"}),
        (Key.SYSTEM_OF_RECORD, {"name": "W", "link": "https://w.example/" + "a" * 300}),
        (Key.SYSTEM_OF_RECORD, {"name": "W\0"}),
        (Key.SYSTEM_OF_RECORD, {"name": "W", "colour": "red"}),
        (Key.SYSTEM_OF_RECORD, "wiki"),
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(key, value):
    with pytest.raises(Problem) as refused:
        check_value(key, value)
    assert refused.value.status == 422
    assert refused.value.field == "value"
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("key", "nothing", "words"),
    [
        (Key.LEVELS, [], "Choose at least one level."),
        (Key.KEY_RESULT_TYPES, [], "Choose at least one type."),
        (Key.SCORING, "", "Choose one of the answers."),
        (Key.CHECK_IN_CADENCE, {}, "Say for each level how often it checks in."),
    ],
)
def test_who_chose_nothing_is_told_so_in_plain_words(key, nothing, words):
    with pytest.raises(Problem) as refused:
        check_value(key, nothing)
    assert refused.value.message == words


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)


@given(key=st.sampled_from(list(Key)), value=ANYTHING)
def test_whatever_is_sent_is_taken_or_refused_and_what_is_taken_stays(key, value):
    kept = None
    with suppress(Problem):
        kept = check_value(key, value)
    if kept is None:
        return
    assert check_value(key, kept) == kept
    assert in_words(key, kept)
    GroundRules.model_validate({key: kept})


# ---- questions and recommendations


def test_every_parameter_has_a_question_and_a_recommendation_that_it_would_take():
    assert list(QUESTIONS) == list(Key)
    assert len(Key) == 13
    for key, question in QUESTIONS.items():
        assert question.question.endswith("?")
        assert question.changes.endswith(".")
        assert question.options or question.kind == Kind.PLACE
        for situation in (SMALL, LARGE, LATER, LATER_LARGE, Situation()):
            advice = recommend(key, situation)
            assert check_value(key, advice.value) == advice.value
            assert advice.reason.endswith(".")
            assert advice.source or key in (Key.ALIGNMENT,)


def test_every_option_that_is_offered_is_taken():
    for key, question in QUESTIONS.items():
        for option in question.options:
            wanted = {
                Kind.CHOICES: sorted({"metric", option.value})
                if key == Key.KEY_RESULT_TYPES
                else [option.value],
                Kind.CADENCE: {"team": option.value},
            }.get(question.kind, option.value)
            check_value(key, wanted)


@pytest.mark.parametrize(
    ("key", "situation", "value"),
    [
        (Key.LEVELS, SMALL, ["company", "team"]),
        (Key.LEVELS, LARGE, ["company", "team"]),
        (Key.LEVELS, LATER, ["company", "team"]),
        (Key.LEVELS, LATER_LARGE, ["company", "business_unit", "team"]),
        (Key.MAX_OBJECTIVES, SMALL, 3),
        (Key.MAX_KEY_RESULTS, LARGE, 3),
        (Key.CYCLE_MONTHS, LARGE, 3),
        (Key.SCORING, SMALL, "confidence"),
        (Key.SCORING, LATER, "commit_target_stretch"),
        (Key.AMBITION, SMALL, "stretch"),
        (Key.AMBITION, LATER, "both"),
        (Key.PERFORMANCE_REVIEWS, LATER_LARGE, "separate"),
        (Key.ALIGNMENT, LARGE, "conversation"),
        (Key.KPIS, SMALL, "key_results_when_improving"),
        (Key.CHECK_IN_CADENCE, SMALL, {"company": "monthly", "team": "biweekly"}),
        (
            *(Key.CHECK_IN_CADENCE, LATER_LARGE),
            {"company": "monthly", "business_unit": "monthly", "team": "biweekly"},
        ),
    ],
)
def test_what_is_recommended_depends_on_size_and_cycle(key, situation, value):
    assert recommend(key, situation).value == value


@given(headcount=st.none() | st.integers(1, 5_000_000), first=st.booleans())
def test_individuals_are_never_recommended(headcount, first):
    situation = Situation(headcount, first)
    assert "individual" not in recommend(Key.LEVELS, situation).value
    assert recommended_rules(situation).performance_reviews == "separate"


# ---- snapshots and sheets


def said(key: Key, value, *, status=ParameterStatus.DECIDED, why="Because.") -> ParameterEntry:
    return ParameterEntry(
        program_id="p",
        key=key,
        status=status,
        value=value,
        rationale=why,
        by="Hanna",
        created_at=datetime(2027, 1, 14, tzinfo=UTC),
    )


def standing(*entries: ParameterEntry) -> list[Parameter]:
    return [
        Parameter(QUESTIONS[key], recommend(key, SMALL), [entry for entry in entries if entry.key == key])
        for key in Key
    ]


def test_what_is_decided_binds_and_everything_else_is_what_we_recommend():
    parameters = standing(
        said(Key.MAX_OBJECTIVES, 1), said(Key.MAX_KEY_RESULTS, 2, status=ParameterStatus.PROPOSED)
    )
    snapshot = take_snapshot(parameters)
    assert snapshot.rules.max_objectives == 1
    assert snapshot.rules.max_key_results == 3
    assert snapshot.source(Key.MAX_OBJECTIVES).reason == "Because."
    assert set(snapshot.open_required()) == REQUIRED - {Key.MAX_OBJECTIVES}
    assert tally(parameters).words == "1 of 13 decided"


def test_the_history_says_how_it_stands():
    reopened = said(Key.LEVELS, None, status=ParameterStatus.OPEN, why="We grew.")
    parameter = standing(reopened, said(Key.LEVELS, ["team"]))[0]
    assert (parameter.status, parameter.value, parameter.is_decided) == (ParameterStatus.OPEN, None, False)


def test_a_difference_is_another_value_standing_or_reason_but_no_reworded_advice():
    old = take_snapshot(standing(said(Key.MAX_OBJECTIVES, 1), said(Key.SCORING, "confidence")))
    assert differences(old, old) == []
    assert differences(recommended_snapshot(SMALL), recommended_snapshot(Situation(80))) == []
    new = take_snapshot(
        standing(
            said(Key.MAX_OBJECTIVES, 2),
            said(Key.SCORING, "confidence", why="Another one."),
            said(Key.AMBITION, "stretch"),
        )
    )
    assert [(each.key, each.words) for each in differences(old, new)] == [
        (Key.MAX_OBJECTIVES, "One → Up to two"),
        (Key.SCORING, "One target, half likely, for another reason"),
        (Key.AMBITION, "Stretch: decided now"),
    ]


def test_gaps_are_filled_and_nothing_that_was_decided_is_touched():
    old = take_snapshot(standing(said(Key.MAX_OBJECTIVES, 1)))
    new = take_snapshot(standing(said(Key.MAX_OBJECTIVES, 2), said(Key.MAX_KEY_RESULTS, 1)))
    filled = fill_gaps(old, new)
    assert (filled.rules.max_objectives, filled.rules.max_key_results) == (1, 1)
    assert filled.source(Key.MAX_KEY_RESULTS).decided


@given(decided=st.sets(st.sampled_from(list(Key))), later=st.sets(st.sampled_from(list(Key))))
def test_taking_over_leaves_no_difference_and_survives_storage(decided, later):
    def entries(keys, why):
        return [said(key, recommend(key, LATER).value, why=why) for key in keys]

    old = take_snapshot(standing(*entries(decided, "Then.")))
    new = take_snapshot(standing(*entries(later, "Now.")))
    stored = type(new).model_validate(json.loads(new.model_dump_json()))
    assert differences(new, stored) == []
    assert {each.key for each in differences(old, new)} == decided | later
    assert set(fill_gaps(old, new).open_required()) == REQUIRED - decided - later


def test_a_sheet_has_all_thirteen_rules_each_with_its_reason():
    sheet = make_sheet("Alder", take_snapshot(standing(said(Key.MAX_OBJECTIVES, 1))), why="Focus.")
    rules = [rule for _, rules in sheet.groups for rule in rules]
    assert (
        sorted(rule.key for rule in rules) == sorted(Key) == sorted(key for _, keys in GROUPS for key in keys)
    )
    assert all(rule.reason and rule.answer for rule in rules)
    assert [rule.note for rule in rules if rule.key == Key.MAX_OBJECTIVES] == [""]
    assert sum(bool(rule.note) for rule in rules) == 12


# ---- the page and the API


# ---- the sheet
