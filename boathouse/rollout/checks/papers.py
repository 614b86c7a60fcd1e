"""Reading OKRs from elsewhere: plain text, Markdown, tables and JSON Lines become lines to check."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from boathouse.core.errors import UsageProblem
from boathouse.rollout.checks.outlines import read_outline
from boathouse.rollout.checks.paper_tables import (
    LONGEST_LINE,
    Row,
    Table,
    find_markdown_tables,
    find_table,
    without_columns,
)


class Kind(StrEnum):
    """What a line is."""

    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"


@dataclass(frozen=True)
class Line:
    """One line to check. id: its own, or the number of its line; of: the place of its objective, if it has
    one; owner: None where the paper has no place for a name.
    """

    id: str | int
    kind: Kind
    text: str
    start: str = ""
    target: str = ""
    unit: str = ""
    of: int | None = None
    owner: str | None = None


@dataclass(frozen=True)
class Paper:
    """The lines of a file in its order. is_whole: whether it is a draft with objectives and their key
    results; left_out: what stands in it and was taken for something else.
    """

    lines: Sequence[Line]
    is_whole: bool
    left_out: Sequence[str] = ()


def read_paper(text: str, name: str) -> Paper:
    """Read a file by what it looks like. name: for messages. Errors: UsageProblem naming file and line."""
    first = text.lstrip("\ufeff \t\r\n")
    if name.endswith((".jsonl", ".ndjson", ".json")) or first.startswith("{"):
        return Paper(list(_json_lines(text, name)), is_whole=False)
    draft = _Draft()
    if table := find_table(text, name):
        for row in table.rows():
            draft.add(row, table)
        return draft.paper(table.left_out)
    if "\t" in first.split("\n", 1)[0]:
        text = without_columns(text)
    return _outlined(text, draft)


class _Draft:
    """Lines as they are found, each key result below the objective before it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.last: int | None = None  # place of the objective that is open
        self.title = ""

    def objective(self, line_id: str | int, text: str) -> None:
        """A new objective opens."""
        self.last, self.title = len(self.lines), text
        self.lines.append(Line(line_id, Kind.OBJECTIVE, text[:LONGEST_LINE]))

    def add(self, row: Row, table: Table) -> None:
        """What a row of a table says: an objective, a key result, or both."""
        if row.objective and row.objective != self.title and not row.is_objective:
            self.objective(row.number, row.objective)
        if row.is_objective and (row.text or row.objective):
            self.objective(row.id or row.number, row.text or row.objective)
        elif row.text:
            owner = row.owner if "owner" in table.places else None
            measure = row.start, row.target, row.unit
            line_id = row.id or row.number
            self.lines.append(Line(line_id, Kind.KEY_RESULT, row.text, *measure, of=self.last, owner=owner))

    def paper(self, left_out: Sequence[str]) -> Paper:
        """All of it."""
        return Paper(self.lines, is_whole=True, left_out=left_out)


def _outlined(text: str, draft: _Draft) -> Paper:
    """Text and Markdown; a table in it counts as a line of the outline, in whose place its rows stand."""
    rows, tables = find_markdown_tables(text)
    items = read_outline("\n".join(rows))
    taken = {item.number for item in items}
    for item in items:
        if item.number in tables:
            for row in tables[item.number].rows():
                draft.add(row, tables[item.number])
        elif item.is_objective:
            draft.objective(item.number, item.text)
        else:
            words = item.text[:LONGEST_LINE]
            draft.lines.append(Line(item.number, Kind.KEY_RESULT, words, of=draft.last))
    left = [row.strip() for number, row in enumerate(rows, 1) if number not in taken]
    return draft.paper([row for row in left if any(sign.isalnum() for sign in row)])


def _json_lines(text: str, name: str) -> Iterator[Line]:
    for number, row in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if row.strip():
            yield _json_line(row, f"{name}, line {number}")


def _json_line(row: str, where: str) -> Line:
    try:
        read = json.loads(row)
    except (ValueError, RecursionError):
        raise UsageProblem(f"{where}: this is no JSON.") from None
    if not isinstance(read, dict):
        raise UsageProblem(f'{where}: an object with "id", "kind" and "text" is wanted.')
    if read.get("kind") not in list(Kind):
        raise UsageProblem(f'{where}: "kind" is objective or key_result.')
    if not isinstance(read.get("text"), str):
        raise UsageProblem(f'{where}: "text" is missing.')
    if not isinstance(read.get("id"), str | int):
        raise UsageProblem(f'{where}: "id" is missing.')
    return Line(read["id"], Kind(read["kind"]), read["text"])
