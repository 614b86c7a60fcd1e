"""Tables of OKRs as people keep them: CSV, cells copied from a spreadsheet, tables in Markdown.

The first row names the columns. A key result belongs to the objective in its row, or else to the one
before it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from boathouse.core.errors import UsageProblem

LONGEST_LINE = 20_000  # characters
COLUMNS = {
    "objective": ("objective", "objectives", "parent objective", "goal", "goals"),
    "text": (
        "key result", "key results", "keyresult", "keyresults", "kr", "krs", "text", "statement", "result",
        "results", "key result statement",
    ),
    "kind": ("kind", "level", "type"),
    "id": ("id", "key", "nr", "no", "#"),
    "start": (
        "start", "baseline", "from", "start value", "starting point", "starting value", "initial value",
        "today",
    ),
    "target": ("target", "to", "target value", "goal value", "end value"),
    "unit": ("unit", "units", "unit of measure"),
    "owner": ("owner", "owners", "responsible", "key result owner", "kr owner"),
}  # fmt: skip
# What other rows of such tables hold; our own exports name them in `kind`.
_ASIDE = re.compile(r"to-?do|comment|reply|initiative|task|project|note|action|activity", re.IGNORECASE)
_SEPARATOR = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_NUMBERED = re.compile(r"^(?:objective|key ?result|kr|o)\s*[\d.]*$", re.IGNORECASE)
_QUOTED = re.compile(r"'[=+\-@]")  # as exports quote what spreadsheets would calculate
_NUMBER = re.compile(r"^[\s\d.,%€$£+-]*$")


@dataclass(frozen=True)
class Row:
    """One row, its cells by what they mean. number: of its line in the text."""

    number: int
    objective: str = ""
    text: str = ""
    id: str = ""
    start: str = ""
    target: str = ""
    unit: str = ""
    owner: str = ""
    is_objective: bool = False


@dataclass
class Table:
    """A table whose columns are known. places: index of a column by its meaning; rows: cells by line."""

    places: dict[str, int]
    cells: Iterable[tuple[int, Sequence[str]]]
    left_out: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Its rows without the heading; those that are neither objective nor key result are left out."""
        for number, cells in self.cells:
            said = {name: _plain(cells[at]) if at < len(cells) else "" for name, at in self.places.items()}
            kind = said.pop("kind", "")
            if _ASIDE.search(kind):
                self.left_out.append(" ".join(cell.strip() for cell in cells if cell.strip()))
            else:
                yield Row(number, **said, is_objective=kind.lower().startswith(("obj", "goal")))


def find_table(text: str, name: str) -> Table | None:
    """The table of a CSV file or of copied cells; None if it is none. Errors: UsageProblem for a CSV file
    whose columns cannot be told.
    """
    is_csv = name.endswith((".csv", ".tsv"))
    first = next((row for row in text.lstrip("\ufeff").splitlines() if row.strip()), "")
    delimiter = max(",;\t", key=first.count)
    heading = next(csv.reader([first], delimiter=delimiter), []) if len(first) < LONGEST_LINE else []
    places = places_of(heading)
    if ("text" in places and (len(heading) > 1 or is_csv)) or ("objective" in places and is_csv):
        return Table(places, _body(text, delimiter))
    if is_csv:
        raise UsageProblem(
            f"{name}, line 1: name the columns, such as objective and key_result, or kind and text."
        )
    return None


def places_of(heading: Sequence[str]) -> dict[str, int]:
    """Which columns mean what, by their names."""
    names = [
        " ".join(cell.strip(' *_`"').replace("_", " ").replace("-", " ").lower().split()) for cell in heading
    ]
    return {
        meaning: names.index(found)
        for meaning, known in COLUMNS.items()
        if (found := next((one for one in known if one in names), None))
    }


def find_markdown_tables(text: str) -> tuple[list[str], dict[int, Table]]:
    """The rows of a text, in which each table of OKRs is one row, and these tables by its number.

    Other tables are emptied: they hold dates, people, colours.
    """
    rows = text.splitlines()
    tables: dict[int, Table] = {}
    at = 1
    while at < len(rows):
        if not (_SEPARATOR.match(rows[at]) and "|" in rows[at] and "|" in rows[at - 1]):
            at += 1
            continue
        end = next((one for one in range(at + 1, len(rows)) if "|" not in rows[one]), len(rows))
        places = places_of(_cells(rows[at - 1]))
        body = [(number + 1, _cells(rows[number])) for number in range(at + 1, end)]
        known = "text" in places or "objective" in places
        if known:
            tables[at] = Table(places, body)
        rows[at - 1 : end] = ["KR: table" if known else "", *[""] * (end - at)]
        at = end
    return rows, tables


def without_columns(text: str) -> str:
    """Cells copied without a heading, as lines: "Objective 1", "Calm harbours" become one. Numbers of their
    own are left out, since nobody knows what they mean.
    """
    lines = []
    for row in text.splitlines():
        cells = [_plain(cell) for cell in row.split("\t")]
        words = [cell for cell in cells if not _NUMBER.match(cell)]
        label = f"{words.pop(0)}: " if len(words) > 1 and _NUMBERED.match(words[0]) else ""
        lines.append(f"{label}{', '.join(words)}")
    return "\n".join(lines)


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|")
    cells = [cell.replace("\\|", "|").strip() for cell in _CELL_END.split(inner)]
    return cells[:-1] if cells and not cells[-1] else cells


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if _QUOTED.match(cell) else cell


def _body(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading with the number of their line. Errors: UsageProblem at a row that cannot
    be read.
    """
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff").replace("\0", "")), delimiter=delimiter)
    number, begun = 0, False
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UsageProblem(f"line {number + 1}: this cell is too long to be read.") from None
        number += 1
        if begun:
            yield number, row
        begun = begun or any(cell.strip() for cell in row)
