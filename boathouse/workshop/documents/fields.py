"""Which root texts a room's document may have, and the columns that keep their copies.

A name is kind:id:column, such as objective:4kq0…:title. Fields of deleted rows count: their rows may be
brought back, and somebody may still be writing in them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from boathouse.core.bulk import NewTexts
from boathouse.workshop.tables import KeyResult, Objective, Todo

TABLES: dict[str, tuple[Table, tuple[str, ...]]] = {
    "objective": (Objective.__table__, ("title", "why")),  # type: ignore[attr-defined]
    "key_result": (KeyResult.__table__, ("statement", "start", "commit", "target", "stretch", "unit")),  # type: ignore[attr-defined]
    "todo": (Todo.__table__, ("text", "outcome")),  # type: ignore[attr-defined]
}


def field_names(kind: str, row_id: str) -> tuple[str, ...]:
    """The root names of one row. kind: objective, key_result or todo."""
    return tuple(f"{kind}:{row_id}:{column}" for column in TABLES[kind][1])


async def read_columns(connection: AsyncConnection, room_id: str) -> dict[str, str]:
    """Every field of a room, with its copy as it stands in the rows."""
    copies: dict[str, str] = {}
    for kind, (table, columns) in TABLES.items():
        query = select(table.c.id, *(table.c[column] for column in columns))
        for row in await connection.execute(query.where(table.c.room_id == room_id)):
            copies.update(zip(field_names(kind, row[0]), row[1:], strict=True))
    return copies


def column_bulks(texts: Mapping[str, str]) -> list[NewTexts]:
    """Copies texts into their rows: one statement for all rows in which the same columns changed."""
    return [
        NewTexts(TABLES[kind][0].name, ("id", *columns), rows)
        for (kind, columns), rows in _by_statement(texts.items()).items()
    ]


def _by_statement(
    texts: Iterable[tuple[str, str]],
) -> dict[tuple[str, tuple[str, ...]], list[tuple[str, ...]]]:
    changed: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, text in texts:
        kind, row_id, column = name.split(":")
        changed[kind, row_id][column] = text
    statements = defaultdict(list)
    for (kind, row_id), columns in changed.items():
        names = tuple(sorted(columns))
        statements[kind, names].append((row_id, *(columns[name] for name in names)))
    return statements
