"""Tables of units that people bring: which column says what, a line a unit."""

from dataclasses import dataclass, field

from boathouse.core import spreadsheets
from boathouse.core.errors import Problem
from boathouse.core.spreadsheets import Bounds, clean, first_row, heading, is_empty, rows_of_text
from boathouse.rollout.units import MOST_UNITS

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
BOUNDS = Bounds(2 * MOST_UNITS, TOO_MANY)


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
    """A file as text with tabs. Errors: Problem 422. Blocking: run it in a thread."""
    return spreadsheets.text_of_file(data, BOUNDS)


def read_table(text: str) -> Table:
    """Rows by the names of their columns. Errors: Problem 422 for what is no table at all."""
    rows = rows_of_text(text, BOUNDS)
    first = first_row(rows)
    names, left_out = _columns(first)
    has_heading = names is not None
    table = Table(left_out=left_out)
    for number, row in enumerate(rows, 1):
        if (has_heading and row is first) or is_empty(row):
            continue
        columns = names if names is not None else dict(enumerate(COLUMNS))
        cells = {name: clean(row[at]) for at, name in columns.items() if at < len(row)}
        table.lines.append(Line(number, **cells))
    if len(table.lines) > MOST_UNITS:
        raise Problem(422, TOO_MANY, field="text")
    return table


def _columns(first: list[str]) -> tuple[dict[int, str] | None, list[str]]:
    """Which column is what, and those left out; None if the first line is a unit already."""
    known = {word: name for name, words in COLUMNS.items() for word in words}
    found: dict[int, str] = {}
    left_out = []
    for at, cell in enumerate(first):
        name = known.get(heading(cell))
        if name and name not in found.values():
            found[at] = name
        elif cell.strip():
            left_out.append(cell.strip()[:40])
    is_heading = "name" in found.values() and (len(found) > 1 or len(first) == 1)
    return (found, left_out) if is_heading else (None, [])
