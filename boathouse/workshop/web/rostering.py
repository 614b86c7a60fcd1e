"""What pages and scripts both do with a roster."""

import asyncio
from collections.abc import Collection

from fastapi import Request
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.seals import Seals
from boathouse.workshop.access import Access
from boathouse.workshop.invitee_entries import Import
from boathouse.workshop.invitee_exports import RosterFile, load_roster, to_csv, to_links, to_list, to_zoom
from boathouse.workshop.invitee_import import judge, load_standing, write_import
from boathouse.workshop.placing import Dealing, Placed, place_by_hand, plan_rooms, write_rooms
from boathouse.workshop.web.changes import crew_changed, follow
from boathouse.workshop.web.exports import attachment

TRIES = 4  # of an import, when others change the roster meanwhile
BUSY = "Somebody else is changing the roster just now. Nothing was imported; please try again."
CSV, TEXT = "text/csv; charset=utf-8", "text/plain; charset=utf-8"


async def look_at(request: Request, access: Access, text: str, keep: Collection[str] | None) -> Import:
    """What a list would do. Errors: Problem 422."""
    async with request.app.state.database.reading() as session:
        standing = await load_standing(session, access.workshop.id)
    return await asyncio.to_thread(judge, text, standing, keep)


async def take_over(request: Request, access: Access, text: str, keep: Collection[str] | None) -> Import:
    """Import a list: all of it, or nothing. Judging a long one takes seconds, and nobody waits for that.

    Errors: Problem 422; 409 when others keep changing the roster.
    """
    for _ in range(TRIES):
        result = await look_at(request, access, text, keep)
        async with request.app.state.database.writing() as session:
            if await write_import(session, access.workshop.id, result):
                return result
    raise Problem(409, BUSY, field="text")


async def deal_out(request: Request, access: Access, dealing: Dealing) -> int:
    """Rooms for a whole roster; says how many people got one. Errors: Problem 422, 409."""
    database = request.app.state.database
    async with database.reading() as session:
        places = await plan_rooms(session, access.workshop, dealing)
    async with database.writing() as session:
        return await write_rooms(session, access.workshop.id, places)


async def place(request: Request, access: Access, ids: Collection[str], room_id: str | None) -> Placed:
    """A room for some, by hand. The pages of those who have come follow. Errors as place_by_hand()."""
    app, workshop, room_id = request.app, access.workshop, room_id or None
    async with app.state.database.writing() as session:
        placed = await place_by_hand(session, workshop, ids, room_id)
        if placed.moved and room_id:
            crew_changed(app, session, workshop.id, room_id, *placed.left)
    follow(app, placed.moved)
    return placed


async def roster_file(request: Request, access: Access, wanted: RosterFile) -> Response:
    """The roster as a file."""
    async with request.app.state.database.reading() as session:
        data = await load_roster(session, access.workshop)
    seals: Seals = request.app.state.invitation_seals
    address = request.app.state.address(request)

    def write() -> tuple[str, str, str]:
        if wanted == RosterFile.ZOOM:
            return to_zoom(data), "zoom", CSV
        if wanted == RosterFile.LIST:
            return to_list(data), "rooms", TEXT
        if wanted == RosterFile.LINKS:
            return to_links(data, lambda line: f"{address}/welcome/{seals.seal(line)}"), "personal links", CSV
        return to_csv(data), "roster", CSV

    text, name, kind = await asyncio.to_thread(write)
    ending = "txt" if wanted == RosterFile.LIST else "csv"
    headers = {"Content-Disposition": attachment(f"{data.title} {name}", ending)}
    return Response(text, media_type=kind, headers=headers)
