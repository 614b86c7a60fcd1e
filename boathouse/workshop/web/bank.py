"""The comment bank: questions offered under the composer, the page of all of them, and own entries."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Form, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import HTMLResponse, RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.seals import Seals
from boathouse.core.web.pages import page, partial, wants_fragment
from boathouse.core.web.problems import toast
from boathouse.rollout.checks import CODES, finding
from boathouse.workshop import bank
from boathouse.workshop.access import Access
from boathouse.workshop.bank_questions import ANY_TIME, FOR_FINDING, FOR_PHASE, PHASES, Question
from boathouse.workshop.bank_words import PLAIN, unfill
from boathouse.workshop.offers import offer_at, words_of_place
from boathouse.workshop.tables import BankEntry, Room, Workshop
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["comment bank"])

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
        await _add(request, access, body, code)
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
        await _change(request, bank_entry_id, body, code)
    except Problem as problem:
        return await bank_page(request, access, {"id": bank_entry_id, "body": body, "code": code}, problem)
    return _back(access)


@pages.post("/bank/{bank_entry_id}/remove")
async def remove(request: Request, access: RunsWorkshop, bank_entry_id: str) -> Response:
    """Gone for all coaches; the page offers to put it back."""
    entry = await _remove(request, bank_entry_id)
    seals: Seals = request.app.state.removed_question_seals
    return _back(access, f"?removed={quote(seals.seal(f'{entry.code} {entry.body}'))}")


class NewEntry(BaseModel):
    """A question. code: the finding it answers, as in the contract; empty for any moment."""

    body: str = Field(min_length=1, max_length=bank.LONGEST)
    code: str = Field(default="", max_length=40)


class Entry(NewEntry, from_attributes=True):
    """A question of the workshop's coaches."""

    id: str
    author: str = Field(validation_alias="author_name")


class Standard(BaseModel):
    """One of ours. ways: the wording, the first that the draft can fill is taken; why: why it is asked.
    code: the finding it answers, phase: the phase it fits; neither for any moment.
    """

    code: str = ""
    phase: str = ""
    ways: list[str]
    why: str


class Bank(BaseModel):
    """Everything a coach can pick from: own questions come first."""

    own: list[Entry]
    standard: list[Standard]


@api.get("/workshops/{workshop_id}/bank", summary="Read the comment bank")
async def read_bank(request: Request, access: RunsWorkshop) -> Bank:
    """Own questions and ours; {target}, {start}, {words}, {unit} and {owner} become a crew's own words."""
    async with request.app.state.database.reading() as session:
        entries = await bank.own_entries(session, access.workshop.id)
    standard = [_as_data(each, code=code) for code in CODES for each in FOR_FINDING[code]]
    standard += [_as_data(each, phase=PHASES[key][0]) for key in PHASES for each in FOR_PHASE[key]]
    standard += [_as_data(each) for each in ANY_TIME]
    return Bank(own=[Entry.model_validate(entry) for entry in entries], standard=standard)


@api.post("/workshops/{workshop_id}/bank", status_code=201, summary="Add a question to the bank")
async def add_by_script(request: Request, access: RunsWorkshop, wanted: NewEntry) -> Entry:
    """For all coaches of the workshop; the same words once more are the entry there is."""
    return Entry.model_validate(await _add(request, access, wanted.body, wanted.code))


@api.put("/bank/{bank_entry_id}", summary="Change a question of the bank")
async def change_by_script(
    request: Request, access: RunsWorkshop, bank_entry_id: str, wanted: NewEntry
) -> Entry:
    """Any coach of the workshop may."""
    return Entry.model_validate(await _change(request, bank_entry_id, wanted.body, wanted.code))


@api.delete("/bank/{bank_entry_id}", status_code=204, summary="Remove a question from the bank")
async def remove_by_script(request: Request, access: RunsWorkshop, bank_entry_id: str) -> None:
    """Comments made from it stay."""
    await _remove(request, bank_entry_id)


async def _add(request: Request, access: Access, body: str, code: str) -> BankEntry:
    async with request.app.state.database.writing() as session:
        return await bank.add_entry(session, access.workshop.id, access.name, body, code)


async def _change(request: Request, entry_id: str, body: str, code: str) -> BankEntry:
    async with request.app.state.database.writing() as session:
        return await bank.edit_entry(session, entry_id, body, code)


async def _remove(request: Request, entry_id: str) -> BankEntry:
    async with request.app.state.database.writing() as session:
        return await bank.remove_entry(session, entry_id)


def _as_data(question: Question, code: str = "", phase: str = "") -> Standard:
    return Standard(code=code, phase=phase, ways=list(question.ways), why=question.why)


def _back(access: Access, query: str = "") -> Response:
    return RedirectResponse(f"/workshops/{access.workshop.id}/bank{query}#own", 303)
