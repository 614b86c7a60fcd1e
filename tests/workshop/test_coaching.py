"""Did coaching work: the measures on drafts and threads."""

from datetime import UTC, datetime, timedelta

import pytest

from boathouse.rollout.parameters import RECOMMENDED
from boathouse.workshop.coaching import (
    Change,
    Share,
    changes,
    first_kept,
    has_from_to,
    moment_of,
    most_common,
)
from boathouse.workshop.comments import Remark, Thread
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft
from boathouse.workshop.response_times import Times, answers_to_coaches, answers_to_crews
from boathouse.workshop.tables import KeyResultType

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
METRIC, BASELINE, MILESTONE = KeyResultType.METRIC, KeyResultType.BASELINE, KeyResultType.MILESTONE


def key_result(
    key: str, statement: str, start: str = "", target: str = "", kind: KeyResultType = METRIC
) -> KeyResultDraft:
    """One that Ana looks after."""
    return KeyResultDraft(key, 1, None, "o", kind, statement, start, target, "%", "s", "Ana")


def draft(*results: KeyResultDraft, title: str = "Returns are easy for customers") -> Draft:
    """A room with one objective."""
    return Draft("room", objectives=[ObjectiveDraft("o", 1, None, title, "Because.", list(results))])


@pytest.mark.parametrize(
    ("words", "has"),
    [
        ({"statement": "Large returns booked without a call", "start": "34", "target": "75"}, True),
        ({"statement": "Raise conversion from 2 % to 4 %"}, True),
        ({"statement": "Large returns booked without a call", "target": "75"}, False),
        ({"statement": "Large returns booked without a call", "start": "34"}, False),
        ({"statement": "Customers are happy"}, False),
        ({"statement": "", "start": "1", "target": "2"}, False),
    ],
)
def test_from_x_to_y_is_read_from_the_fields_or_the_sentence(words: dict[str, str], has: bool):
    assert has_from_to(words, RECOMMENDED) is has


def test_a_moment_counts_metrics_and_leaves_baselines_milestones_and_empty_lines_out():
    stood = draft(
        key_result("a", "Share of returns booked without a call", "34", "75"),
        key_result("b", "Share of calls answered", "", "90"),
        key_result("c", "Waiting time at the door", kind=BASELINE),
        key_result("d", "Portal is live", target="June", kind=MILESTONE),
        key_result("e", ""),
    )
    moment = moment_of("After “Key results”", 40, [stood], RECOMMENDED, {})
    assert (moment.objectives, moment.key_results, moment.from_to) == (1, 4, Share(1, 2))
    assert moment.findings["kr.no_baseline"] == 1
    meant = {"room": {("key_result:b", "kr.no_baseline")}}
    quieter = moment_of("", 40, [stood], RECOMMENDED, meant)
    assert quieter.questions == moment.questions - 1
    assert quieter.from_to == Share(1, 2), "what is meant so still has no starting point"


WITHOUT = {"statement": "Share of calls answered", "start": "", "target": "90", "unit": "%"}
WITH = {"statement": "Share of calls answered", "start": "60", "target": "90", "unit": "%"}


@pytest.mark.parametrize(
    ("first", "commented", "last", "expected"),
    [
        ({}, {}, [], (Change(0, 0, 0), Change(0, 0, 0))),
        ({"a": WITHOUT}, {"a": WITHOUT}, [("60", "90")], (Change(0, 1, 1), Change(0, 0, 0))),
        ({"a": WITHOUT}, {"a": WITH}, [("60", "90")], (Change(1, 1, 1), Change(0, 0, 0))),
        ({"a": WITHOUT}, {"a": None}, [("60", "90")], (Change(0, 1, 1), Change(0, 0, 0))),
        ({"a": WITHOUT}, {}, [("", "90")], (Change(0, 0, 0), Change(0, 0, 1))),
        ({"a": WITH}, {}, [("", "90")], (Change(0, 0, 0), Change(1, 0, 1))),
        ({}, {}, [("60", "90")], (Change(0, 0, 0), Change(0, 0, 0))),  # not known from before
        ({"b": WITHOUT}, {"b": WITHOUT}, [("60", "90")], (Change(0, 0, 0), Change(0, 0, 0))),  # taken out
    ],
)
def test_before_and_after_with_and_without_a_comment(
    first: dict, commented: dict, last: list, expected: tuple[Change, Change]
):
    drafts = [draft(*(key_result("a", "Share of calls answered", *each) for each in last))]
    assert changes(first, commented, drafts, RECOMMENDED) == expected


def test_a_metric_that_became_a_baseline_is_in_neither_group():
    last = [draft(key_result("a", "Share of calls answered", kind=BASELINE))]
    nothing = (Change(0, 0, 0), Change(0, 0, 0))
    assert changes({"a": WITHOUT}, {"a": WITHOUT}, last, RECOMMENDED) == nothing


def test_what_was_kept_first_counts_once_it_has_words():
    kept = [draft(key_result("a", "")), draft(key_result("a", "x", "", "9")), draft(key_result("a", "y"))]
    assert first_kept(kept) == {"a": {"statement": "x", "start": "", "target": "9", "unit": "%"}}


def test_findings_are_in_the_order_of_their_peak():
    one = moment_of("1", 1, [draft(key_result("a", "Share of calls answered", "", "90"))], RECOMMENDED, {})
    two = moment_of("2", 2, [draft(key_result("a", "Share of calls answered", "60", "90"))], RECOMMENDED, {})
    assert most_common([one, two]) == [("kr.no_baseline", 1, 0)]
    assert most_common([]) == []


def remark(second: float, *, coach: bool, deleted: bool = False) -> Remark:
    """Words, that many seconds after noon."""
    moment = NOON + timedelta(seconds=second)
    return Remark("x", "words", "Tom" if coach else "Ana", "", 1, coach, moment, None, deleted)


def thread(*remarks: Remark, settled: float | None = None) -> Thread:
    """A thread on a key result."""
    moment = None if settled is None else NOON + timedelta(seconds=settled)
    return Thread("t", "room", None, "a", "start", "", None, moment, None, list(remarks))


COACH, CREW = {"coach": True}, {"coach": False}


@pytest.mark.parametrize(
    ("said", "seconds", "waiting"),
    [
        (thread(remark(0, **COACH)), (), 1),
        (thread(remark(0, **COACH), remark(40, **CREW)), (40.0,), 0),
        (thread(remark(0, **COACH), remark(10, **COACH), remark(40, **CREW)), (40.0,), 0),
        (thread(remark(0, **COACH), settled=25), (25.0,), 0),
        (thread(remark(0, **COACH), remark(40, **CREW, deleted=True)), (), 1),
        (thread(remark(0, **CREW), remark(40, **COACH)), (), 0),
        (thread(remark(0, **COACH, deleted=True), remark(40, **CREW)), (), 0),
    ],
)
def test_how_long_a_coach_waited(said: Thread, seconds: tuple[float, ...], waiting: int):
    assert answers_to_coaches([said]) == Times(seconds, waiting)


@pytest.mark.parametrize(
    ("said", "seconds", "waiting"),
    [
        (thread(remark(0, **COACH)), (), 0),
        (thread(remark(0, **COACH), remark(10, **CREW)), (), 1),
        (thread(remark(0, **COACH), remark(10, **CREW), remark(40, **COACH)), (30.0,), 0),
        (thread(remark(0, **CREW), remark(10, **CREW), remark(40, **COACH)), (40.0,), 0),
        (thread(remark(0, **CREW), remark(9, **COACH), remark(20, **CREW)), (9.0,), 1),
        (thread(remark(0, **CREW), settled=25), (25.0,), 0),
    ],
)
def test_how_long_a_crew_waited(said: Thread, seconds: tuple[float, ...], waiting: int):
    assert answers_to_crews([said]) == Times(seconds, waiting)


@pytest.mark.parametrize(
    ("seconds", "middle", "most"),
    [((), None, None), ((5,), 5, 5), (tuple(range(1, 11)), 5.5, 9), ((1, 1, 1, 50), 1, 50)],
)
def test_half_and_nine_in_ten(seconds: tuple[float, ...], middle: float | None, most: float | None):
    assert (Times(seconds).middle, Times(seconds).most) == (middle, most)


@pytest.mark.parametrize(("share", "percent"), [(Share(0, 0), None), (Share(1, 3), 33), (Share(3, 3), 100)])
def test_a_share_of_nothing_is_no_figure(share: Share, percent: int | None):
    assert share.percent == percent
