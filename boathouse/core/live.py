"""Live regions: underscore partials, rendered once on the server and pushed to everybody who watches.

A topic is a page that lives, such as ("room", id). It has named regions, each an HTML element whose id
is its name, or name-key. A change is pushed after its commit, at most four times a second a region;
every connect receives every region afresh. Each carries a version taken before it was rendered, so the
page can ignore an older one that arrives late.

Those who connect within twenty seconds share what was drawn for the first of them, unless somebody touches it
meanwhile. So fifty people who arrive at once cost little more than one. Regions of one topic that are drawn
at the same time are drawn in one session: what the first has read of the room the next need not ask for.

A page that shows hundreds of the same thing registers them as one region with many keys: those that changed
are rendered in slices, between which everybody else has their turn, and a slice travels as one message.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import after_commit
from boathouse.core.regions import Regions, Rendered, Stream, Topic, message_of, note_failure

PAUSE = 0.25  # seconds between two pushes of one region
SHARED = 20.0  # seconds for which everybody who connects shares what was rendered for the first
AT_ONCE = 2  # renderings under way of each kind: whoever waits for an answer must not stand behind hundreds

# What is pushed together: all plain regions of a topic, with an empty name, or one of many keys.
Lane = Stream
Drawing = asyncio.Future[list[str]]  # a region's messages; none if it could not be drawn
Send = Callable[[str], None]  # puts a message into a watcher's bounded queue


@dataclass
class Live(Regions):
    """Who watches what. One per process."""

    watchers: dict[Topic, set[Send]] = field(default_factory=lambda: defaultdict(set))
    last: dict[Stream, dict[str, str]] = field(default_factory=dict)  # what was pushed, by key
    pushed: dict[Stream, float] = field(default_factory=dict)  # and when
    dirty: dict[Lane, dict[str, set[str]]] = field(default_factory=dict)  # names, with their keys, to push
    waiting: dict[Lane, asyncio.Task[None]] = field(default_factory=dict)
    fresh: dict[Stream, tuple[float, Drawing]] = field(default_factory=dict)  # since when
    greetings: dict[asyncio.Task[None], Topic] = field(default_factory=dict)
    greeted: dict[Topic, int] = field(default_factory=dict)  # the version when the last greeting was over
    pushing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    is_over: bool = False  # the server ends: nothing more is drawn
    greeting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def changed(self, session: AsyncSession, kind: str, topic_id: str, *names: str, key: str = "") -> None:
        """Push these regions once the writing session has committed."""
        after_commit(session, lambda: self.touch(kind, topic_id, *names, key=key))

    def touch(self, kind: str, topic_id: str, *names: str, key: str = "") -> None:
        """Push these regions soon; a change that comes while one is pushed is pushed again.

        Of a region with many, no key means all.
        """
        for name in () if self.is_over else names:
            topic = (self.moved.get((kind, name), kind), topic_id)
            self.fresh.pop((topic, name), None)
            if not self.watchers.get(topic):
                continue
            lane = (topic, name if (topic[0], name) in self.keys else "")
            self.dirty.setdefault(lane, {}).setdefault(name, set()).add(key)
            if lane not in self.waiting:
                self.waiting[lane] = asyncio.create_task(self._push(lane))

    async def _push(self, lane: Lane) -> None:
        topic, name = lane
        try:
            while dirty := self.dirty.get(lane):
                await asyncio.sleep(min(self._wait(topic, name) for name in dirty))
                due = [name for name in dirty if not self._wait(topic, name)]
                if not due:
                    continue  # the clock of the loop is a hair ahead of ours
                self.pushed |= {(topic, name): time.monotonic() for name in due}
                keys = {name: dirty.pop(name) for name in due}
                await (self._push_many(lane, keys[name]) if name else self._push_plain(topic, due))
        finally:
            self.waiting.pop(lane, None)
            self.dirty.pop(lane, None)

    def _wait(self, topic: Topic, name: str) -> float:
        """Seconds until a region may be pushed again."""
        return max(0.0, self.pushed.get((topic, name), 0.0) + PAUSE - time.monotonic())

    async def _push_plain(self, topic: Topic, names: Iterable[str]) -> None:
        async for name, rendered in self.draw(topic, names, self.pushing):
            if rendered:
                self._tell((topic, name), [rendered])

    async def _push_many(self, stream: Stream, keys: set[str]) -> None:
        try:
            async for slice_ in self.render(stream, keys, self.pushing):
                self._tell(stream, slice_)
        except Exception as problem:
            note_failure(stream, problem)

    def _tell(self, stream: Stream, rendered: list[Rendered]) -> None:
        """Send what looks different from what was sent last."""
        last = self.last.get(stream, {})
        fresh = [one for one in rendered if last.get(one[0].key) != one[2]]
        if fresh and self.watchers.get(stream[0]):
            if self._is_seen_by_all(stream[0], rendered[0][1]):
                self.last.setdefault(stream, {}).update({one[0].key: one[2] for one in fresh})
            self.broadcast(stream[0], message_of(fresh))

    def _is_seen_by_all(self, topic: Topic, version: int) -> bool:
        """Whether nobody prefers what they were greeted with, which may be newer than what is pushed."""
        return topic not in self.greetings.values() and version > self.greeted.get(topic, 0)

    async def everything(self, topic: Topic) -> AsyncIterator[str]:
        """A message for each region of the topic: what a fresh connect receives."""
        for drawing in () if self.is_over else self._drawings(topic):
            for message in await asyncio.shield(drawing):
                yield message

    def _drawings(self, topic: Topic) -> list[Drawing]:
        """The regions as they are now: after a restart a whole crew connects at once.

        A change takes away what is shared, so whoever watches already and takes it misses nothing.
        """
        moment, stale = time.monotonic(), {}
        # A region with many whose keys nobody knows (None) is brought by another.
        names = [
            name for kind, name in self.renders if kind == topic[0] and self.keys.get((kind, name), True)
        ]
        for name in names:
            since, drawing = self.fresh.get((topic, name), (0.0, None))
            if drawing is None or moment - since > SHARED:
                stale[name] = asyncio.get_running_loop().create_future()
                self.fresh[topic, name] = moment, stale[name]
        drawings = [self.fresh[topic, name][1] for name in names]
        if stale:
            task = asyncio.create_task(self._greet(topic, stale))
            self.greetings[task] = topic
            task.add_done_callback(lambda task: self._greeted(task, topic, stale))
        return drawings

    async def _greet(self, topic: Topic, drawings: dict[str, Drawing]) -> None:
        """Draw what was asked for: those of many first, as a head counts them."""
        for name in drawings:
            # One of them sees something else from now on, so the next push is for all.
            self.last.pop((topic, name), None)
        many = [name for name in drawings if (topic[0], name) in self.keys]
        plain = [name for name in drawings if name not in many]
        for stream in [(topic, name) for name in many]:
            self._hand_out(stream, drawings[stream[1]], await self._messages(stream))
        async for name, rendered in self.draw(topic, plain, self.greeting):
            self._hand_out((topic, name), drawings[name], [message_of([rendered])] if rendered else None)

    def _greeted(self, task: asyncio.Task[None], topic: Topic, drawings: dict[str, Drawing]) -> None:
        """Nobody waits any longer, also when the server ended before it began."""
        del self.greetings[task]
        if topic in self.watchers:
            self.greeted[topic] = next(self.versions)
        for name, drawing in drawings.items():
            if not drawing.done():  # the server ends, or the database does not answer
                self._hand_out((topic, name), drawing, None)

    async def _messages(self, stream: Stream) -> list[str] | None:
        try:
            return [message_of(slice_) async for slice_ in self.render(stream, turns=self.greeting)]
        except Exception as problem:
            note_failure(stream, problem)
            return None

    def _hand_out(self, stream: Stream, drawing: Drawing, messages: list[str] | None) -> None:
        if messages is None and self.fresh.get(stream, (0.0, None))[1] is drawing:
            del self.fresh[stream]  # whoever connects next tries again
        drawing.set_result(messages or [])

    def broadcast(self, topic: Topic, message: str) -> None:
        """Send one message to all who watch the topic."""
        for send in tuple(self.watchers.get(topic, ())):
            send(message)

    def watch(self, topic: Topic, send: Send) -> None:
        """Begin to receive; subscribe before rendering, so that nothing falls between."""
        self.watchers[topic].add(send)

    def unwatch(self, topic: Topic, send: Send) -> None:
        """End it; the last watcher's leaving forgets what was pushed."""
        self.watchers[topic].discard(send)
        if not self.watchers[topic]:
            del self.watchers[topic]
            self.greeted.pop(topic, None)
            for by_stream in (self.last, self.pushed, self.fresh):
                for stream in [known for known in by_stream if known[0] == topic]:
                    del by_stream[stream]

    async def stop(self) -> None:
        """Draw nothing more, and let go of what is under way; whoever waits for it gets nothing."""
        self.is_over = True
        tasks = [*self.waiting.values(), *self.greetings]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
