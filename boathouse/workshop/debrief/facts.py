"""Everything a debrief is made from, read in a few queries for all rooms at once."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.rows import the_row
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.agenda import items_of
from boathouse.workshop.comments import Thread, load_threads
from boathouse.workshop.copies import Kept, kept_drafts
from boathouse.workshop.drafts import Draft, load_drafts
from boathouse.workshop.facilitators import facilitators_of
from boathouse.workshop.findings import load_meant
from boathouse.workshop.ground_rules import snapshot_of
from boathouse.workshop.phases import current_phase
from boathouse.workshop.polls import load_polls
from boathouse.workshop.spreads import Spread
from boathouse.workshop.stays import Stay
from boathouse.workshop.tables import (
    Comment,
    Invitee,
    KeyResult,
    Objective,
    Poll,
    PollAnswer,
    Room,
    Seat,
    Status,
    Todo,
    Visit,
    Workshop,
)

T = TypeVar("T")
SLICE = 50  # rooms


@dataclass(frozen=True)
class Facts:
    """What happened in a workshop, as it was stored.

    ends: its end, or now. rooms: those not merged away, by number. seats: everybody who ever had one.
    kept: the drafts at every moment they were kept. firsts: by room, when its first objective was made.
    active: seats that wrote, commented or answered. stood: by thread, its key result as it stood then.
    names: everybody to hide from others.
    """

    workshop: Workshop
    rules: GroundRules
    phase: str  # the one in progress, or the one it ended with
    ends: datetime
    rooms: Sequence[Room]
    seats: Sequence[Seat]
    stays: Sequence[Stay]
    kept: Sequence[Kept]
    drafts: dict[str, Draft]
    threads: dict[str, list[Thread]]
    meant: dict[str, set[tuple[str, str]]]
    firsts: dict[str, datetime]
    active: set[str]
    stood: dict[str, dict[str, str]]
    polls: Sequence[Spread]
    names: Collection[str]


async def load_facts(
    session: AsyncSession, workshop_id: str, moment: datetime, here: Collection[str] = ()
) -> Facts:
    """Read it; flush the rooms' words before. here: identities present now. Errors: Problem 404."""
    workshop = await the_row(session, Workshop, workshop_id, "This workshop")
    query = select(Room).where(Room.workshop_id == workshop_id, col(Room.merged_into).is_(None))
    rooms = (await session.exec(query.order_by(col(Room.number)))).all()
    ids = [room.id for room in rooms]
    seats = (await session.exec(select(Seat).where(Seat.workshop_id == workshop_id))).all()
    phase = current_phase(workshop, await items_of(session, workshop_id))
    return Facts(
        workshop=workshop,
        rules=snapshot_of(workshop).rules,
        phase=phase.title if phase else "",
        ends=workshop.ended_at if workshop.status == Status.ENDED and workshop.ended_at else moment,
        rooms=rooms,
        seats=seats,
        stays=await _stays(session, workshop_id, moment, here),
        kept=await kept_drafts(session, workshop_id),
        drafts=await _in_slices(load_drafts, session, ids),
        threads=await _in_slices(load_threads, session, ids),
        meant=await _in_slices(load_meant, session, ids),
        firsts=await _firsts(session, workshop_id),
        active=await _active(session, workshop_id),
        stood=await _stood(session, ids),
        polls=await load_polls(session, workshop_id),
        names=await names_of(session, workshop_id),
    )


async def _in_slices(
    load: Callable[[AsyncSession, Sequence[str]], Awaitable[dict[str, T]]],
    session: AsyncSession,
    room_ids: Sequence[str],
) -> dict[str, T]:
    """By room, a few rooms at a time: of a thousand everybody else would wait half a second."""
    found: dict[str, T] = {}
    for start in range(0, len(room_ids), SLICE):
        found |= await load(session, room_ids[start : start + SLICE])
        await asyncio.sleep(0)
    return found


async def _stays(
    session: AsyncSession, workshop_id: str, moment: datetime, here: Collection[str]
) -> list[Stay]:
    """Visits; the last one of somebody who is here now goes on until now."""
    query = select(Visit).join(Seat, col(Seat.id) == col(Visit.seat_id))
    query = query.where(Seat.workshop_id == workshop_id).order_by(col(Visit.came_at))
    visits = (await session.exec(query)).all()
    last = {visit.seat_id: visit.id for visit in visits if f"seat:{visit.seat_id}" in here}
    return [
        Stay(
            visit.seat_id,
            visit.room_id,
            visit.came_at,
            moment if last.get(visit.seat_id) == visit.id else visit.last_seen_at,
        )
        for visit in visits
    ]


async def _firsts(session: AsyncSession, workshop_id: str) -> dict[str, datetime]:
    """When a room's first objective was made, also if that one was taken away again."""
    query = select(Objective.room_id, Objective.created_at).join(Room, col(Room.id) == col(Objective.room_id))
    rows = await session.exec(query.where(Room.workshop_id == workshop_id))
    firsts: dict[str, datetime] = {}
    for room_id, made_at in rows:
        firsts[room_id] = min(made_at, firsts.get(room_id, made_at))
    return firsts


async def _active(session: AsyncSession, workshop_id: str) -> set[str]:
    """Seats that left a trace: something written down, a comment, an answer, a key result of their own."""
    traces: set[str] = set()
    for table in (Objective, KeyResult, Todo):
        query = select(table.created_by).join(Room, col(Room.id) == col(table.room_id))
        made = await session.exec(query.where(Room.workshop_id == workshop_id).distinct())
        traces |= {by.removeprefix("seat:") for by in made if by and by.startswith("seat:")}
    for column in (KeyResult.owner_id, Comment.seat_id):
        query = select(column).join(Room, col(Room.id) == col(column.class_.room_id))  # type: ignore[union-attr]
        own = await session.exec(query.where(Room.workshop_id == workshop_id).distinct())
        traces |= {seat_id for seat_id in own if seat_id}
    answers = select(PollAnswer.seat_id).join(Poll, col(Poll.id) == col(PollAnswer.poll_id))
    return traces | set(await session.exec(answers.where(Poll.workshop_id == workshop_id)))


async def _stood(session: AsyncSession, room_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    query = select(Comment.id, Comment.stood).where(col(Comment.room_id).in_(room_ids))
    return {thread_id: dict(stood) for thread_id, stood in await session.exec(query) if stood}


async def names_of(session: AsyncSession, workshop_id: str) -> set[str]:
    """Everybody who has to do with a workshop: participants, those expected, coaches, authors."""
    seats = await session.exec(select(Seat.name).where(Seat.workshop_id == workshop_id))
    invited = await session.exec(select(Invitee.name).where(Invitee.workshop_id == workshop_id))
    authors = select(Comment.author_name).join(Room, col(Room.id) == col(Comment.room_id))
    wrote = await session.exec(authors.where(Room.workshop_id == workshop_id).distinct())
    coaches = await facilitators_of(session, workshop_id)
    return {*seats, *invited, *wrote, *(coach.name for coach in coaches)}


def by_room(seats: Sequence[Seat]) -> dict[str, list[Seat]]:
    """Seats that were not removed, by the room they belong to now."""
    found: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.removed_at is None:
            found[seat.room_id].append(seat)
    return found
