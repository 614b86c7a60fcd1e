"""What changes the stage: from the stage itself, its desk, the board, or a script."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import wants_fragment
from boathouse.workshop import showing
from boathouse.workshop.access import Access
from boathouse.workshop.stage import View, load_scene
from boathouse.workshop.tables import StageView, Workshop
from boathouse.workshop.web.audience import stage_changed
from boathouse.workshop.web.changes import people_here
from boathouse.workshop.web.permits import RunsWorkshop, SeesWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["stage"])

Text = Annotated[str, Form()]


class Wanted(BaseModel):
    """What to show: a view, or a room with an item of it and what a comment changed. hides_names alone
    leaves what is shown as it is.
    """

    view: StageView | None = None
    room_id: str | None = Field(default=None, max_length=12)
    item: str = Field(default="", max_length=30, description="objective:ID or key_result:ID of that room.")
    comment_id: str = Field(default="", max_length=12)
    hides_names: bool | None = None


class StageState(BaseModel):
    """What is on the stage. star: which of the `stars` that are ready, counted from 1; 0 for none."""

    view: View
    room_id: str | None
    item: str
    comment_id: str | None
    question_id: str | None
    hides_names: bool
    star: int
    stars: int


@pages.post("/workshops/{workshop_id}/stage")
async def change_stage(
    request: Request,
    access: RunsWorkshop,
    room_id: Text = "",
    item: Text = "",
    comment_id: Text = "",
    view: Text = "",
) -> Response:
    """Show a room or something in it, or a view: auto, join, clock, wall, poll, questions."""
    if not room_id and view not in list(StageView):
        raise Problem(422, "Choose a room or a view to show.")
    wanted = Wanted.model_construct(
        view=None if room_id else StageView(view), room_id=room_id or None, item=item, comment_id=comment_id
    )
    await change(request, access, wanted)
    return shown(request, access)


@pages.post("/workshops/{workshop_id}/stage/names")
async def change_names(request: Request, access: RunsWorkshop, hidden: Text = "") -> Response:
    """Hide names on the stage, or show them."""
    await change(request, access, Wanted.model_construct(hides_names=bool(hidden)))
    return shown(request, access)


@pages.post("/workshops/{workshop_id}/stage/next")
@api.post("/workshops/{workshop_id}/stage/next", status_code=204, summary="Show the next star")
async def show_next(request: Request, access: RunsWorkshop) -> Response:
    """From anything else: the first."""
    return await step(request, access, 1)


@pages.post("/workshops/{workshop_id}/stage/previous")
@api.post("/workshops/{workshop_id}/stage/previous", status_code=204, summary="Show the star before")
async def show_previous(request: Request, access: RunsWorkshop) -> Response:
    """From anything else: the last."""
    return await step(request, access, -1)


@pages.post("/workshops/{workshop_id}/stage/turn")
@api.post("/workshops/{workshop_id}/stage/turn", status_code=204, summary="Show what a comment changed")
async def show_turn(request: Request, access: RunsWorkshop) -> Response:
    """The next comment on what is shown, before and after; after the last one the plain words again."""
    if access.workshop.stage_room_id:
        await request.app.state.documents.flush([access.workshop.stage_room_id])
    async with request.app.state.database.writing() as session:
        await showing.show_next_turn(session, access.workshop.id)
        stage_changed(request.app, session, access.workshop.id)
    return shown(request, access)


@api.get("/workshops/{workshop_id}/stage", summary="Read what is on the stage")
async def read_stage(request: Request, access: SeesWorkshop) -> StageState:
    """And how many stars are ready."""
    return await state_of_stage(request, access)


@api.put("/workshops/{workshop_id}/stage", summary="Show something on the stage")
async def change_by_script(request: Request, access: RunsWorkshop, wanted: Wanted) -> StageState:
    """A room, an objective or key result, what a comment changed, or a view."""
    has_room = wanted.room_id is not None or not (wanted.item or wanted.comment_id)
    if not has_room or not wanted.model_dump(exclude_none=True, exclude_defaults=True):
        raise Problem(422, "Choose a room or a view to show.")
    await change(request, access, wanted)
    return await state_of_stage(request, access)


async def change(request: Request, access: Access, wanted: Wanted) -> None:
    """Put it on the stage; every screen follows."""
    workshop_id = access.workshop.id
    async with request.app.state.database.writing() as session:
        if wanted.room_id:
            await showing.show_room(session, workshop_id, wanted.room_id, wanted.item, wanted.comment_id)
        elif wanted.view:
            await showing.show_view(session, workshop_id, wanted.view)
        if wanted.hides_names is not None:
            await showing.hide_names(session, workshop_id, wanted.hides_names)
        stage_changed(request.app, session, workshop_id)


async def step(request: Request, access: Access, by: int) -> Response:
    """The star beside the one shown."""
    async with request.app.state.database.writing() as session:
        await showing.show_neighbour(session, access.workshop.id, by)
        stage_changed(request.app, session, access.workshop.id)
    return shown(request, access)


def shown(request: Request, access: Access) -> Response:
    """Live pages and scripts follow by themselves; a plain form goes back to the stage."""
    if wants_fragment(request) or request.url.path.startswith("/api/"):
        return Response(status_code=204)
    return RedirectResponse(f"/workshops/{access.workshop.id}/stage", 303)


async def state_of_stage(request: Request, access: Access) -> StageState:
    """As it is now."""
    async with request.app.state.database.reading() as session:
        workshop = await session.get_one(Workshop, access.workshop.id)
        scene = await load_scene(session, workshop, people_here(request.app))
    return StageState(
        view=scene.view,
        room_id=workshop.stage_room_id,
        item=workshop.stage_item,
        comment_id=workshop.stage_comment_id,
        question_id=workshop.stage_question_id,
        hides_names=workshop.stage_hides_names,
        star=scene.place,
        stars=len(scene.stars),
    )
