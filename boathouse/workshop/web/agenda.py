"""Changing the agenda on the lobby page, before the workshop and while it runs."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import HTMLResponse, RedirectResponse, Response

from boathouse.core.clock import now
from boathouse.core.rows import the_row
from boathouse.core.web.pages import partial, wants_fragment
from boathouse.workshop.access import Access
from boathouse.workshop.agenda import add_item, change_item, move_item, order_items, progress_of, remove_item
from boathouse.workshop.steps import the_workshop
from boathouse.workshop.tables import AgendaItem, Workshop
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.forms import read_phase_or_complain
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.progress import show_progress

pages = APIRouter(include_in_schema=False)
api = APIRouter()

Text = Annotated[str, Form()]


def register_regions(app: FastAPI) -> None:
    """The agenda in the lobby: two coaches may prepare it together."""

    async def draw(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return await agenda_html(session, workshop) if workshop else ""

    app.state.live.register("lobby", "agenda", draw)


async def agenda_html(session: AsyncSession, workshop: Workshop) -> str:
    """Region agenda."""
    return partial("agenda/_agenda.html", progress=await progress_of(session, workshop))


async def the_item(session: AsyncSession, item_id: str) -> AgendaItem:
    """The row, as it is in this transaction. Errors: Problem 404."""
    return await the_row(session, AgendaItem, item_id, "This phase")


async def show(request: Request, session: AsyncSession, access: Access) -> None:
    """Push the changed course to everybody after the commit."""
    rooms = await room_ids(session, access.workshop.id)
    show_progress(request.app, session, access.workshop.id, rooms)


async def answer(request: Request, access: Access) -> Response:
    """The editor as it is now; without script back to the lobby."""
    if not wants_fragment(request):
        return RedirectResponse(f"/workshops/{access.workshop.id}#agenda", 303)
    async with request.app.state.database.reading() as session:
        workshop = await the_workshop(session, access.workshop.id)
        return HTMLResponse(await agenda_html(session, workshop))


@pages.post("/workshops/{workshop_id}/agenda")
async def add(
    request: Request, access: RunsWorkshop, title: Text = "", minutes: Text = "", instructions: Text = ""
) -> Response:
    """One more phase at the end."""
    plan = read_phase_or_complain({"title": title, "minutes": minutes, "instructions": instructions})
    async with request.app.state.database.writing() as session:
        await add_item(session, access.workshop.id, plan)
        await show(request, session, access)
    return await answer(request, access)


@pages.post("/workshops/{workshop_id}/agenda/order")
async def order(request: Request, access: RunsWorkshop, ids: Text = "") -> Response:
    """All phases in another order. ids: separated by spaces."""
    async with request.app.state.database.writing() as session:
        await order_items(session, access.workshop.id, ids.split())
        await show(request, session, access)
    return await answer(request, access)


@pages.post("/agenda/{agenda_item_id}")
async def change(
    request: Request,
    access: RunsWorkshop,
    agenda_item_id: str,
    title: Text = "",
    minutes: Text = "",
    instructions: Text = "",
) -> Response:
    """Other words or minutes."""
    plan = read_phase_or_complain({"title": title, "minutes": minutes, "instructions": instructions})
    async with request.app.state.database.writing() as session:
        workshop = await the_workshop(session, access.workshop.id)
        change_item(workshop, await the_item(session, agenda_item_id), plan, now())
        await show(request, session, access)
    return await answer(request, access)


@pages.post("/agenda/{agenda_item_id}/move")
async def move(
    request: Request, access: RunsWorkshop, agenda_item_id: str, step: Annotated[int, Form(ge=-1, le=1)]
) -> Response:
    """One place up or down."""
    async with request.app.state.database.writing() as session:
        await move_item(session, await the_item(session, agenda_item_id), step)
        await show(request, session, access)
    return await answer(request, access)


@pages.post("/agenda/{agenda_item_id}/remove")
async def remove(request: Request, access: RunsWorkshop, agenda_item_id: str) -> Response:
    """Take a phase out."""
    async with request.app.state.database.writing() as session:
        workshop = await the_workshop(session, access.workshop.id)
        await remove_item(session, workshop, await the_item(session, agenda_item_id))
        await show(request, session, access)
    return await answer(request, access)
