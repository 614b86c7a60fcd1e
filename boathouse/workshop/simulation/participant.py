"""One simulated person: joins a crew, writes, drops out, comes back, and perhaps leaves early."""

import asyncio
import math
import random
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from boathouse.workshop.simulation.api import Api, Seat
from boathouse.workshop.simulation.crew import Crew
from boathouse.workshop.simulation.document_line import DocumentLine
from boathouse.workshop.simulation.hands import Stroke, typing
from boathouse.workshop.simulation.line import Line, until
from boathouse.workshop.simulation.live_line import LiveLine
from boathouse.workshop.simulation.passages import Passage
from boathouse.workshop.simulation.problems import Problems
from boathouse.workshop.simulation.tally import Tally

TASKS = 20  # of so many crews one writes nothing but tasks
MOVED, LOCKED = 4409, 4423
LINGERS = 3.0  # seconds that a pen stays shown after the last keystroke
LAST_WORDS = 10.0  # seconds that somebody who leaves waits for them to be stored


@dataclass
class World:
    """What all simulated people share: the server, the counting, and whether it is over."""

    address: str  # http://host:port
    api: Api
    tally: Tally
    chance: random.Random
    crews: dict[str, Crew] = field(default_factory=dict)  # by room
    problems: Problems = field(default_factory=lambda: Problems(random.Random(1)))  # noqa: S311
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self) -> bool:
        """Whether nobody begins anything any more."""
        return self.over.is_set()

    def crew(self, room_id: str, name: str) -> Crew:
        """The crew of a room, met for the first time or again."""
        if room_id not in self.crews:
            # The first of every so many crews writes tasks where results should be.
            is_planted = len(self.crews) % TASKS == TASKS - 1
            problem = self.problems.new("tasks", room_id, math.inf) if is_planted else None
            self.crews[room_id] = Crew(room_id, name, random.Random(self.chance.random()), problem)  # noqa: S311
        return self.crews[room_id]

    def socket(self, path: str, token: str, more: str = "") -> str:
        """The address of a socket for a program."""
        return f"{self.address.replace('http', 'ws', 1)}{path}?token={token}{more}"

    async def rest(self, seconds: float) -> None:
        """Sleep, or less if it is over before."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.over.wait()


class Participant:
    """A person with a seat. What they do next is decided elsewhere (behaviour.py)."""

    def __init__(self, name: str, seat: Seat, world: World) -> None:
        self.name, self.seat, self.world = name, seat, world
        self.chance = random.Random(world.chance.random())  # noqa: S311
        self.has_left = False
        self.field: str | None = None  # where the pen is shown
        self.is_writing = False
        self.typed_at = 0.0  # by the clock of the wall
        self._lines: list[asyncio.Task[None]] = []
        self._enter(world.crew(seat.room_id, seat.room_name))

    def _enter(self, crew: Crew) -> None:
        self.crew = crew
        crew.people.append(self)
        room, token = f"/rooms/{crew.room_id}", self.seat.token
        self.document = DocumentLine(
            self.world.socket(f"{room}/doc", token, "&saved=1"), self.world.tally, crew.sent
        )
        self.live = LiveLine(self.world.socket(f"{room}/live", token), crew.notice)
        self._lines = [self._keep(line) for line in (self.document, self.live)]

    def _keep(self, line: Line) -> asyncio.Task[None]:
        task = asyncio.create_task(line.keep())
        task.add_done_callback(self._kept)
        return task

    def _kept(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self.world.tally.errors[f"a socket's message was not understood: {error!r}"] += 1

    async def write(self, field: str, text: str) -> None:
        """Put the pen at the end of a field and type."""
        await self.go_on(field, self.crew.begin(field, self), typing(text, self.chance))

    async def go_on(
        self, field: str, passage: Passage, strokes: Iterable[Stroke], before: str | None = None
    ) -> None:
        """Type within a passage. before: the field's text before the pen, None for the end."""
        pen = self.document.words.pen(field, before)
        self.crew.pens[field] += 1
        self.is_writing = True
        try:
            await self._show(field)
            for stroke in strokes:
                await self.world.rest(stroke.pause)
                if not self.may_write:
                    return
                if stroke.keys:
                    pen.write(stroke.keys)
                    passage.keys.append(stroke.keys)
                elif passage.keys and pen.take_back(passage.keys[-1], passage.context):
                    passage.keys.pop()
                else:
                    continue
                self.world.tally.edits += 1
                self.typed_at = time.time()
                await self.document.pass_on()
        finally:
            pen.put_down()
            self.crew.pens[field] -= 1
            self.is_writing = False
        await self.world.rest(self.chance.uniform(0, LINGERS))
        await self._show(None)

    @property
    def may_write(self) -> bool:
        """Whether there is time and leave to write; a locked page is read-only."""
        return not (self.world.is_over or self.crew.is_closed or self.document.final)

    async def call(self, method: str, path: str, body: dict[str, str] | None = None) -> dict[str, str]:
        """One request as this person. Errors: Refused, Unreachable."""
        answer = await self.world.api.call(method, path, self.seat.token, body)
        return answer or {}

    def drop_out(self) -> None:
        """Both lines are cut; what is typed meanwhile stays in the person's copy."""
        self.world.tally.dropouts += 1
        self.document.drop()
        self.live.drop()

    def come_back(self) -> None:
        """The network is there again."""
        self.document.come_back()
        self.live.come_back()

    async def leave(self) -> None:
        """Go for good, once the words are stored."""
        self.has_left = True
        self.come_back()
        if await until(lambda: self.document.is_saved, LAST_WORDS):
            self.world.tally.left += 1
            self.crew.left.add(self.document.words.client)
            self.crew.people.remove(self)
            await self.hang_up()

    async def face_the_end(self) -> None:
        """The server closed the document for good: follow a move, wait for a lock to open, or stop."""
        code, reason = self.document.final or (0, "")
        if code == LOCKED:
            await self._wait_for_unlock()
            return
        self.crew.is_disturbed = True
        self.crew.people.remove(self)
        await self.hang_up()
        if code == MOVED and reason.startswith("/rooms/"):
            self._enter(self.world.crew(reason.rpartition("/")[2], reason))
        else:
            self.has_left = True
            self.world.tally.ended[f"{code} {reason}"] += 1

    async def hang_up(self) -> None:
        """Close both lines."""
        for task in self._lines:
            task.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _wait_for_unlock(self) -> None:
        self.crew.is_closed = True
        await until(lambda: not self.crew.is_closed or self.world.is_over)
        self.document.final = None
        self._lines.append(self._keep(self.document))

    async def _show(self, field: str | None) -> None:
        if field != self.field:
            self.field = field
            await self.document.show(field)
