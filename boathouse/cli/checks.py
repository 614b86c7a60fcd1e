"""The command that reads a draft as a coach would, offline."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from boathouse.cli.frame import app
from boathouse.core.errors import Problem, UsageProblem
from boathouse.rollout.checks import Finding
from boathouse.rollout.checks.files import read_file
from boathouse.rollout.checks.papers import Kind, Line, Paper
from boathouse.rollout.checks.reports import check_paper
from boathouse.rollout.checks.texts import plain

LARGEST = 10_000_000  # bytes


class Printed(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSONL = "jsonl"


@app.command()
def check(
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="The drafts; - or nothing: standard input.")
    ] = "-",
    form: Annotated[
        Printed, typer.Option("--format", help="For people, or a JSON line each.")
    ] = Printed.TEXT,
) -> None:
    """Read drafts and ask the coach's questions: plain text, Markdown, CSV, XLSX or JSON Lines."""
    paper = _paper_of(file)
    found = check_paper(paper)
    lines = _as_json(paper, found) if form is Printed.JSONL else _as_text(paper, found)
    for line in lines:
        sys.stdout.buffer.write(f"{line}\n".encode(errors="replace"))
    sys.stdout.flush()


def _paper_of(file: str) -> Paper:
    name = "standard input" if file == "-" else file
    try:
        return read_file(_bytes_of(file), name)
    except Problem as wrong:
        line = wrong.message[0].lower() + wrong.message[1:]
        raise UsageProblem(f"{name}: {line}") from None


def _bytes_of(file: str) -> bytes:
    try:
        if file == "-":
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(LARGEST + 1)
    except OSError as error:
        raise UsageProblem(f"{file} cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise UsageProblem(f"{file}: more than {LARGEST // 1_000_000} MB; check it in parts.")
    return content


def _as_json(paper: Paper, found: list[list[Finding]]) -> Iterator[str]:
    for line, findings in zip(paper.lines, found, strict=True):
        yield json.dumps({"id": line.id, "findings": [one.as_json() for one in findings]})


def _as_text(paper: Paper, found: list[list[Finding]]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for line, findings in zip(paper.lines, found, strict=True):
        yield from _block(line, findings)
        counts.update(one.severity.value for one in findings)
    kinds = Counter(line.kind for line in paper.lines)
    yield (
        f"{_count(kinds[Kind.OBJECTIVE], 'objective')}, {_count(kinds[Kind.KEY_RESULT], 'key result')}: "
        f"{counts['fix']} to fix, {counts['ask']} to ask about, {counts['info']} good to know."
    )


def _block(line: Line, findings: list[Finding]) -> Iterator[str]:
    is_objective = line.kind is Kind.OBJECTIVE
    indent = "" if is_objective else "  "
    yield f"{indent}{'Objective: ' if is_objective else '- '}{plain(line.text)}"
    for one in findings:
        yield f"{indent}    {one.severity.value:4} {one.code}: {one.message}"
        yield f"{indent}         {one.question}"
    if not findings:
        yield f"{indent}    good"
    yield ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
