"""What is still stored of words that were deleted, once a workshop has been over for a day.

While it runs, a removed item can be brought back and a document keeps every letter. Afterwards neither is of
use to anybody; until then an end by mistake can be taken back without losing either.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.workshop.documents.fields import TABLES
from boathouse.workshop.documents.store import UPDATES
from boathouse.workshop.tables import Question, Room, Status, Workshop

ROOMS, WORKSHOPS = Room.__table__, Workshop.__table__  # type: ignore[attr-defined]
OBJECTIVES = TABLES["objective"][0]
QUESTIONS = Question.__table__  # type: ignore[attr-defined]
RESPITE = timedelta(days=1)
JUST_OVER = timedelta(hours=2)  # in which the server looks at least once


def _is_over() -> ColumnElement[bool]:
    return (WORKSHOPS.c.status == Status.ENDED) & (WORKSHOPS.c.ended_at < now() - RESPITE)


def _of_ended(query: Select[Any]) -> Select[Any]:
    """Only what is in rooms whose workshop is over."""
    return query.join(WORKSHOPS, WORKSHOPS.c.id == ROOMS.c.workshop_id).where(_is_over())


def _removed(kind: str) -> Select[Any]:
    """Removed items with words of workshops that are over: their room, their id, every column of words."""
    table, columns = TABLES[kind]
    words = [table.c[column] for column in columns]
    query = select(table.c.room_id, table.c.id, *words).join(ROOMS, ROOMS.c.id == table.c.room_id)
    is_gone = [table.c.deleted_at.is_not(None)]
    if kind == "key_result":  # they go with their objective
        query = query.join(OBJECTIVES, OBJECTIVES.c.id == table.c.objective_id)
        is_gone.append(OBJECTIVES.c.deleted_at.is_not(None))
    return _of_ended(query).where(or_(*is_gone), or_(*(word != "" for word in words)))


async def removed_words(session: AsyncSession, room_id: str) -> list[str]:
    """The fields of removed items that still hold words; none unless the workshop is over."""
    found = []
    for kind, (table, columns) in TABLES.items():
        query = _removed(kind).where(table.c.room_id == room_id)
        for _, row_id, *words in await (await session.connection()).execute(query):
            found += [f"{kind}:{row_id}:{name}" for name, text in zip(columns, words, strict=True) if text]
    return found


async def delete_removed_questions(session: AsyncSession) -> None:
    """Questions to the stage that were taken off it, of workshops that are over."""
    ended = select(WORKSHOPS.c.id).where(_is_over())
    is_gone = QUESTIONS.c.removed_at.is_not(None) & QUESTIONS.c.workshop_id.in_(ended)
    await (await session.connection()).execute(delete(QUESTIONS).where(is_gone))


async def rooms_with_history(session: AsyncSession) -> list[str]:
    """Rooms of workshops that are over in which more is stored than the draft, or may be."""
    # Counting a long journal would hold up the event loop; whether there are two rows is found at once.
    first, last = (
        select(edge(UPDATES.c.id)).where(UPDATES.c.room_id == ROOMS.c.id).scalar_subquery()
        for edge in (func.min, func.max)
    )
    # A single row is the snapshot, unless nobody has looked yet.
    is_new = last.is_not(None) & (WORKSHOPS.c.ended_at > now() - RESPITE - JUST_OVER)
    journals = _of_ended(select(ROOMS.c.id).select_from(ROOMS)).where(or_(first < last, is_new))
    connection = await session.connection()
    rooms = set((await connection.execute(journals)).scalars())
    for kind in TABLES:
        rooms |= set((await connection.execute(_removed(kind))).scalars())
    return sorted(rooms)
