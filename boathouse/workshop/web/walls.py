"""The moving parts of the board: a tile for each room, and what needs attention in which order.

What the tiles said last is kept in memory while somebody watches, so that the head and the slow look at
the clock need no query, and a tile whose room did not change is not drawn again.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.regions import Topic
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.attention import triage
from boathouse.workshop.board import same_but_words
from boathouse.workshop.claims import Look, Looking
from boathouse.workshop.resting import Resting
from boathouse.workshop.tables import Workshop
from boathouse.workshop.wall import Sight, room_ids, seats_among, see_rooms, see_words, with_findings
from boathouse.workshop.web.tiles import frame, framed_by, words_of
from boathouse.workshop.web.wall_memory import Seen, Wall, setting

WRITING = 3.0  # seconds since the last keystroke
TICK = 2.0  # seconds between looks for what only time changes
WORDS = ":words"  # marks the key of a tile whose room has new words and nothing else
TURN = 10  # tiles drawn before everybody else has their turn


class Walls:
    """All boards of this process."""

    def __init__(self, app: FastAPI) -> None:
        self.app, self.looks = app, Looking()
        self.walls: dict[str, Wall] = {}
        self.workshop_of: dict[str, str] = {}  # of the rooms on watched boards
        self.since = now()

    # ---- what is known without the database

    def here(self, room_id: str) -> Collection[str]:
        """Identities present in the room."""
        return self.app.state.presence.who(("room", room_id))

    def writing(self, room_id: str) -> Collection[str]:
        """Identities that pressed a key within three seconds."""
        since = monotonic() - WRITING
        return [who for who, at in self.app.state.documents.writers(room_id).items() if at >= since]

    def typed(self, room_id: str) -> Mapping[str, datetime]:
        """When each identity pressed its last key."""
        moment, clock = now(), monotonic()
        writers = self.app.state.documents.writers(room_id)
        return {who: moment - timedelta(seconds=clock - at) for who, at in writers.items()}

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
        wall.rules = GroundRules.model_validate(workshop.ground_rules)
        worded = {key.removesuffix(WORDS) for key in keys if key.endswith(WORDS)} & wall.rooms.keys()
        whole = {key.removesuffix(WORDS) for key in keys} - worded
        whole |= {key for key in keys if not key.endswith(WORDS)}
        sights = await see_rooms(session, workshop, whole, self) if whole else []
        known = [wall.rooms[room_id].sight for room_id in worded - whole]
        sights += await see_words(session, known, self) if known else []
        return await self._draw(wall, workshop_id, sights, whole)

    async def _draw(
        self, wall: Wall, workshop_id: str, sights: Sequence[Sight], whole: Collection[str]
    ) -> dict[str, str]:
        moment, news = now(), False
        before = {sight.state.id: wall.findings_of(sight.state.id) for sight in sights}
        for n, sight in enumerate(sights, 1):
            news |= self._note(wall, workshop_id, sight, moment, judge=sight.state.id in whole)
            if n % TURN == 0:
                await asyncio.sleep(0)
        if wall.reorder() or news:
            self.app.state.live.touch("board", workshop_id, "wall-head")
        if any(wall.findings_of(room_id) != found for room_id, found in before.items()):
            self.app.state.live.touch("board", workshop_id, "patterns")
        return {sight.state.id: wall.rooms[sight.state.id].html for sight in sights}

    def _note(self, wall: Wall, workshop_id: str, sight: Sight, moment: datetime, *, judge: bool) -> bool:
        """Draw a tile if it says something new; returns whether the head may say something else."""
        before = wall.rooms.get(sight.state.id)
        resting = before.resting if before else Resting(sight.draft)
        resting.note(sight.draft, monotonic())
        found = resting.settle(sight.findings(wall.rules), monotonic()) if judge else resting.shown
        if before and before.found is found:  # new words alone
            state = replace(sight.state, findings=before.state.findings, spots=before.state.spots)
        else:
            state = with_findings(sight, found)
        verdict = triage(state, moment)
        self.workshop_of[state.id] = workshop_id
        seen = Seen(sight, state, verdict, resting, found)
        wall.rooms[state.id] = seen
        if before and before.state == state and before.verdict == verdict:
            seen.key, seen.frame, seen.html = before.key, before.frame, before.html
            return False
        seen.key = framed_by(state, verdict)
        is_framed = before and before.key == seen.key
        seen.frame = before.frame if before and is_framed else frame(workshop_id, state, verdict, moment)
        head, tail = seen.frame
        seen.html = head + ("" if state.closed else words_of(state)) + tail
        if before and same_but_words(before.state, state) and before.verdict == verdict:
            return False
        self.app.state.live.touch("room", state.id, "drawer-head")
        return True

    async def load(self, session: AsyncSession, workshop: Workshop) -> Wall:
        """Every room of a workshop, fresh; the wall's rooms are in order of number."""
        ids = await room_ids(session, workshop.id)
        self.walls.setdefault(workshop.id, Wall()).setting = setting(workshop)
        for start in range(0, len(ids), 100):
            await self.draw(session, workshop.id, ids[start : start + 100])
        return self.walls[workshop.id]

    async def known(self, session: AsyncSession, workshop: Workshop) -> Wall:
        """The wall as it was said last; loaded if nobody has seen it yet."""
        wall = self.walls.get(workshop.id)
        return wall if wall and wall.rooms else await self.load(session, workshop)

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
                    await self._look(wall, workshop_id)
        finally:
            forgotten = self.walls.pop(workshop_id)
            for room_id in forgotten.rooms:
                self.workshop_of.pop(room_id, None)

    async def _look(self, wall: Wall, workshop_id: str) -> None:
        """Judge what rests by now, and bring scores up to date; both grow with time alone."""
        for n, seen in enumerate(tuple(wall.rooms.values()), 1):
            if self._is_stale(wall, seen):
                self.touch([seen.state.id], WORDS)
            if n % TURN == 0:
                await asyncio.sleep(0)
        if wall.reorder():
            self.app.state.live.touch("board", workshop_id, "wall-head")

    def _is_stale(self, wall: Wall, seen: Seen) -> bool:
        state, clock = seen.state, monotonic()
        if seen.resting.due <= clock:
            shown = seen.resting.shown
            if seen.resting.settle(seen.sight.findings(wall.rules), clock) != shown:
                return True
        verdict = triage(state, now())
        if verdict != seen.verdict or state.writing != seats_among(self.writing(state.id)):
            return True
        seen.verdict = verdict  # its score has grown
        return False
