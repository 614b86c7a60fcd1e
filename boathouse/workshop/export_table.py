"""The export as a table for spreadsheets: one row a key result, and rows for what has none.

No cell can become a formula: those that begin like one carry an apostrophe in front.
"""

import csv
import io
from collections.abc import Iterator

from boathouse.core.clock import iso
from boathouse.core.workbooks import FORMULA
from boathouse.workshop.exports import ExportData, ExportedComment, ExportedRoom

COLUMNS = (
    "kind",  # key result, objective (without key results), to-do, comment, reply
    "room_number",
    "room",
    "people",
    "objective",
    "why_now",
    "key_result",
    "type",
    "from",
    "commit",
    "to",
    "stretch",
    "unit",
    "owner",
    "to_do",
    "outcome",
    "comment",
    "on",
    "about",
    "author",
    "at",
    "settled_by",
)
Cells = dict[str, object]


def safe_cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula; a NUL inside would end the cell and is left out."""
    text = "" if value is None else str(value)
    quoted = f"'{text}" if text.startswith(FORMULA) else text
    return quoted.replace("\0", "")


def to_csv(data: ExportData) -> str:
    """Comma-separated, with a byte order mark so that Excel reads it as UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for room in data.rooms:
        of_room = {"room_number": room.number, "room": room.name, "people": ", ".join(room.people)}
        for cells in _rows(room):
            writer.writerow({name: safe_cell(value) for name, value in {**of_room, **cells}.items()})
    return "\ufeff" + out.getvalue()


def _rows(room: ExportedRoom) -> Iterator[Cells]:
    for objective in room.objectives:
        above: Cells = {"objective": objective.title, "why_now": objective.why}
        if not objective.key_results:
            yield {"kind": "objective", **above}
        for key_result in objective.key_results:
            yield {
                "kind": "key result",
                **above,
                "key_result": key_result.statement,
                "type": key_result.type,
                "from": key_result.start,
                "commit": key_result.commit,
                "to": key_result.target,
                "stretch": key_result.stretch,
                "unit": key_result.unit,
                "owner": key_result.owner,
            }
    for todo in room.todos:
        yield {"kind": "to-do", "to_do": todo.text, "outcome": todo.outcome}
    for objective in room.objectives:
        yield from _comments(objective.comments, {"objective": objective.title})
        for key_result in objective.key_results:
            places: Cells = {"objective": objective.title, "key_result": key_result.statement}
            yield from _comments(key_result.comments, places)
    yield from _comments(room.comments, {})


def _comments(comments: list[ExportedComment], place: Cells) -> Iterator[Cells]:
    for comment in comments:
        where = {**place, "on": comment.on}
        said = {"about": comment.about, "settled_by": comment.settled_by}
        yield {"kind": "comment", **where, **said, **_said(comment.author, comment.at, comment.body)}
        for reply in comment.replies:
            yield {"kind": "reply", **where, **_said(reply.author, reply.at, reply.body)}


def _said(author: str, at: object, body: str) -> Cells:
    return {"author": author, "at": iso(at), "comment": body}  # type: ignore[arg-type]
