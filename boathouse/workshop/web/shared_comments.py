"""Asking every room with the same finding: who gets it, the sending with its progress, taking it back."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Query, Request
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import HTMLResponse, Response

from boathouse.core.clock import now
from boathouse.core.errors import Problem, not_found
from boathouse.core.web.pages import partial
from boathouse.core.web.problems import toast
from boathouse.rollout import checks
from boathouse.rollout.checks import CODES
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop import bank, shared_comments
from boathouse.workshop.bank_words import gaps
from boathouse.workshop.offers import words_of_place
from boathouse.workshop.shared_comments import asked_rooms
from boathouse.workshop.tables import Broadcast
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.sendings import SHOWN, Sendings, send, take_back, who_gets

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["broadcasts"])

Text = Annotated[str, Form()]
Words = Annotated[str, Query(max_length=4000)]
PATIENCE = 1.0  # seconds until the page shows progress


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
    is_its = sending and last and sending.broadcast.id == last.id
    return partial(
        "shared_comments/_shared.html",
        last=last,
        question=gaps(last.body) if last else "",
        sending=sending if is_its and not sending.is_done else None,
        misses=sending.misses if is_its else "",
        left=sum(state != "taken back" for state in states),
        answered=states.count("answered"),
        settled=states.count("settled"),
    )


@pages.get("/workshops/{workshop_id}/shared-comments/new")
async def begin(
    request: Request, access: RunsWorkshop, code: Words = "", body: Words = "", on: Words = ""
) -> Response:
    """What stands in the dialog: the question, and who would get it.

    body: what was written already, perhaps a question with the words of one room; on: its place there.
    """
    if code not in CODES:
        raise Problem(422, f"There is no finding called “{code[:40]}”.")
    found = await who_gets(request, access, code, "")
    async with request.app.state.database.reading() as session:
        entries = await bank.own_entries(session, access.workshop.id)
        questions = bank.for_many(entries, code, GroundRules.model_validate(access.workshop.ground_rules))
        own = await words_of_place(session, access.workshop.id, on)
        question = bank.as_written(body.strip(), questions, own) or questions[0]
        before = await shared_comments.standing(session, access.workshop.id)
    return _html(
        "shared_comments/_new.html",
        workshop=access.workshop,
        code=code,
        message=checks.finding(code).message,
        question=question,
        questions=questions,
        gaps=gaps,
        to=[each.asked(question) for each in found],
        before=before,
    )


@pages.get("/workshops/{workshop_id}/shared-comments/preview")
async def preview(request: Request, access: RunsWorkshop, code: Words = "", body: Words = "") -> Response:
    """The rooms again, after other words."""
    return _html("shared_comments/_addressees.html", to=await who_gets(request, access, code, body.strip()))


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
    return toast(f"Asked {_rooms(sending.sent)}. {sending.misses}".removesuffix(". "), status=204)


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
    found = await who_gets(request, access, finding, body.strip())
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


async def _list(request: Request, broadcast_id: str) -> Response:
    async with request.app.state.database.reading() as session:
        broadcast = await session.get(Broadcast, broadcast_id)
        if broadcast is None or not broadcast.code:
            raise not_found("This question")
        asked = await asked_rooms(session, broadcast_id)
    return _html(
        "shared_comments/_asked.html", broadcast=broadcast, question=gaps(broadcast.body), asked=asked
    )


def _rooms(count: int) -> str:
    return f"{count} {'room' if count == 1 else 'rooms'}"


def _html(template: str, /, **context: object) -> Response:
    return HTMLResponse(partial(template, **context))
