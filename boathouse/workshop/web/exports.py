"""Routes of exports: a file with all drafts and comments, or one room's."""

import re
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from boathouse.workshop.export_files import WRITERS, Format
from boathouse.workshop.exports import ExportData, load_workshop_export
from boathouse.workshop.tables import Room
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.permits import SeesRoom, SeesWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])


KINDS = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.MD: "text/markdown; charset=utf-8",
}


async def export_file(request: Request, workshop_id: str, form: Format, room: Room | None = None) -> Response:
    """The file, with every word that has reached the server."""
    state = request.app.state
    async with state.database.reading() as session:
        rooms = [room.id] if room else await room_ids(session, workshop_id)
    await state.documents.flush(rooms)
    async with state.database.reading() as session:
        data = await load_workshop_export(session, workshop_id, room.id if room else None)
    name = f"{data.title} room {room.number}" if room else data.title
    return Response(
        WRITERS[form](data), media_type=KINDS[form], headers={"Content-Disposition": attachment(name, form)}
    )


def attachment(title: str, form: Format) -> str:
    """A header that names the file after its title, in plain letters and in its own."""
    own = re.sub(r"[^\w-]+", "-", title).strip("-").lower() or "workshop"
    plain = re.sub(r"-+", "-", own.encode("ascii", "ignore").decode()).strip("-") or "workshop"
    return f"attachment; filename=\"{plain}.{form}\"; filename*=UTF-8''{quote(own)}.{form}"


@pages.get("/workshops/{workshop_id}/export")
async def export_on_page(request: Request, access: SeesWorkshop, format: Format = Format.JSON) -> Response:
    """Download all drafts."""
    return await export_file(request, access.workshop.id, format)


@pages.get("/rooms/{room_id}/export")
async def export_room(request: Request, access: SeesRoom, format: Format = Format.MD) -> Response:
    """Download one's own draft."""
    return await export_file(request, access.workshop.id, format, access.the_room())


TEXT = {"schema": {"type": "string"}}


@api.get(
    "/workshops/{workshop_id}/export",
    summary="Export all drafts with their comments",
    response_class=Response,
    responses={200: {"model": ExportData, "content": {"text/csv": TEXT, "text/markdown": TEXT}}},
)
async def export_by_script(request: Request, access: SeesWorkshop, format: Format = Format.JSON) -> Response:
    """Removed words are in no export; no cell of the CSV can become a formula."""
    return await export_file(request, access.workshop.id, format)
