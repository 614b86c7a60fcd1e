"""Drafts from elsewhere: what is read of text, Markdown, tables and workbooks."""

import io

import pytest
from openpyxl import Workbook

from boathouse.core.errors import Problem, UsageProblem
from boathouse.rollout.checks.files import read_file
from boathouse.rollout.checks.papers import Kind, Line, read_paper
from boathouse.rollout.checks.reports import check_paper, make_report

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
