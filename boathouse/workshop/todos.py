"""The to-do strip: what a crew meant to do, before it asks what that is for (S64)."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.ids import new_id
from boathouse.workshop.items import bring_back, count_left, items_of, made_before, next_position, the_item
from boathouse.workshop.open_rooms import OpenRoom
from boathouse.workshop.tables import Todo

MOST = 30  # S62: a list of ten to thirty is fine
TODO_LIMIT = "Thirty to-dos are plenty. Turn the ones that matter into outcomes."


async def add_todo(session: AsyncSession, place: OpenRoom, item_id: str | None = None) -> Todo:
    """A new empty line at the end, once for an item_id. Errors: Problem 409 when there are thirty."""
    if made := await made_before(session, Todo, item_id, place.room.id):
        return made
    rows = await items_of(session, Todo, place.room.id)
    _check_limit(rows)
    row = Todo(
        id=item_id or new_id(), room_id=place.room.id, position=next_position(rows), created_by=place.by
    )
    session.add(row)
    return row


async def restore_todo(session: AsyncSession, place: OpenRoom, todo_id: str) -> Todo:
    """Bring it back. Errors: Problem 409 when there are thirty."""
    row = await the_item(session, Todo, todo_id)
    if row.deleted_at:
        _check_limit(await items_of(session, Todo, place.room.id))
        bring_back(row)
    return row


def _check_limit(rows: Sequence[Todo]) -> None:
    if count_left(rows) >= MOST:
        raise Problem(409, TODO_LIMIT)
