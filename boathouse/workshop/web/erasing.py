"""Erasing a person from a workshop, from the coach's list of people and from scripts."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from boathouse.workshop.access import Access
from boathouse.workshop.erasing import erase_seat
from boathouse.workshop.web.audience import poll_changed, stage_changed
from boathouse.workshop.web.changes import done, merged, roster_changed
from boathouse.workshop.web.housekeeping import forget_deleted
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["people"])

ERASED = "The coach has erased your seat here, with your name. If that surprises you, ask the coach."


@pages.post("/seats/{seat_id}/erase")
async def erase_on_page(request: Request, access: RunsWorkshop, seat_id: str) -> Response:
    """Forget who somebody was."""
    await _erase(request, access, seat_id)
    return done(request, access.workshop.id, "Erased. What they wrote stays, without a name.")


@api.post("/seats/{seat_id}/erase", status_code=204, summary="Erase a participant")
async def erase_by_script(request: Request, access: RunsWorkshop, seat_id: str) -> None:
    """Name, address, link and line on the roster go for good, also of somebody who was removed before; what
    they wrote stays, without a name.
    """
    await _erase(request, access, seat_id)


async def _erase(request: Request, access: Access, seat_id: str) -> None:
    app, workshop_id = request.app, access.workshop.id
    await app.state.attendance.flush()  # where they were is known from there
    async with app.state.database.writing() as session:
        rooms = await erase_seat(session, seat_id)
        for room_id in rooms:
            merged(app, session, workshop_id, room_id)
        for changed in (stage_changed, poll_changed, roster_changed):
            changed(app, session, workshop_id)
    app.state.end_connections(f"seat:{seat_id}", 4403, ERASED)
    for room_id in rooms:
        await forget_deleted(app, room_id)
