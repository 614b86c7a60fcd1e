"""The room: its page, its live socket and the region of its draft."""

import calendar
from datetime import datetime

from fastapi import APIRouter, FastAPI, Request
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response
from starlette.websockets import WebSocket

from boathouse.core.clock import now
from boathouse.core.database import remember
from boathouse.core.live import Live
from boathouse.core.web.pages import page, partial
from boathouse.core.web.sockets import serve_live
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.access import Action
from boathouse.workshop.drafts import load_draft
from boathouse.workshop.key_results import TYPE_WORDS, allowed_types, key_result_limit
from boathouse.workshop.meanings import load_meanings
from boathouse.workshop.objectives import objective_limit
from boathouse.workshop.quiet import QuietQuestions
from boathouse.workshop.rooms import label
from boathouse.workshop.seats import crew
from boathouse.workshop.tables import Room, Status, Workshop
from boathouse.workshop.todos import MOST, TODO_LIMIT
from boathouse.workshop.web import draft_scripts
from boathouse.workshop.web.drafting import STUB
from boathouse.workshop.web.floor import own_regions
from boathouse.workshop.web.permits import IsSeated, socket_access
from boathouse.workshop.web.threads import thread_context

pages = APIRouter(include_in_schema=False)
api = draft_scripts.api

# What the page shows, in the order of its template; each is the region that is pushed later.
REGIONS = (
    "room-name",
    "roster",
    "open-comments",
    "hand",
    "dock-hand",
    "course",
    "brief",
    "room-state",
    "broadcast",
    "draft",
    "room-threads",
    "notes",
)


def register_regions(app: FastAPI) -> None:
    """The draft, with the threads in its margin."""

    async def draw(session: AsyncSession, room_id: str, key: str) -> str:
        return await draw_draft(session, room_id, app.state.quiet)

    app.state.live.register("room", "draft", draw)


async def draw_draft(session: AsyncSession, room_id: str, quiet: QuietQuestions) -> str:
    """The to-do strip, objectives and key results. Removed items leave a line behind for a minute."""
    room = await session.get_one(Room, room_id)
    workshop = await session.get_one(Workshop, room.workshop_id)
    moment = now()
    draft = await load_draft(
        session, room_id, removed_since=datetime.fromtimestamp(moment.timestamp() - STUB, moment.tzinfo)
    )
    rules = GroundRules.model_validate(workshop.ground_rules)
    ended = workshop.status == Status.ENDED
    closed = ended or room.closed_at is not None
    meant = await load_meanings(session, room_id)
    return partial(
        "drafts/_draft.html",
        room=room,
        draft=draft,
        closed=closed,
        asks={} if closed else quiet.show(draft, rules, meant),
        talk_closed=ended,
        crew=await crew(session, room_id),
        rules=rules,
        types=allowed_types(rules),
        type_words=TYPE_WORDS,
        objective_limit=objective_limit(rules),
        key_result_limit=key_result_limit(rules),
        most_todos=MOST,
        todo_limit=TODO_LIMIT,
        harvest=harvest_month(moment, rules.cycle_months),
        **await thread_context(session, draft),
    )


def harvest_month(moment: datetime, cycle_months: int) -> str:
    """The month in which a cycle that starts next will be over: "It's August and it worked."."""
    return calendar.month_name[(moment.month + cycle_months) % 12 + 1]


@pages.get("/rooms/{room_id}")
async def room_page(request: Request, access: IsSeated) -> Response:
    """The room as its crew, its coaches and onlookers see it; after the end, to keep.

    An old address of somebody who was moved leads to the room they are in now.
    """
    if access.seat and not access.may(Action.SEE_ROOM):
        return RedirectResponse(f"/rooms/{access.seat.room_id}", 303)
    room, live = access.the_room(), request.app.state.live
    await request.app.state.documents.flush([room.id])
    async with request.app.state.database.reading() as session:
        remember(session)
        regions = {name: await _region(live, session, name, room.id) for name in REGIONS}
        regions |= await own_regions(session, access.workshop.id, access.seat)
    ended = access.workshop.status == Status.ENDED or room.closed_at is not None
    return page(
        request,
        "room/page.html",
        access=access,
        room=room,
        label=label(room),
        regions=regions,
        writes=access.may(Action.DRAFT) and not ended,
        ended=ended,
    )


async def _region(live: Live, session: AsyncSession, name: str, room_id: str) -> Markup:
    """The same html that is pushed later."""
    htmls = await live.renders["room", name](session, room_id, [""])
    return Markup(htmls[""])  # noqa: S704 - a rendered template


@pages.websocket("/rooms/{room_id}/live")
async def room_live(websocket: WebSocket, room_id: str) -> None:
    """Everything on the room's page but its words, as it changes."""
    if access := await socket_access(websocket, Action.SEE_ROOM):
        await serve_live(websocket, ("room", room_id), access.identity, access.identities)
