"""Drafts from elsewhere: what is read of text, Markdown, CSV and JSON Lines; the command and the route."""

import io
import json
import sys
from pathlib import Path

import pytest
from markupsafe import escape
from openpyxl import Workbook

from boathouse.cli import main
from boathouse.core.errors import Problem, UsageProblem
from boathouse.rollout.checks import CODES
from boathouse.rollout.checks.cards import CARDS
from boathouse.rollout.checks.files import read_file
from boathouse.rollout.checks.papers import Kind, Line, read_paper
from boathouse.rollout.checks.reports import check_paper, make_report
from boathouse.rollout.web.checks import LONGEST_TEXT, MOST_LINES
from boathouse.workshop.asking import TODO_CODES
from tests.cast import Cast

MARKDOWN = """
# OKRs, autumn

## Objective 1: Sending something back is easy

Owner: Ana

- **KR1:** Raise satisfaction from 3.9 to 4.4
    - call ten customers
- [ ] Publish 6 guides

## Calm harbours
1. NPS of 30
"""
INDENTED = """Calm harbours
  - NPS of 30
  - Run 3 workshops
Clean water
  - Cut waste from 9 to 3 tonnes
"""
BULLETS = """
* Calm harbours
    * NPS of 30
        * ask guests
* Clean water
    * Cut waste from 9 to 3 tonnes
"""
LABELS = """
Objective: Calm harbours
Key results:
KR1: NPS of 30
KR2: Run 3 workshops
O2: Clean water
KR: Cut waste from 9 to 3 tonnes
"""


def outline(text: str, name: str = "draft.md") -> list[tuple[str, str]]:
    return [("O" if line.kind is Kind.OBJECTIVE else "K", line.text) for line in read_paper(text, name).lines]


def test_markdown_is_read_by_headings_and_bullets():
    assert outline(MARKDOWN) == [
        ("O", "Sending something back is easy"),
        ("K", "Raise satisfaction from 3.9 to 4.4"),
        ("K", "Publish 6 guides"),
        ("O", "Calm harbours"),
        ("K", "NPS of 30"),
    ]


@pytest.mark.parametrize("text", [INDENTED, LABELS])
def test_indents_and_labels_say_what_is_what(text: str):
    assert outline(text) == [
        ("O", "Calm harbours"),
        ("K", "NPS of 30"),
        ("K", "Run 3 workshops"),
        ("O", "Clean water"),
        ("K", "Cut waste from 9 to 3 tonnes"),
    ]


def test_what_stands_below_a_key_result_is_left_out():
    assert [text for _, text in outline(BULLETS)] == [
        "Calm harbours",
        "NPS of 30",
        "Clean water",
        "Cut waste from 9 to 3 tonnes",
    ]


def test_lines_without_structure_are_key_results():
    assert outline("NPS of 30\nRun 3 workshops\n", "x.txt") == [("K", "NPS of 30"), ("K", "Run 3 workshops")]


def test_a_table_is_read_by_its_columns():
    text = "Objective;Key result;Baseline;Target;Unit\n"
    text += "Calm;NPS;20;40;points\nCalm;Open 3 piers;;;\nClean;Waste;;3;t\n"
    paper = read_paper(text, "x.csv")
    assert [line.text for line in paper.lines] == ["Calm", "NPS", "Open 3 piers", "Clean", "Waste"]
    found = [{one.code for one in findings} for findings in check_paper(paper)]
    assert found[1] == set()
    assert "kr.no_baseline" in found[4]


def test_a_table_may_name_the_kind_of_each_row():
    paper = read_paper("id,kind,text\na,objective,Calm harbours\nb,key_result,NPS of 30\n", "x.csv")
    assert [(line.id, line.kind.value, line.of) for line in paper.lines] == [
        ("a", "objective", None),
        ("b", "key_result", 0),
    ]


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ('{"id": 1, "kind": "key_result", "text": "x"}\n{', "x.jsonl", "x.jsonl, line 2"),
        ('{"id": 1, "kind": "task", "text": "x"}', "x.jsonl", "objective or key_result"),
        ('{"id": 1, "kind": "objective"}', "x.jsonl", '"text"'),
        ('{"kind": "objective", "text": "x"}', "x.jsonl", '"id"'),
        ("[" * 100_000, "x.jsonl", "line 1"),
        ("[]", "x.jsonl", "line 1"),
        ("a,b\n1,2\n", "x.csv", "x.csv, line 1"),
        ("kind,text\nkey_result," + "x" * 200_000, "x.csv", "line 2"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, name: str, wrong: str):
    with pytest.raises(UsageProblem, match=r".") as told:
        read_paper(text, name)
    assert wrong in str(told.value)


TABLES = """
# Autumn

## Calm harbours

| KR | Baseline | Target | Owner |
| --- | :-: | --: | --- |
| NPS | 20 | 40 | Ana |
| Berths \\| quays **free** | | 9 | |

| Who | When |
| --- | --- |
| Ana | Monday |

## Objective: Clean water
- Cut waste from 9 to 3 tonnes

Initiatives:
- buy nets

| Objective | Key result |
|---|---|
| Happy crews | Raise eNPS from 1 to 9 |
"""


def test_tables_in_markdown_stand_where_they_stand():
    paper = read_paper(TABLES, "draft.md")
    assert [(line.text, line.of) for line in paper.lines] == [
        ("Calm harbours", None),
        ("NPS", 0),
        ("Berths | quays **free**", 0),
        ("Clean water", None),
        ("Cut waste from 9 to 3 tonnes", 3),
        ("Happy crews", None),
        ("Raise eNPS from 1 to 9", 5),
    ]
    found = [{one.code for one in findings} for findings in check_paper(paper)]
    assert found[1] == set()
    assert found[2] == {"kr.no_baseline", "kr.no_owner"}
    assert "- buy nets" in paper.left_out


@pytest.mark.parametrize(
    "table", ["|", "|---|", "a | b\n--- | ---", "| KR |\n|---|", "| KR |\n|---|\n| |\n||||"]
)
def test_a_table_without_rows_is_no_trouble(table: str):
    assert read_paper(table, "x.md").lines in ([], [Line(1, Kind.KEY_RESULT, "a | b")])


def test_sections_of_other_things_are_left_out():
    text = (
        "# Calm harbours\n- NPS of 30\n### Initiatives\n- buy nets\n- hire\n# Clean water\n- Waste of 3 t\n"
    )
    assert [words for _, words in outline(text)] == [
        "Calm harbours",
        "NPS of 30",
        "Clean water",
        "Waste of 3 t",
    ]
    assert list(read_paper(text, "x.md").left_out) == ["### Initiatives", "- buy nets", "- hire"]


def test_cells_without_a_heading_are_read_as_lines():
    text = "Objective 1\tCalm harbours\t\nKR1\tNPS of 30\t0.4\nKR2\tRun 3 workshops\t0.1\n"
    assert outline(text, "cells") == [("O", "Calm harbours"), ("K", "NPS of 30"), ("K", "Run 3 workshops")]


def test_rows_of_other_kinds_are_left_out():
    text = "kind,objective,key_result\nkey result,Calm,NPS\ncomment,Calm,NPS\nto-do,,Nets\nobjective,Clean,\n"
    paper = read_paper(text, "x.csv")
    assert [(line.kind.value, line.text) for line in paper.lines] == [
        ("objective", "Calm"),
        ("key_result", "NPS"),
        ("objective", "Clean"),
    ]
    assert len(paper.left_out) == 2


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, data = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        [("Objective", "Key result"), ("Calm", "NPS of 30"), (None, "Run 3 workshops")],
        [("Objective 1", "Calm"), ("KR 1", "NPS of 30", 0.3), ("KR 2", "Run 3 workshops")],
    ],
)
def test_a_workbook_is_read_with_columns_and_without(rows: list[tuple[object, ...]]):
    paper = read_file(workbook(*rows), "okrs.xlsx")
    assert [line.text for line in paper.lines] == ["Calm", "NPS of 30", "Run 3 workshops"]
    assert [line.of for line in paper.lines] == [None, 0, 0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 broken", "could not be read"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"good\n\xff\xfe", "Line 2"),
        (b"\x89PNG\r\n\x00\x00", "could not be read"),
    ],
)
def test_files_of_other_kinds_are_told_in_plain_words(data: bytes, said: str):
    with pytest.raises(Problem) as told:
        read_file(data, "okrs")
    assert said in told.value.message


def test_a_report_puts_a_paper_in_order():
    report = make_report(
        read_paper("NPS of 30\n# Calm harbours\n- NPS of 40\n- Waste from 9 to 3 t\n", "x.md")
    )
    assert [section.objective and section.objective.line.text for section in report.sections] == [
        None,
        "Calm harbours",
    ]
    assert (len(report.objectives), len(report.key_results), report.from_to, report.good) == (1, 3, 1, 2)
    assert [(one.code, count) for one, count in report.commonest] == [("kr.no_baseline", 2)]


def run(monkeypatch: pytest.MonkeyPatch, capfdbinary, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["boathouse", *words])
    capfdbinary.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    output = capfdbinary.readouterr()
    return int(ended.value.code or 0), output.out.decode(), output.err.decode()


def test_the_command_answers_each_json_line_in_order(monkeypatch, capfdbinary, tmp_path: Path):
    rows = [
        {"id": "k1", "kind": "key_result", "text": "Write 4 scripts", "parent_objective": "Calm harbours"},
        {"id": 7, "kind": "objective", "text": "Grow sales by 40%"},
        {"id": "k2", "kind": "key_result", "text": "\ud800 NPS from 20 to 40"},
    ]
    (tmp_path / "x.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    code, out, err = run(monkeypatch, capfdbinary, "check", str(tmp_path / "x.jsonl"), "--format", "jsonl")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err, [answer["id"] for answer in answers]) == (0, "", ["k1", 7, "k2"])
    assert set(answers[0]) == {"id", "findings"}
    assert {"code", "severity", "message", "question"} == set(answers[0]["findings"][0])
    assert [one["code"] for one in answers[1]["findings"]] == ["objective.has_metric"]


def test_the_command_reads_standard_input_and_prints_for_people(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(INDENTED.encode())))
    code, out, _ = run(monkeypatch, capfdbinary, "check", "-")
    assert code == 0
    assert "Objective: Calm harbours" in out
    assert "From what?" in out
    assert "2 objectives, 3 key results" in out


@pytest.mark.parametrize("words", [["no-such-file.md"], ["."], ["x.bin"], ["x.bin", "--format", "pdf"]])
def test_wrong_input_is_one_line_and_exit_code_2(monkeypatch, capfdbinary, tmp_path: Path, words: list[str]):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.bin").write_bytes(b"good\n\xff\xfe")
    code, out, err = run(monkeypatch, capfdbinary, "check", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words[0] in err or "pdf" in err


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
