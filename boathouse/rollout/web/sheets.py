"""The sheet of a program: the ground rules and their reasons on one page, to read, to print, to pass on."""

import asyncio
from functools import lru_cache

from fastapi import APIRouter, Request
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.pdf import MEDIA_TYPE, NO_LETTERS, new_paper
from boathouse.core.web.pages import page
from boathouse.rollout.decisions import load_parameters
from boathouse.rollout.sheets import Sheet, make_sheet
from boathouse.rollout.snapshots import take_snapshot
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.web.frames import program_page
from boathouse.rollout.web.permits import SeesProgram

pages = APIRouter(include_in_schema=False)
NO_SHEET = "This link leads to no sheet. Copy the whole link again, or ask whoever sent it for the new one."
PRINT = f"{NO_LETTERS} Print the page of the sheet instead: it has them all."
FILE = {"Content-Disposition": 'inline; filename="ground-rules.pdf"'}


@pages.get("/programs/{program_id}/sheet")
async def program_sheet(request: Request, access: SeesProgram) -> Response:
    """The sheet among the pages of its program."""
    link = f"{request.app.state.address(request)}/sheets/{access.program.sheet_secret}"
    async with request.app.state.database.reading() as session:
        sheet = await sheet_of(session, access.program)
    return program_page(request, access, "sheets/program.html", "decisions", sheet=sheet, link=link)


@pages.get("/sheets/{secret}.pdf")
async def open_pdf(request: Request, secret: str) -> Response:
    """The same on paper."""
    async with request.app.state.database.reading() as session:
        sheet = await sheet_of(session, await program_of_link(session, secret))
    return await pdf(sheet)


@pages.get("/sheets/{secret}")
async def open_sheet(request: Request, secret: str) -> Response:
    """The sheet for everybody who has its link."""
    async with request.app.state.database.reading() as session:
        sheet = await sheet_of(session, await program_of_link(session, secret))
    return page(request, "sheets/open.html", sheet=sheet, pdf=f"/sheets/{secret}.pdf")


async def program_of_link(session: AsyncSession, secret: str) -> Program:
    """The program whose sheet this link shows. Errors: Problem 404."""
    program = (await session.exec(select(Program).where(Program.sheet_secret == secret))).one_or_none()
    if program is None:
        raise Problem(404, NO_SHEET)
    return program


async def sheet_of(session: AsyncSession, program: Program) -> Sheet:
    """As it stands now."""
    snapshot = take_snapshot(await load_parameters(session, program))
    return make_sheet(program.name, snapshot, why=program.why, why_by=program.led_by)


async def pdf(sheet: Sheet) -> Response:
    """A sheet as a PDF file; made in a thread, since it takes a good part of a second.

    Made once: whoever has the link may ask for it, and a whole workshop does so in the same minute.
    """
    content = await asyncio.to_thread(_printed, sheet)
    return Response(content, media_type=MEDIA_TYPE, headers=FILE)


@lru_cache(maxsize=32)
def _printed(sheet: Sheet) -> bytes:
    paper = new_paper(f"Ground rules: {sheet.of}", f"Ground rules of {sheet.of}")
    paper.heading("How we do OKRs", 18)
    paper.paragraph(f"The ground rules of {sheet.of}, and why they are so.", 10, soft=True)
    if paper.lacks(_every_word(sheet)):
        paper.note(PRINT)
    if sheet.why:
        paper.quote(sheet.why, sheet.why_by)
    for note in sheet.notes:
        paper.note(note)
    for title, rules in sheet.groups:
        paper.heading(title, 10.5)
        rows = [
            (
                rule.title,
                " ".join((rule.answer, rule.link)),
                f"{rule.reason} (Not decided.)" if rule.note else rule.reason,
            )
            for rule in rules
        ]
        paper.rows((25, 32, 57), rows)
    return paper.content()


def _every_word(sheet: Sheet) -> str:
    rules = [rule for _, group in sheet.groups for rule in group]
    return " ".join([sheet.of, sheet.why, sheet.why_by, *(f"{rule.answer} {rule.reason}" for rule in rules)])
