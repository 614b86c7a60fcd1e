"""Routes of key results: pages press buttons, scripts speak JSON, both take the same step."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.workshop.access import Access
from boathouse.workshop.items import move_item, remove_item
from boathouse.workshop.key_results import (
    KeyResultShape,
    add_key_result,
    change_owner,
    change_type,
    restore_key_result,
)
from boathouse.workshop.tables import KeyResult, KeyResultType
from boathouse.workshop.web.drafting import OwnId, changing, clear_stub_later, done, focus_on
from boathouse.workshop.web.objectives import Place
from boathouse.workshop.web.permits import Drafts

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["drafts"])


class NewKeyResult(BaseModel):
    """type: one that the ground rules allow."""

    type: KeyResultType = KeyResultType.METRIC


class KeyResultChange(BaseModel):
    """What to change; leave out the rest. owner_id: a participant of the room, null for nobody."""

    type: KeyResultType | None = None
    owner_id: str | None = None


class KeyResultRow(KeyResultShape):
    """A key result. Its words are written in the room's document. owner_id: a participant's id."""

    objective_id: str
    owner_id: str | None


async def add(
    request: Request, access: Access, objective_id: str, kind: KeyResultType, item_id: str | None = None
) -> KeyResult:
    """One more key result."""
    async with changing(request, access) as change:
        row = await add_key_result(change.session, change.place, objective_id, kind, item_id)
        change.learn("key_result", row.id)
    return row


async def update(request: Request, access: Access, key_result_id: str, wanted: KeyResultChange) -> KeyResult:
    """Another type or owner: whatever was named."""
    async with changing(request, access) as change:
        row = await change.session.get_one(KeyResult, key_result_id)
        if wanted.type:
            await change_type(change.session, change.place, key_result_id, wanted.type)
        if "owner_id" in wanted.model_fields_set:
            await change_owner(change.session, change.place, key_result_id, wanted.owner_id)
    return row


async def remove(request: Request, access: Access, key_result_id: str) -> None:
    """Take one off the draft."""
    async with changing(request, access) as change:
        await remove_item(change.session, KeyResult, key_result_id, access.name, now())
    clear_stub_later(request.app, access.the_room().id)


async def restore(request: Request, access: Access, key_result_id: str) -> KeyResult:
    """Bring one back."""
    async with changing(request, access) as change:
        return await restore_key_result(change.session, change.place, key_result_id)


async def move(request: Request, access: Access, key_result_id: str, number: int) -> KeyResult:
    """Put one elsewhere in its objective."""
    async with changing(request, access) as change:
        return await move_item(change.session, KeyResult, key_result_id, number)


@pages.post("/objectives/{objective_id}/key-results")
async def add_on_page(request: Request, access: Drafts, objective_id: str, id: OwnId = None) -> Response:
    """Add a key result; its type is chosen on it."""
    return focus_on("key_result", (await add(request, access, objective_id, KeyResultType.METRIC, id)).id)


@pages.patch("/key-results/{key_result_id}")
async def update_on_page(
    request: Request,
    access: Drafts,
    key_result_id: str,
    type: Annotated[KeyResultType | None, Form()] = None,
    owner_id: Annotated[str | None, Form()] = None,
) -> Response:
    """Choose another type, or an owner; an empty owner means nobody."""
    named: dict[str, str | None] = {"type": type} if type else {"owner_id": owner_id or None}
    await update(request, access, key_result_id, KeyResultChange.model_validate(named))
    return done()


@pages.delete("/key-results/{key_result_id}")
async def remove_on_page(request: Request, access: Drafts, key_result_id: str) -> Response:
    """Remove a key result."""
    await remove(request, access, key_result_id)
    return done()


@pages.post("/key-results/{key_result_id}/restore")
async def restore_on_page(request: Request, access: Drafts, key_result_id: str) -> Response:
    """Undo that."""
    await restore(request, access, key_result_id)
    return done()


@pages.post("/key-results/{key_result_id}/move")
async def move_on_page(
    request: Request, access: Drafts, key_result_id: str, number: Annotated[int, Form()]
) -> Response:
    """Reorder."""
    await move(request, access, key_result_id, number)
    return done()


@api.post("/objectives/{objective_id}/key-results", status_code=201, summary="Add a key result")
async def add_by_script(
    request: Request, access: Drafts, objective_id: str, wanted: NewKeyResult
) -> KeyResultRow:
    """Over the program's limit, or of a type it does not use: 409 with the rule."""
    return KeyResultRow.model_validate(await add(request, access, objective_id, wanted.type))


@api.patch("/key-results/{key_result_id}", summary="Change a key result's type or owner")
async def update_by_script(
    request: Request, access: Drafts, key_result_id: str, wanted: KeyResultChange
) -> KeyResultRow:
    """A type that the program does not use, or an owner from elsewhere: 409."""
    return KeyResultRow.model_validate(await update(request, access, key_result_id, wanted))


@api.delete("/key-results/{key_result_id}", status_code=204, summary="Remove a key result")
async def remove_by_script(request: Request, access: Drafts, key_result_id: str) -> None:
    """Its words stay, so that it can be brought back."""
    await remove(request, access, key_result_id)


@api.post("/key-results/{key_result_id}/restore", summary="Bring a removed key result back")
async def restore_by_script(request: Request, access: Drafts, key_result_id: str) -> KeyResultRow:
    """Over the program's limit: 409 with the rule."""
    return KeyResultRow.model_validate(await restore(request, access, key_result_id))


@api.post("/key-results/{key_result_id}/move", summary="Reorder key results")
async def move_by_script(request: Request, access: Drafts, key_result_id: str, place: Place) -> KeyResultRow:
    """Put it at another number of its objective."""
    return KeyResultRow.model_validate(await move(request, access, key_result_id, place.number))
