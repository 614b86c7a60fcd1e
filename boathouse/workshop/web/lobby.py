"""The lobby of a workshop: what to share, who has come, the agenda, and everything around it."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response
from starlette.websockets import WebSocket

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.web.pages import page, partial
from boathouse.core.web.qr import qr_drawing
from boathouse.core.web.sockets import serve_live
from boathouse.workshop.access import Access, Action
from boathouse.workshop.facilitators import facilitators_of, invite_facilitator
from boathouse.workshop.loads import room_loads
from boathouse.workshop.retention import kept_of
from boathouse.workshop.steps import the_workshop
from boathouse.workshop.tables import Workshop
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.agenda import agenda_html
from boathouse.workshop.web.changes import people_here
from boathouse.workshop.web.forms import Mistyped, go_on, read_moment
from boathouse.workshop.web.permits import RunsWorkshop, SeesWorkshop, socket_access
from boathouse.workshop.web.progress import bar_context, push_to_rooms, show_progress
from boathouse.workshop.web.rules import rules_html
from boathouse.workshop.workshops import LONGEST_TITLE

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
NO_TITLE = f"Give it a name of at most {LONGEST_TITLE} letters."


def register_regions(app: FastAPI) -> None:
    """Where the workshop stands, and the rooms."""

    async def draw_head(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return await head_html(app, session, workshop) if workshop else ""

    async def draw_rooms(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return await rooms_html(app, session, workshop) if workshop else ""

    app.state.live.register("lobby", "lobby-head", draw_head)
    app.state.live.register("lobby", "lobby-rooms", draw_rooms)


async def head_html(app: FastAPI, session: AsyncSession, workshop: Workshop) -> str:
    """Region lobby-head."""
    return partial("workshops/_lobby_head.html", **await bar_context(app, session, workshop))


async def rooms_html(app: FastAPI, session: AsyncSession, workshop: Workshop) -> str:
    """Region lobby-rooms."""
    loads = await room_loads(session, workshop.id, people_here(app))
    return partial("workshops/_rooms.html", workshop=workshop, loads=loads)


@pages.get("/workshops/{workshop_id}")
async def lobby(request: Request, access: SeesWorkshop) -> Response:
    """The page."""
    return await lobby_page(request, access)


async def lobby_page(request: Request, access: Access, invitation: str = "") -> Response:
    """The page; invitation: a link for a co-facilitator, shown this once."""
    app, workshop = request.app, access.workshop
    link = f"{app.state.address(request)}/join/{workshop.code}"
    async with app.state.database.reading() as session:
        head = await head_html(app, session, workshop)
        rooms = await rooms_html(app, session, workshop)
        agenda = await agenda_html(session, workshop)
        coaches = await facilitators_of(session, workshop.id)
        rules = await rules_html(session, workshop)
        kept = await kept_of(session, app.state.retention, [workshop], now())
    return page(
        request,
        "workshops/lobby.html",
        person=access.person,
        access=access,
        workshop=workshop,
        coaches=coaches,
        link=link,
        qr=qr_drawing(link),
        invitation=invitation,
        kept=kept.get(workshop.id),
        head=Markup(head),  # noqa: S704 - regions of ours
        agenda=Markup(agenda),  # noqa: S704
        rooms=Markup(rooms),  # noqa: S704
        rules=Markup(rules),  # noqa: S704
    )


@pages.websocket("/workshops/{workshop_id}/lobby/live")
async def lobby_live(websocket: WebSocket, workshop_id: str) -> None:
    """Pushes who comes."""
    if access := await socket_access(websocket, Action.SEE_WORKSHOP):
        await serve_live(websocket, ("lobby", workshop_id), access.identity, access.identities)


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
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Problem(422, NO_TITLE, field="title")
    try:
        starts_at = read_moment({"day": day, "start": start, "offset": offset})
    except Mistyped as mistake:
        raise Problem(422, mistake.errors["start"], field="start") from None
    async with request.app.state.database.writing() as session:
        workshop = await the_workshop(session, access.workshop.id)
        workshop.title, workshop.starts_at = title, starts_at
        workshop.rooms_are_chosen = bool(rooms_are_chosen)
        show_progress(request.app, session, workshop.id, [])
        push_to_rooms(request.app, session, await room_ids(session, workshop.id), "room-name")
        request.app.state.live.changed(session, "lobby", workshop.id, "lobby-rooms")
    return go_on(request, f"/workshops/{access.workshop.id}")


@pages.post("/workshops/{workshop_id}/facilitators")
async def invite(request: Request, access: RunsWorkshop) -> Response:
    """A link that makes a colleague a coach of this workshop."""
    invited_by = access.person.id if access.person else None
    async with request.app.state.database.writing() as session:
        secret = invite_facilitator(session, access.workshop.id, invited_by)
    address = request.app.state.address(request)
    return await lobby_page(request, access, f"{address}/invitations/{secret}")
