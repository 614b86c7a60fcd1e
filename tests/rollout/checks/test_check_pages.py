"""Checking over HTTP: the route, the page that takes a paper, and the cards behind the questions."""

import pytest
from markupsafe import escape

from boathouse.rollout.checks import CODES
from boathouse.rollout.checks.cards import CARDS
from boathouse.rollout.web.checks import LONGEST_TEXT, MOST_LINES
from boathouse.workshop.asking import TODO_CODES
from tests.cast import Cast
from tests.rollout.checks.test_papers import INDENTED, workbook


def test_the_route_answers_lines_and_texts(cast: Cast):
    vera = cast.script("Vera")
    line = {"id": "a", "kind": "key_result", "text": "NPS of 30"}
    answer = vera.post("/api/v1/check", json={"lines": [line]}).json()
    assert [one["code"] for one in answer["lines"][0]["findings"]] == ["kr.no_baseline"]
    answer = vera.post("/api/v1/check", json={"text": INDENTED}).json()
    assert [line["kind"] for line in answer["lines"]].count("objective") == 2


def test_the_route_refuses_what_is_too_much_or_nothing(cast: Cast):
    vera = cast.script("Vera")
    line = {"id": "a", "kind": "key_result", "text": "x"}
    for wrong in (
        {},
        {"text": " "},
        {"lines": [line], "text": "x"},
        {"lines": [line] * (MOST_LINES + 1)},
        {"text": "x" * (LONGEST_TEXT + 1)},
        {"text": "NPS of 3\n" * (MOST_LINES + 1)},
        {"text": "{"},
        {"lines": [line | {"text": "x" * 10_001}]},
    ):
        assert vera.post("/api/v1/check", json=wrong).status_code == 422
    assert cast.script("Ana").post("/api/v1/check", json={"lines": [line]}).status_code in (401, 403)


def test_the_route_judges_by_the_rules_of_a_program(cast: Cast):
    leo = cast.script("Leo")
    decided = {"value": ["metric"], "rationale": "Numbers only, for a start."}
    path = f"/api/v1/programs/{cast.program}/parameters/key_result_types"
    assert leo.put(path, json=decided).status_code == 200
    line = {"id": "a", "kind": "key_result", "text": "The new price list is live"}
    found = [
        leo.post("/api/v1/check", json={"lines": [line], **program}).json()["lines"][0]["findings"]
        for program in ({}, {"program_id": cast.program})
    ]
    assert "kr.type_not_allowed" not in {one["code"] for one in found[0]}
    assert "kr.type_not_allowed" in {one["code"] for one in found[1]}
    other = {"lines": [line], "program_id": cast.other_program}
    assert leo.post("/api/v1/check", json=other).status_code == 422


def test_the_page_reports_on_what_was_pasted(cast: Cast):
    vera = cast.browser("Vera")
    assert "Paste the text here" in vera.get("/checks").text
    script = "<script>alert(1)</script>"
    answer = vera.post("/checks", data={"text": f"# Calm {script}\n- NPS of 30\n", "title": "Autumn"})
    assert answer.status_code == 200
    assert "<h1>Autumn</h1>" in answer.text
    assert "From what?" in answer.text
    assert script not in answer.text


def test_the_page_reads_a_workbook(cast: Cast):
    data = workbook(("Objective", "Key result"), ("Calm", "NPS of 30"))
    answer = cast.browser("Vera").post("/checks", files={"file": ("okrs.xlsx", data)})
    assert "1 objective, 1 key result, from okrs.xlsx" in answer.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"data": {"text": " "}}, "Paste your OKRs here"),
        ({"data": {"text": "---"}}, "No objective and no key result"),
        ({"data": {"text": "NPS of 3\n" * 501}}, "At most 500"),
        ({"data": {"text": "x" * 200_001}}, "At most 200,000"),
        ({"data": {"text": "{"}}, "line 1: this is no JSON"),
        ({"data": {"text": "NPS of 3", "program_id": "nowhere"}}, "Choose one of the programs"),
        ({"files": {"file": ("a.pdf", b"%PDF-1.7")}}, "This is a PDF"),
        ({"files": {"file": ("a.csv", b"a,b\n1,2\n")}}, "a.csv, line 1: name the columns"),
    ],
)
def test_the_page_says_what_is_wrong_at_the_field(cast: Cast, sent: dict, said: str):
    answer = cast.browser("Vera").post("/checks", **sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("code", sorted(CARDS))
def test_every_question_has_a_card_that_leads_on(cast: Cast, code: str):
    card = CARDS[code]
    assert 0 <= card.here < len(card.path) - 1
    assert len(card.ask) == 3
    answer = cast.browser("nobody").get(f"/checks/{code}")
    assert answer.status_code == 200
    assert escape(card.title) in answer.text


def test_there_is_a_card_for_every_code(cast: Cast):
    assert set(CARDS) == {*CODES, *TODO_CODES}
    assert cast.browser("nobody").get("/checks/kr.wrong").status_code == 404
