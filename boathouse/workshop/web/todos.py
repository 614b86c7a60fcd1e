"""Routes of the to-do strip, and of turning an item round."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.workshop.access import Access
from boathouse.workshop.conversions import convert_to_key_result, convert_to_objective
from boathouse.workshop.items import move_item, remove_item
from boathouse.workshop.tables import KeyResult, Objective, Todo
from boathouse.workshop.todos import add_todo, restore_todo
from boathouse.workshop.web.drafting import OwnId, changing, clear_stub_later, done, focus_on
from boathouse.workshop.web.key_results import KeyResultRow
from boathouse.workshop.web.objectives import ObjectiveRow, Place
from boathouse.workshop.web.permits import Drafts

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["drafts"])


class TodoRow(BaseModel, from_attributes=True):
    """A to-do and its outcome. converted_to: objective:ID or key_result:ID once it was turned round."""

    id: str
    room_id: str
    text: str
    outcome: str
    converted_to: str | None


class Below(BaseModel):
    """objective_id: the objective of this room that the key result is for."""

    objective_id: str


async def add(request: Request, access: Access, item_id: str | None = None) -> Todo:
    """One more line."""
    async with changing(request, access) as change:
        row = await add_todo(change.session, change.place, item_id)
        change.learn("todo", row.id)
    return row


async def remove(request: Request, access: Access, todo_id: str) -> None:
    """Take one off the strip."""
    async with changing(request, access) as change:
        await remove_item(change.session, Todo, todo_id, access.name, now())
    clear_stub_later(request.app, access.the_room().id)


async def restore(request: Request, access: Access, todo_id: str) -> Todo:
    """Bring one back."""
    async with changing(request, access) as change:
        return await restore_todo(change.session, change.place, todo_id)


async def move(request: Request, access: Access, todo_id: str, number: int) -> Todo:
    """Put one elsewhere."""
    async with changing(request, access) as change:
        return await move_item(change.session, Todo, todo_id, number)


async def make_objective(request: Request, access: Access, todo_id: str) -> Objective:
    """Turn one round into an objective."""
    async with changing(request, access) as change:
        return await convert_to_objective(change.session, change.documents, change.place, todo_id)


async def make_key_result(request: Request, access: Access, todo_id: str, objective_id: str) -> KeyResult:
    """Turn one round into a key result."""
    async with changing(request, access) as change:
        return await convert_to_key_result(
            change.session, change.documents, change.place, todo_id, objective_id
        )


@pages.post("/rooms/{room_id}/todos")
async def add_on_page(request: Request, access: Drafts, id: OwnId = None) -> Response:
    """Add a to-do."""
    return focus_on("todo", (await add(request, access, id)).id)


@pages.delete("/todos/{todo_id}")
async def remove_on_page(request: Request, access: Drafts, todo_id: str) -> Response:
    """Remove a to-do."""
    await remove(request, access, todo_id)
    return done()


@pages.post("/todos/{todo_id}/restore")
async def restore_on_page(request: Request, access: Drafts, todo_id: str) -> Response:
    """Undo that."""
    await restore(request, access, todo_id)
    return done()


@pages.post("/todos/{todo_id}/move")
async def move_on_page(
    request: Request, access: Drafts, todo_id: str, number: Annotated[int, Form()]
) -> Response:
    """Reorder."""
    await move(request, access, todo_id, number)
    return done()


@pages.post("/todos/{todo_id}/objective")
async def make_objective_on_page(request: Request, access: Drafts, todo_id: str) -> Response:
    """Make it an objective."""
    return focus_on("objective", (await make_objective(request, access, todo_id)).id)


@pages.post("/todos/{todo_id}/key-result")
async def make_key_result_on_page(
    request: Request, access: Drafts, todo_id: str, objective_id: Annotated[str, Form()]
) -> Response:
    """Make it a key result."""
    return focus_on("key_result", (await make_key_result(request, access, todo_id, objective_id)).id)


@api.post("/rooms/{room_id}/todos", status_code=201, summary="Add a to-do")
async def add_by_script(request: Request, access: Drafts) -> TodoRow:
    """Its words are written in the room's document."""
    return TodoRow.model_validate(await add(request, access))


@api.delete("/todos/{todo_id}", status_code=204, summary="Remove a to-do")
async def remove_by_script(request: Request, access: Drafts, todo_id: str) -> None:
    """Its words stay, so that it can be brought back."""
    await remove(request, access, todo_id)


@api.post("/todos/{todo_id}/restore", summary="Bring a removed to-do back")
async def restore_by_script(request: Request, access: Drafts, todo_id: str) -> TodoRow:
    """There may be thirty; then 409."""
    return TodoRow.model_validate(await restore(request, access, todo_id))


@api.post("/todos/{todo_id}/move", summary="Reorder to-dos")
async def move_by_script(request: Request, access: Drafts, todo_id: str, place: Place) -> TodoRow:
    """Put it at another number of its room."""
    return TodoRow.model_validate(await move(request, access, todo_id, place.number))


@api.post("/todos/{todo_id}/objective", status_code=201, summary="Turn a to-do into an objective")
async def make_objective_by_script(request: Request, access: Drafts, todo_id: str) -> ObjectiveRow:
    """Its outcome, or else its text, becomes the title; once for each to-do, then 409."""
    return ObjectiveRow.model_validate(await make_objective(request, access, todo_id))


@api.post("/todos/{todo_id}/key-result", status_code=201, summary="Turn a to-do into a key result")
async def make_key_result_by_script(
    request: Request, access: Drafts, todo_id: str, below: Below
) -> KeyResultRow:
    """Its outcome, or else its text, becomes the statement; once for each to-do, then 409."""
    return KeyResultRow.model_validate(await make_key_result(request, access, todo_id, below.objective_id))
