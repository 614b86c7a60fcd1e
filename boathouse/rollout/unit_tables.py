"""Reads tables of units that people bring: pasted text, CSV and XLSX files. Bytes in, rows of text out."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl import load_workbook

from boathouse.core.errors import Problem
from boathouse.rollout.units import MOST_UNITS

LARGEST_UNPACKED = 32 * 1024 * 1024  # bytes of an XLSX file once unpacked
MOST_LINES = 2 * MOST_UNITS  # empty ones included
LONGEST_CELL = 500  # letters
MOST_COLUMNS = 50
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Names of columns as people write them. Order: what we expect where the first line names nothing.
COLUMNS = {
    "name": ("name", "unit", "unit name", "organisational unit", "org unit", "team"),
    "kind": ("level", "kind", "type", "unit type"),
    "parent": ("belongs to", "belongs below", "parent", "parent unit", "reports to", "below", "part of"),
    "headcount": ("people", "headcount", "head count", "size", "employees", "fte"),
    "leader": ("leader", "lead", "head", "manager", "led by", "responsible"),
    "sponsor": ("sponsor", "executive sponsor"),
}
TOO_MANY = (
    f"This table has more than {MOST_UNITS:,} lines, and a program holds at most {MOST_UNITS:,} units. "
    "Leave out the lowest level: teams can be added when their turn comes."
)
BOMB = (
    "This file unpacks to far more than a list of units needs, so it was not opened. Copy the list into a "
    "new file."
)
NO_TABLE = "This file could not be read as a table. Save it as CSV UTF-8 or XLSX, or paste the lines instead."


@dataclass(frozen=True)
class Line:
    """One line of the table. number: as people count, the line with the names of columns included."""

    number: int
    name: str = ""
    kind: str = ""
    parent: str = ""
    headcount: str = ""
    leader: str = ""
    sponsor: str = ""


@dataclass
class Table:
    """What was read. left_out: columns that say nothing to us."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def text_of_file(data: bytes) -> str:
    """A file as text with tabs, which is what copying from a spreadsheet gives. Errors: Problem 422.

    Blocking: run it in a thread.
    """
    if data.startswith(ZIP):
        text = io.StringIO()
        csv.writer(text, delimiter="\t", lineterminator="\n").writerows(_rows_of_xlsx(data))
        return text.getvalue()
    if data.startswith(OLD_EXCEL):
        raise Problem(
            422, "This is an old Excel file (.xls). Save it as .xlsx or as CSV UTF-8.", field="file"
        )
    return _decoded(data)


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\x00" in data:  # a picture, a document: no letters of any alphabet
            raise Problem(422, NO_TABLE, field="file") from None
        line = data[: error.start].count(b"\n") + 1
        raise Problem(
            422,
            f"Line {line} has letters that cannot be read: the file is not saved as UTF-8. In Excel choose "
            "“CSV UTF-8” when saving, or copy the cells and paste them instead.",
            field="file",
        ) from None
    if "\x00" in text:
        raise Problem(422, NO_TABLE, field="file")
    return text


def _rows_of_xlsx(data: bytes) -> list[list[str]]:
    """The first sheet that is not empty. A formula stays as it is written, so that its line can be told."""
    try:
        _refuse_bomb(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            if rows := _rows_of_sheet(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)):
                return rows
    except Problem:
        raise
    except Exception as error:  # a broken or hostile file may raise anything in a parser that is not ours
        raise Problem(422, NO_TABLE, field="file") from error
    return []


def _refuse_bomb(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            raise Problem(422, BOMB, field="file")


def _rows_of_sheet(rows: Iterator[tuple[object, ...]]) -> list[list[str]]:
    """Empty lines between others stay, so that numbers of lines are right; those at the end do not."""
    kept: list[list[str]] = []
    empty = 0
    for row in rows:
        cells = [_shown(value) for value in row]
        if not any(cells):
            empty += 1
            continue
        kept.extend([[]] * min(empty, MOST_UNITS) if kept else [])
        kept.append(cells)
        empty = 0
        if len(kept) > MOST_LINES:
            raise Problem(422, TOO_MANY, field="file")
    return kept


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"\s+", " ", str(value)).strip()[:LONGEST_CELL]


def read_table(text: str) -> Table:
    """Rows by the names of their columns. Errors: Problem 422 for what is no table at all."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise Problem(422, NO_TABLE, field="text")
    if text.count("\n") > MOST_LINES:  # told before anything is parsed
        raise Problem(422, TOO_MANY, field="text")
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error:
        raise Problem(422, NO_TABLE, field="text") from None
    first = next((row for row in rows if any(cell.strip() for cell in row)), [])
    names, left_out = _columns(first)
    has_heading = names is not None
    table = Table(left_out=left_out)
    for number, row in enumerate(rows, 1):
        if (has_heading and row is first) or not any(cell.strip() for cell in row):
            continue
        columns = names if names is not None else dict(enumerate(COLUMNS))
        cells = {name: _clean(row[at]) for at, name in columns.items() if at < len(row)}
        table.lines.append(Line(number, **cells))
    if len(table.lines) > MOST_UNITS:
        raise Problem(422, TOO_MANY, field="text")
    return table


def _delimiter(text: str) -> str:
    """What the first line is divided by; a comma if nothing speaks."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max("\t;,", key=lambda mark: (first.count(mark), mark == ","))


def _columns(first: list[str]) -> tuple[dict[int, str] | None, list[str]]:
    """Which column is what, and those left out; None if the first line is a unit already."""
    known = {word: name for name, words in COLUMNS.items() for word in words}
    found: dict[int, str] = {}
    left_out = []
    for at, cell in enumerate(first):
        name = known.get(re.sub(r"[\s_]+", " ", cell).strip().casefold())
        if name and name not in found.values():
            found[at] = name
        elif cell.strip():
            left_out.append(cell.strip()[:40])
    is_heading = "name" in found.values() and (len(found) > 1 or len(first) == 1)
    return (found, left_out) if is_heading else (None, [])


def _clean(cell: str) -> str:
    cell = re.sub(r"\s+", " ", cell).strip()
    # Our own export protects spreadsheets with an apostrophe before what they would calculate.
    return cell[1:] if re.match(r"'[=+\-@]", cell) else cell
