"""Turning a to-do into an objective or a key result: its outcome, or else its text, becomes their words.

Rows and document update are one transaction, and an item is converted once: the room's row is locked,
so that two people who press at the same time find out about each other.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.documents.fields import field_names
from boathouse.workshop.items import the_item
from boathouse.workshop.key_results import add_key_result
from boathouse.workshop.objectives import add_objective
from boathouse.workshop.open_rooms import OpenRoom
from boathouse.workshop.tables import KeyResult, Objective, Todo


async def convert_to_objective(
    session: AsyncSession, documents: Documents, place: OpenRoom, todo_id: str
) -> Objective:
    """A new objective of the to-do's words. Errors: Problem 409: too many, converted, nothing written."""
    todo = await _unconverted(session, todo_id)
    row = await add_objective(session, place)
    await _pour(session, documents, todo, "objective", row)
    return row


async def convert_to_key_result(
    session: AsyncSession, documents: Documents, place: OpenRoom, todo_id: str, objective_id: str
) -> KeyResult:
    """A new key result of the to-do's words. Errors: as above, and 404 for an objective of another room."""
    todo = await _unconverted(session, todo_id)
    objective = await the_item(session, Objective, objective_id)
    if objective.room_id != place.room.id:
        raise Problem(404, "This objective does not exist, or no longer does.")
    row = await add_key_result(session, place, objective_id)
    await _pour(session, documents, todo, "key_result", row)
    return row


async def _unconverted(session: AsyncSession, todo_id: str) -> Todo:
    todo = await the_item(session, Todo, todo_id)
    if todo.converted_to:
        raise Problem(409, "Somebody has turned this to-do round already.")
    if todo.deleted_at:
        raise Problem(409, "This to-do was removed. Bring it back first.")
    return todo


async def _pour(
    session: AsyncSession, documents: Documents, todo: Todo, kind: str, row: Objective | KeyResult
) -> None:
    """Give the first field of the new row the to-do's words, and its copy with it."""
    words = (await documents.open(todo.room_id)).words
    text, outcome = (words.text(name).strip() for name in field_names("todo", todo.id))
    if not (outcome or text):
        raise Problem(409, "Write down first what changes when this is done.")
    first, *others = field_names(kind, row.id)
    setattr(row, first.rpartition(":")[2], outcome or text)
    todo.converted_to = f"{kind}:{row.id}"
    await session.flush()
    await documents.prepare_edit(session, todo.room_id, {first: outcome or text, **dict.fromkeys(others, "")})
