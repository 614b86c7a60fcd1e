"""Asking every room with the same finding: who gets it, the sending with its progress, taking it back."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated

import structlog
from fastapi import APIRouter, FastAPI, Form, Query, Request
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import HTMLResponse, Response

from boathouse.core.clock import now
from boathouse.core.errors import Problem, not_found
from boathouse.core.web.pages import partial
from boathouse.core.web.problems import toast
from boathouse.rollout import checks
from boathouse.workshop import shared_comments
from boathouse.workshop.access import Access
from boathouse.workshop.bank_questions import FOR_FINDING
from boathouse.workshop.finding_names import named
from boathouse.workshop.shared_comments import Addressee, addressees, asked_rooms, checked_question
from boathouse.workshop.tables import Broadcast, Room
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.drafting import push_draft
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["broadcasts"])
log = structlog.get_logger()

Text = Annotated[str, Form()]
Words = Annotated[str, Query(max_length=4000)]
SHOWN = timedelta(minutes=10)  # that it stands above the wall
PATIENCE = 1.0  # seconds until the page shows progress
BROKEN = "Something went wrong on our side. The other rooms did not get it."


@dataclass
class Sending:
    """A question on its way. stopped: why it ended early."""

    broadcast: Broadcast
    total: int
    sent: int = 0
    stopped: str = ""


@dataclass
class Sendings:
    """The last one of each workshop, and the tasks at work."""

    last: dict[str, Sending] = field(default_factory=dict)  # by workshop
    tasks: set[asyncio.Task[None]] = field(default_factory=set)


def register_regions(app: FastAPI) -> None:
    """Above the wall: the last question to many, how far it is, and what came of it."""
    app.state.sendings = Sendings()

    async def draw(session: AsyncSession, workshop_id: str, key: str) -> str:
        return await shared_html(app, session, workshop_id)

    app.state.live.register("board", "shared-comment", draw)


async def shared_html(app: FastAPI, session: AsyncSession, workshop_id: str) -> str:
    """Region shared-comment."""
    last = await shared_comments.latest(session, workshop_id, now() - SHOWN)
    asked = await asked_rooms(session, last.id) if last else []
    states = [each.state for each in asked]
    sending = app.state.sendings.last.get(workshop_id)
    return partial(
        "shared_comments/_shared.html",
        last=last,
        sending=sending if sending and last and sending.broadcast.id == last.id else None,
        left=sum(state != "taken back" for state in states),
        answered=states.count("answered"),
        settled=states.count("settled"),
    )


@pages.get("/workshops/{workshop_id}/shared-comments/new")
async def begin(request: Request, access: RunsWorkshop, code: Words = "", body: Words = "") -> Response:
    """What stands in the dialog: the question, and who would get it. body: what was written already."""
    question = body.strip() or _first_question(code)
    to = await _addressees(request, access, code, question)
    return _html(
        "shared_comments/_new.html",
        workshop=access.workshop,
        code=code,
        message=checks.finding(code).message,
        named=named(code),
        question=question,
        questions=[each.ways[0] for each in FOR_FINDING[code]],
        to=to,
    )


@pages.get("/workshops/{workshop_id}/shared-comments/preview")
async def preview(request: Request, access: RunsWorkshop, code: Words = "", body: Words = "") -> Response:
    """The rooms again, after other words."""
    return _html(
        "shared_comments/_addressees.html", to=await _addressees(request, access, code, body.strip())
    )


@pages.post("/workshops/{workshop_id}/shared-comments")
async def send_from_page(
    request: Request,
    access: RunsWorkshop,
    body: Text = "",
    code: Text = "",
    rooms: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """To the rooms that are ticked. What takes longer than a second shows its progress above the wall."""
    sending, task = await send(request, access, body, code, set(rooms or ()))
    await asyncio.wait({task}, timeout=PATIENCE)
    if not task.done():
        return Response(status_code=204)
    if sending.stopped:
        raise Problem(409, sending.stopped)
    return toast(f"Asked {_rooms(sending.sent)}", status=204)


@pages.get("/broadcasts/{broadcast_id}")
async def show(request: Request, access: RunsWorkshop, broadcast_id: str) -> Response:
    """Which rooms got it, and how each has taken it."""
    return await _list(request, broadcast_id)


@pages.post("/broadcasts/{broadcast_id}/take-back")
async def take_back_all(request: Request, access: RunsWorkshop, broadcast_id: str) -> Response:
    """In every room."""
    rooms = await take_back(request, access, broadcast_id)
    return toast(f"Taken back in {_rooms(rooms)}", status=204)


@pages.post("/broadcasts/{broadcast_id}/rooms/{room_id}/take-back")
async def take_back_one(request: Request, access: RunsWorkshop, broadcast_id: str, room_id: str) -> Response:
    """In one room; answers the list as it is then."""
    await take_back(request, access, broadcast_id, room_id)
    return await _list(request, broadcast_id)


class AddresseeAnswer(BaseModel, from_attributes=True):
    """A room that would be asked: where the comment is pinned, in which words, who asked there already."""

    room_id: str
    label: str
    place: str
    body: str
    asked_by: str


class AskedAnswer(BaseModel, from_attributes=True):
    """A room that was asked. state: open, answered, settled or taken back."""

    room_id: str
    label: str
    comment_id: str
    body: str
    state: str


@api.get("/workshops/{workshop_id}/broadcasts/preview", summary="See who would be asked")
async def preview_by_script(
    request: Request, access: RunsWorkshop, finding: Words, body: Words = ""
) -> list[AddresseeAnswer]:
    """The rooms that have a finding, and the question in the words of each."""
    found = await _addressees(request, access, finding, body.strip())
    return [AddresseeAnswer.model_validate(each) for each in found]


@api.get("/broadcasts/{broadcast_id}", summary="See who was asked")
async def show_by_script(request: Request, access: RunsWorkshop, broadcast_id: str) -> list[AskedAnswer]:
    """The rooms that got a question because of a finding; none for a message to all rooms."""
    async with request.app.state.database.reading() as session:
        return [AskedAnswer.model_validate(each) for each in await asked_rooms(session, broadcast_id)]


@api.delete("/broadcasts/{broadcast_id}", status_code=204, summary="Take a question back")
async def take_back_by_script(request: Request, access: RunsWorkshop, broadcast_id: str) -> None:
    """From every room; answers to it stay."""
    await take_back(request, access, broadcast_id)


@api.delete(
    "/broadcasts/{broadcast_id}/rooms/{room_id}", status_code=204, summary="Take a question back in one room"
)
async def take_back_one_by_script(
    request: Request, access: RunsWorkshop, broadcast_id: str, room_id: str
) -> None:
    """Answers to it stay."""
    await take_back(request, access, broadcast_id, room_id)


async def send(
    request: Request, access: Access, body: str, code: str, only: Collection[str] | None = None
) -> tuple[Sending, asyncio.Task[None]]:
    """Begin to send, in a task. only: room ids; None means every room that has the finding.

    Errors: Problem 409 when no room has it or the workshop has ended; 422.
    """
    state, workshop = request.app.state, access.workshop
    question = checked_question(body)
    found = await _addressees(request, access, code, question)
    to = [each for each in found if only is None or each.room_id in only]
    if not to:
        raise Problem(409, "Choose at least one room." if found else f"No room has {named(code)} now.")
    async with state.database.writing() as session:
        broadcast = Broadcast(workshop_id=workshop.id, body=question, code=code, author_name=access.name)
        session.add(broadcast)
    sending = state.sendings.last[workshop.id] = Sending(broadcast, len(to))
    task = asyncio.create_task(_send_all(request.app, access, sending, to))
    state.sendings.tasks.add(task)
    task.add_done_callback(state.sendings.tasks.discard)
    return sending, task


async def _send_all(app: FastAPI, access: Access, sending: Sending, to: list[Addressee]) -> None:
    live, workshop_id = app.state.live, access.workshop.id
    try:
        for start in range(0, len(to), shared_comments.SLICE):
            slice_ = to[start : start + shared_comments.SLICE]
            async with app.state.database.writing() as session:
                comments = await shared_comments.send(session, access, sending.broadcast, slice_)
                await _push(app, session, [comment.room_id for comment in comments])
            sending.sent += len(comments)
            live.touch("board", workshop_id, "shared-comment")
        sending.total = sending.sent
    except Problem as problem:
        sending.stopped = problem.message
    except Exception:
        sending.stopped = BROKEN
        log.exception("A question to several rooms was not sent to all of them")
    live.touch("board", workshop_id, "shared-comment")
    asyncio.get_running_loop().call_later(
        SHOWN.total_seconds() + 1, live.touch, "board", workshop_id, "shared-comment"
    )


async def take_back(request: Request, access: Access, broadcast_id: str, room_id: str = "") -> int:
    """Take it back in one room or all; returns in how many. Errors: Problem 404."""
    state = request.app.state
    async with state.database.writing() as session:
        rooms = await shared_comments.take_back(session, broadcast_id, now(), room_id)
        await _push(request.app, session, rooms)
        state.live.changed(session, "board", access.workshop.id, "shared-comment")
    return len(rooms)


async def _push(app: FastAPI, session: AsyncSession, ids: list[str]) -> None:
    for room_id in ids:
        push_draft(app.state.live, session, await session.get_one(Room, room_id))


async def _addressees(request: Request, access: Access, code: str, question: str) -> list[Addressee]:
    state = request.app.state
    async with state.database.reading() as session:
        ids = await room_ids(session, access.workshop.id)
    await state.documents.flush([room_id for room_id in ids if room_id in state.documents.rooms])
    async with state.database.reading() as session:
        return await addressees(session, access.workshop, code, question)


async def _list(request: Request, broadcast_id: str) -> Response:
    async with request.app.state.database.reading() as session:
        broadcast = await session.get(Broadcast, broadcast_id)
        if broadcast is None or not broadcast.code:
            raise not_found("This question")
        asked = await asked_rooms(session, broadcast_id)
    return _html("shared_comments/_asked.html", broadcast=broadcast, asked=asked)


def _first_question(code: str) -> str:
    if code not in FOR_FINDING:
        raise Problem(422, f"There is no finding called “{code[:40]}”.")
    return FOR_FINDING[code][0].ways[0]


def _rooms(count: int) -> str:
    return f"{count} {'room' if count == 1 else 'rooms'}"


def _html(template: str, /, **context: object) -> Response:
    return HTMLResponse(partial(template, **context))
