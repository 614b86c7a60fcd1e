"""Shows everybody where a workshop stands: regions of the rooms and the board, and pushing them to many."""

import asyncio

from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import after_commit
from boathouse.core.live import Live
from boathouse.core.web.pages import partial
from boathouse.workshop.agenda import progress_of
from boathouse.workshop.ground_rules import drafting_rules, standing_of_rules
from boathouse.workshop.tables import Room, Status, Workshop
from boathouse.workshop.web.audience import stage_changed
from boathouse.workshop.web.courses import Courses
from boathouse.workshop.web.whereabouts import online
from boathouse.workshop.workshops import counts_of

# A room's regions that become text at the end, and fields again if it is taken back.
SHUT = ("draft", "room-threads", "hand", "dock-hand", "drawer-head", "drawer-draft")
FEW = 10  # rooms
BREATH = 0.01  # seconds
MOST_WAITING = 60  # regions: the database answers eight readers at a time


def register_regions(app: FastAPI) -> None:
    """The course, the brief and the state of a room; the board's bar."""
    live: Live = app.state.live
    app.state.pushes = set()
    courses = app.state.courses = Courses(lambda room_id: app.state.workshop_of_room.get(room_id))

    async def draw_course(session: AsyncSession, room_id: str, key: str) -> str:
        course = await courses.of_room(session, room_id)
        return course.draw("workshops/_course.html") if course else ""

    async def draw_brief(session: AsyncSession, room_id: str, key: str) -> str:
        course = await courses.of_room(session, room_id)
        if course and course.progress.workshop.status == Status.ENDED:  # leads to one's link in this room
            rules = drafting_rules(course.progress.workshop)
            return partial("workshops/_brief.html", progress=course.progress, rules=rules, room_id=room_id)
        return course.draw("workshops/_brief.html") if course else ""

    async def draw_state(session: AsyncSession, room_id: str, key: str) -> str:
        room = await session.get(Room, room_id)
        course = await courses.of(session, room.workshop_id) if room else None
        if room is None or course is None:
            return ""
        kept = app.state.retention.told(course.progress.workshop, now())
        return partial("workshops/_room_state.html", room=room, progress=course.progress, kept=kept)

    async def draw_bar(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return (
            partial("workshops/_board_bar.html", **await bar_context(app, session, workshop))
            if workshop
            else ""
        )

    live.register("room", "course", draw_course)
    live.register("room", "brief", draw_brief)
    live.register("room", "room-state", draw_state)
    live.register("board", "board-bar", draw_bar)


async def bar_context(app: FastAPI, session: AsyncSession, workshop: Workshop) -> dict[str, object]:
    """What workshops/_board_bar.html needs, for the region and for the page that includes it."""
    return {
        "progress": await progress_of(session, workshop),
        "counts": (await counts_of(session, [workshop.id]))[workshop.id],
        "online": online(app, workshop.id),
        "rules": await standing_of_rules(session, workshop),
    }


def show_progress(app: FastAPI, session: AsyncSession, workshop_id: str, rooms: list[str]) -> None:
    """After the commit push where the workshop stands to its rooms, board and stage."""
    live: Live = app.state.live
    app.state.courses.changed(session, workshop_id)
    push_to_rooms(app, session, rooms, "course", "brief", "room-state")
    live.changed(session, "board", workshop_id, "board-bar", "wall-head", "tile")
    stage_changed(app, session, workshop_id)
    app.state.floor.changed(session, workshop_id, "poll")
    live.changed(session, "lobby", workshop_id, "lobby-head", "agenda")


def show_end(app: FastAPI, session: AsyncSession, rooms: list[str]) -> None:
    """After the commit push what looks different in a room once nobody may change it any more."""
    push_to_rooms(app, session, rooms, *SHUT)


def push_to_rooms(app: FastAPI, session: AsyncSession, rooms: list[str], *names: str) -> None:
    """After the commit push these regions to many rooms, a few at a time: others type meanwhile."""

    async def push() -> None:
        for n, room_id in enumerate(rooms, 1):
            app.state.live.touch("room", room_id, *names)
            while n % FEW == 0:
                await asyncio.sleep(BREATH)
                if len(app.state.live.waiting) < MOST_WAITING:
                    break

    def begin() -> None:
        task = asyncio.create_task(push())
        app.state.pushes.add(task)
        task.add_done_callback(app.state.pushes.discard)

    after_commit(session, begin)
