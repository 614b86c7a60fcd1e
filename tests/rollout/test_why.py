"""The why: reasons, their answers, the fit check, and whether it comes true."""

import pytest

from boathouse.rollout.fit import FitAnswers, Verdict, fit_of
from boathouse.rollout.why import GOOD, REASONS, WRONG, WhyPlan
from tests.cast import Cast

WHY = "Our customers wait nine days for their money. By next spring it shall be two."


def test_focus_and_alignment_come_first_and_imitation_and_reviews_are_wrong():
    assert [reason.key for reason in GOOD][:2] == ["focus", "alignment"]
    assert {reason.key for reason in WRONG} == {"imitation", "best_practice", "performance"}
    assert all(reason.explanation and reason.instead for reason in WRONG)


def test_reasons_nobody_knows_are_left_out():
    assert WhyPlan(reasons=["performance", "nonsense", "focus"]).reasons == ["focus", "performance"]


@pytest.mark.parametrize(
    ("answers", "headcount", "verdict"),
    [
        ({}, 70, Verdict.UNKNOWN),
        ({"direction": "maintain"}, 8000, Verdict.NONE_NEEDED),
        ({"direction": "maintain", "leader_speaks": True, "has_time": True}, 12, Verdict.NONE_NEEDED),
        ({"direction": "change"}, 4, Verdict.NONE_NEEDED),
        ({"direction": "change"}, None, Verdict.UNKNOWN),
        ({"direction": "change", "leader_speaks": False, "has_time": True}, 70, Verdict.NOT_YET),
        ({"direction": "both", "leader_speaks": True, "has_time": False}, 70, Verdict.NOT_YET),
        ({"direction": "change", "leader_speaks": True, "has_time": True}, 5, Verdict.GOOD),
        ({"direction": "both", "leader_speaks": True, "has_time": True}, None, Verdict.GOOD),
    ],
)
def test_the_fit_check(answers, headcount, verdict):
    fit = fit_of(FitAnswers(**answers), headcount)
    assert fit.verdict == verdict
    assert bool(fit.because) == (verdict != Verdict.UNKNOWN)


def test_a_wrong_reason_is_answered_and_not_refused(cast: Cast):
    leo, page = cast.browser("Leo"), f"/programs/{cast.program}/why"
    answer = leo.post(page, data={"why": WHY, "led_by": "Hanna", "reasons": ["focus", "performance"]})
    assert answer.status_code == 303
    text = leo.get(page).text
    assert WHY in text
    assert text.count(REASONS["performance"].instead) == 2  # below the why, and in the form
    assert text.count(REASONS["imitation"].instead) == 1  # in the form alone


def test_too_long_a_why_is_told_at_the_field_and_kept(cast: Cast):
    answer = cast.browser("Leo").post(f"/programs/{cast.program}/why", data={"why": "x" * 2001})
    assert answer.status_code == 422
    assert "At most 2,000 letters" in answer.text
    assert "x" * 2001 in answer.text
    assert cast.script("Leo").get(f"/api/v1/programs/{cast.program}").json()["why"] == ""


def test_reasons_alone_are_no_why(cast: Cast):
    answer = cast.browser("Leo").post(f"/programs/{cast.program}/why", data={"reasons": ["focus"]})
    assert answer.status_code == 422
    assert "Reasons alone are no why" in answer.text


def test_no_okrs_needed_is_shown_as_a_good_result(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}"
    leo.post(f"{here}/fit", data={"direction": "maintain"})
    page = leo.get(f"{here}/why").text
    assert "No OKRs needed, and that is a good result" in page
    assert "verdict--none-needed" in page
    assert "No OKRs needed" in leo.get(here).text


def test_a_fit_check_answered_in_part_says_what_it_waits_for(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}"
    waits = "The check speaks when all three questions are answered"
    assert waits not in leo.get(f"{here}/why").text
    leo.post(f"{here}/fit", data={"direction": "change"})
    assert waits in leo.get(f"{here}/why").text
    leo.post(f"{here}/fit", data={"direction": "change", "leader_speaks": "yes", "has_time": "yes"})
    assert waits not in leo.get(f"{here}/why").text


def test_a_viewer_reads_the_why_and_is_offered_no_change(cast: Cast):
    cast.browser("Leo").post(f"/programs/{cast.program}/why", data={"why": WHY})
    page = cast.browser("Vera").get(f"/programs/{cast.program}/why").text
    assert WHY in page
    assert "<form method" not in page.replace('<form method="post" action="/sign-out">', "")
    assert "Keep the why" not in page


def test_after_each_cycle_one_is_asked_whether_it_comes_true(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}"
    look = {"truth": "partly", "evidence": "Six days now."}
    assert leo.post(f"{here}/why/reviews", data=look).status_code == 409  # no why yet
    leo.post(f"{here}/why", data={"why": WHY})
    assert leo.post(f"{here}/why/reviews", data=look).status_code == 409  # no cycle is over
    leo.post(f"{here}/settings", data={"name": "Alder & Finch", "headcount": "70", "cycles_done": "1"})
    assert "Is it coming true?" in leo.get(here).text
    assert leo.post(f"{here}/why/reviews", data={"truth": ""}).status_code == 422
    assert leo.post(f"{here}/why/reviews", data=look).status_code == 303
    page = leo.get(f"{here}/why").text
    assert "Six days now." in page
    assert "Keep this answer" not in page  # asked again after the next cycle
