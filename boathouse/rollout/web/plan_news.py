"""Tells everybody who has a plan open that somebody else has changed it since."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.websockets import WebSocket

from boathouse.core.clock import now
from boathouse.core.web.pages import partial
from boathouse.core.web.sockets import serve_live
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.web.chairs import socket_desk

pages = APIRouter(include_in_schema=False)
PLAN = "plan"  # kind of topic; its id is the program's


@dataclass(frozen=True)
class News:
    """The latest change: by whom, and when."""

    by: str
    at: datetime


def register_regions(app: FastAPI) -> None:
    """The line above the plan. It compares itself with what the page shows: see static/js/plan-news.js."""
    app.state.plan_news = {}

    async def draw(session: AsyncSession, program_id: str, key: str) -> str:
        return partial("plans/_news.html", news=app.state.plan_news.get(program_id))

    app.state.live.register(PLAN, "plan-news", draw)


def tell_planners(app: FastAPI, access: ProgramAccess) -> None:
    """After the commit: what others have open is not the latest any more."""
    app.state.plan_news[access.program.id] = News(access.person.name, now())
    app.state.live.touch(PLAN, access.program.id, "plan-news")


@pages.websocket("/programs/{program_id}/plan/live")
async def plan_live(websocket: WebSocket, program_id: str) -> None:
    """Pushes that the plan was changed, never what of it."""
    if access := await socket_desk(websocket):
        person = f"person:{access.person.id}"
        session = websocket.state.visitor.session
        identities = {person, f"program:{program_id}", *({f"session:{session}"} if session else ())}
        await serve_live(websocket, (PLAN, program_id), person, frozenset(identities))
