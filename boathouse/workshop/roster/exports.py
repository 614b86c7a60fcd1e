"""The roster as files: for Zoom, for Teams and Meet, for a spreadsheet, and personal links for a mail merge.

No cell can become a formula; see export_table.py.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlmodel import func
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.workshop.export_table import safe_cell
from boathouse.workshop.rooms import label_of
from boathouse.workshop.roster.expected import in_pieces
from boathouse.workshop.roster.versions import settings_of
from boathouse.workshop.tables import Invitee, Room, Workshop

ZOOM_HEADER = ("Pre-assign Room Name", "Email Address")


class RosterFile(StrEnum):
    """What a file may be."""

    ZOOM = "zoom"
    LIST = "list"
    CSV = "csv"
    LINKS = "links"


@dataclass(slots=True)
class Line:
    """A person as files have them. room: its id; number and called: how people know it."""

    id: str
    name: str
    email: str
    room: str = ""
    number: int = 0
    called: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The room as people call it; empty without one."""
        return label_of(self.number, self.called) if self.room else ""


@dataclass(frozen=True)
class RosterData:
    """A whole roster, ready to be written. domains: the organisation's own, as the coach has said."""

    title: str
    lines: list[Line]
    headings: list[str]
    domains: list[str]

    @property
    def by_room(self) -> list[Line]:
        """Room by room, those without one last; within a room in the order of the list."""
        return sorted(self.lines, key=lambda line: (not line.room, line.number))


async def load_roster(session: AsyncSession, workshop: Workshop, *, in_short: bool = False) -> RosterData:
    """All lines, each with the room where the person sits or shall sit. in_short: without their columns."""
    settings = await settings_of(session, workshop.id)
    room = (func.coalesce(Room.id, ""), func.coalesce(Room.number, 0), func.coalesce(Room.name, ""))
    columns: tuple[Any, ...] = (Invitee.id, Invitee.name, Invitee.email, *room)
    columns += () if in_short else (Invitee.columns,)
    lines = [Line(*row) async for row in in_pieces(session, workshop.id, *columns)]
    return RosterData(workshop.title, lines, settings.headings, settings.domains.split())


def zoom_lines(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """What Zoom can read: room and address, each address once, nobody without either of the two.

    Rooms of one name would become one there, so those are told apart by their number.
    """
    rooms = {line.room: line.called for line in lines if line.room}
    twins = Counter(called.casefold() for called in rooms.values())
    seen: set[str] = set()
    found = []
    for line in lines:
        if line.room and line.email and line.email not in seen:
            seen.add(line.email)
            is_twin = twins[line.called.casefold()] > 1
            found.append((f"{line.called} ({line.number})" if is_twin else line.called, line.email))
    return found


def to_zoom(data: RosterData) -> str:
    """Zoom's own format of pre-assigned rooms, to the byte: no byte order mark, no further column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ZOOM_HEADER)
    writer.writerows([safe_cell(cell) for cell in row] for row in zoom_lines(data.by_room))
    return out.getvalue()


def to_list(data: RosterData) -> str:
    """Room by room as plain text: Teams and Meet read no file, there one types or pastes."""
    parts = [data.title]
    for room, group in groupby(data.by_room, key=lambda line: line.label):
        people = [f"{line.name} <{line.email}>" if line.email else line.name for line in group]
        parts.append("\n".join([f"{room or 'Without a room'} ({len(people)})", *people]))
    return "\n\n".join(parts) + "\n"


def to_csv(data: RosterData) -> str:
    """The roster as it can be imported again."""
    rows = (
        [
            line.name,
            line.email,
            line.number or "",
            *(line.columns.get(heading, "") for heading in data.headings),
        ]
        for line in data.lines
    )
    return _table(["Name", "Email", "Room", *data.headings], rows)


def to_links(data: RosterData, link_of: Callable[[str], str]) -> str:
    """A line a person for a mail merge. link_of: the personal link of a line, by its id."""
    rows = (
        [line.email, line.name, line.name.split()[0], line.label, data.title, link_of(line.id)]
        for line in data.lines
    )
    return _table(["Email", "Name", "First name", "Room", "Workshop", "Link"], rows)


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Comma-separated, with a byte order mark so that Excel reads it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in heading])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
