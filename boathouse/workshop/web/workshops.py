"""The list of workshops with the form for a new one; copying, deleting, and their API."""

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.people import Person, Role
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import Visitor, signed_in, with_role
from boathouse.workshop.agenda import progress_of
from boathouse.workshop.ground_rules import program_choices
from boathouse.workshop.retention import kept_of
from boathouse.workshop.standard_agendas import STANDARD_AGENDAS
from boathouse.workshop.web import lobby
from boathouse.workshop.web.forms import EMPTY, Mistyped, go_on, read_workshop
from boathouse.workshop.web.permits import RunsWorkshop, SeesWorkshop
from boathouse.workshop.web.states import NewWorkshop, WorkshopInList, WorkshopState, new_state, state_of
from boathouse.workshop.web.whereabouts import online
from boathouse.workshop.workshops import (
    WorkshopPlan,
    counts_of,
    create_workshop,
    delete_workshop,
    duplicate_workshop,
    shelf_of,
)

pages = APIRouter(include_in_schema=False)
pages.include_router(lobby.pages)
api = APIRouter(tags=["workshops"])

Text = Annotated[str, Form()]
SignedIn = Annotated[Visitor, Depends(signed_in)]
Creates = Annotated[Visitor, Depends(with_role(Role.OWNER, Role.COACH))]
GONE = "This workshop was deleted with everything in it."


def the_person(visitor: Visitor) -> Person:
    """Whoever asked; the dependency has made sure there is one."""
    assert visitor.person
    return visitor.person


def register_regions(app: FastAPI) -> None:
    """Those of the lobby."""
    lobby.register_regions(app)


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
        kept = await kept_of(session, request.app.state.retention, shelf, now())
        programs = await program_choices(session, the_person(visitor))
    return page(
        request,
        "workshops/list.html",
        status=422 if errors else 200,
        person=visitor.person,
        may_create=visitor.has_role(Role.OWNER, Role.COACH),
        shelf=shelf,
        counts=counts,
        progress=progress,
        kept=kept,
        online={workshop.id: online(request.app, workshop.id) for workshop in shelf.live},
        agendas=STANDARD_AGENDAS.values(),
        programs=programs,
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
    try:
        async with request.app.state.database.writing() as session:
            workshop = await create_workshop(session, plan, the_person(visitor))
    except Problem as problem:
        return await workshops_page(request, visitor, typed, {problem.field or "title": problem.message})
    return RedirectResponse(f"/workshops/{workshop.id}", 303)


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
    await delete_everything(request.app, access.workshop.id)
    return go_on(request, "/workshops")


async def delete_everything(app: FastAPI, workshop_id: str) -> None:
    """The rows, and what is in memory: every socket ends, every browser drops its copy."""
    async for room_id in delete_workshop(app.state.database, workshop_id):
        app.state.documents.discard(room_id, 4410, "erased with its workshop")
    app.state.end_connections(f"workshop:{workshop_id}", 4410, GONE)


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
