"""The quiet questions of a room: shown beside the field, and answered with "we meant it"."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Query, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.core.regions import Topic
from boathouse.core.web.pages import partial
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.access import Access
from boathouse.workshop.drafts import load_draft
from boathouse.workshop.meanings import ask_again, load_meanings, mean
from boathouse.workshop.open_rooms import open_room
from boathouse.workshop.quiet import QuietQuestions
from boathouse.workshop.tables import Room, Workshop
from boathouse.workshop.web.permits import Drafts

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["drafts"])
Text = Annotated[str, Form()]
MEANINGS = "60 per 1 minute"  # of one person in one room


def register_regions(app: FastAPI) -> None:
    """The questions at each place of a draft. The region `draft` brings all of them on a connect."""
    quiet = app.state.quiet = QuietQuestions(app.state.live, app.state.documents)

    async def draw(session: AsyncSession, room_id: str, keys: Sequence[str]) -> dict[str, str]:
        room = await session.get_one(Room, room_id)
        workshop = await session.get_one(Workshop, room.workshop_id)
        draft = await load_draft(session, room_id)
        rules = GroundRules.model_validate(workshop.ground_rules)
        shown = quiet.show(draft, rules, await load_meanings(session, room_id))
        context = {"room": room, "draft": draft, "asks": shown}
        return {
            place.replace(":", "-"): partial("findings/_asks.html", place=place, **context) for place in shown
        }

    app.state.live.register_many("room", "asks", draw, None)


def presence_changed(app: FastAPI, topic: Topic) -> None:
    """Somebody came or left."""
    if topic[0] == "room" and not app.state.live.watchers.get(topic):
        app.state.quiet.forget(topic[1])


def drafts_written(app: FastAPI, room_ids: set[str]) -> None:
    """New words in these rooms."""
    app.state.quiet.written(room_ids)


class Meaning(BaseModel):
    """A finding on an item. item: objective:ID, key_result:ID or todo:ID; code: as the draft names it."""

    item: str = Field(max_length=30)
    code: str = Field(max_length=40)


async def answer(request: Request, access: Access, meaning: Meaning, *, is_meant: bool) -> Response:
    """Say that it is meant so, or take that back. Errors: Problem 429."""
    state = request.app.state
    await state.limits.spend(MEANINGS, "mean", access.the_room().id, access.identity)
    async with state.database.writing() as session:
        place = await open_room(session, access, now())
        if is_meant:
            await mean(session, place, meaning.item, meaning.code, access.name)
        else:
            await ask_again(session, place, meaning.item, meaning.code)
        room = place.room
        state.live.changed(session, "room", room.id, "asks")
        state.live.changed(session, "board", room.workshop_id, "tile", key=room.id)
        state.live.changed(session, "board", room.workshop_id, "wall-head")
    return Response(status_code=204)


@pages.post("/rooms/{room_id}/meant")
async def mean_on_page(request: Request, access: Drafts, item: Text = "", code: Text = "") -> Response:
    """We meant it."""
    return await answer(request, access, Meaning(item=item[:30], code=code[:40]), is_meant=True)


@pages.delete("/rooms/{room_id}/meant")
async def ask_again_on_page(request: Request, access: Drafts, item: str = "", code: str = "") -> Response:
    """Ask us again."""
    return await answer(request, access, Meaning(item=item[:30], code=code[:40]), is_meant=False)


@api.post("/rooms/{room_id}/meant", status_code=204, summary="Say that a finding is meant so")
async def mean_by_script(request: Request, access: Drafts, meaning: Meaning) -> Response:
    """Nobody in the room is asked this again about this item. Twice is once."""
    return await answer(request, access, meaning, is_meant=True)


@api.delete("/rooms/{room_id}/meant", status_code=204, summary="Take that back")
async def ask_again_by_script(
    request: Request, access: Drafts, meaning: Annotated[Meaning, Query()]
) -> Response:
    """The question may be asked again."""
    return await answer(request, access, meaning, is_meant=False)
