"""Running a workshop: its steps, and the regions that show where it stands in rooms and on the board."""

import time
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Body, FastAPI, Form, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response

from boathouse.core.database import after_commit
from boathouse.core.live import Live
from boathouse.core.web.pages import page, partial, wants_fragment
from boathouse.workshop.agenda import progress_of
from boathouse.workshop.steps import KEPT, Step, Taken, extend, take_step
from boathouse.workshop.tables import Room, Workshop
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.states import WorkshopState, state_of
from boathouse.workshop.web.whereabouts import online
from boathouse.workshop.workshops import counts_of

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])

STILL_WRITING = 60.0  # seconds since the last key
LOCKED = "The coach has locked the drafts. Your words are kept here."
ENDED = "The workshop has ended. Your words are kept here."


class Start(BaseModel):
    """use_recommended: run on recommended ground rules where none were decided."""

    use_recommended: bool = False


class Extension(BaseModel):
    """How much longer the phase takes; below 0 it becomes shorter."""

    seconds: int = Field(ge=-4 * 3600, le=4 * 3600)


async def step(request: Request, workshop_id: str, wanted: Step, *, recommended: bool = False) -> Workshop:
    """Take a step and show it everywhere."""
    state = request.app.state
    if wanted in KEPT:
        async with state.database.reading() as session:
            rooms = await room_ids(session, workshop_id)
        await state.documents.flush(rooms)
    async with state.database.writing() as session:
        taken = await take_step(session, workshop_id, wanted)
        taken.workshop.on_recommended |= recommended
        show_progress(request.app, session, workshop_id, taken.rooms)
        if wanted in (Step.END, Step.REOPEN):
            show_end(request.app, session, taken.rooms)
        after_commit(session, lambda: lock_words(request.app, taken))
    return taken.workshop


async def lengthen(request: Request, workshop_id: str, seconds: int) -> Workshop:
    """Extend the phase and show it everywhere."""
    async with request.app.state.database.writing() as session:
        taken = await extend(session, workshop_id, seconds)
        show_progress(request.app, session, workshop_id, taken.rooms)
    return taken.workshop


def show_progress(app: FastAPI, session: AsyncSession, workshop_id: str, rooms: list[str]) -> None:
    """After the commit push where the workshop stands to its rooms, board and stage."""
    live: Live = app.state.live
    for room_id in rooms:
        live.changed(session, "room", room_id, "course", "brief", "room-state", "draft", "room-threads")
    live.changed(session, "board", workshop_id, "board-bar", "wall-head", "tile")
    live.changed(session, "stage", workshop_id, "stage")
    live.changed(session, "lobby", workshop_id, "lobby-head")


def show_end(app: FastAPI, session: AsyncSession, rooms: list[str]) -> None:
    """After the commit push what looks different in a room once nobody may change it any more."""
    for room_id in rooms:
        app.state.live.changed(
            session, "room", room_id, "draft", "hand", "dock-hand", "drawer-head", "drawer-draft"
        )


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
async def take_page_step(request: Request, access: RunsWorkshop, wanted: Step) -> Response:
    """One of the coach's buttons."""
    await step(request, access.workshop.id, wanted)
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
    """The new state, for programs."""
    async with request.app.state.database.reading() as session:
        return await state_of(request, session, workshop)


@api.post("/workshops/{workshop_id}/start", summary="Start the workshop")
async def start_workshop(
    request: Request, access: RunsWorkshop, wanted: Annotated[Start | None, Body()] = None
) -> WorkshopState:
    """The first phase begins."""
    recommended = bool(wanted and wanted.use_recommended)
    return await answer(request, await step(request, access.workshop.id, Step.START, recommended=recommended))


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


def register_regions(app: FastAPI) -> None:
    """The course, the brief and the state of a room; the board's bar."""
    live: Live = app.state.live
    for name in ("course", "brief", "room-state"):
        live.register("room", name, _room_region(f"workshops/_{name.replace('-', '_')}.html"))

    async def draw_bar(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return (
            partial("workshops/_board_bar.html", **await bar_context(app, session, workshop))
            if workshop
            else ""
        )

    live.register("board", "board-bar", draw_bar)


def _room_region(template: str) -> Callable[[AsyncSession, str, str], Awaitable[str]]:
    async def draw(session: AsyncSession, room_id: str, key: str) -> str:
        room = await session.get(Room, room_id)
        workshop = await session.get(Workshop, room.workshop_id) if room else None
        if room is None or workshop is None:
            return ""
        return partial(template, room=room, progress=await progress_of(session, workshop))

    return draw


async def bar_context(app: FastAPI, session: AsyncSession, workshop: Workshop) -> dict[str, object]:
    """What workshops/_board_bar.html needs, for the region and for the page that includes it."""
    return {
        "progress": await progress_of(session, workshop),
        "counts": (await counts_of(session, [workshop.id]))[workshop.id],
        "online": online(app, workshop.id),
    }
