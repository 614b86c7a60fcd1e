"""Importing a list of units: paste or choose a file, see what would happen, then let it happen."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.unit_import import import_units, look_at_units
from boathouse.rollout.unit_nodes import Import
from boathouse.rollout.unit_tables import text_of_file
from boathouse.rollout.units import KIND_WORDS
from boathouse.rollout.web.frames import go_on, program_page
from boathouse.rollout.web.permits import PlansProgram

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]


@pages.get("/programs/{program_id}/units/import")
async def form(request: Request, access: PlansProgram) -> Response:
    """Where to paste."""
    return await import_page(request, access, "")


@pages.post("/programs/{program_id}/units/preview")
async def preview(request: Request, access: PlansProgram) -> Response:
    """What the list would do. A file's content goes into the box, where its lines can be put right."""
    async with request.form(max_files=1, max_fields=5) as sent:
        file, text = sent.get("file"), str(sent.get("text") or "")
        data = await file.read() if isinstance(file, UploadFile) and file.size else b""
    try:
        if data:
            text = await asyncio.to_thread(text_of_file, data)
        result = await look_at_units(request.app.state.database, access.program.id, text)
    except Problem as problem:
        return await import_page(request, access, text, problem=problem, from_file=bool(data))
    return await import_page(request, access, text, result=result)


@pages.post("/programs/{program_id}/units/import")
async def take(request: Request, access: PlansProgram, text: Text = "") -> Response:
    """Import all of it, or nothing."""
    try:
        await import_units(request.app.state.database, access.program.id, text)
    except Problem as problem:
        return await import_page(request, access, text, problem=problem)
    return go_on(request, f"/programs/{access.program.id}/units")


async def import_page(
    request: Request,
    access: ProgramAccess,
    text: str,
    result: Import | None = None,
    problem: Problem | None = None,
    from_file: bool = False,
) -> Response:
    """The page, with what was pasted and what it would do. from_file: it has the problem."""
    return program_page(
        request,
        access,
        "units/import.html",
        "units",
        status=422 if problem or (result and result.troubles) else 200,
        text=text,
        result=result,
        problem=problem,
        wrong_at=problem and ("file" if from_file else "text"),
        kinds=KIND_WORDS,
    )
