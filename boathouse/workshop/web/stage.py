"""The stage: a page to share on a screen. What changes it is in stage_changes.py."""

from fastapi import APIRouter, FastAPI, Request
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response
from starlette.websockets import WebSocket

from boathouse.core.web.pages import page, partial
from boathouse.core.web.qr import qr_drawing
from boathouse.core.web.sockets import serve_live
from boathouse.workshop.access import Action
from boathouse.workshop.spread_picture import Picture, picture_of
from boathouse.workshop.spreads import Spread
from boathouse.workshop.stage import Scene, View, load_scene
from boathouse.workshop.tables import PollKind, Workshop
from boathouse.workshop.web import floor, stage_changes
from boathouse.workshop.web.changes import people_here
from boathouse.workshop.web.permits import SeesWorkshop, socket_access
from boathouse.workshop.web.stages import Stages

pages = APIRouter(include_in_schema=False)
pages.include_router(stage_changes.pages)
api = stage_changes.api

SCENES = "scenes"  # what a session has loaded, by workshop: regions that are drawn together share it


def register_regions(app: FastAPI) -> None:
    """Everything on the stage but how to join, which is always the same; what rooms see of it."""
    app.state.stages = Stages(app.state.live)
    floor.register_regions(app)

    async def draw(session: AsyncSession, workshop_id: str, key: str) -> str:
        return await stage_html(app, session, workshop_id)

    app.state.live.register("stage", "stage", draw)


async def stage_html(app: FastAPI, session: AsyncSession, workshop_id: str) -> str:
    """The region."""
    scene = await scene_of(app, session, workshop_id)
    if scene is None:
        return ""
    app.state.stages.note(scene)
    return partial(
        "stage/_stage.html",
        scene=scene,
        progress=scene.progress,
        workshop=scene.workshop,
        picture=drawn(scene.spread) if scene.view == View.POLL else None,
    )


def drawn(spread: Spread | None) -> Picture | None:
    """The drawing of a poll with fingers; None for words, and without a poll."""
    return picture_of(spread) if spread and spread.poll.kind == PollKind.FIST else None


async def scene_of(app: FastAPI, session: AsyncSession, workshop_id: str) -> Scene | None:
    """What is on the stage, read once a session; None once the workshop is deleted."""
    scenes: dict[str, Scene] = session.info.setdefault(SCENES, {})
    if workshop_id not in scenes:
        workshop = await session.get(Workshop, workshop_id)
        if workshop is None:
            return None
        scenes[workshop_id] = await load_scene(session, workshop, people_here(app))
    return scenes[workshop_id]


def drafts_written(app: FastAPI, room_ids: set[str]) -> None:
    """New words in these rooms."""
    app.state.stages.written(room_ids)


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


@pages.websocket("/workshops/{workshop_id}/stage/live")
async def stage_live(websocket: WebSocket, workshop_id: str) -> None:
    """Pushes the stage as it changes."""
    if access := await socket_access(websocket, Action.SEE_WORKSHOP):
        await serve_live(websocket, ("stage", workshop_id), access.identity, access.identities)
