"""Routes of objectives: pages press buttons, scripts speak JSON, both take the same step."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.workshop.access import Access
from boathouse.workshop.items import move_item, remove_item
from boathouse.workshop.objectives import add_objective, restore_objective
from boathouse.workshop.tables import Objective
from boathouse.workshop.web.drafting import OwnId, changing, clear_stub_later, done, focus_on
from boathouse.workshop.web.permits import Drafts

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["drafts"])


class ObjectiveRow(BaseModel, from_attributes=True):
    """An objective without its key results. Its words are written in the room's document."""

    id: str
    room_id: str
    title: str
    why: str


class Place(BaseModel):
    """A place within a list. number: counts from 1; beyond the list means its end."""

    number: int = Field(ge=1, le=1000)


async def add(request: Request, access: Access, item_id: str | None = None) -> Objective:
    """One more objective."""
    async with changing(request, access) as change:
        row = await add_objective(change.session, change.place, item_id)
        change.learn("objective", row.id)
    return row


async def remove(request: Request, access: Access, objective_id: str) -> None:
    """Take one off the draft."""
    async with changing(request, access) as change:
        await remove_item(change.session, Objective, objective_id, access.name, now())
    clear_stub_later(request.app, access.the_room().id)


async def restore(request: Request, access: Access, objective_id: str) -> Objective:
    """Bring one back."""
    async with changing(request, access) as change:
        return await restore_objective(change.session, change.place, objective_id)


async def move(request: Request, access: Access, objective_id: str, number: int) -> Objective:
    """Put one elsewhere."""
    async with changing(request, access) as change:
        return await move_item(change.session, Objective, objective_id, number)


@pages.post("/rooms/{room_id}/objectives")
async def add_on_page(request: Request, access: Drafts, id: OwnId = None) -> Response:
    """Add an objective."""
    return focus_on("objective", (await add(request, access, id)).id)


@pages.delete("/objectives/{objective_id}")
async def remove_on_page(request: Request, access: Drafts, objective_id: str) -> Response:
    """Remove an objective."""
    await remove(request, access, objective_id)
    return done()


@pages.post("/objectives/{objective_id}/restore")
async def restore_on_page(request: Request, access: Drafts, objective_id: str) -> Response:
    """Undo that."""
    await restore(request, access, objective_id)
    return done()


@pages.post("/objectives/{objective_id}/move")
async def move_on_page(
    request: Request, access: Drafts, objective_id: str, number: Annotated[int, Form()]
) -> Response:
    """Reorder."""
    await move(request, access, objective_id, number)
    return done()


@api.post("/rooms/{room_id}/objectives", status_code=201, summary="Add an objective")
async def add_by_script(request: Request, access: Drafts) -> ObjectiveRow:
    """Over the program's limit: 409 with the rule."""
    return ObjectiveRow.model_validate(await add(request, access))


@api.delete("/objectives/{objective_id}", status_code=204, summary="Remove an objective")
async def remove_by_script(request: Request, access: Drafts, objective_id: str) -> None:
    """Its words stay, so that it can be brought back."""
    await remove(request, access, objective_id)


@api.post("/objectives/{objective_id}/restore", summary="Bring a removed objective back")
async def restore_by_script(request: Request, access: Drafts, objective_id: str) -> ObjectiveRow:
    """Over the program's limit: 409 with the rule."""
    return ObjectiveRow.model_validate(await restore(request, access, objective_id))


@api.post("/objectives/{objective_id}/move", summary="Reorder objectives")
async def move_by_script(request: Request, access: Drafts, objective_id: str, place: Place) -> ObjectiveRow:
    """Put it at another number of its room."""
    return ObjectiveRow.model_validate(await move(request, access, objective_id, place.number))
