"""Live regions: underscore partials, rendered once on the server and pushed to everybody who watches.

A topic is a page that lives, such as ("room", id). It has named regions, each an HTML element whose id
is its name, or name-key. A change is pushed after its commit, at most four times a second a region;
every connect receives every region afresh. Each carries a version taken before it was rendered, so the
page can ignore an older one that arrives late.

Regions of one topic that are drawn at the same time are drawn in one session: what the first has read of the
room the next need not ask for. What a fresh connect receives is in greetings.py.

A page that shows hundreds of the same thing registers them as one region with many keys: those that changed
are rendered in slices, between which everybody else has their turn, and a slice travels as one message.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import after_commit
from boathouse.core.greetings import Greetings
from boathouse.core.regions import AT_ONCE, Regions, Rendered, Stream, Topic, message_of, note_failure

PAUSE = 0.25  # seconds between two pushes of one region

# What is pushed together: all plain regions of a topic, with an empty name, or one of many keys.
Lane = Stream
Send = Callable[[str], None]  # puts a message into a watcher's bounded queue


@dataclass
class Live(Regions):
    """Who watches what. One per process."""

    watchers: dict[Topic, set[Send]] = field(default_factory=lambda: defaultdict(set))
    last: dict[Stream, dict[str, str]] = field(default_factory=dict)  # what was pushed, by key
    pushed: dict[Stream, float] = field(default_factory=dict)  # and when
    dirty: dict[Lane, dict[str, set[str]]] = field(default_factory=dict)  # names, with their keys, to push
    waiting: dict[Lane, asyncio.Task[None]] = field(default_factory=dict)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    is_over: bool = False  # the server ends: nothing more is drawn

    def __post_init__(self) -> None:
        self.greetings = Greetings(self, self.watchers.__contains__, self._forget)

    def changed(self, session: AsyncSession, kind: str, topic_id: str, *names: str, key: str = "") -> None:
        """Push these regions once the writing session has committed."""
        after_commit(session, lambda: self.touch(kind, topic_id, *names, key=key))

    def touch(self, kind: str, topic_id: str, *names: str, key: str = "") -> None:
        """Push these regions soon; a change that comes while one is pushed is pushed again.

        Of a region with many, no key means all.
        """
        for name in () if self.is_over else names:
            topic = (self.moved.get((kind, name), kind), topic_id)
            self.greetings.touch((topic, name))
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
        async for name, rendered in self.draw(topic, names, self.turns):
            if rendered:
                self._tell((topic, name), [rendered])

    async def _push_many(self, stream: Stream, keys: set[str]) -> None:
        try:
            async for slice_ in self.render(stream, keys, self.turns):
                self._tell(stream, slice_)
        except Exception as problem:
            note_failure(stream, problem)

    def _tell(self, stream: Stream, rendered: list[Rendered]) -> None:
        """Send what looks different from what was sent last."""
        last = self.last.get(stream, {})
        fresh = [one for one in rendered if last.get(one[0].key) != one[2]]
        if fresh and self.watchers.get(stream[0]):
            if self.greetings.are_older(stream[0], rendered[0][1]):
                self.last.setdefault(stream, {}).update({one[0].key: one[2] for one in fresh})
            self.broadcast(stream[0], message_of(fresh))

    def _forget(self, stream: Stream) -> None:
        """Somebody sees something else from now on, so the next push is for all."""
        self.last.pop(stream, None)

    def broadcast(self, topic: Topic, message: str) -> None:
        """Send one message to all who watch the topic."""
        for send in tuple(self.watchers.get(topic, ())):
            send(message)

    def count(self) -> int:
        """How many receive."""
        return sum(map(len, self.watchers.values()))

    def watch(self, topic: Topic, send: Send) -> None:
        """Begin to receive; subscribe before rendering, so that nothing falls between."""
        self.watchers[topic].add(send)

    def unwatch(self, topic: Topic, send: Send) -> None:
        """End it; the last watcher's leaving forgets what was pushed."""
        self.watchers[topic].discard(send)
        if not self.watchers[topic]:
            del self.watchers[topic]
            self.greetings.leave(topic)
            for by_stream in (self.last, self.pushed):
                for stream in [known for known in by_stream if known[0] == topic]:
                    del by_stream[stream]

    async def stop(self) -> None:
        """Draw nothing more, and let go of what is under way; whoever waits for it gets nothing."""
        self.is_over = True
        tasks = list(self.waiting.values())
        for task in tasks:
            task.cancel()
        await self.greetings.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
