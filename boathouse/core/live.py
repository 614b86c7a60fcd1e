"""Live regions: underscore partials, rendered once on the server and pushed to everybody who watches.

A topic is a page that lives, such as ("room", id). It has named regions, each an HTML element whose id
is its name, or name-key. A change is pushed after its commit, at most four times a second a region;
every connect receives every region afresh. Each carries a version taken before it was rendered, so the
page can ignore an older one that arrives late.

Those who connect within twenty seconds share what was drawn for the first of them, unless somebody touches it
meanwhile. So fifty people who arrive at once cost little more than one.

A page that shows hundreds of the same thing registers them as one region with many keys: those that changed
are rendered in slices, between which everybody else has their turn, and a slice travels as one message.
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import Database, after_commit
from boathouse.core.errors import Problem

PAUSE = 0.25  # seconds between two pushes of one region
SHARED = 20.0  # seconds for which everybody who connects shares what was rendered for the first
SLICE = 100  # regions of many that are rendered together
AT_ONCE = 2  # renderings under way of each kind: whoever waits for an answer must not stand behind hundreds
log = structlog.get_logger()

Topic = tuple[str, str]  # kind and id
Render = Callable[[AsyncSession, str, str], Awaitable[str]]  # (session, topic id, key) -> html
RenderMany = Callable[[AsyncSession, str, Sequence[str]], Awaitable[dict[str, str]]]  # html by key
Keys = Callable[[AsyncSession, str], Awaitable[Sequence[str]]]  # (session, topic id) -> all keys there are
Stream = tuple[Topic, str]  # a topic's region of one name, with all its keys
Send = Callable[[str], None]  # puts a message into a watcher's bounded queue


@dataclass(frozen=True)
class Region:
    """One element of one topic. key: empty, or which of many (a tile's room)."""

    topic: Topic
    name: str
    key: str = ""

    @property
    def element(self) -> str:
        """The id of its root element."""
        return f"{self.name}-{self.key}" if self.key else self.name


Rendered = tuple[Region, int, str]  # with its version and html


@dataclass
class Live:
    """Who watches what, and how each region is rendered. One per process."""

    database: Database
    renders: dict[tuple[str, str], RenderMany] = field(default_factory=dict)
    keys: dict[tuple[str, str], Keys | None] = field(default_factory=dict)  # of those a topic has many of
    moved: dict[tuple[str, str], str] = field(default_factory=dict)  # kind and name -> kind that shows it
    watchers: dict[Topic, set[Send]] = field(default_factory=lambda: defaultdict(set))
    last: dict[Stream, dict[str, str]] = field(default_factory=dict)  # what was pushed, by key
    pushed: dict[Stream, float] = field(default_factory=dict)  # and when
    dirty: dict[Stream, set[str]] = field(default_factory=lambda: defaultdict(set))  # keys to push
    waiting: dict[Stream, asyncio.Task[None]] = field(default_factory=dict)
    fresh: dict[Stream, tuple[float, asyncio.Task[list[str]]]] = field(default_factory=dict)  # since when
    # Milliseconds at the start, so that versions grow across restarts too.
    versions: itertools.count = field(default_factory=lambda: itertools.count(int(now().timestamp() * 1000)))
    pushing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    is_over: bool = False  # the server ends: nothing more is drawn
    greeting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def register(self, kind: str, name: str, render: Render, *, keyed: bool = False, on: str = "") -> None:
        """Say how a region is rendered; those without key are sent on every connect, in this order.

        on: the kind of page that shows it, where changes are still announced under kind. So a coach's
        view of a room costs its participants nothing.
        """

        async def render_many(session: AsyncSession, topic_id: str, keys: Sequence[str]) -> dict[str, str]:
            return {key: await render(session, topic_id, key) for key in keys}

        self.renders[on or kind, name] = render_many
        if keyed:
            self.keys[on or kind, name] = None
        if on:
            self.moved[kind, name] = on

    def register_many(self, kind: str, name: str, render: RenderMany, keys: Keys | None) -> None:
        """A region of which a topic has many, rendered together. All of them are sent on every connect.

        keys: None if another region brings them all on a connect; "" then asks render for what it likes.
        """
        self.renders[kind, name] = render
        self.keys[kind, name] = keys

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
            stream = (topic, name)
            self.dirty[stream].add(key)
            if stream not in self.waiting:
                self.waiting[stream] = asyncio.create_task(self._push(stream))

    async def _push(self, stream: Stream) -> None:
        try:
            while stream in self.dirty:
                await asyncio.sleep(max(0.0, self.pushed.get(stream, 0.0) + PAUSE - time.monotonic()))
                self.pushed[stream] = time.monotonic()
                await self._push_changes(stream, self.dirty.pop(stream))
        finally:
            self.waiting.pop(stream, None)

    async def _push_changes(self, stream: Stream, keys: set[str]) -> None:
        try:
            async for slice_ in self.render(stream, keys, self.pushing):
                last = self.last.get(stream, {})
                fresh = [one for one in slice_ if last.get(one[0].key) != one[2]]
                if fresh and self.watchers.get(stream[0]):
                    self.last.setdefault(stream, {}).update({one[0].key: one[2] for one in fresh})
                    self.broadcast(stream[0], _message(fresh))
        except Problem as problem:  # the place itself has gone, and its sockets with it
            log.info("a region was not pushed", region=stream[1], topic=stream[0], why=problem.message)
        except Exception:
            log.exception("a region could not be pushed", region=stream[1], topic=stream[0])

    async def render(
        self,
        stream: Stream,
        keys: Collection[str] = ("",),
        turns: AbstractAsyncContextManager[Any] | None = None,
    ) -> AsyncIterator[list[Rendered]]:
        """These keys of a region as they are now, a slice at a time; of a region with many, "" means all.

        turns: what a slice waits for; nothing when somebody waits for the answer.
        """
        (kind, topic_id), name = stream
        list_keys = self.keys.get((kind, name))
        if list_keys and "" in keys:
            async with self.database.reading() as session:
                keys = await list_keys(session, topic_id)
        keys = list(keys)
        for some in (keys[start : start + SLICE] for start in range(0, len(keys), SLICE)):
            async with turns or nullcontext(), self.database.reading() as session:
                version = next(self.versions)
                htmls = await self.renders[kind, name](session, topic_id, some)
            rendered = [(Region(stream[0], name, key), version, html) for key, html in htmls.items()]
            yield rendered
            await asyncio.sleep(0)

    async def everything(self, topic: Topic) -> AsyncIterator[str]:
        """A message for each region of the topic: what a fresh connect receives."""
        for kind, name in self.renders:
            is_sent = self.keys.get((kind, name), True)  # None: keyed, and nobody knows all the keys
            if kind == topic[0] and is_sent and not self.is_over:
                try:
                    for message in await self._shared((topic, name)):
                        yield message
                except Exception:  # one broken region must not keep a page from all the others
                    log.exception("a region could not be sent", region=name, topic=topic)

    async def _shared(self, stream: Stream) -> list[str]:
        """The messages of a region as they are now: after a restart a whole crew connects at once.

        A change takes them away, so whoever watches already and takes them misses nothing.
        """
        since, rendering = self.fresh.get(stream, (0.0, None))
        if rendering is None or time.monotonic() - since > SHARED:
            rendering = asyncio.create_task(self._messages(stream))
            self.fresh[stream] = time.monotonic(), rendering
        try:
            return await asyncio.shield(rendering)
        except Exception:  # whoever connects next tries again
            if self.fresh.get(stream, (0.0, None))[1] is rendering:
                del self.fresh[stream]
            raise

    async def _messages(self, stream: Stream) -> list[str]:
        # One of them sees something else from now on, so the next push is for all.
        self.last.pop(stream, None)
        return [_message(slice_) async for slice_ in self.render(stream, turns=self.greeting)]

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
            for by_stream in (self.last, self.pushed, self.fresh):
                for stream in [known for known in by_stream if known[0] == topic]:
                    del by_stream[stream]

    async def stop(self) -> None:
        """Cancel pushes and renderings under way; for the shutdown."""
        tasks = [*self.waiting.values(), *(task for _, task in self.fresh.values())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def region_message(region: Region, version: int, html: str) -> str:
    """The JSON that htmx's socket extension swaps into the page."""
    return json.dumps(
        {
            "region": region.element,
            "version": version,
            "target": f"#{region.element}",
            "swap": "outerMorph",
            "content": html,
        }
    )


def _message(rendered: list[Rendered]) -> str:
    """One region travels alone, several of a slice as one message."""
    messages = [region_message(*one) for one in rendered]
    return messages[0] if len(messages) == 1 else f'{{"regions": [{", ".join(messages)}]}}'
