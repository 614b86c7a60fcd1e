"""What objectives, key results and to-dos have in common: an order, removal and the way back."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.workshop.tables import KeyResult, Objective, Todo

Item = Objective | KeyResult | Todo
Row = TypeVar("Row", Objective, KeyResult, Todo)
NOUNS: dict[type[Item], str] = {
    Objective: "This objective",
    KeyResult: "This key result",
    Todo: "This to-do",
}


async def the_item(session: AsyncSession, table: type[Row], item_id: str) -> Row:
    """The row. Errors: Problem 404."""
    row = await session.get(table, item_id)
    if row is None:
        raise not_found(NOUNS[table])
    return row


async def made_before(
    session: AsyncSession, table: type[Row], item_id: str | None, room_id: str
) -> Row | None:
    """The row, if the same wish has been granted already and only the answer got lost.

    item_id: as the browser named it. Errors: Problem 409 when another room has something of that name.
    """
    row = await session.get(table, item_id) if item_id else None
    if row and row.room_id != room_id:
        raise Problem(409, "This could not be added. Press it once more.")
    return row


async def items_of(session: AsyncSession, table: type[Row], owner_id: str) -> Sequence[Row]:
    """The whole list in its order, removed ones included. owner_id: the objective of key results, the
    room of everything else.
    """
    owner = col(KeyResult.objective_id) if table is KeyResult else col(table.room_id)
    query = select(table).where(owner == owner_id)
    in_order = query.order_by(col(table.position), col(table.created_at), col(table.id))
    return (await session.exec(in_order)).all()


async def remove_item(
    session: AsyncSession, table: type[Row], item_id: str, by: str, moment: datetime
) -> Row:
    """Take it off the draft. Its words stay, so that it can be brought back. Twice is once."""
    row = await the_item(session, table, item_id)
    if row.deleted_at is None:
        row.deleted_at, row.deleted_by = moment, by
    return row


async def move_item(session: AsyncSession, table: type[Row], item_id: str, number: int) -> Row:
    """Put it at this number of its list, counted from 1."""
    row = await the_item(session, table, item_id)
    owner_id = row.objective_id if isinstance(row, KeyResult) else row.room_id
    put(await items_of(session, table, owner_id), item_id, number)
    return row


def bring_back(row: Item) -> None:
    """Undo the removal."""
    row.deleted_at = row.deleted_by = None


def count_left(rows: Sequence[Item]) -> int:
    """How many of them are not removed."""
    return sum(1 for row in rows if row.deleted_at is None)


def next_position(rows: Sequence[Item]) -> int:
    """Where a new row goes: behind all others, removed ones included."""
    return max((row.position for row in rows), default=-1) + 1


def put(rows: Sequence[Item], row_id: str, number: int) -> None:
    """Give one row the place with this number, counted from 1 among those that are left.

    rows: the whole list in its order, removed ones included; they keep their neighbours. A number
    outside the list means its nearer end.
    """
    row = next(row for row in rows if row.id == row_id)
    rest = [other for other in rows if other.id != row_id]
    left = [n for n, other in enumerate(rest) if other.deleted_at is None]
    wanted = max(number, 1)
    at = left[wanted - 1] if wanted <= len(left) else len(rest)
    for position, placed in enumerate([*rest[:at], row, *rest[at:]]):
        placed.position = position
