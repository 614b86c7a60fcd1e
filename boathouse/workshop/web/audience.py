"""Who follows when something is shown, starred, asked or answered: stage, desk, board and rooms."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.workshop.access import Access
from boathouse.workshop.tables import Seat

DESK = "stage-desk"  # kind of topic: the coaches' page beside the stage
DESK_REGIONS = ("desk-now", "desk-stars", "desk-polls", "desk-questions")


@asynccontextmanager
async def telling(
    request: Request, access: Access, changed: Callable[[FastAPI, AsyncSession, str], None]
) -> AsyncIterator[AsyncSession]:
    """A transaction after which everybody follows. changed: one of the functions below."""
    async with request.app.state.database.writing() as session:
        yield session
        changed(request.app, session, access.workshop.id)


def stage_changed(app: FastAPI, session: AsyncSession, workshop_id: str) -> None:
    """Something else is on the stage."""
    desk_changed(app, session, workshop_id, *DESK_REGIONS)
    app.state.floor.changed(session, workshop_id, "questions")


def stars_changed(app: FastAPI, session: AsyncSession, workshop_id: str, *room_ids: str) -> None:
    """Stars came, went or changed places; room_ids: where."""
    desk_changed(app, session, workshop_id, "desk-now", "desk-stars")
    for room_id in room_ids:
        app.state.live.changed(session, "room", room_id, "drawer-head", "drawer-draft")


def poll_changed(app: FastAPI, session: AsyncSession, workshop_id: str) -> None:
    """A poll was opened, closed or taken away."""
    desk_changed(app, session, workshop_id, "desk-now", "desk-polls")
    app.state.floor.changed(session, workshop_id, "poll")


def answers_changed(app: FastAPI, session: AsyncSession, workshop_id: str) -> None:
    """Somebody has answered, or a word was struck."""
    desk_changed(app, session, workshop_id, "desk-polls")


def questions_changed(app: FastAPI, session: AsyncSession, workshop_id: str) -> None:
    """A question was asked, seconded, answered or removed."""
    desk_changed(app, session, workshop_id, "desk-now", "desk-questions")
    app.state.floor.changed(session, workshop_id, "questions")


def desk_changed(app: FastAPI, session: AsyncSession, workshop_id: str, *regions: str) -> None:
    """What coaches see beside the stage and on the board, and the stage itself."""
    app.state.live.changed(session, "stage", workshop_id, "stage")
    app.state.live.changed(session, "board", workshop_id, "stage-strip")
    app.state.live.changed(session, DESK, workshop_id, *regions)


def the_seat(access: Access) -> Seat:
    """The seat of who asks. Errors: Problem 409 for those without one: polls are for participants."""
    seat = access.seat
    if seat is None or seat.workshop_id != access.workshop.id:
        raise Problem(409, "This is for people with a seat in the workshop. Join with the code to take part.")
    return seat
