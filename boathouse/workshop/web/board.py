"""The coach's main screen: its page, its live socket, and the same as data for scripts."""

from fastapi import APIRouter, FastAPI, Request
from markupsafe import Markup
from pydantic import BaseModel
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket

from boathouse.core.clock import iso, now
from boathouse.core.live import Live
from boathouse.core.regions import Topic
from boathouse.core.web.pages import page, wants_fragment
from boathouse.core.web.sockets import serve_live
from boathouse.workshop.access import Access, Action
from boathouse.workshop.attention import triage
from boathouse.workshop.board import Band, RoomState
from boathouse.workshop.claims import Look
from boathouse.workshop.wall import load_rooms, room_ids
from boathouse.workshop.web import wall_head
from boathouse.workshop.web.drawer import drawer_html
from boathouse.workshop.web.permits import SeesWorkshop, socket_access
from boathouse.workshop.web.wall_memory import Wall
from boathouse.workshop.web.walls import WORDS, Walls

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["board"])


def register_regions(app: FastAPI) -> None:
    """Tiles before the head, which counts them."""
    walls = app.state.walls = Walls(app)
    app.state.live.register_many("board", "tile", walls.draw, room_ids)
    wall_head.register_regions(app)


def presence_changed(app: FastAPI, topic: Topic) -> None:
    """A boat has another seat filled, or a coach came to the board."""
    app.state.walls.presence_changed(topic)


def drafts_written(app: FastAPI, ids: set[str]) -> None:
    """New words in these rooms."""
    app.state.walls.touch(ids, WORDS)


@pages.get("/workshops/{workshop_id}/board")
async def board(request: Request, workshop_id: str, access: SeesWorkshop) -> Response:
    """All rooms on one page."""
    return await board_page(request, access)


@pages.get("/workshops/{workshop_id}/board/rooms/{room_id}")
async def board_room(request: Request, workshop_id: str, room_id: str, access: SeesWorkshop) -> Response:
    """One room beside the wall: the drawer alone for a board that is open, else all of it."""
    drawer = await drawer_html(request, access)
    return HTMLResponse(drawer) if wants_fragment(request) else await board_page(request, access, drawer)


async def board_page(request: Request, access: Access, drawer: str = "") -> Response:
    """The page, made of the very regions that are pushed later."""
    state = request.app.state
    walls: Walls = state.walls
    workshop = access.workshop
    async with state.database.reading() as session:
        wall = await walls.load(session, workshop)
        head = await wall_head.head(session, walls, workshop)
    return page(
        request,
        "board/page.html",
        workshop=workshop,
        access=access,
        bar=await region(state.live, ("board", workshop.id), "board-bar"),
        strip=await region(state.live, ("board", workshop.id), "stage-strip"),
        head=Markup(head),  # noqa: S704 - a region of ours
        shared=await region(state.live, ("board", workshop.id), "shared-comment"),
        patterns=Markup(wall_head.patterns(wall, workshop)),  # noqa: S704 - a region of ours
        tiles=in_bands(wall),
        counts=count(wall, access),
        drawer=Markup(drawer),  # noqa: S704 - a partial of ours
    )


async def region(live: Live, topic: Topic, name: str) -> Markup:
    """A region for the page, rendered as it will be pushed."""
    htmls = [html async for slice_ in live.render((topic, name)) for _, _, html in slice_]
    return Markup("".join(htmls))  # noqa: S704 - regions escape what people wrote


def in_bands(wall: Wall) -> dict[str, list[Markup]]:
    """The tiles by band: in the order of the queue, and where nobody waits by number, empty rooms last."""
    queue = wall_head.queue_of(wall)
    rowing = [seen for seen in wall.open_rooms() if seen.verdict.band == Band.ROW]
    tiles: dict[str, list[Markup]] = {band: [] for band in Band}
    for seen in [*queue, *sorted(rowing, key=lambda seen: (bool(seen.state.vacancy), seen.state.number))]:
        tiles[seen.verdict.band].append(Markup(seen.html))  # noqa: S704 - a region of ours
    return tiles


def count(wall: Wall, access: Access) -> dict[str, int]:
    """How many rooms each filter shows."""
    open_rooms = wall.open_rooms()
    rooms = [seen.state for seen in open_rooms]
    return {
        "all": len(rooms),
        "now": sum(seen.verdict.band == Band.NOW for seen in open_rooms),
        "mine": sum(f"person:{room.claimed_by}" == access.identity for room in rooms),
        "hands": sum(room.help_since is not None for room in rooms),
        "replies": sum(bool(room.replies) for room in rooms),
        "done": sum(room.done_at is not None for room in rooms),
    }


@pages.websocket("/workshops/{workshop_id}/board/live")
async def board_live(websocket: WebSocket, workshop_id: str) -> None:
    """Pushes what changes; the page says which room it shows: {"looking": room id or null}."""
    access = await socket_access(websocket, Action.SEE_WORKSHOP)
    if access is None:
        return
    walls: Walls = websocket.app.state.walls
    this = object()

    def looked(room_id: str | None) -> None:
        look = Look(access.identity, access.name, room_id) if room_id else None
        if changed := walls.looks.look(workshop_id, this, look):
            walls.touch(changed)
            walls.app.state.live.touch("board", workshop_id, "wall-head")

    def listen(message: dict[str, object]) -> None:
        room_id = message.get("looking")
        known = walls.walls.get(workshop_id)
        is_ours = isinstance(room_id, str) and known is not None and room_id in known.rooms
        if access.is_coach and "looking" in message:
            looked(str(room_id) if is_ours else None)

    try:
        await serve_live(websocket, ("board", workshop_id), access.identity, access.identities, listen)
    finally:
        looked(None)


class BoardRoom(BaseModel):
    """One room: counts, the reasons to look at it in words, times in UTC."""

    id: str
    name: str
    people: int
    online: int
    attention: float
    reasons: list[str]
    findings: dict[str, int]
    last_activity_at: str | None
    help_since: str | None
    objectives: int


class BoardAnswer(BaseModel):
    """Every open room of the workshop, by number."""

    rooms: list[BoardRoom]


@api.get("/workshops/{workshop_id}/board", summary="Read the board")
async def read_board(request: Request, workshop_id: str, access: SeesWorkshop) -> BoardAnswer:
    """The board as data."""
    rooms: list[RoomState] = []
    async with request.app.state.database.reading() as session:
        ids = await room_ids(session, workshop_id)
        for start in range(0, len(ids), 100):
            some = ids[start : start + 100]
            rooms += await load_rooms(session, access.workshop, some, request.app.state.walls)
    return BoardAnswer(rooms=[board_room_of(room) for room in rooms if not room.closed])


def board_room_of(room: RoomState) -> BoardRoom:
    """As the contract writes it."""
    moment = now()
    verdict = triage(room, moment)
    return BoardRoom(
        id=room.id,
        name=room.name,
        people=len(room.people),
        online=room.here,
        attention=round(verdict.score, 2),
        reasons=[reason.text(moment) for reason in verdict.reasons],
        findings=dict(room.findings),
        last_activity_at=iso(room.last_activity_at),
        help_since=iso(room.help_since),
        objectives=len(room.objectives),
    )
