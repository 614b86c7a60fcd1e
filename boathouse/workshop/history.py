"""What is still stored of words that were deleted, once a workshop is over.

While it runs, a removed item can be brought back and a document keeps every letter. After the end neither
is of use to anybody.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.workshop.documents.fields import TABLES
from boathouse.workshop.documents.store import UPDATES
from boathouse.workshop.tables import Room, Status, Workshop

ROOMS, WORKSHOPS = Room.__table__, Workshop.__table__  # type: ignore[attr-defined]
OBJECTIVES = TABLES["objective"][0]


def _of_ended(query: Select[Any], room_id: Any) -> Select[Any]:
    """Only rows whose workshop is over. room_id: their column."""
    query = query.join(ROOMS, ROOMS.c.id == room_id).join(WORKSHOPS, WORKSHOPS.c.id == ROOMS.c.workshop_id)
    return query.where(WORKSHOPS.c.status == Status.ENDED)


def _removed(kind: str) -> Select[Any]:
    """Removed items with words of workshops that are over: their room, their id, every column of words."""
    table, columns = TABLES[kind]
    words = [table.c[column] for column in columns]
    query = _of_ended(select(table.c.room_id, table.c.id, *words), table.c.room_id)
    is_gone = [table.c.deleted_at.is_not(None)]
    if kind == "key_result":  # they go with their objective
        query = query.join(OBJECTIVES, OBJECTIVES.c.id == table.c.objective_id)
        is_gone.append(OBJECTIVES.c.deleted_at.is_not(None))
    return query.where(or_(*is_gone), or_(*(word != "" for word in words)))


async def removed_words(session: AsyncSession, room_id: str) -> list[str]:
    """The fields of removed items that still hold words; none unless the workshop is over."""
    found = []
    for kind, (table, columns) in TABLES.items():
        query = _removed(kind).where(table.c.room_id == room_id)
        for _, row_id, *words in await (await session.connection()).execute(query):
            found += [f"{kind}:{row_id}:{name}" for name, text in zip(columns, words, strict=True) if text]
    return found


async def rooms_with_history(session: AsyncSession, just_ended: Collection[str] = ()) -> list[str]:
    """Rooms of workshops that are over in which more is stored than the draft. just_ended: workshops whose
    rooms may have that in a single row, too.
    """
    connection = await session.connection()
    journals = _of_ended(select(UPDATES.c.room_id), UPDATES.c.room_id).group_by(UPDATES.c.room_id)
    is_new = func.max(ROOMS.c.workshop_id).in_(just_ended)
    rooms = set((await connection.execute(journals.having(or_(func.count() > 1, is_new)))).scalars())
    for kind in TABLES:
        rooms |= set((await connection.execute(_removed(kind))).scalars())
    return sorted(rooms)
