"""The comment bank: questions offered under the composer, the page of all of them, and own entries."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Form, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import HTMLResponse, RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.seals import Seals
from boathouse.core.web.pages import page, partial, wants_fragment
from boathouse.core.web.problems import toast
from boathouse.rollout.checks import CODES, finding
from boathouse.workshop import bank
from boathouse.workshop.access import Access
from boathouse.workshop.bank_questions import ANY_TIME, FOR_FINDING, FOR_PHASE, PHASES
from boathouse.workshop.bank_words import PLAIN, unfill
from boathouse.workshop.offers import offer_at, words_of_place
from boathouse.workshop.tables import Room, Workshop
from boathouse.workshop.web import bank_scripts
from boathouse.workshop.web.bank_scripts import keep_question, reword, take_out
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = bank_scripts.api

Text = Annotated[str, Form()]
MOMENTS = {code: finding(code).message for code in CODES}  # what a finding is called on the page
KEPT = "Kept. All coaches of this workshop have it now."


def register_regions(app: FastAPI) -> None:
    """No region; what was removed travels signed, so that no link offers a coach somebody else's words."""
    app.state.removed_question_seals = Seals(app.state.settings.secret_key, "removed question")


@pages.get("/rooms/{room_id}/bank")
async def ready(request: Request, room_id: str, access: RunsWorkshop, on: str = "") -> Response:
    """Questions for a place of the draft, or without one for the room's worst finding."""
    await request.app.state.documents.flush([access.the_room().id])
    async with request.app.state.database.reading() as session:
        return HTMLResponse(await ready_html(session, access.workshop, access.the_room(), on))


async def ready_html(session: AsyncSession, workshop: Workshop, room: Room, on: str = "") -> str:
    """What stands in the composer."""
    return partial("bank/_ready.html", offer=await offer_at(session, workshop, room, on), workshop=workshop)


@pages.get("/workshops/{workshop_id}/bank")
async def bank_page_plain(request: Request, access: RunsWorkshop, removed: str = "") -> Response:
    """All questions: those of the coaches, and ours for each finding and phase.

    removed: what was taken out just now, sealed; it can be put back.
    """
    seals: Seals = request.app.state.removed_question_seals
    code, _, body = (seals.read(removed) or "").partition(" ")
    return await bank_page(request, access, removed={"body": body, "code": code} if body else None)


async def bank_page(
    request: Request,
    access: Access,
    typed: dict[str, str] | None = None,
    problem: Problem | None = None,
    removed: dict[str, str] | None = None,
) -> Response:
    """The page, with what was typed and what is wrong with it. typed: body, code and the entry's id.

    removed: body and code of what is offered to be put back, unless it is.
    """
    async with request.app.state.database.reading() as session:
        entries = await bank.own_entries(session, access.workshop.id)
    if removed in [{"body": entry.body, "code": entry.code} for entry in entries]:
        removed = None
    return page(
        request,
        "bank/page.html",
        status=problem.status if problem else 200,
        access=access,
        workshop=access.workshop,
        person=access.person,
        entries=entries,
        moments=MOMENTS,
        standard={MOMENTS[code]: FOR_FINDING[code] for code in CODES},
        phases={PHASES[key][0]: each for key, each in FOR_PHASE.items()} | {"At any moment": ANY_TIME},
        slots=PLAIN,
        typed=typed or {"id": "", "body": "", "code": ""},
        problem=problem,
        removed=removed,
    )


@pages.post("/workshops/{workshop_id}/bank")
async def add(
    request: Request, access: RunsWorkshop, body: Text = "", code: Text = "", on: Text = ""
) -> Response:
    """An own question, from the page or from the composer. on: the place whose words it may repeat."""
    if on:
        async with request.app.state.database.reading() as session:
            body = unfill(body, await words_of_place(session, access.workshop.id, on))
    try:
        await keep_question(request, access, body, code)
    except Problem as problem:
        if wants_fragment(request):
            raise
        return await bank_page(request, access, {"id": "", "body": body, "code": code}, problem)
    return toast(KEPT, status=204) if wants_fragment(request) else _back(access)


@pages.post("/bank/{bank_entry_id}")
async def change(
    request: Request, access: RunsWorkshop, bank_entry_id: str, body: Text = "", code: Text = ""
) -> Response:
    """Other words."""
    try:
        await reword(request, bank_entry_id, body, code)
    except Problem as problem:
        return await bank_page(request, access, {"id": bank_entry_id, "body": body, "code": code}, problem)
    return _back(access)


@pages.post("/bank/{bank_entry_id}/remove")
async def remove(request: Request, access: RunsWorkshop, bank_entry_id: str) -> Response:
    """Gone for all coaches; the page offers to put it back."""
    entry = await take_out(request, bank_entry_id)
    seals: Seals = request.app.state.removed_question_seals
    return _back(access, f"?removed={quote(seals.seal(f'{entry.code} {entry.body}'))}")


def _back(access: Access, query: str = "") -> Response:
    return RedirectResponse(f"/workshops/{access.workshop.id}/bank{query}#own", 303)
