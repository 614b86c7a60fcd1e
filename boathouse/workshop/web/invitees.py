"""The roster: who is expected, rooms for them by hand or all at once, files to take along."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.names import listed
from boathouse.core.web.pages import page, wants_fragment
from boathouse.workshop.access import Access
from boathouse.workshop.rooms import label, open_rooms
from boathouse.workshop.roster.assigning import Way
from boathouse.workshop.roster.expected import A_PAGE, NOBODY, counts_of, some
from boathouse.workshop.roster.exports import RosterFile
from boathouse.workshop.roster.filling import filling_of
from boathouse.workshop.roster.placing import Dealing, RosterChanged
from boathouse.workshop.roster.versions import settings_of
from boathouse.workshop.roster.zoom_warnings import keep_domains, zoom_outlook
from boathouse.workshop.tables import Room, Workshop
from boathouse.workshop.web import invitee_import, invitee_people, invitee_scripts
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.rostering import clear, deal_out, place, roster_file

pages = APIRouter(include_in_schema=False)
pages.include_router(invitee_import.pages)
pages.include_router(invitee_people.pages)
api = invitee_scripts.api

COME = {"": None, "no": False, "yes": True}
SHOWN = "shown:"  # before the id of a line: the room that the page showed
Text = Annotated[str, Form()]
Ids = Annotated[list[str], Form(default_factory=list)]


@dataclass(frozen=True)
class Asked:
    """Which lines to show. room: only people of this room, or NOBODY; come: only those who have come ("yes")
    or have not ("no"); number: which page of the list.
    """

    find: str = ""
    room: str = ""
    come: str = ""
    number: int = 1


def asked(find: str = "", room: str = "", come: str = "", number: int = 1) -> Asked:
    """As the address says it."""
    return Asked(find[:80], room, come if come in COME else "", max(1, min(number, 1000)))


@pages.get("/workshops/{workshop_id}/roster")
async def roster(
    request: Request, access: RunsWorkshop, wanted: Annotated[Asked, Depends(asked)]
) -> Response:
    """The page."""
    return await roster_page(request, access, wanted)


async def roster_page(
    request: Request,
    access: Access,
    asked: Asked,
    typed_domains: str | None = None,
    problem: Problem | None = None,
) -> Response:
    """The page, with the domains as they were typed if something is wrong with them."""
    async with request.app.state.database.reading() as session:
        context = await load_page(session, access.workshop, asked)
    if typed_domains is not None:
        context["domains"] = typed_domains
    status = problem.status if problem else 200
    about = {"person": access.person, "workshop": access.workshop, "problem": problem}
    return page(request, "invitees/page.html", status=status, **about, **context)


async def load_page(session: AsyncSession, workshop: Workshop, asked: Asked) -> dict[str, Any]:
    """The lines and what stands beside them."""
    start = (asked.number - 1) * A_PAGE
    has_come = COME[asked.come]
    lines, matching = await some(session, workshop.id, asked.find, asked.room, start, has_come)
    outlook = await zoom_outlook(session, workshop)
    counts, rooms = await counts_of(session, workshop.id), await open_rooms(session, workshop.id)
    settings = await settings_of(session, workshop.id)
    return {
        **vars(asked),
        "lines": lines,
        "matching": matching,
        "last": max(1, -(-matching // A_PAGE)),
        "nobody": NOBODY,
        "counts": counts,
        "rooms": rooms,
        "filling": await filling_of(session, workshop, rooms, counts.without_room),
        "label": label,
        "headings": settings.headings,
        "version": settings.version,
        "warnings": outlook.warnings,
        "unaddressed": outlook.unaddressed,
        "domains": " ".join(outlook.domains),
        "is_guessed": outlook.is_guessed,
    }


@pages.post("/workshops/{workshop_id}/roster/place")
async def place_on_page(
    request: Request, access: RunsWorkshop, ids: Ids, room_id: Text = "", to: Text = ""
) -> Response:
    """The ticked people into a room. to: which button was pressed; "none" takes their room away."""
    if to != "none" and not room_id:
        raise Problem(422, "Choose the room first.", field="room_id")
    form = await request.form()
    shown = {name.removeprefix(SHOWN): str(value) for name, value in form.items() if name.startswith(SHOWN)}
    placed = await place(request, access, ids, None if to == "none" else room_id, shown)
    where = "no room"
    if to != "none":
        async with request.app.state.database.reading() as session:
            where = f"a place in {label(await session.get_one(Room, room_id))}"
    people = "One person has" if placed.people == 1 else f"{placed.people} people have"
    said = [f"{people} {where} now."] if placed.people else []
    said += [f"Somebody else has placed {listed(placed.kept)} meanwhile."] if placed.kept else []
    return _done(request, access, " ".join(said))


@pages.post("/workshops/{workshop_id}/roster/deal")
async def deal_on_page(
    request: Request,
    access: RunsWorkshop,
    seen: Annotated[str | None, Form()] = None,
    way: Way = Form(Way.EVENLY),
    heading: Text = "",
    anew: Text = "",
) -> Response:
    """Rooms for everybody, or for those who have none. seen: the roster's version as the page showed it."""
    try:
        people = await deal_out(request, access, Dealing(way, heading, bool(anew), seen))
    except RosterChanged as problem:
        if not wants_fragment(request):
            raise
        return _done(request, access, problem.message, 409)
    words = "One person was" if people == 1 else f"{people:,} people were"
    return _done(request, access, f"{words} given a room." if people else "Everybody has a room already.")


@pages.post("/workshops/{workshop_id}/roster/domains")
async def domains_on_page(request: Request, access: RunsWorkshop, domains: Text = "") -> Response:
    """Which addresses are the organisation's own."""
    try:
        async with request.app.state.database.writing() as session:
            await keep_domains(session, access.workshop.id, domains)
    except Problem as problem:
        if wants_fragment(request):
            raise
        return await roster_page(request, access, Asked(), domains, problem)
    return _done(request, access, "Saved.")


@pages.post("/workshops/{workshop_id}/roster/clear")
async def clear_on_page(request: Request, access: RunsWorkshop) -> Response:
    """Everybody off the list."""
    await clear(request, access)
    return _done(request, access, "The roster is empty.")


@pages.get("/workshops/{workshop_id}/roster/export")
async def export_on_page(request: Request, access: RunsWorkshop, format: RosterFile) -> Response:
    """Download it."""
    return await roster_file(request, access, format)


def _done(request: Request, access: Access, words: str, status: int = 204) -> Response:
    """The page fetches itself again, also to show what stood in the way; a plain form goes back to it."""
    if not wants_fragment(request):
        return RedirectResponse(f"/workshops/{access.workshop.id}/roster", 303)
    events = {"rosterChanged": True, "toast": {"text": words, "kind": "plain" if status == 204 else "stop"}}
    return Response(status_code=status, headers={"HX-Trigger": json.dumps(events)})
