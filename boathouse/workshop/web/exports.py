"""Routes of exports: a file with all drafts and comments or with the whole debrief, or one room's draft."""

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from boathouse.core import pdf, workbooks
from boathouse.core.errors import Problem
from boathouse.workshop.access import Access
from boathouse.workshop.debrief.debrief import Audience, View
from boathouse.workshop.export_files import DEBRIEFS, DRAFTS, KINDS, Format, write_export
from boathouse.workshop.exports import ExportData, load_workshop_export
from boathouse.workshop.web.permits import SeesRoom, SeesWorkshop
from boathouse.workshop.web.whereabouts import present_in

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])

NOT_THEIRS = "Who came when, and what was said in comments, is for the coaches of this workshop."
For = Annotated[
    Audience | None,
    Query(description="coach: with who left when and all comments; sponsor: without. Of XLSX and PDF others "
          "than coaches get the sponsor's."),
]  # fmt: skip
Anonymised = Annotated[bool, Query(description="Without people: no names in any field, rooms have numbers.")]


def view_of(access: Access, audience: Audience | None, anonymised: bool) -> View:
    """What of a debrief this person may see. Errors: Problem 403."""
    if audience == Audience.COACH and not access.is_coach:
        raise Problem(403, NOT_THEIRS)
    return View(audience or (Audience.COACH if access.is_coach else Audience.SPONSOR), anonymised)


def _file(content: bytes | str, title: str, form: Format) -> Response:
    headers = {"Content-Disposition": attachment(title, form)}
    return Response(content, media_type=KINDS[form], headers=headers)


def attachment(title: str, form: str) -> str:
    """A header that names the file after its title, in plain letters and in its own."""
    own = re.sub(r"[^\w-]+", "-", title).strip("-").lower() or "workshop"
    plain = re.sub(r"-+", "-", own.encode("ascii", "ignore").decode()).strip("-") or "workshop"
    return f"attachment; filename=\"{plain}.{form}\"; filename*=UTF-8''{quote(own)}.{form}"


@pages.get("/rooms/{room_id}/export")
async def export_room(request: Request, access: SeesRoom, format: Format = Format.MD) -> Response:
    """Download one's own draft. Errors: Problem 422 for what only a whole workshop has."""
    if format not in DRAFTS:
        raise Problem(422, "A room's draft is exported as Markdown, CSV or JSON.", field="format")
    state, room = request.app.state, access.the_room()
    await state.documents.flush([room.id])
    async with state.database.reading() as session:
        data = await load_workshop_export(session, access.workshop.id, room.id)
    return _file(DRAFTS[format](data), f"{data.title} room {room.number}", format)


TEXT = {"schema": {"type": "string"}}
BYTES = {"schema": {"type": "string", "format": "binary"}}
FILES = {"text/csv": TEXT, "text/markdown": TEXT, workbooks.MEDIA_TYPE: BYTES, pdf.MEDIA_TYPE: BYTES}


@pages.get("/workshops/{workshop_id}/export")
@api.get(
    "/workshops/{workshop_id}/export",
    summary="Export all drafts with their comments, or the debrief",
    response_class=Response,
    responses={200: {"model": ExportData, "content": FILES}},
)
async def export_workshop(
    request: Request,
    access: SeesWorkshop,
    format: Format = Format.JSON,
    audience: For = None,
    anonymised: Anonymised = False,
) -> Response:
    """Removed words are in no export; no cell of CSV and XLSX can become a formula."""
    if format in DEBRIEFS:
        view = view_of(access, audience, anonymised)
        await request.app.state.attendance.flush()
    else:  # drafts and their comments are open to all who see the workshop
        view = View(audience or Audience.COACH, anonymised)
    state = request.app.state
    here = present_in(request.app)
    made = await write_export(state.database, state.documents, access.workshop.id, format, view, here)
    name = made.title + (" for the sponsor" if audience == Audience.SPONSOR else "")
    return _file(made.content, name + (" without names" if anonymised else ""), format)
