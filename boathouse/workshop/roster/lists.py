"""Lists of people as they are brought, a line a person."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from boathouse.core import spreadsheets
from boathouse.core.errors import Problem
from boathouse.core.spreadsheets import Bounds, clean, heading, is_empty, is_formula, rows_of_text
from boathouse.workshop.roster.invitees import MOST
from boathouse.workshop.roster.layouts import ADDRESS, EMAIL, USUAL, Layout, layout_of
from boathouse.workshop.roster.versions import MOST_COLUMNS, TOO_MANY_COLUMNS

WORDS = {"first": "The first name", "last": "The last name", "either": "The name", "room": "The room"}
WORDS |= {"name": "The name", "email": "The address"}
TOO_MANY = f"This list has more than {MOST:,} lines, and a roster holds at most {MOST:,} people."
BOUNDS = Bounds(2 * MOST, TOO_MANY)
TURNED = re.compile(r"(?P<last>[^,]+), (?P<first>[^,]+)")  # Lind, Ana
NO_NAMES = "Where the list has no name, it is read from the address."
NO_HEADING = "No line names the columns, so the first line is a person too."


@dataclass
class Line:
    """One line of the list. number: as people count. formulas: what would be calculated, in words.

    is_nameless: the name is read from the address.
    """

    number: int
    name: str = ""
    email: str = ""
    room: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)
    is_nameless: bool = False


@dataclass
class Table:
    """What was read. kept, left_out: headings of the further columns; told: how it was read, where that was
    not plain from the list.
    """

    lines: list[Line] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def text_of_file(data: bytes) -> str:
    """A file as text with tabs. Errors: Problem 422. Blocking: run it in a thread."""
    return spreadsheets.text_of_file(data, BOUNDS)


def read_table(text: str, keep: Collection[str] | None = None) -> Table:
    """People by line. keep: headings of the further columns to keep; those that are usual if None.

    Errors: Problem 422 for what is no table at all.
    """
    addresses = _addresses(text)
    rows = addresses or rows_of_text(text, BOUNDS)
    layout = layout_of(rows)
    table = Table(told=_told(layout, rows))
    if keep is not None and len({*keep} & {*layout.further.values()}) > MOST_COLUMNS:
        raise Problem(422, TOO_MANY_COLUMNS, field="columns")
    for name in layout.further.values():
        is_wanted = name in keep if keep is not None else heading(name) in USUAL or not layout.has_heading
        (table.kept if is_wanted and len(table.kept) < MOST_COLUMNS else table.left_out).append(name)
    further = {at: name for at, name in layout.further.items() if name in table.kept}
    for number, row in enumerate(rows[layout.start :], layout.start + 1):
        if not is_empty(row):
            table.lines.append(_line(number, row, layout.places, further))
    if len(table.lines) > MOST:
        raise Problem(422, TOO_MANY, field="text")
    _turn_names(table)
    if addresses or not layout.has_names:
        _name_by_address(table)
    return table


def _told(layout: Layout, rows: list[list[str]]) -> list[str]:
    """What was not plain, in sentences."""
    found = []
    if layout.titles:
        found.append(f"The names of the columns stand in line {layout.start}; what is above is left out.")
    found += [f"The {what} is read from “{column}”." for what, column in layout.guessed.items()]
    if not layout.has_heading and any(len(row) > 1 for row in rows):
        found.append(NO_HEADING)
    return found


def _line(number: int, row: list[str], places: dict[str, int], further: dict[int, str]) -> Line:
    def cell(name: str) -> str:
        at = places.get(name, len(row))
        return clean(row[at]) if at < len(row) else ""

    name = cell("name") or _whole_name(cell("first"), cell("last"), cell("either"))
    line = Line(number, name, cell("email"), cell("room"))
    for words in (line.email, name):
        if found := ADDRESS.fullmatch(words):
            line.name, line.email = found["name"].strip("\"'") or line.name, found["email"]
            break
    if not line.email and EMAIL.fullmatch(name):
        line.name, line.email = "", name
    line.columns = {
        heading: value for at, heading in further.items() if at < len(row) and (value := clean(row[at]))
    }
    words_at = {at: WORDS[name] for name, at in places.items()} | further
    line.formulas = [words_at[at] for at in words_at if at < len(row) and is_formula(row[at])]
    return line


def _whole_name(first: str, last: str, either: str) -> str:
    """either: some lists have the whole name beside the first one, some the last."""
    is_whole = first and set(first.split()) <= set(either.split())
    return either if is_whole else f"{first} {last or either}".strip()


def _turn_names(table: Table) -> None:
    """Where all are written last name first, as mail programs do: Lind, Ana."""
    names = [line for line in table.lines if line.name]
    found = [TURNED.fullmatch(line.name) for line in names]
    if not names or not all(found):
        return
    table.told.append(f"All names stand the other way round: “{names[0].name}” is read as")
    for line, each in zip(names, found, strict=True):
        if each:
            line.name = f"{each['first'].strip()} {each['last'].strip()}"
    table.told[-1] += f" {names[0].name}."


def _name_by_address(table: Table) -> None:
    """Mere addresses: ana.lind@alder.example is called Ana Lind until somebody says otherwise."""
    nameless = [line for line in table.lines if line.email and not line.name and not line.formulas]
    for line in nameless:
        words = re.split(r"[._\-+\d]+", line.email.partition("@")[0])
        line.name, line.is_nameless = " ".join(word.capitalize() for word in words if word), True
    table.told += [NO_NAMES] if nameless else []


def _addresses(text: str) -> list[list[str]]:
    """What a mail program gives, "Ana Lind <ana@x.org>; ben@x.org", as a row each; none for anything else."""
    for mark in (";", ","):
        rows = [[clean(cell)] for line in text.split("\n") for cell in line.split(mark) if cell.strip()]
        if rows and all(ADDRESS.fullmatch(row[0]) or EMAIL.fullmatch(row[0]) for row in rows):
            return rows
    return []
