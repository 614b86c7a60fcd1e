"""What a page receives when it connects: every region of its topic as it is now.

Those who connect within twenty seconds share what was drawn for the first of them, unless somebody touches it
meanwhile. So fifty people who arrive at once cost little more than one.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

from boathouse.core.regions import AT_ONCE, Regions, Stream, Topic, message_of, note_failure

SHARED = 20.0  # seconds for which everybody who connects shares what was rendered for the first

Drawing = asyncio.Future[list[str]]  # a region's messages; none if it could not be drawn


class Greetings:
    """One per process.

    is_watched: whether anybody has the topic open. forget: told which region somebody sees newer than the
    others from now on.
    """

    def __init__(
        self, regions: Regions, is_watched: Callable[[Topic], bool], forget: Callable[[Stream], None]
    ) -> None:
        self.regions, self.is_watched, self.forget = regions, is_watched, forget
        self.drawn: dict[Stream, tuple[float, Drawing]] = {}  # since when
        self.under_way: dict[asyncio.Task[None], Topic] = {}
        self.over: dict[Topic, int] = {}  # the version when the last greeting was over
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.is_closed = False  # the server ends: nothing more is drawn

    async def everything(self, topic: Topic) -> AsyncIterator[str]:
        """A message for each region of the topic: what a fresh connect receives."""
        for drawing in () if self.is_closed else self._drawings(topic):
            for message in await asyncio.shield(drawing):
                yield message

    def touch(self, stream: Stream) -> None:
        """It changes: who connects from now on must not share what was drawn before."""
        self.drawn.pop(stream, None)

    def are_older(self, topic: Topic, version: int) -> bool:
        """Whether nobody was greeted with anything that may be newer than this version."""
        return topic not in self.under_way.values() and version > self.over.get(topic, 0)

    def leave(self, topic: Topic) -> None:
        """Nobody has it open any more."""
        self.over.pop(topic, None)
        for stream in [known for known in self.drawn if known[0] == topic]:
            del self.drawn[stream]

    async def stop(self) -> None:
        """Draw nothing more; whoever waits for it gets nothing."""
        self.is_closed = True
        tasks = list(self.under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _drawings(self, topic: Topic) -> list[Drawing]:
        """The regions as they are now: after a restart a whole crew connects at once.

        A change takes away what is shared, so whoever watches already and takes it misses nothing.
        """
        moment, stale = time.monotonic(), {}
        names = self.regions.names_of(topic[0])
        for name in names:
            since, drawing = self.drawn.get((topic, name), (0.0, None))
            if drawing is None or moment - since > SHARED:
                stale[name] = asyncio.get_running_loop().create_future()
                self.drawn[topic, name] = moment, stale[name]
        drawings = [self.drawn[topic, name][1] for name in names]
        if stale:
            task = asyncio.create_task(self._greet(topic, stale))
            self.under_way[task] = topic
            task.add_done_callback(lambda task: self._greeted(task, topic, stale))
        return drawings

    async def _greet(self, topic: Topic, drawings: dict[str, Drawing]) -> None:
        """Draw what was asked for: those of many first, as a head counts them."""
        for name in drawings:
            self.forget((topic, name))
        many = [name for name in drawings if (topic[0], name) in self.regions.keys]
        plain = [name for name in drawings if name not in many]
        for stream in [(topic, name) for name in many]:
            self._hand_out(stream, drawings[stream[1]], await self._messages(stream))
        async for name, rendered in self.regions.draw(topic, plain, self.turns):
            self._hand_out((topic, name), drawings[name], [message_of([rendered])] if rendered else None)

    def _greeted(self, task: asyncio.Task[None], topic: Topic, drawings: dict[str, Drawing]) -> None:
        """Nobody waits any longer, also when the server ended before it began."""
        del self.under_way[task]
        if self.is_watched(topic):
            self.over[topic] = next(self.regions.versions)
        for name, drawing in drawings.items():
            if not drawing.done():  # the server ends, or the database does not answer
                self._hand_out((topic, name), drawing, None)

    async def _messages(self, stream: Stream) -> list[str] | None:
        try:
            return [message_of(slice_) async for slice_ in self.regions.render(stream, turns=self.turns)]
        except Exception as problem:
            note_failure(stream, problem)
            return None

    def _hand_out(self, stream: Stream, drawing: Drawing, messages: list[str] | None) -> None:
        if messages is None and self.drawn.get(stream, (0.0, None))[1] is drawing:
            del self.drawn[stream]  # whoever connects next tries again
        drawing.set_result(messages or [])
