"""Old OKRs: paste or upload a document, have it read and checked, print the report. Nothing of it is kept."""

import asyncio
from dataclasses import dataclass, field

from fastapi import APIRouter, Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from boathouse.core.errors import Problem, UsageProblem
from boathouse.core.people import Person
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import identify, signed_in
from boathouse.rollout.access import ProgramAction, grant_program
from boathouse.rollout.checks.files import read_file
from boathouse.rollout.checks.papers import Paper, read_paper
from boathouse.rollout.checks.reports import Report, make_report
from boathouse.rollout.decisions import load_parameters
from boathouse.rollout.parameters import RECOMMENDED, GroundRules
from boathouse.rollout.programs import programs_of
from boathouse.rollout.snapshots import take_snapshot

pages = APIRouter(include_in_schema=False, dependencies=[Depends(signed_in)])
LONGEST_TEXT = 200_000
MOST_LINES = 500
NOTHING = "Paste your OKRs here, or choose a file."
NO_OKRS = "No objective and no key result was found in it. Put each on a line of its own."


@dataclass
class Brought:
    """What somebody brought: pasted text, or a file that is not kept."""

    text: str = ""
    title: str = ""
    program_id: str = ""
    data: bytes = b""
    file: str = ""
    problem: Problem | None = field(default=None)


@pages.get("/checks")
async def form(request: Request) -> Response:
    """Where to paste."""
    return await _page(request, Brought())


@pages.post("/checks")
async def check(request: Request) -> Response:
    """The report, with the words below it to go on with."""
    async with request.form(max_files=1, max_fields=6) as sent:
        brought = await _brought(sent)
    try:
        rules = await rules_of(request, brought.program_id)
        report = await asyncio.to_thread(lambda: make_report(_paper(brought), rules))
    except Problem as problem:
        brought.problem = problem
        return await _page(request, brought)
    return await _page(request, brought, report)


async def _brought(sent: FormData) -> Brought:
    said = {name: str(sent.get(name) or "") for name in ("text", "title", "program_id")}
    brought = Brought(said["text"], " ".join(said["title"].split())[:120], said["program_id"])
    file = sent.get("file")
    if isinstance(file, UploadFile) and file.size:
        brought.data, brought.file = await file.read(), file.filename or "the file"
    return brought


def _paper(brought: Brought) -> Paper:
    """What was brought, read. Errors: Problem 422 at the file or the text."""
    at = "file" if brought.data else "text"
    if not brought.data and not brought.text.strip():
        raise Problem(422, NOTHING, field="text")
    if len(brought.text) > LONGEST_TEXT:
        raise Problem(422, f"At most {LONGEST_TEXT:,} letters at once, please.", field="text")
    try:
        paper = read_file(brought.data, brought.file) if brought.data else read_paper(brought.text, "line")
    except Problem as problem:
        raise Problem(422, problem.message, field=at) from None
    except UsageProblem as wrong:
        raise Problem(422, str(wrong).removeprefix("line, "), field=at) from None
    if not paper.lines:
        raise Problem(422, NO_OKRS, field=at)
    if len(paper.lines) > MOST_LINES:
        raise Problem(422, f"At most {MOST_LINES} objectives and key results at once, please.", field=at)
    return paper


async def rules_of(request: Request, program_id: str) -> GroundRules:
    """The program's, or what we recommend. Errors: Problem 422 for one that this person may not see."""
    if not program_id:
        return RECOMMENDED
    person = (await identify(request)).person
    async with request.app.state.database.reading() as session:
        try:
            access = await grant_program(session, ProgramAction.SEE, program_id, person)
        except Problem:
            raise Problem(422, "Choose one of the programs in the list.", field="program_id") from None
        return take_snapshot(await load_parameters(session, access.program)).rules


async def _programs(session: AsyncSession, person: Person | None) -> list[tuple[str, str]]:
    lines = await programs_of(session, person) if person else []
    return [(line.program.id, line.program.name) for line in lines]


async def _page(request: Request, brought: Brought, report: Report | None = None) -> Response:
    person = (await identify(request)).person
    async with request.app.state.database.reading() as session:
        programs = await _programs(session, person)
    return page(
        request,
        "checks/page.html",
        status=422 if brought.problem else 200,
        person=person,
        programs=programs,
        brought=brought,
        problem=brought.problem,
        report=report,
    )
