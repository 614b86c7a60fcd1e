"""The moving parts of the board: a tile for each room, and the head that says who needs a human.

What the tiles said last is kept in memory while somebody watches, so that the head and the slow look at
the clock need no query, and a tile whose room did not change is not drawn again.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.live import Topic
from boathouse.core.web.pages import partial
from boathouse.workshop.board import RoomState, Triage, same_but_words, triage
from boathouse.workshop.claims import Look, Looking, coaches_of
from boathouse.workshop.tables import Workshop
from boathouse.workshop.wall import load_rooms, load_words, room_ids, seats_among
from boathouse.workshop.web.tiles import Frame, frame, framed_by, words_of

WRITING = 3.0  # seconds since the last keystroke
TICK = 5.0  # seconds between looks for what only time changes
WORDS = ":words"  # marks the key of a tile whose room has new words and nothing else
TURN = 10  # tiles drawn before everybody else has their turn


@dataclass
class Wall:
    """What a board said last, by room."""

    states: dict[str, RoomState] = field(default_factory=dict)
    verdicts: dict[str, Triage] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)
    frames: dict[str, tuple[tuple[object, ...], Frame]] = field(default_factory=dict)
    setting: tuple[object, ...] = ()  # of the workshop, as far as it changes every tile
    ticking: asyncio.Task[None] | None = None


class Walls:
    """All boards of this process."""

    def __init__(self, app: FastAPI) -> None:
        self.app, self.looks = app, Looking()
        self.walls: dict[str, Wall] = {}
        self.workshop_of: dict[str, str] = {}  # of the rooms on watched boards

    # ---- what is known without the database

    def here(self, room_id: str) -> Collection[str]:
        """Identities present in the room."""
        return self.app.state.presence.who(("room", room_id))

    def writing(self, room_id: str) -> Collection[str]:
        """Identities that pressed a key within three seconds."""
        since = monotonic() - WRITING
        return [who for who, at in self.app.state.documents.writers(room_id).items() if at >= since]

    def looking(self, workshop_id: str) -> Iterable[Look]:
        """Coaches with a room open."""
        return self.looks.at(workshop_id)

    # ---- drawing

    async def draw(self, session: AsyncSession, workshop_id: str, keys: Sequence[str]) -> dict[str, str]:
        """The tiles of these rooms by room id. A key that ends in :words says that nothing else changed."""
        workshop = await session.get(Workshop, workshop_id)
        if workshop is None:
            return {}
        wall = self.walls.setdefault(workshop_id, Wall())
        states = await self._states(session, workshop, wall, keys)
        moment, head_changed, htmls = now(), False, {}
        for n, state in enumerate(states, 1):
            head_changed |= self._note(wall, workshop_id, state, moment)
            htmls[state.id] = wall.html[state.id]
            if n % TURN == 0:
                await asyncio.sleep(0)
        if head_changed:
            self.app.state.live.touch("board", workshop_id, "wall-head")
        return htmls

    async def _states(
        self, session: AsyncSession, workshop: Workshop, wall: Wall, keys: Sequence[str]
    ) -> list[RoomState]:
        whole = {key for key in keys if not key.endswith(WORDS)}
        worded = {key.removesuffix(WORDS) for key in keys if key.endswith(WORDS)} - whole
        whole |= worded - wall.states.keys()
        states = await load_rooms(session, workshop, whole, self) if whole else []
        known = [wall.states[room_id] for room_id in worded - whole]
        return states + (await load_words(session, known, self) if known else [])

    def _note(self, wall: Wall, workshop_id: str, state: RoomState, moment: datetime) -> bool:
        """Draw a tile if it says something new; returns whether the head may say something else."""
        before, old = wall.states.get(state.id), wall.verdicts.get(state.id)
        verdict = triage(state, moment)
        if before == state and old == verdict:
            return False
        self.workshop_of[state.id] = workshop_id
        wall.states[state.id], wall.verdicts[state.id] = state, verdict
        key = framed_by(state, verdict)
        if wall.frames.get(state.id, ((),))[0] != key:
            wall.frames[state.id] = key, frame(workshop_id, state, verdict, moment)
        head, tail = wall.frames[state.id][1]
        wall.html[state.id] = head + ("" if state.closed else words_of(state)) + tail
        if before and same_but_words(before, state) and old == verdict:
            return False
        self.app.state.live.touch("room", state.id, "drawer-head")
        return True

    async def load(self, session: AsyncSession, workshop: Workshop) -> Wall:
        """Every room of a workshop, fresh; the wall's tiles are in order of number."""
        ids = await room_ids(session, workshop.id)
        self.walls.setdefault(workshop.id, Wall()).setting = setting(workshop)
        for start in range(0, len(ids), 100):
            await self.draw(session, workshop.id, ids[start : start + 100])
        return self.walls[workshop.id]

    async def head(self, session: AsyncSession, workshop_id: str, key: str = "") -> str:
        """Region wall-head: how many rooms need a human, the next one, who coaches where."""
        workshop = await session.get(Workshop, workshop_id)
        if workshop is None:
            return ""
        wall = self.walls.get(workshop_id)
        if wall is None or not wall.states:
            wall = await self.load(session, workshop)
        open_rooms = [state for state in wall.states.values() if not state.closed]
        waiting = [state for state in open_rooms if wall.verdicts[state.id].band == "now"]
        waiting.sort(key=lambda state: (state.claimed_by is not None, wall.verdicts[state.id].rank))
        present = self.app.state.presence.who(("board", workshop_id))
        return partial(
            "board/_wall_head.html",
            workshop=workshop,
            rooms=open_rooms,
            waiting=waiting,
            numbers={state.id: state.number for state in open_rooms},
            people=sum(len(state.people) for state in open_rooms),
            rowing=sum(state.here > 0 for state in open_rooms),
            empty=sum(not state.people for state in open_rooms),
            simulated=sum(state.simulated for state in wall.states.values()),
            rehearsing=sum(state.simulated_here for state in wall.states.values()),
            coaches=await coaches_of(session, workshop, present, self.looks.at(workshop_id)),
        )

    # ---- what changes without a change of rows

    def presence_changed(self, topic: Topic) -> None:
        """Somebody came to or left a room or a board."""
        kind, topic_id = topic
        if kind == "room":
            self.touch([topic_id])
            self.app.state.live.touch("room", topic_id, "drawer-head")
        elif kind == "board":
            self.app.state.live.touch("board", topic_id, "wall-head")
            wall = self.walls.setdefault(topic_id, Wall())
            if wall.ticking is None:
                wall.ticking = asyncio.create_task(self._tick(topic_id))

    def touch(self, ids: Iterable[str], suffix: str = "") -> None:
        """Push the tiles of these rooms, as far as their board is watched."""
        for room_id in ids:
            if workshop_id := self.workshop_of.get(room_id):
                self.app.state.live.touch("board", workshop_id, "tile", key=room_id + suffix)

    async def _tick(self, workshop_id: str) -> None:
        """Look after what only time changes, until nobody watches."""
        presence, live = self.app.state.presence, self.app.state.live
        try:
            while presence.who(("board", workshop_id)):
                await asyncio.sleep(TICK)
                wall = self.walls[workshop_id]
                async with self.app.state.database.reading() as session:
                    workshop = await session.get(Workshop, workshop_id)
                if workshop and setting(workshop) != wall.setting:
                    wall.setting = setting(workshop)
                    live.touch("board", workshop_id, "tile", "wall-head")
                else:
                    self.touch(room_id for room_id in tuple(wall.states) if self._is_stale(wall, room_id))
        finally:
            forgotten = self.walls.pop(workshop_id)
            for room_id in forgotten.states:
                self.workshop_of.pop(room_id, None)

    def _is_stale(self, wall: Wall, room_id: str) -> bool:
        state = wall.states[room_id]
        if state.writing != seats_among(self.writing(room_id)):
            return True
        return triage(state, now()) != wall.verdicts[room_id]


def setting(workshop: Workshop) -> tuple[object, ...]:
    """What of a workshop every tile depends on."""
    return workshop.status, workshop.phase_started_at, workshop.room_size
