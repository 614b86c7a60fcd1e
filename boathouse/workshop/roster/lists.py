"""Lists of people as they are brought: which column says what, a line a person."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from boathouse.core import spreadsheets
from boathouse.core.errors import Problem
from boathouse.core.spreadsheets import Bounds, clean, first_row, heading, is_empty, is_formula, rows_of_text
from boathouse.workshop.roster.invitees import MOST
from boathouse.workshop.roster.versions import MOST_COLUMNS

# Names of columns as people write them.
COLUMNS = {
    "name": ("name", "full name", "display name", "participant", "participant name", "person", "attendee"),
    "first": ("first name", "firstname", "given name", "forename"),
    "last": ("last name", "lastname", "surname", "family name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail", "address", "user principal name"),
    "room": ("room", "room name", "room number", "breakout room", "pre-assign room name"),
}
WORDS = {"first": "The first name", "last": "The last name", "room": "The room"}
WORDS |= {"name": "The name", "email": "The address"}
# Columns that people are assigned by; any other is kept only if the coach asks for it.
USUAL = (
    *("department", "dept", "dept.", "team", "group", "unit", "business unit", "division", "function"),
    *("area", "site", "location", "office", "city", "country", "region", "level", "role", "job title"),
    *("title", "position", "company", "organisation", "organization", "squad", "tribe", "language"),
)
TOO_MANY = f"This list has more than {MOST:,} lines, and a roster holds at most {MOST:,} people."
BOUNDS = Bounds(2 * MOST, TOO_MANY)
LONGEST_HEADING = 40
ADDRESS = re.compile(r"(?P<name>[^<>@]*?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")


@dataclass
class Line:
    """One line of the list. number: as people count. formulas: what would be calculated, in words."""

    number: int
    name: str = ""
    email: str = ""
    room: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)


@dataclass
class Table:
    """What was read. kept, left_out: headings of the further columns."""

    lines: list[Line] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass
class Layout:
    """Where things stand in a row. further: heading by place."""

    places: dict[str, int] = field(default_factory=dict)
    further: dict[int, str] = field(default_factory=dict)
    has_heading: bool = True


def text_of_file(data: bytes) -> str:
    """A file as text with tabs. Errors: Problem 422. Blocking: run it in a thread."""
    return spreadsheets.text_of_file(data, BOUNDS)


def read_table(text: str, keep: Collection[str] | None = None) -> Table:
    """People by line. keep: headings of the further columns to keep; those that are usual if None.

    Errors: Problem 422 for what is no table at all.
    """
    rows = _addresses(rows_of_text(text, BOUNDS))
    first = first_row(rows)
    layout = _layout(first)
    table = Table()
    for name in layout.further.values():
        is_wanted = name in keep if keep is not None else heading(name) in USUAL or not layout.has_heading
        (table.kept if is_wanted and len(table.kept) < MOST_COLUMNS else table.left_out).append(name)
    further = {at: name for at, name in layout.further.items() if name in table.kept}
    for number, row in enumerate(rows, 1):
        if not is_empty(row) and not (layout.has_heading and row is first):
            table.lines.append(_line(number, row, layout.places, further))
    if len(table.lines) > MOST:
        raise Problem(422, TOO_MANY, field="text")
    return table


def _line(number: int, row: list[str], places: dict[str, int], further: dict[int, str]) -> Line:
    def cell(name: str) -> str:
        at = places.get(name, len(row))
        return clean(row[at]) if at < len(row) else ""

    name = cell("name") or f"{cell('first')} {cell('last')}".strip()
    line = Line(number, name, cell("email"), cell("room"))
    if not line.email and (found := ADDRESS.fullmatch(name)):
        line.name, line.email = found["name"].strip('"'), found["email"]
    line.columns = {
        heading: value for at, heading in further.items() if at < len(row) and (value := clean(row[at]))
    }
    words = {at: WORDS[name] for name, at in places.items()} | further
    line.formulas = [words[at] for at in words if at < len(row) and is_formula(row[at])]
    return line


def _addresses(rows: list[list[str]]) -> list[list[str]]:
    """The line that a mail program gives, "Ana Lind <ana@x.org>; Ben <ben@x.org>", as a row each."""
    filled = [row for row in rows if not is_empty(row)]
    cells = [clean(cell) for cell in filled[0] if cell.strip()] if len(filled) == 1 else []
    if len(cells) < 2 or not all(ADDRESS.fullmatch(cell) for cell in cells):
        return rows
    return [[cell] for cell in cells]


def _layout(first: list[str]) -> Layout:
    """Which column is what, from the first line, or from the looks of a first person."""
    known = {word: name for name, words in COLUMNS.items() for word in words}
    layout = Layout()
    for at, cell in enumerate(first):
        name = known.get(heading(cell))
        if name and name not in layout.places:
            layout.places[name] = at
        elif cell.strip():
            layout.further[at] = _free(clean(cell)[:LONGEST_HEADING], layout.further.values())
    is_person = any("@" in cell for cell in first)
    if not is_person and layout.places.keys() & {"name", "first", "last", "email"}:
        return layout
    return _guessed(first)


def _guessed(first: list[str]) -> Layout:
    """Without names of columns: the address shows itself, the name stands first, the next is a group."""
    email = next((at for at, cell in enumerate(first) if "@" in cell and not ADDRESS.search(cell)), None)
    others = [at for at in range(len(first)) if at != email]
    places = {"name": others[0]} if others else {}
    if email is not None:
        places["email"] = email
    further = {at: "Group" if n == 0 else f"Column {at + 1}" for n, at in enumerate(others[1:])}
    return Layout(places, further, has_heading=False)


def _free(name: str, taken: Collection[str]) -> str:
    """The heading, numbered where there is one of this name."""
    names = (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)
