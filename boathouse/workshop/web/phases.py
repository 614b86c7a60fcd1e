"""Running a workshop: its steps, from the board and from scripts."""

import time
from typing import Annotated

from fastapi import APIRouter, Body, FastAPI, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from boathouse.core.database import after_commit
from boathouse.core.web.pages import page, wants_fragment
from boathouse.workshop.copies import read_drafts
from boathouse.workshop.drafts import Draft
from boathouse.workshop.rooms import open_rooms
from boathouse.workshop.steps import KEPT, Step, Taken, extend, take_step
from boathouse.workshop.tables import Workshop
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web import progress
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.progress import show_end, show_progress
from boathouse.workshop.web.states import WorkshopState, state_of

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])

STILL_WRITING = 60.0  # seconds since the last key
LOCKED = "The coach has locked the drafts. Your words are kept here."
ENDED = "The workshop has ended. Your words are kept here."


def register_regions(app: FastAPI) -> None:
    """Those that show where a workshop stands."""
    progress.register_regions(app)


class Start(BaseModel):
    """use_recommended: run on recommended ground rules where none were decided."""

    use_recommended: bool = False


class Extension(BaseModel):
    """How much longer the phase takes; below 0 it becomes shorter."""

    seconds: int = Field(ge=-4 * 3600, le=4 * 3600)


async def step(request: Request, workshop_id: str, wanted: Step, accepted_by: str = "") -> Workshop:
    """Take a step and show it everywhere. accepted_by: who starts on recommended ground rules."""
    state = request.app.state
    drafts = await written_until_now(request.app, workshop_id) if wanted in KEPT else []
    async with state.database.writing() as session:
        taken = await take_step(session, workshop_id, wanted, drafts, accepted_by)
        show_progress(request.app, session, workshop_id, taken.rooms)
        if wanted in (Step.END, Step.REOPEN):
            show_end(request.app, session, taken.rooms)
        after_commit(session, lambda: lock_words(request.app, taken))
    return taken.workshop


async def written_until_now(app: FastAPI, workshop_id: str) -> list[Draft]:
    """The drafts of all open rooms with every word that has reached the server."""
    async with app.state.database.reading() as session:
        rooms = [room.id for room in await open_rooms(session, workshop_id)]
    await app.state.documents.flush(rooms)
    async with app.state.database.reading() as session:
        return await read_drafts(session, rooms)


async def lengthen(request: Request, workshop_id: str, seconds: int) -> Workshop:
    """Extend the phase and show it everywhere."""
    async with request.app.state.database.writing() as session:
        taken = await extend(session, workshop_id, seconds)
        show_progress(request.app, session, workshop_id, taken.rooms)
    return taken.workshop


def lock_words(app: FastAPI, taken: Taken) -> None:
    """After the commit: the documents take no more words, or take them again."""
    if taken.workshop.locked == taken.was_locked:
        return
    for room_id in taken.open_rooms:
        if taken.workshop.locked:
            app.state.documents.lock(room_id, 4423, ENDED if taken.workshop.ended_at else LOCKED)
        else:
            app.state.documents.unlock(room_id)


@pages.post("/workshops/{workshop_id}/steps/{wanted}")
async def take_page_step(
    request: Request, access: RunsWorkshop, wanted: Step, use_recommended: Annotated[bool, Form()] = False
) -> Response:
    """One of the coach's buttons."""
    await step(request, access.workshop.id, wanted, access.name if use_recommended else "")
    if wants_fragment(request):
        return Response(status_code=204)
    return RedirectResponse(f"/workshops/{access.workshop.id}/board", 303)


@pages.post("/workshops/{workshop_id}/extend")
async def extend_from_page(
    request: Request, access: RunsWorkshop, seconds: Annotated[int, Form(ge=-14400, le=14400)]
) -> Response:
    """One minute less, one more, five more."""
    await lengthen(request, access.workshop.id, seconds)
    return Response(status_code=204)


@pages.get("/workshops/{workshop_id}/ending")
async def ending(request: Request, access: RunsWorkshop) -> Response:
    """What ending would mean now, for the dialog that asks."""
    documents, since = request.app.state.documents, time.monotonic() - STILL_WRITING
    async with request.app.state.database.reading() as session:
        rooms = await room_ids(session, access.workshop.id)
    writing = sum(any(at > since for at in documents.writers(room_id).values()) for room_id in rooms)
    return page(request, "workshops/_ending.html", writing=writing, workshop=access.workshop)


async def answer(request: Request, workshop: Workshop) -> WorkshopState:
    """The new state, for scripts."""
    async with request.app.state.database.reading() as session:
        return await state_of(request, session, workshop)


@api.post("/workshops/{workshop_id}/start", summary="Start the workshop")
async def start_workshop(
    request: Request, access: RunsWorkshop, wanted: Annotated[Start | None, Body()] = None
) -> WorkshopState:
    """The first phase begins. While required parameters of its program are open that is 409."""
    accepted_by = access.name if wanted and wanted.use_recommended else ""
    return await answer(request, await step(request, access.workshop.id, Step.START, accepted_by))


@api.post("/workshops/{workshop_id}/extend", summary="Extend the phase")
async def extend_phase(request: Request, access: RunsWorkshop, wanted: Extension) -> WorkshopState:
    """More time for the phase in progress, or less."""
    return await answer(request, await lengthen(request, access.workshop.id, wanted.seconds))


def _add_api_step(path: str, wanted: Step, summary: str, description: str) -> None:
    async def take(request: Request, access: RunsWorkshop) -> WorkshopState:
        return await answer(request, await step(request, access.workshop.id, wanted))

    address, name = f"/workshops/{{workshop_id}}/{path}", f"{wanted}_step"
    api.add_api_route(address, take, methods=["POST"], name=name, summary=summary, description=description)


_add_api_step("phases/next", Step.NEXT, "Next phase", "A paused workshop runs again.")
_add_api_step("phases/previous", Step.PREVIOUS, "Previous phase", "It has its whole time again.")
_add_api_step("pause", Step.PAUSE, "Pause the clock", "Everybody can go on writing.")
_add_api_step("resume", Step.RESUME, "Let the clock go on", "With the seconds that were left.")
_add_api_step("lock", Step.LOCK, "Lock all drafts", "Nobody may write for now.")
_add_api_step("unlock", Step.UNLOCK, "Unlock all drafts", "Everybody may write again.")
_add_api_step("end", Step.END, "End the workshop", "Drafts are locked and stay readable.")
_add_api_step("reopen", Step.REOPEN, "Take back the end", "Paused, with every word as it was.")
