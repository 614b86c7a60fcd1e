"""Findings on the wall: only of what rests, and what is missing counts late."""

import pytest

from boathouse.rollout.checks import finding
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft
from boathouse.workshop.findings import ItemFinding
from boathouse.workshop.pauses import PAUSE
from boathouse.workshop.resting import NEVER, PATIENCE, Resting
from boathouse.workshop.tables import KeyResultType

ITEM = "key_result:k"


def draft(statement: str = "Publish the policy") -> Draft:
    key_result = KeyResultDraft("k", 1, None, "o", KeyResultType.METRIC, statement, "", "", "", None, None)
    return Draft("r", objectives=[ObjectiveDraft("o", 1, None, "Returns are easy", "", [key_result])])


def found(*codes: str) -> dict[str, list[ItemFinding]]:
    return {ITEM: [ItemFinding(ITEM, "statement", finding(code)) for code in codes]}


def codes_of(shown: dict[str, list[ItemFinding]]) -> list[str]:
    return [each.finding.code for each in shown.get(ITEM, [])]


def test_a_draft_seen_for_the_first_time_has_stood_for_long():
    resting = Resting(draft())
    assert codes_of(resting.settle(found("kr.output", "kr.no_owner"), 100)) == ["kr.output", "kr.no_owner"]
    assert resting.due == NEVER


def test_while_somebody_writes_what_was_shown_stays():
    resting = Resting(draft())
    resting.settle(found("kr.output"), 100)
    resting.note(draft("Publish the policy and"), 101)
    assert resting.due == 101 + PAUSE
    assert codes_of(resting.settle(found("kr.bundled"), 102)) == ["kr.output"]
    assert codes_of(resting.settle(found("kr.bundled"), 101 + PAUSE)) == ["kr.bundled"]


@pytest.mark.parametrize(
    ("after", "expected"), [(PAUSE, ["kr.output"]), (PATIENCE, ["kr.output", "kr.no_owner"])]
)
def test_what_may_come_next_is_waited_for(after, expected):
    resting = Resting(draft(""))
    resting.note(draft(), 100)
    assert codes_of(resting.settle(found("kr.output", "kr.no_owner"), 100 + after)) == expected
    assert resting.due == (100 + PATIENCE if after < PATIENCE else NEVER)


def test_a_finding_that_is_answered_goes():
    resting = Resting(draft())
    resting.settle(found("kr.output"), 100)
    assert resting.settle({}, 101) == {}


def test_the_same_words_again_are_no_change():
    resting = Resting(draft())
    resting.note(draft(), 100)
    assert resting.due == NEVER
