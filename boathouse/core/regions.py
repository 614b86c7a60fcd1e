"""The regions of pages that live: how each is named, drawn and told to a page."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import Database, remember
from boathouse.core.errors import Problem

SLICE = 100  # regions of many that are rendered together
AT_ONCE = 2  # renderings under way of each kind: whoever waits for an answer must not stand behind hundreds
log = structlog.get_logger()

Topic = tuple[str, str]  # kind and id
Render = Callable[[AsyncSession, str, str], Awaitable[str]]  # (session, topic id, key) -> html
RenderMany = Callable[[AsyncSession, str, Sequence[str]], Awaitable[dict[str, str]]]  # html by key
Keys = Callable[[AsyncSession, str], Awaitable[Sequence[str]]]  # (session, topic id) -> all keys there are
Stream = tuple[Topic, str]  # a topic's region of one name, with all its keys


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
class Regions:
    """How each region is drawn."""

    database: Database
    renders: dict[tuple[str, str], RenderMany] = field(default_factory=dict)
    keys: dict[tuple[str, str], Keys | None] = field(default_factory=dict)  # of those a topic has many of
    moved: dict[tuple[str, str], str] = field(default_factory=dict)  # kind and name -> kind that shows it
    # Milliseconds at the start, so that versions grow across restarts too.
    versions: itertools.count = field(default_factory=lambda: itertools.count(int(now().timestamp() * 1000)))

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

    def names_of(self, kind: str) -> list[str]:
        """The regions that are sent on every connect, in order."""
        # One with many whose keys nobody knows (None) is brought by another.
        return [name for on, name in self.renders if on == kind and self.keys.get((kind, name), True)]

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

    async def draw(
        self, topic: Topic, names: Iterable[str], turns: AbstractAsyncContextManager[Any]
    ) -> AsyncIterator[tuple[str, Rendered | None]]:
        """Plain regions in one session, None for one that could not be drawn.

        Their version is older than the session, which may see all of them as they were when it began.
        """
        kind, topic_id = topic
        async with turns, self.database.reading() as session:
            version = next(self.versions)
            remember(session)
            for name in names:
                try:
                    htmls = await self.renders[kind, name](session, topic_id, ("",))
                except Exception as problem:
                    note_failure((topic, name), problem)
                    await session.rollback()
                    session.info.clear()  # rows that are kept there cannot be read any more
                    yield name, None
                else:
                    yield name, (Region(topic, name), version, htmls[""])
                await asyncio.sleep(0)


def note_failure(stream: Stream, problem: Exception) -> None:
    """One broken region must not keep a page from all the others."""
    if isinstance(problem, Problem):  # the place itself has gone, and its sockets with it
        log.info("a region was not drawn", region=stream[1], topic=stream[0], why=problem.message)
    else:
        log.error("a region could not be drawn", region=stream[1], topic=stream[0], exc_info=problem)


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


def message_of(rendered: list[Rendered]) -> str:
    """One region travels alone, several of a slice as one message."""
    messages = [region_message(*one) for one in rendered]
    return messages[0] if len(messages) == 1 else f'{{"regions": [{", ".join(messages)}]}}'
