"""Live regions: underscore partials, rendered once on the server and pushed to everybody who watches.

A topic is a page that lives, such as ("room", id). It has named regions, each an HTML element whose id
is its name, or name-key. A change is pushed after its commit, at most four times a second a region;
every connect receives every region afresh. Each carries a version taken before it was rendered, so the
page can ignore an older one that arrives late.
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import Database, after_commit

PAUSE = 0.25  # seconds between two pushes of one region
log = structlog.get_logger()

Topic = tuple[str, str]  # kind and id
Render = Callable[[AsyncSession, str, str], Awaitable[str]]  # (session, topic id, key) -> html
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


@dataclass
class Live:
    """Who watches what, and how each region is rendered. One per process."""

    database: Database
    renders: dict[tuple[str, str], Render] = field(default_factory=dict)
    keyed: set[tuple[str, str]] = field(default_factory=set)  # regions of which a topic has many
    watchers: dict[Topic, set[Send]] = field(default_factory=lambda: defaultdict(set))
    last: dict[Region, tuple[float, str]] = field(default_factory=dict)  # when pushed, and what
    waiting: dict[Region, asyncio.Task[None]] = field(default_factory=dict)
    again: set[Region] = field(default_factory=set)
    # Milliseconds at the start, so that versions grow across restarts too.
    versions: itertools.count = field(default_factory=lambda: itertools.count(int(now().timestamp() * 1000)))

    def register(self, kind: str, name: str, render: Render, *, keyed: bool = False) -> None:
        """Say how a region is rendered; those without key are sent on every connect, in this order."""
        self.renders[kind, name] = render
        if keyed:
            self.keyed.add((kind, name))

    def changed(self, session: AsyncSession, kind: str, topic_id: str, *names: str, key: str = "") -> None:
        """Push these regions once the writing session has committed."""
        after_commit(session, lambda: self.touch(kind, topic_id, *names, key=key))

    def touch(self, kind: str, topic_id: str, *names: str, key: str = "") -> None:
        """Push these regions soon; a change that comes while one is pushed is pushed again."""
        if not self.watchers.get((kind, topic_id)):
            return
        for name in names:
            region = Region((kind, topic_id), name, key)
            if region in self.waiting:
                self.again.add(region)
            else:
                self.waiting[region] = asyncio.create_task(self._push(region))

    async def _push(self, region: Region) -> None:
        try:
            while True:
                pushed_at, old = self.last.get(region, (0.0, ""))
                await asyncio.sleep(max(0.0, pushed_at + PAUSE - time.monotonic()))
                self.again.discard(region)
                html, message = await self.render(region)
                if html != old:
                    self.last[region] = (time.monotonic(), html)
                    self.broadcast(region.topic, message)
                if region not in self.again:
                    return
        except Exception:
            log.exception("a region could not be pushed", region=region.element, topic=region.topic)
        finally:
            self.waiting.pop(region, None)

    async def render(self, region: Region) -> tuple[str, str]:
        """Its html as it is now, and the message that carries it."""
        version = next(self.versions)
        async with self.database.reading() as session:
            html = await self.renders[region.topic[0], region.name](session, region.topic[1], region.key)
        return html, region_message(region, version, html)

    async def everything(self, topic: Topic) -> list[str]:
        """A message for each region of the topic: what a fresh connect receives."""
        names = [name for kind, name in self.renders if kind == topic[0] and (kind, name) not in self.keyed]
        return [(await self.render(Region(topic, name)))[1] for name in names]

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
            for region in [known for known in self.last if known.topic == topic]:
                del self.last[region]

    async def stop(self) -> None:
        """Cancel pushes under way; for the shutdown."""
        for task in tuple(self.waiting.values()):
            task.cancel()
        await asyncio.gather(*self.waiting.values(), return_exceptions=True)


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
