"""One room beside the wall: its draft to read along, comments under the exact field, and what a coach does.

Its regions have a topic of their own, so that they cost the participants of the room nothing.
"""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket

from boathouse.core.clock import now
from boathouse.core.errors import not_found
from boathouse.core.people import Person
from boathouse.core.web.pages import partial
from boathouse.core.web.sockets import serve_live
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop import claims
from boathouse.workshop.access import Access, Action
from boathouse.workshop.attention import triage
from boathouse.workshop.board import RoomState
from boathouse.workshop.comments import is_gone, load_threads, pinned_to, waits_for_coach, words_at
from boathouse.workshop.drafts import load_draft
from boathouse.workshop.names import called
from boathouse.workshop.seats import crew
from boathouse.workshop.stars import starred_in
from boathouse.workshop.tables import Room, Status, Workshop
from boathouse.workshop.wall import load_rooms
from boathouse.workshop.web.bank import ready_html
from boathouse.workshop.web.permits import RunsWorkshop, SeesWorkshop, socket_access
from boathouse.workshop.web.walls import Walls

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["rooms"])

Text = Annotated[str, Form()]


def register_regions(app: FastAPI) -> None:
    """They change with the room, and are shown in the drawer alone."""

    async def head(session: AsyncSession, room_id: str, key: str) -> str:
        return await head_html(session, app.state.walls, room_id)

    async def draft(session: AsyncSession, room_id: str, key: str) -> str:
        return await draft_html(session, room_id)

    app.state.live.register("room", "drawer-head", head, on="drawer")
    app.state.live.register("room", "drawer-draft", draft, on="drawer")


async def head_html(session: AsyncSession, walls: Walls, room_id: str) -> str:
    """Region drawer-head: who is here, what waits, who is on it."""
    room, workshop = await room_and_workshop(session, room_id)
    state: RoomState = (await load_rooms(session, workshop, [room_id], walls))[0]
    threads = (await load_threads(session, [room_id]))[room_id]
    writing = set(walls.writing(room_id))
    return partial(
        "board/_drawer_head.html",
        room=state,
        workshop=workshop,
        verdict=triage(state, now()),
        moment=now(),
        writers=called([seat.name for seat in await crew(session, room_id) if f"seat:{seat.id}" in writing]),
        waiting=next((thread for thread in threads if waits_for_coach(thread)), None),
        merged_into=await session.get(Room, room.merged_into) if room.merged_into else None,
        starred=await starred_in(session, room_id),
    )


async def draft_html(session: AsyncSession, room_id: str) -> str:
    """Region drawer-draft: objectives and key results with the threads below the very words."""
    room, workshop = await room_and_workshop(session, room_id)
    draft = await load_draft(session, room_id)
    threads = (await load_threads(session, [room_id]))[room_id]
    gone = [thread for thread in threads if is_gone(draft, thread)]
    return partial(
        "board/_drawer_draft.html",
        room=room,
        draft=draft,
        gone=gone,
        to_room=[thread for thread in threads if thread.item == "room"],
        threads=[thread for thread in threads if thread not in gone],
        closed=workshop.status == Status.ENDED,
        rules=GroundRules.model_validate(workshop.ground_rules),
        pinned_to=pinned_to,
        words_at=words_at,
        starred=await starred_in(session, room_id),
    )


async def room_and_workshop(session: AsyncSession, room_id: str) -> tuple[Room, Workshop]:
    """Both rows. Errors: Problem 404."""
    room = await session.get(Room, room_id)
    workshop = await session.get(Workshop, room.workshop_id) if room else None
    if room is None or workshop is None:
        raise not_found("This room")
    return room, workshop


async def drawer_html(request: Request, access: Access) -> str:
    """What is put beside the wall."""
    room, walls = access.the_room(), request.app.state.walls
    async with request.app.state.database.reading() as session:
        return partial(
            "board/_drawer.html",
            room=room,
            workshop=access.workshop,
            access=access,
            bank=Markup(await ready_html(session, access.workshop, room) if access.is_coach else ""),  # noqa: S704
            others=await other_rooms(session, walls, access),
            head=Markup(await head_html(session, walls, room.id)),  # noqa: S704 - ours
            draft=Markup(await draft_html(session, room.id)),  # noqa: S704 - ours
        )


async def other_rooms(session: AsyncSession, walls: Walls, access: Access) -> list[RoomState]:
    """Where a room could be merged into: the open ones, thinnest crews first."""
    wall = await walls.known(session, access.workshop)
    rooms = [seen.state for seen in wall.open_rooms()]
    others = [room for room in rooms if room.id != access.the_room().id]
    return sorted(others, key=lambda room: (len(room.people), room.number))


@pages.get("/rooms/{room_id}/drawer")
async def drawer(request: Request, room_id: str, access: SeesWorkshop) -> Response:
    """The room beside the wall."""
    return HTMLResponse(await drawer_html(request, access))


@pages.websocket("/rooms/{room_id}/drawer/live")
async def drawer_live(websocket: WebSocket, room_id: str) -> None:
    """Pushes what changes in the drawer of a room."""
    if access := await socket_access(websocket, Action.SEE_WORKSHOP):
        await serve_live(websocket, ("drawer", room_id), access.identity, access.identities)


@pages.post("/rooms/{room_id}/claim")
async def claim_room(request: Request, room_id: str, access: RunsWorkshop, instead_of: Text = "") -> Response:
    """ "I'm on it"; instead_of: whose claim is taken over on purpose."""
    async with request.app.state.database.writing() as session:
        await claims.claim(session, room_id, the_coach(access), instead_of)
        claim_changed(request, session, access)
    return Response(status_code=204)


@pages.delete("/rooms/{room_id}/claim")
async def release_room(request: Request, room_id: str, access: RunsWorkshop) -> Response:
    """Give it back."""
    async with request.app.state.database.writing() as session:
        await claims.release(session, room_id, the_coach(access))
        claim_changed(request, session, access)
    return Response(status_code=204)


def claim_changed(request: Request, session: AsyncSession, access: Access) -> None:
    """The tile, the head of the wall and the drawers follow."""
    live, room = request.app.state.live, access.the_room()
    live.changed(session, "board", access.workshop.id, "tile", key=room.id)
    live.changed(session, "board", access.workshop.id, "wall-head")
    live.changed(session, "room", room.id, "drawer-head")


def the_coach(access: Access) -> Person:
    """Whoever runs a workshop has an account."""
    assert access.person
    return access.person
