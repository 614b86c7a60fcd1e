"""Reads tables that people bring: pasted text, CSV and XLSX files. Bytes in, rows of text out.

What the columns mean is the business of whoever asks.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from boathouse.core.errors import Problem

LARGEST_UNPACKED = 32 * 1024 * 1024  # bytes of an XLSX file once unpacked
LONGEST_CELL = 500  # letters
MOST_COLUMNS = 50
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BOMB = "This file unpacks to far more than such a list needs, so it was not opened. Copy it into a new file."
NO_TABLE = "This file could not be read as a table. Save it as CSV UTF-8 or XLSX, or paste the lines instead."
OLD = "This is an old Excel file (.xls). Save it as .xlsx or as CSV UTF-8."
# The first line of a file that tells Excel what divides its cells.
SAYS_MARK = re.compile(r"(?P<above>\s*)sep=(?P<mark>[;,|\t])[ ;,]*(?=\n)", re.IGNORECASE)
# Our exports put an apostrophe before what spreadsheets would calculate.
QUOTED = re.compile(r"'[=+\-@]")


@dataclass(frozen=True)
class Bounds:
    """How much may be brought. lines: empty ones included. too_many: the sentence for more."""

    lines: int
    too_many: str


def text_of_file(data: bytes, bounds: Bounds) -> str:
    """A file as text with tabs, which is what copying from a spreadsheet gives. Errors: Problem 422.

    Blocking: run it in a thread.
    """
    if data.startswith(ZIP):
        text = io.StringIO()
        csv.writer(text, delimiter="\t", lineterminator="\n").writerows(_rows_of_xlsx(data, bounds))
        return text.getvalue()
    if data.startswith(OLD_EXCEL):
        raise Problem(422, OLD, field="file")
    return _decoded(data)


def rows_of_text(text: str, bounds: Bounds) -> list[list[str]]:
    """The cells of all lines, empty lines included. Errors: Problem 422 for what is no table at all."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise Problem(422, NO_TABLE, field="text")
    if text.count("\n") > bounds.lines:  # told before anything is parsed
        raise Problem(422, bounds.too_many, field="text")
    said = SAYS_MARK.match(text)
    if said:  # an empty line instead, so that numbers of lines are right
        text = said["above"] + text[said.end() :]
    try:
        return list(csv.reader(io.StringIO(text), delimiter=said["mark"] if said else _delimiter(text)))
    except csv.Error:
        raise Problem(422, NO_TABLE, field="text") from None


def first_row(rows: list[list[str]]) -> list[str]:
    """The first that is not empty, or none."""
    return next((row for row in rows if not is_empty(row)), [])


def is_empty(row: list[str]) -> bool:
    """Whether nothing is written in it."""
    return not any(cell.strip() for cell in row)


def heading(cell: str) -> str:
    """The name of a column as it is compared."""
    return " ".join(cell.replace("_", " ").split()).casefold()


def clean(cell: str) -> str:
    """On one line, without the apostrophe that our exports put before what would be calculated."""
    cell = " ".join(cell.split())
    return cell[1:] if QUOTED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a cell as it was brought is a formula: its result is not in the list."""
    return cell.lstrip().startswith("=")


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


def _rows_of_xlsx(data: bytes, bounds: Bounds) -> list[list[str]]:
    """The first sheet that is not empty. A formula stays as it is written, so that its line can be told."""
    from openpyxl import load_workbook  # takes long to load, and few need it

    try:
        _refuse_bomb(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            if rows := _rows_of_sheet(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), bounds):
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


def _rows_of_sheet(rows: Iterator[tuple[object, ...]], bounds: Bounds) -> list[list[str]]:
    """Empty lines between others stay, so that numbers of lines are right; those at the end do not."""
    kept: list[list[str]] = []
    empty = 0
    for row in rows:
        cells = [_shown(value) for value in row]
        if not any(cells):
            empty += 1
            continue
        kept.extend([[]] * min(empty, bounds.lines) if kept else [])
        kept.append(cells)
        empty = 0
        if len(kept) > bounds.lines:
            raise Problem(422, bounds.too_many, field="file")
    widths = (at for row in kept for at, cell in enumerate(row, 1) if cell)
    width = max(widths, default=0)
    return [row[: max(width, 2)] for row in kept]  # two at least, so that a tab tells what divides them


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:LONGEST_CELL]


def _delimiter(text: str) -> str:
    """What the first line is divided by; a comma if nothing speaks. A tab has no other meaning there."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    if "\t" in first:
        return "\t"
    if "|" in first and not {";", ","} & {*first}:  # "Role (A|B|C)" divides nothing beside a comma
        return "|"
    return max(";,", key=lambda mark: (first.count(mark), mark == ","))
