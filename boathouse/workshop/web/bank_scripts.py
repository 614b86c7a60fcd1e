"""The comment bank by script, and what pages and scripts both do with it."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from boathouse.rollout.checks import CODES
from boathouse.workshop import bank
from boathouse.workshop.access import Access
from boathouse.workshop.bank_questions import ANY_TIME, FOR_FINDING, FOR_PHASE, PHASES, Question
from boathouse.workshop.tables import BankEntry
from boathouse.workshop.web.permits import RunsWorkshop

api = APIRouter(tags=["comment bank"])


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
    return Entry.model_validate(await keep_question(request, access, wanted.body, wanted.code))


@api.put("/bank/{bank_entry_id}", summary="Change a question of the bank")
async def change_by_script(
    request: Request, access: RunsWorkshop, bank_entry_id: str, wanted: NewEntry
) -> Entry:
    """Any coach of the workshop may."""
    return Entry.model_validate(await reword(request, bank_entry_id, wanted.body, wanted.code))


@api.delete("/bank/{bank_entry_id}", status_code=204, summary="Remove a question from the bank")
async def remove_by_script(request: Request, access: RunsWorkshop, bank_entry_id: str) -> None:
    """Comments made from it stay."""
    await take_out(request, bank_entry_id)


async def keep_question(request: Request, access: Access, body: str, code: str) -> BankEntry:
    """One more for all coaches. Errors as bank.add_entry()."""
    async with request.app.state.database.writing() as session:
        return await bank.add_entry(session, access.workshop.id, access.name, body, code)


async def reword(request: Request, entry_id: str, body: str, code: str) -> BankEntry:
    """Other words. Errors as bank.edit_entry()."""
    async with request.app.state.database.writing() as session:
        return await bank.edit_entry(session, entry_id, body, code)


async def take_out(request: Request, entry_id: str) -> BankEntry:
    """Gone; what it was. Errors: Problem 404."""
    async with request.app.state.database.writing() as session:
        return await bank.remove_entry(session, entry_id)


def _as_data(question: Question, code: str = "", phase: str = "") -> Standard:
    return Standard(code=code, phase=phase, ways=list(question.ways), why=question.why)
