"""Drafts from elsewhere: what is read of text, Markdown, CSV and JSON Lines; the command and the route."""

import io
import json
import sys
from pathlib import Path

import pytest

from boathouse.cli import main
from boathouse.core.errors import UsageProblem
from boathouse.rollout.checks.papers import Kind, read_paper
from boathouse.rollout.checks.reports import check_paper
from boathouse.rollout.web.checks import LONGEST_TEXT, MOST_LINES
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
