"""The calendar for other calendars: a private link to subscribe to, a download, and the API's file."""

import hashlib

from fastapi import APIRouter, Request
from starlette.responses import Response

from boathouse.rollout.calendar_changes import program_of_secret
from boathouse.rollout.calendars import load_calendar
from boathouse.rollout.feed import write_feed
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.web.permits import SeesProgram

pages = APIRouter(include_in_schema=False)
api = APIRouter()

KIND = "text/calendar; charset=utf-8"
SAVED = {"Content-Disposition": 'attachment; filename="okr-calendar.ics"'}
NOT_MODIFIED = {"description": "Nothing changed since the version with this ETag."}


async def feed_answer(request: Request, program: Program, headers: dict[str, str]) -> Response:
    """The file, or 304 if the asker has it."""
    async with request.app.state.database.reading() as session:
        calendar = await load_calendar(session, program)
    address = f"{request.app.state.address(request)}/programs/{program.id}/calendar"
    body = write_feed(calendar, address)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = headers | {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", "").replace("W/", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=KIND, headers=headers)


@pages.get("/calendar/{secret}.ics")
async def subscribed(request: Request, secret: str) -> Response:
    """The feed. Whoever has the link reads it: calendars cannot sign in."""
    async with request.app.state.database.reading() as session:
        program = await program_of_secret(session, secret)
    return await feed_answer(request, program, {})


@pages.get("/programs/{program_id}/calendar.ics")
async def download(request: Request, access: SeesProgram) -> Response:
    """The same to keep as a file; it learns of no change."""
    return await feed_answer(request, access.program, SAVED)


@api.get(
    "/programs/{program_id}/calendar.ics",
    summary="Read the calendar as iCalendar",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}, 304: NOT_MODIFIED},
)
async def calendar_file_by_script(request: Request, access: SeesProgram) -> Response:
    """Every date of the cycles for the year to come. Send `If-None-Match` to hear only of changes."""
    return await feed_answer(request, access.program, SAVED)
