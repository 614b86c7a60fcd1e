"""The desk beside the stage, for coaches: what is shown, the stars in order, questions, polls. Also the strip
of the board that says what everybody sees.
"""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response
from starlette.websockets import WebSocket

from boathouse.core.web.pages import page, partial
from boathouse.core.web.sockets import serve_live
from boathouse.workshop.access import Action
from boathouse.workshop.drafts import load_drafts
from boathouse.workshop.polls import FIST_QUESTION, WORD_QUESTION, load_polls
from boathouse.workshop.questions import load_questions
from boathouse.workshop.rooms import label
from boathouse.workshop.stage import Scene, items_of
from boathouse.workshop.turns import Turn, about, turns_in
from boathouse.workshop.web.audience import DESK, DESK_REGIONS
from boathouse.workshop.web.floor import takes_questions
from boathouse.workshop.web.permits import RunsWorkshop, socket_access
from boathouse.workshop.web.stage import drawn, scene_of

pages = APIRouter(include_in_schema=False)
api = APIRouter()

TEMPLATES = {
    "desk-now": "stage/_now.html",
    "desk-stars": "stars/_stars.html",
    "desk-polls": "polls/_polls.html",
    "desk-questions": "questions/_line.html",
    "stage-strip": "stage/_strip.html",
}


def register_regions(app: FastAPI) -> None:
    """The desk's regions, and the strip of the board."""

    def register(kind: str, name: str) -> None:
        async def draw(session: AsyncSession, workshop_id: str, key: str) -> str:
            return await region_html(app, session, workshop_id, name)

        app.state.live.register(kind, name, draw)

    for name in DESK_REGIONS:
        register(DESK, name)
    register("board", "stage-strip")


async def region_html(app: FastAPI, session: AsyncSession, workshop_id: str, name: str) -> str:
    """One region; "" once the workshop is deleted."""
    scene = await scene_of(app, session, workshop_id)
    if scene is None:
        return ""
    context: dict[str, Any] = {
        "scene": scene,
        "workshop": scene.workshop,
        "room_label": label(scene.room) if scene.room else "",
    }
    if name == "desk-stars":
        context["turns"] = await turns_of(session, scene)
    elif name == "desk-polls":
        spreads = await load_polls(session, workshop_id)
        context |= {"spreads": spreads, "pictures": {each.poll.id: drawn(each) for each in spreads}}
    elif name == "desk-questions":
        asked = await load_questions(session, workshop_id)
        context["waiting"] = [one for one in asked if one.waits]
        context["answered"] = [one for one in asked if not one.waits]
        context["is_open"] = takes_questions(scene.workshop)
    return partial(TEMPLATES[name], **context)


async def turns_of(session: AsyncSession, scene: Scene) -> dict[str, list[Turn]]:
    """The comments that changed what is starred, by star."""
    drafts = await load_drafts(session, list({star.room_id for star in scene.stars}))
    turns = await turns_in(session, drafts)
    return {
        star.id: about(turns[star.room_id], items_of(drafts[star.room_id], star.item)) for star in scene.stars
    }


@pages.get("/workshops/{workshop_id}/stage/desk")
async def desk(request: Request, access: RunsWorkshop) -> Response:
    """The page."""
    app, workshop_id = request.app, access.workshop.id
    async with app.state.database.reading() as session:
        regions = {
            name: Markup(await region_html(app, session, workshop_id, name))  # noqa: S704 - regions of ours
            for name in DESK_REGIONS
        }
    return page(
        request,
        "stage/desk.html",
        access=access,
        workshop=access.workshop,
        regions=regions,
        fist_question=FIST_QUESTION,
        word_question=WORD_QUESTION,
    )


@pages.websocket("/workshops/{workshop_id}/stage/desk/live")
async def desk_live(websocket: WebSocket, workshop_id: str) -> None:
    """Pushes the desk as things happen."""
    if access := await socket_access(websocket, Action.RUN_WORKSHOP):
        await serve_live(websocket, (DESK, workshop_id), access.identity, access.identities)
