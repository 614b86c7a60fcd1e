"""Coaches' pages around a workshop: the list with the form for a new one, and the lobby; its API."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.people import Person, Role
from boathouse.core.web.pages import page
from boathouse.core.web.qr import qr_drawing
from boathouse.core.web.visitors import Visitor, signed_in, with_role
from boathouse.workshop.access import Access
from boathouse.workshop.agenda import progress_of
from boathouse.workshop.facilitators import facilitators_of, invite_facilitator
from boathouse.workshop.joining import room_loads
from boathouse.workshop.standard_agendas import STANDARD_AGENDAS
from boathouse.workshop.steps import the_workshop
from boathouse.workshop.tables import Workshop
from boathouse.workshop.web.changes import people_here
from boathouse.workshop.web.forms import EMPTY, Mistyped, go_on, read_moment, read_workshop
from boathouse.workshop.web.permits import RunsWorkshop, SeesWorkshop
from boathouse.workshop.web.phases import show_progress
from boathouse.workshop.web.states import NewWorkshop, WorkshopInList, WorkshopState, new_state, state_of
from boathouse.workshop.web.whereabouts import online
from boathouse.workshop.workshops import (
    LONGEST_TITLE,
    WorkshopPlan,
    counts_of,
    create_workshop,
    delete_workshop,
    duplicate_workshop,
    shelf_of,
)

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])

Text = Annotated[str, Form()]
SignedIn = Annotated[Visitor, Depends(signed_in)]
Creates = Annotated[Visitor, Depends(with_role(Role.OWNER, Role.COACH))]
GONE = "The coach has deleted this workshop and everything in it."


def the_person(visitor: Visitor) -> Person:
    """Whoever asked; the dependency has made sure there is one."""
    assert visitor.person
    return visitor.person


@pages.get("/workshops")
async def workshops(request: Request, visitor: SignedIn) -> Response:
    """What runs, what is planned, what was; and the form for a new one."""
    return await workshops_page(request, visitor, EMPTY, {})


async def workshops_page(
    request: Request, visitor: Visitor, typed: dict[str, str], errors: dict[str, str]
) -> Response:
    """The page, with what was typed and what is wrong with it."""
    async with request.app.state.database.reading() as session:
        shelf = await shelf_of(session, the_person(visitor))
        counts = await counts_of(session, [workshop.id for workshop in shelf])
        progress = {workshop.id: await progress_of(session, workshop) for workshop in shelf.live}
    return page(
        request,
        "workshops/list.html",
        status=422 if errors else 200,
        person=visitor.person,
        may_create=visitor.has_role(Role.OWNER, Role.COACH),
        shelf=shelf,
        counts=counts,
        progress=progress,
        online={workshop.id: online(request.app, workshop.id) for workshop in shelf.live},
        agendas=STANDARD_AGENDAS.values(),
        typed=typed,
        errors=errors,
    )


@pages.post("/workshops")
async def create_from_page(request: Request, visitor: Creates) -> Response:
    """A new workshop; its lobby has the link, the code and the QR code."""
    form = await request.form()
    typed = {name: str(form.get(name, default)) for name, default in EMPTY.items()}
    try:
        plan = read_workshop(typed)
    except Mistyped as mistake:
        return await workshops_page(request, visitor, typed, mistake.errors)
    async with request.app.state.database.writing() as session:
        workshop = await create_workshop(session, plan, the_person(visitor))
    return RedirectResponse(f"/workshops/{workshop.id}", 303)


@pages.get("/workshops/{workshop_id}")
async def lobby(request: Request, access: SeesWorkshop) -> Response:
    """What to share, the agenda, the rooms, and everything around the workshop."""
    return await lobby_page(request, access)


async def lobby_page(request: Request, access: Access, invitation: str = "") -> Response:
    """The page; invitation: a link for a co-facilitator, shown this once."""
    workshop, here = access.workshop, request.app.state.address(request)
    async with request.app.state.database.reading() as session:
        progress = await progress_of(session, workshop)
        counts = (await counts_of(session, [workshop.id]))[workshop.id]
        loads = await room_loads(session, workshop.id, people_here(request.app))
        coaches = await facilitators_of(session, workshop.id)
    link = f"{here}/join/{workshop.code}"
    return page(
        request,
        "workshops/lobby.html",
        person=access.person,
        access=access,
        progress=progress,
        counts=counts,
        online=online(request.app, workshop.id),
        loads=loads,
        coaches=coaches,
        link=link,
        qr=qr_drawing(link),
        invitation=invitation,
    )


@pages.post("/workshops/{workshop_id}/settings")
async def settings(
    request: Request,
    access: RunsWorkshop,
    title: Text = "",
    day: Text = "",
    start: Text = "",
    offset: Text = "0",
    rooms_are_chosen: Text = "",
) -> Response:
    """Another name or day, or whether people choose their room."""
    if not title.strip() or len(title.strip()) > LONGEST_TITLE:
        raise Problem(422, f"Give it a name of at most {LONGEST_TITLE} letters.", field="title")
    try:
        starts_at = read_moment({"day": day, "start": start, "offset": offset})
    except Mistyped as mistake:
        raise Problem(422, mistake.errors["start"], field="start") from None
    async with request.app.state.database.writing() as session:
        workshop = await the_workshop(session, access.workshop.id)
        workshop.title, workshop.starts_at = title.strip(), starts_at
        workshop.rooms_are_chosen = bool(rooms_are_chosen)
        show_progress(request.app, session, workshop.id, [])
    return go_on(request, f"/workshops/{access.workshop.id}")


@pages.post("/workshops/{workshop_id}/facilitators")
async def invite(request: Request, access: RunsWorkshop) -> Response:
    """A link that makes a colleague a coach of this workshop."""
    async with request.app.state.database.writing() as session:
        secret = invite_facilitator(session, access.workshop.id, access.person.id if access.person else None)
    address = request.app.state.address(request)
    return await lobby_page(request, access, f"{address}/invitations/{secret}")


@pages.post("/workshops/{workshop_id}/copies")
async def duplicate(request: Request, access: RunsWorkshop, visitor: Creates) -> Response:
    """The same again for other people."""
    async with request.app.state.database.writing() as session:
        copy = await duplicate_workshop(session, access.workshop, the_person(visitor))
    return RedirectResponse(f"/workshops/{copy.id}", 303)


@pages.post("/workshops/{workshop_id}/delete")
async def delete(request: Request, access: RunsWorkshop, title: Text = "") -> Response:
    """Delete everything; the title is typed once more, so that it does not happen by accident."""
    if title.strip() != access.workshop.title.strip():
        raise Problem(422, "That is not the name of this workshop, so nothing was deleted.", field="title")
    await delete_everything(request, access.workshop)
    return go_on(request, "/workshops")


async def delete_everything(request: Request, workshop: Workshop) -> None:
    """The rows, then what is in memory: every socket ends, every browser drops its copy."""
    state = request.app.state
    async with state.database.writing() as session:
        rooms = await delete_workshop(session, workshop)
    for room_id in rooms:
        state.documents.discard(room_id, 4410, "erased with its workshop")
    state.end_connections(f"workshop:{workshop.id}", 4410, GONE)


@api.post("/workshops", status_code=201, summary="Create a workshop")
async def create(request: Request, visitor: Creates, plan: WorkshopPlan) -> NewWorkshop:
    """A new workshop, not started."""
    async with request.app.state.database.writing() as session:
        workshop = await create_workshop(session, plan, the_person(visitor))
        return await new_state(request, session, workshop)


@api.get("/workshops", summary="List workshops")
async def list_workshops(request: Request, visitor: SignedIn) -> list[WorkshopInList]:
    """Those you may see: running ones first, then planned and earlier ones."""
    async with request.app.state.database.reading() as session:
        shelf = await shelf_of(session, the_person(visitor))
    return [WorkshopInList.model_validate(workshop, from_attributes=True) for workshop in shelf]


@api.get("/workshops/{workshop_id}", summary="Read a workshop")
async def show(request: Request, access: SeesWorkshop) -> WorkshopState:
    """Where it stands now."""
    async with request.app.state.database.reading() as session:
        return await state_of(request, session, access.workshop)
