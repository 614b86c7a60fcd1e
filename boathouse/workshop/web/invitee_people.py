"""One line of the roster: a person is added, changed, taken off; their personal link."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page
from boathouse.core.web.qr import qr_drawing
from boathouse.workshop.access import Access
from boathouse.workshop.rooms import label, open_rooms
from boathouse.workshop.roster.expected import Expected, the_expected
from boathouse.workshop.roster.invitees import MEANWHILE, Person
from boathouse.workshop.roster.versions import settings_of
from boathouse.workshop.web.forms import go_on
from boathouse.workshop.web.invitee_merging import HEADING, merge, shown_of
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.rostering import add_person, change_person, remove_person

pages = APIRouter(include_in_schema=False)
ONCE_MORE = "Save once more to have yours instead."


@pages.get("/workshops/{workshop_id}/roster/new")
async def new_person(request: Request, access: RunsWorkshop) -> Response:
    """The form."""
    return await _person_page(request, access, Person(""))


@pages.post("/workshops/{workshop_id}/roster")
async def add_on_page(request: Request, access: RunsWorkshop) -> Response:
    """One more person."""
    person, room_id = _read(_typed(await request.form()))
    try:
        await add_person(request, access, person, room_id)
    except Problem as problem:
        return await _person_page(request, access, person, room_id=room_id, problem=problem)
    return go_on(request, f"/workshops/{access.workshop.id}/roster")


@pages.get("/invitees/{invitee_id}")
async def one_person(request: Request, access: RunsWorkshop, invitee_id: str) -> Response:
    """What the list says about somebody, to change; and the personal link."""
    async with request.app.state.database.reading() as session:
        line = await the_expected(session, invitee_id)
    invitee = line.invitee
    person = Person(invitee.name, invitee.email, invitee.columns)
    return await _person_page(request, access, person, line, line.room.id if line.room else "")


@pages.post("/invitees/{invitee_id}")
async def change_on_page(request: Request, access: RunsWorkshop, invitee_id: str) -> Response:
    """What the list says becomes different."""
    form = _typed(await request.form())
    async with request.app.state.database.reading() as session:
        line = await the_expected(session, invitee_id)
    merged = merge(line, form)
    person, room_id = _read(merged.values)
    if merged.clashes:
        problem = Problem(409, f"{MEANWHILE} {' '.join(merged.clashes)} {ONCE_MORE}")
        return await _person_page(request, access, person, line, room_id, problem)
    try:
        to = room_id if merged.moves else None
        await change_person(request, access, invitee_id, person, to, line.invitee)
    except Problem as problem:
        return await _person_page(request, access, person, line, room_id, problem)
    return go_on(request, f"/workshops/{access.workshop.id}/roster")


@pages.post("/invitees/{invitee_id}/remove")
async def remove_on_page(request: Request, access: RunsWorkshop, invitee_id: str) -> Response:
    """Off the list; the personal link ends."""
    await remove_person(request, access, invitee_id)
    return go_on(request, f"/workshops/{access.workshop.id}/roster")


def _typed(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _read(typed: Mapping[str, str]) -> tuple[Person, str]:
    """The person and the room, as they were typed."""
    columns = {name.removeprefix(HEADING): value for name, value in typed.items() if name.startswith(HEADING)}
    return Person(typed.get("name", ""), typed.get("email", ""), columns), typed.get("room_id", "")


async def _person_page(
    request: Request,
    access: Access,
    person: Person,
    line: Expected | None = None,
    room_id: str = "",
    problem: Problem | None = None,
) -> Response:
    async with request.app.state.database.reading() as session:
        settings = await settings_of(session, access.workshop.id)
        rooms = await open_rooms(session, access.workshop.id)
    link = ""
    if line:
        token = request.app.state.invitation_seals.seal(line.invitee.id)
        link = f"{request.app.state.address(request)}/welcome/{token}"
    return page(
        request,
        "invitees/person.html",
        status=problem.status if problem else 200,
        person=access.person,
        workshop=access.workshop,
        typed=person,
        line=line,
        was=shown_of(line, settings.headings) if line else {},
        room_id=room_id,
        rooms=rooms,
        label=label,
        headings=settings.headings,
        link=link,
        qr=qr_drawing(link) if link else "",
        problem=problem,
    )
