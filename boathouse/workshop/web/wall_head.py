"""Above the wall: how many rooms need a human, who is next, who coaches where, what many share."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.web.pages import partial
from boathouse.workshop.board import Band
from boathouse.workshop.claims import coaches_of
from boathouse.workshop.patterns import patterns_of
from boathouse.workshop.tables import Workshop
from boathouse.workshop.web.wall_memory import Seen, Wall
from boathouse.workshop.web.walls import Walls

QUEUE = 200  # rooms whose order the page is told; the rest is in order of number anyway


def register_regions(app: FastAPI) -> None:
    """Both are made of what the tiles said last."""
    walls: Walls = app.state.walls

    async def draw_head(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return await head(session, walls, workshop) if workshop else ""

    async def draw_patterns(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return patterns(await walls.known(session, workshop), workshop) if workshop else ""

    app.state.live.register("board", "wall-head", draw_head)
    app.state.live.register("board", "patterns", draw_patterns)


async def head(session: AsyncSession, walls: Walls, workshop: Workshop) -> str:
    """Region wall-head."""
    wall = await walls.known(session, workshop)
    present = walls.app.state.presence.who(("board", workshop.id))
    looks = list(walls.looking(workshop.id))
    states = [seen.state for seen in wall.open_rooms()]
    queue = queue_of(wall)
    return partial(
        "board/_wall_head.html",
        workshop=workshop,
        kept=walls.app.state.retention.told(workshop, now()),
        rooms=states,
        queue=[Waiting.of(seen) for seen in queue[:QUEUE]],
        moment=now(),
        waiting=[seen for seen in queue if seen.verdict.band == Band.NOW],
        next=next((seen for seen in queue if not seen.state.claimed_by), queue[0] if queue else None),
        numbers={state.id: state.number for state in states},
        people=sum(len(state.people) for state in states),
        rowing=sum(state.here > 0 for state in states),
        empty=sum(not state.people for state in states),
        asked=sum(bool(state.spots) for state in states),
        simulated=sum(seen.state.simulated for seen in wall.rooms.values()),
        rehearsing=sum(seen.state.simulated_here for seen in wall.rooms.values()),
        coaches=await coaches_of(session, workshop, present, looks),
    )


@dataclass(frozen=True)
class Waiting:
    """A room in the queue: since when it waits, if that is known, and which coaches have it, by name."""

    seen: Seen
    since: datetime | None
    coach: str

    @classmethod
    def of(cls, seen: Seen) -> "Waiting":
        """As it was seen."""
        since = next((reason.since for reason in seen.verdict.reasons if reason.since), None)
        room = seen.state
        looking = ", ".join(name for name, _ in room.looking)
        return cls(seen, since, (room.claimed_name or "A coach") if room.claimed_by else looking)


def queue_of(wall: Wall) -> list[Seen]:
    """The open rooms that need a human or are worth a look, in their settled order."""
    seen = (wall.rooms[room_id] for room_id in wall.order)
    return [one for one in seen if one.verdict.band != Band.ROW and not one.state.closed]


def patterns(wall: Wall, workshop: Workshop) -> str:
    """Region patterns."""
    shared = patterns_of(seen.state for seen in wall.rooms.values())
    return partial("board/_patterns.html", workshop=workshop, patterns=shared)
