"""Reading OKRs from elsewhere: plain text, Markdown, CSV and JSON Lines become lines to check."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from boathouse.core.errors import UsageProblem
from boathouse.rollout.checks.outlines import read_outline

LONGEST_LINE = 20_000  # characters


class Kind(StrEnum):
    """What a line is."""

    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"


@dataclass(frozen=True)
class Line:
    """One line to check. id: its own, or the number of its line; of: the place of its objective, if it has
    one."""

    id: str | int
    kind: Kind
    text: str
    start: str = ""
    target: str = ""
    unit: str = ""
    of: int | None = None


@dataclass(frozen=True)
class Paper:
    """The lines of a file in its order. is_whole: whether it is a draft with objectives and their key
    results."""

    lines: Sequence[Line]
    is_whole: bool


def read_paper(text: str, name: str) -> Paper:
    """Read a file by what it looks like. name: for messages. Errors: UsageProblem naming file and line."""
    first = text.lstrip("\ufeff \t\r\n")
    if name.endswith((".jsonl", ".ndjson", ".json")) or first.startswith("{"):
        return Paper(list(_json_lines(text, name)), is_whole=False)
    if header := _header(text, name):
        return Paper(list(_cells(text, header)), is_whole=True)
    return Paper(list(_outline(text)), is_whole=True)


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


_COLUMNS = {
    "objective": ("objective", "objectives", "parent_objective", "goal"),
    "text": ("key_result", "key_results", "keyresult", "kr", "krs", "text", "statement", "result"),
    "kind": ("kind", "type", "level"),
    "id": ("id", "key", "nr", "no", "#"),
    "start": ("start", "baseline", "from", "start_value", "starting_point"),
    "target": ("target", "to", "target_value"),
    "unit": ("unit", "units"),
}


@dataclass(frozen=True)
class _Header:
    delimiter: str
    places: dict[str, int]


def _header(text: str, name: str) -> _Header | None:
    """The columns of a CSV file, or None if it is no such file."""
    first = next((row for row in text.lstrip("\ufeff").splitlines() if row.strip()), "")
    delimiter = max(",;\t", key=first.count)
    cells = [re.sub(r"[\s-]+", "_", cell.strip().strip('"').lower()) for cell in first.split(delimiter)]
    places = {
        column: cells.index(found)
        for column, names in _COLUMNS.items()
        if (found := next((one for one in names if one in cells), None))
    }
    if "text" in places and (len(cells) > 1 or name.endswith((".csv", ".tsv"))):
        return _Header(delimiter, places)
    if "objective" in places and name.endswith((".csv", ".tsv")):
        return _Header(delimiter, places)
    if name.endswith((".csv", ".tsv")):
        raise UsageProblem(
            f"{name}, line 1: name the columns, such as objective and key_result, or kind and text."
        )
    return None


def _cells(text: str, header: _Header) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff").replace("\0", "")), delimiter=header.delimiter)
    place, objective, last = -1, "", None
    begun = False
    for number, row in _readable(rows):
        cell = {name: row[at].strip() if at < len(row) else "" for name, at in header.places.items()}
        if not begun:
            begun = any(cell.values())
            continue
        if (
            (named := cell.get("objective", ""))
            and named != objective
            and cell.get("kind", "") != Kind.OBJECTIVE
        ):
            objective, place, last = named, place + 1, place + 1
            yield Line(number, Kind.OBJECTIVE, named)
        words = cell.get("text", "")
        if not words:
            continue
        is_objective = cell.get("kind", "").lower().startswith("obj")
        yield Line(
            cell.get("id") or number,
            Kind.OBJECTIVE if is_objective else Kind.KEY_RESULT,
            words,
            cell.get("start", ""),
            cell.get("target", ""),
            cell.get("unit", ""),
            None if is_objective else last,
        )
        place += 1
        if is_objective:
            objective, last = words, place


def _readable(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of their last line; a row that cannot be read ends the file."""
    reader = iter(rows)
    number = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UsageProblem(f"line {number + 1}: this cell is too long to be read.") from None
        number += 1
        yield number, row


def _outline(text: str) -> Iterator[Line]:
    place, last = -1, None
    for item in read_outline(text):
        place += 1
        if item.is_objective:
            last = place
        kind = Kind.OBJECTIVE if item.is_objective else Kind.KEY_RESULT
        yield Line(item.number, kind, item.text[:LONGEST_LINE], of=None if item.is_objective else last)
