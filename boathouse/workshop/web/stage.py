"""The stage: a page to share on a screen, changed from itself or from the board."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response
from starlette.websockets import WebSocket

from boathouse.core.errors import Problem
from boathouse.core.live import Live
from boathouse.core.web.pages import page, partial, wants_fragment
from boathouse.core.web.qr import qr_drawing
from boathouse.core.web.sockets import serve_live
from boathouse.workshop.access import Action
from boathouse.workshop.stage import load_scene, show_room, show_view
from boathouse.workshop.tables import StageView, Workshop
from boathouse.workshop.web.changes import people_here
from boathouse.workshop.web.permits import RunsWorkshop, SeesWorkshop, socket_access

pages = APIRouter(include_in_schema=False)
api = APIRouter()

Text = Annotated[str, Form()]


def register_regions(app: FastAPI) -> None:
    """Everything on the stage but how to join, which is the same all the time."""
    app.state.on_stage = {}  # room id shown -> workshop id

    async def draw(session: AsyncSession, workshop_id: str, key: str) -> str:
        return await stage_html(app, session, workshop_id)

    app.state.live.register("stage", "stage", draw)


async def stage_html(app: FastAPI, session: AsyncSession, workshop_id: str) -> str:
    """The region."""
    workshop = await session.get(Workshop, workshop_id)
    if workshop is None:
        return ""
    scene = await load_scene(session, workshop, people_here(app))
    if scene.room:
        app.state.on_stage[scene.room.id] = workshop_id
    return partial("stage/_stage.html", scene=scene, progress=scene.progress, workshop=workshop)


def drafts_written(app: FastAPI, room_ids: set[str]) -> None:
    """Words come by themselves; whether something is written at all is drawn here."""
    live: Live = app.state.live
    for room_id in room_ids & app.state.on_stage.keys():
        live.touch("stage", app.state.on_stage[room_id], "stage")


@pages.get("/workshops/{workshop_id}/stage")
async def stage(request: Request, access: SeesWorkshop) -> Response:
    """The page."""
    workshop, address = access.workshop, request.app.state.address(request)
    async with request.app.state.database.reading() as session:
        region = await stage_html(request.app, session, workshop.id)
    return page(
        request,
        "stage/page.html",
        access=access,
        workshop=workshop,
        region=Markup(region),  # noqa: S704 - a region of ours
        address=f"{address}/join".removeprefix("https://").removeprefix("http://"),
        qr=qr_drawing(f"{address}/join/{workshop.code}"),
    )


@pages.post("/workshops/{workshop_id}/stage")
async def change_stage(
    request: Request, access: RunsWorkshop, room_id: Text = "", view: Text = ""
) -> Response:
    """Show a room, or a view: auto, join, clock."""
    workshop_id = access.workshop.id
    if not room_id and view not in list(StageView):
        raise Problem(422, "Choose a room or a view to show.")
    async with request.app.state.database.writing() as session:
        if room_id:
            await show_room(session, workshop_id, room_id)
        else:
            await show_view(session, workshop_id, StageView(view))
        request.app.state.live.changed(session, "stage", workshop_id, "stage")
    if wants_fragment(request):
        return Response(status_code=204)
    return RedirectResponse(f"/workshops/{workshop_id}/stage", 303)


@pages.websocket("/workshops/{workshop_id}/stage/live")
async def stage_live(websocket: WebSocket, workshop_id: str) -> None:
    """Pushes the stage as it changes."""
    if access := await socket_access(websocket, Action.SEE_WORKSHOP):
        await serve_live(websocket, ("stage", workshop_id), access.identity, access.identities)
