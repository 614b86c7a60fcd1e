"""Importing a list of people: paste or choose a file, see what would happen, then let it happen."""

import asyncio

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page
from boathouse.core.web.security import BODY_LIMIT
from boathouse.workshop.access import Access
from boathouse.workshop.roster.entries import Import
from boathouse.workshop.roster.lists import text_of_file
from boathouse.workshop.web.forms import go_on
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.rostering import look_at, take_over

pages = APIRouter(include_in_schema=False)
LONGEST_SHOWN = 200_000  # letters that a box to edit still takes well


@pages.get("/workshops/{workshop_id}/roster/import")
async def form(request: Request, access: RunsWorkshop) -> Response:
    """Where to paste."""
    return _import_page(request, access, "")


@pages.post("/workshops/{workshop_id}/roster/preview")
async def preview(request: Request, access: RunsWorkshop) -> Response:
    """What the list would do. A file's content goes into the box, where its lines can be put right."""
    text, data, keep = await _sent(request)
    try:
        if data is not None:
            text = await asyncio.to_thread(text_of_file, data)
        result = await look_at(request, access, text, keep)
    except Problem as problem:
        return _import_page(request, access, text, problem=problem, from_file=data is not None)
    return _import_page(request, access, text, result=result)


@pages.post("/workshops/{workshop_id}/roster/import")
async def take(request: Request, access: RunsWorkshop) -> Response:
    """Import all of it, or nothing."""
    text, _, keep = await _sent(request)
    try:
        await take_over(request, access, text, keep)
    except Problem as problem:
        if problem.field == "columns":  # the list is right: only other columns are to be chosen
            result = await look_at(request, access, text, None)
            return _import_page(request, access, text, result, problem, ticked=keep)
        return _import_page(request, access, text, problem=problem)
    return go_on(request, f"/workshops/{access.workshop.id}/roster")


async def _sent(request: Request) -> tuple[str, bytes | None, list[str] | None]:
    """The text, the file if one was chosen, which further columns to keep: None if nobody was asked yet."""
    async with request.form(max_files=1, max_fields=100, max_part_size=BODY_LIMIT) as sent:
        file = sent.get("file")
        data = await file.read() if isinstance(file, UploadFile) and file.filename else None
        return str(sent.get("text") or ""), data, _kept(sent)


def _kept(sent: FormData) -> list[str] | None:
    return [str(each) for each in sent.getlist("keep")] if "asked" in sent else None


def _import_page(
    request: Request,
    access: Access,
    text: str,
    result: Import | None = None,
    problem: Problem | None = None,
    from_file: bool = False,
    ticked: list[str] | None = None,
) -> Response:
    """The page, with what was pasted and what it would do. from_file: it has the problem; ticked: columns."""
    rooms = result.standing.stamp.rooms if result else ()
    return page(
        request,
        "invitees/import.html",
        status=422 if problem or (result and result.troubles) else 200,
        person=access.person,
        workshop=access.workshop,
        text=text,
        is_long=len(text) > LONGEST_SHOWN,
        result=result,
        problem=problem,
        wrong_at=problem and ("columns" if result else "file" if from_file else "text"),
        ticked=ticked if ticked is not None else result.kept if result else [],
        room_numbers={room_id: number for room_id, number, _ in rooms},
    )
