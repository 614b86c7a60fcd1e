"""What the rooms of a workshop see alike: the open poll, and the questions to the group on stage.

It is drawn once for all rooms and told to them at most once a second: fifty pages show the same. What one
person has answered or seconded stands in places of the page that pushes leave alone.
"""

import asyncio
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from fastapi import FastAPI
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import after_commit
from boathouse.core.web.pages import partial
from boathouse.workshop.polls import my_answer, open_poll
from boathouse.workshop.questions import load_questions, seconded_by
from boathouse.workshop.rooms import label
from boathouse.workshop.stage import SOMEBODY
from boathouse.workshop.tables import Room, Seat, StageView, Status, Workshop

REGIONS = ("poll", "questions")
PAUSE = 1.0  # seconds between two pushes of one region to all rooms

Key = tuple[str, str]  # workshop id and region


@dataclass
class Floor:
    """The drawn regions of this process, and what waits to be told."""

    app: FastAPI
    drawn: dict[Key, str] = field(default_factory=dict)
    changes: Counter[Key] = field(default_factory=Counter)
    told: dict[Key, float] = field(default_factory=dict)
    waiting: set[Key] = field(default_factory=set)
    drawing: dict[Key, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def draw(self, session: AsyncSession, room_id: str, name: str) -> str:
        """A region as everybody sees it; "" once the room is deleted."""
        workshop_id = self.app.state.workshop_of_room.get(room_id)
        if workshop_id is None:
            room = await session.get(Room, room_id)  # holds a connection now, so it waits for nobody
            return await region_html(session, room.workshop_id if room else "", name)
        key = (workshop_id, name)
        async with self.drawing[key]:  # all rooms ask at once; the first draws for the others
            if key in self.drawn:
                return self.drawn[key]
            seen = self.changes[key]
            html = await region_html(session, workshop_id, name)
            if seen == self.changes[key]:  # nothing was committed while it was read
                self.drawn[key] = html
            return html

    def changed(self, session: AsyncSession, workshop_id: str, *names: str) -> None:
        """Draw these again and tell all rooms, once this is committed."""
        for name in names:
            after_commit(session, lambda name=name: self._forget((workshop_id, name)))  # type: ignore[misc]

    def _forget(self, key: Key) -> None:
        self.changes[key] += 1
        self.drawn.pop(key, None)
        if key not in self.waiting:
            self.waiting.add(key)
            delay = max(0.0, self.told.get(key, 0.0) + PAUSE - time.monotonic())
            asyncio.get_running_loop().call_later(delay, self._tell, key)

    def _tell(self, key: Key) -> None:
        self.waiting.discard(key)
        self.told[key] = time.monotonic()
        workshop_of: dict[str, str] = self.app.state.workshop_of_room
        for kind, room_id in tuple(self.app.state.live.watchers):
            if kind == "room" and workshop_of.get(room_id) == key[0]:
                self.app.state.live.touch("room", room_id, key[1])


def register_regions(app: FastAPI) -> None:
    """One renderer for each; all rooms of a workshop share what it draws."""
    floor = app.state.floor = Floor(app)

    def register(name: str) -> None:
        async def draw(session: AsyncSession, room_id: str, key: str) -> str:
            return await floor.draw(session, room_id, name)

        app.state.live.register("room", name, draw)

    for name in REGIONS:
        register(name)


async def region_html(session: AsyncSession, workshop_id: str, name: str, seat: Seat | None = None) -> str:
    """A region; for the page of one seat with what that person has answered or seconded."""
    workshop = await session.get(Workshop, workshop_id)
    if workshop is None:
        return ""
    if name == "poll":
        poll = await open_poll(session, workshop_id) if workshop.status != Status.ENDED else None
        mine = await my_answer(session, poll.id, seat.id) if poll and seat else ""
        return partial("polls/_poll.html", poll=poll, mine=mine, problem=None)
    return partial(
        "questions/_questions.html",
        workshop=workshop,
        group=await group_on_stage(session, workshop),
        is_open=takes_questions(workshop),
        waiting=[one for one in await load_questions(session, workshop_id) if one.waits],
        seconded=await seconded_by(session, workshop_id, seat.id) if seat else (),
    )


def takes_questions(workshop: Workshop) -> bool:
    """Whether rooms are offered to ask: while a group, or the questions themselves, are on the stage."""
    is_on_stage = workshop.stage_room_id is not None or workshop.stage_view == StageView.QUESTIONS
    return is_on_stage and workshop.status != Status.ENDED


async def group_on_stage(session: AsyncSession, workshop: Workshop) -> str:
    """Which room is on the stage, as everybody may know it; "" if none."""
    room = await session.get(Room, workshop.stage_room_id) if workshop.stage_room_id else None
    if room is None:
        return ""
    return SOMEBODY if workshop.stage_hides_names else label(room)


async def own_regions(session: AsyncSession, workshop_id: str, seat: Seat | None) -> dict[str, Markup]:
    """Both regions for the page of this seat."""
    return {
        name: Markup(await region_html(session, workshop_id, name, seat))  # noqa: S704 - regions of ours
        for name in REGIONS
    }
