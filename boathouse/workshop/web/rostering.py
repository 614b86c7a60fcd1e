"""What pages and scripts both do with a roster."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TypeVar

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.seals import Seals
from boathouse.workshop.access import Access
from boathouse.workshop.roster.entries import Import
from boathouse.workshop.roster.exports import RosterFile, load_roster, to_csv, to_links, to_list, to_zoom
from boathouse.workshop.roster.imports import Ready, judge, load_standing, make_ready, write_import
from boathouse.workshop.roster.invitees import (
    Person,
    add_invitee,
    change_invitee,
    clear_roster,
    remove_invitee,
)
from boathouse.workshop.roster.placing import Dealing, Placed, Plan, place_by_hand, plan_rooms, write_rooms
from boathouse.workshop.tables import Invitee
from boathouse.workshop.web.changes import crew_changed, follow, roster_changed
from boathouse.workshop.web.exports import attachment

Planned = TypeVar("Planned")

TRIES = 4  # when others change the roster meanwhile
BUSY = "Somebody else is changing the roster just now. Nothing was changed; please try again."
CSV, TEXT = "text/csv; charset=utf-8", "text/plain; charset=utf-8"


async def look_at(request: Request, access: Access, text: str, keep: Collection[str] | None) -> Import:
    """What a list would do. Errors: Problem 422."""
    async with request.app.state.database.reading() as session:
        standing = await load_standing(session, access.workshop.id)
    return await asyncio.to_thread(judge, text, standing, keep)


async def take_over(request: Request, access: Access, text: str, keep: Collection[str] | None) -> Import:
    """Import a list: all of it, or nothing. Errors: Problem 422; 409 when others keep changing the roster."""

    async def plan() -> Ready:
        result = await look_at(request, access, text, keep)
        return await asyncio.to_thread(make_ready, access.workshop.id, result)

    return (await _planned(request, access, plan, write_import)).result


async def deal_out(request: Request, access: Access, dealing: Dealing) -> int:
    """Rooms for a whole roster; says how many people got one. Errors: Problem 422, 409."""

    async def plan() -> Plan:
        async with request.app.state.database.reading() as session:
            return await plan_rooms(session, access.workshop, dealing)

    return len((await _planned(request, access, plan, write_rooms)).places)


async def _planned(
    request: Request,
    access: Access,
    plan: Callable[[], Awaitable[Planned]],
    write: Callable[[AsyncSession, str, Planned], Awaitable[bool]],
) -> Planned:
    """Plan, which takes seconds for a long roster and keeps nobody waiting, then write it.

    Planned anew when the roster changed meanwhile. Errors: Problem 409 when others keep changing it.
    """
    for _ in range(TRIES):
        planned = await plan()
        async with request.app.state.database.writing() as session:
            if await write(session, access.workshop.id, planned):
                roster_changed(request.app, session, access.workshop.id)
                return planned
    raise Problem(409, BUSY)


async def place(
    request: Request,
    access: Access,
    ids: Collection[str],
    room_id: str | None,
    shown: Mapping[str, str] | None = None,
) -> Placed:
    """A room for some, by hand. The pages of those who have come follow. As place_by_hand()."""
    async with request.app.state.database.writing() as session:
        placed = await _place(request, session, access, ids, room_id, shown)
    follow(request.app, placed.moved)
    return placed


async def _place(
    request: Request,
    session: AsyncSession,
    access: Access,
    ids: Collection[str],
    room_id: str | None,
    shown: Mapping[str, str] | None = None,
) -> Placed:
    placed = await place_by_hand(session, access.workshop, ids, room_id or None, shown)
    roster_changed(request.app, session, access.workshop.id)
    if placed.moved and room_id:
        crew_changed(request.app, session, access.workshop.id, room_id, *placed.left)
    return placed


async def add_person(request: Request, access: Access, person: Person, room_id: str = "") -> Invitee:
    """One more person, with a room if one is named: both, or neither. Errors: Problem 422, 409, 404."""
    async with request.app.state.database.writing() as session:
        invitee = await add_invitee(session, access.workshop.id, person)
        if room_id:
            await _place(request, session, access, [invitee.id], room_id)
    return invitee


async def change_person(
    request: Request,
    access: Access,
    invitee_id: str,
    person: Person,
    room_id: str | None,
    seen: Invitee | None = None,
) -> None:
    """Another line, and another room: both, or neither. room_id: empty for no room, None for the same.

    seen: the line as it was read, for who must not change what they did not see.
    Errors: Problem 422, 409, 404.
    """
    placed = Placed()
    async with request.app.state.database.writing() as session:
        await change_invitee(session, invitee_id, person, seen)
        if room_id is not None:
            placed = await _place(request, session, access, [invitee_id], room_id)
    follow(request.app, placed.moved)


async def remove_person(request: Request, access: Access, invitee_id: str) -> None:
    """Off the list; the personal link ends, a seat they have stays. Errors: Problem 404."""
    async with request.app.state.database.writing() as session:
        await remove_invitee(session, invitee_id)
        roster_changed(request.app, session, access.workshop.id)


async def clear(request: Request, access: Access) -> None:
    """Everybody off the list."""
    async with request.app.state.database.writing() as session:
        await clear_roster(session, access.workshop.id)
        roster_changed(request.app, session, access.workshop.id)


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
