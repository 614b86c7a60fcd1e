"""Where to begin: a table of cases from the domain notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boathouse.rollout.approaches import Approach, StartSituation, recommend_start

TOP_DOWN, PILOT, ORGANIC = Approach
CASES = [
    # (situation, approach, sources of the reasons, what each line of the domain notes says)
    (StartSituation(70, has_sponsor=True), TOP_DOWN, ["S40", "S82"]),  # under about 100: top-down
    (StartSituation(99, has_sponsor=True), TOP_DOWN, ["S40", "S82"]),
    (StartSituation(100, has_sponsor=True), PILOT, ["S41", "S42"]),  # large: a pocket
    (StartSituation(8000, has_sponsor=True), PILOT, ["S41", "S42"]),
    (StartSituation(8000, has_sponsor=True, cycles_done=2), PILOT, ["S41", "S42"]),  # not yet for a year
    (StartSituation(8000, has_sponsor=True, cycles_done=3), ORGANIC, ["S42", "S51"]),  # later waves follow
    (StartSituation(8000, has_sponsor=True, willing_groups=2), PILOT, ["S41", "S42"]),
    (
        StartSituation(8000, has_sponsor=True, willing_groups=3),
        ORGANIC,
        ["S39", "S51"],
    ),  # three or four groups
    (StartSituation(8000, has_sponsor=False), ORGANIC, ["S27", "S51"]),  # nobody to lead a pilot
    (StartSituation(70, has_sponsor=False), TOP_DOWN, ["S40", "S82"]),
    (StartSituation(70, has_sponsor=True, willing_groups=5), TOP_DOWN, ["S40", "S82"]),
    (StartSituation(70, has_sponsor=True, cycles_done=4), TOP_DOWN, ["S40", "S82"]),
    (
        StartSituation(70, has_sponsor=True, only_maintains=True),
        ORGANIC,
        ["S53", "S51"],
    ),  # a winery: none needed
    (StartSituation(8000, has_sponsor=True, only_maintains=True), ORGANIC, ["S53", "S51"]),
    (StartSituation(5, has_sponsor=True), TOP_DOWN, ["S40", "S82"]),  # from five people upward
    (StartSituation(None, has_sponsor=True), PILOT, ["S37", "S42"]),  # never all at once, whatever the size
]


@pytest.mark.parametrize(("situation", "approach", "sources"), CASES, ids=str)
def test_where_to_begin(situation: StartSituation, approach: Approach, sources: list[str]):
    recommendation = recommend_start(situation)
    assert recommendation.approach == approach
    assert [reason.source for reason in recommendation.because] == sources


@pytest.mark.parametrize(
    ("situation", "sources"),
    [
        (StartSituation(70, has_sponsor=True), []),
        (StartSituation(70), ["S16"]),
        (StartSituation(None, has_sponsor=True), ["S40"]),
        (StartSituation(4, has_sponsor=True), ["S54"]),
        (StartSituation(8000), ["S16", "S51"]),
        (StartSituation(8000, has_sponsor=True, cycles_done=3), ["S51"]),
        (StartSituation(8000, has_sponsor=True, cycles_done=3, willing_groups=3), []),
    ],
    ids=str,
)
def test_what_to_see_to_first(situation: StartSituation, sources: list[str]):
    assert [reason.source for reason in recommend_start(situation).first] == sources


situations = st.builds(
    StartSituation,
    headcount=st.none() | st.integers(1, 500_000),
    has_sponsor=st.booleans(),
    only_maintains=st.booleans(),
    cycles_done=st.integers(0, 40),
    willing_groups=st.integers(0, 40),
)


@given(situations)
def test_every_situation_has_an_answer_with_reasons_and_the_two_others(situation: StartSituation):
    recommendation = recommend_start(situation)
    assert recommendation.because
    others = [other.approach for other in recommendation.others]
    assert sorted([recommendation.approach, *others]) == sorted(Approach)
    for reason in (
        *recommendation.because,
        *recommendation.first,
        *(o.why_not for o in recommendation.others),
    ):
        assert reason.text.endswith(".")
        assert reason.source.startswith("S")
    assert all(other.would_change.endswith(".") for other in recommendation.others)


@given(situations)
def test_no_reason_speaks_against_the_chosen_approach(situation: StartSituation):
    recommendation = recommend_start(situation)
    against = {other.why_not.text for other in recommendation.others}
    assert not situation.only_maintains or recommendation.because[0].source == "S53"
    assert len({reason.text for reason in recommendation.because} & against) <= int(situation.only_maintains)
