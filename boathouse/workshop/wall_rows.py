"""The rows a wall is made of: a few queries for many rooms at once, none for each room."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select as sqlalchemy_select
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.people import Person
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft
from boathouse.workshop.findings import load_meant
from boathouse.workshop.tables import Comment, Invitee, KeyResult, Objective, Room, Seat


@dataclass
class Crew:
    """The seats of one room."""

    names: dict[str, str] = field(default_factory=dict)  # by identity
    simulated: set[str] = field(default_factory=set)  # identities


@dataclass
class Said:
    """What was commented in one room. asked: the places where a coach's question stands open."""

    replies: list[datetime] = field(default_factory=list)  # since when each thread waits for a coach
    asked: set[str] = field(default_factory=set)
    has_coach: bool = False


@dataclass(frozen=True)
class Rows:
    """What is stored of some rooms, by room. rooms: by number; coaches: names by identity."""

    rooms: Sequence[Room]
    crews: Mapping[str, Crew]
    drafts: Mapping[str, Draft]
    said: Mapping[str, Said]
    meant: Mapping[str, Collection[tuple[str, str]]]
    begun: Mapping[str, datetime]
    expected: Mapping[str, Sequence[str | None]]
    coaches: Mapping[str | None, str]


async def read_rows(session: AsyncSession, ids: Collection[str]) -> Rows:
    """Everything of these rooms that the wall shows."""
    rooms = list(await rooms_of(session, ids))
    return Rows(
        rooms=rooms,
        crews=await crews_of(session, ids),
        drafts=await drafts_of(session, ids),
        said=await said_in(session, ids),
        meant=await load_meant(session, ids),
        begun=await first_words(session, ids),
        expected=await expected_in(session, ids),
        coaches=await names_of(session, {room.claimed_by for room in rooms if room.claimed_by}),
    )


async def rooms_of(session: AsyncSession, ids: Collection[str]) -> Iterable[Any]:
    """These rooms by number, with what a tile says about them."""
    columns: list[Any] = [Room.id, Room.number, Room.name, Room.help_since, Room.last_activity_at]
    columns += [Room.done_at, Room.claimed_by, Room.closed_at, Room.merged_into]
    query = sqlalchemy_select(*columns)
    query = query.where(col(Room.id).in_(ids)).order_by(col(Room.number))
    return (await (await session.connection()).execute(query)).all()


async def crews_of(session: AsyncSession, ids: Collection[str]) -> dict[str, Crew]:
    """Room → who has a seat in it."""
    query = select(Seat.room_id, Seat.id, Seat.name, Seat.simulated).where(
        col(Seat.room_id).in_(ids), col(Seat.removed_at).is_(None)
    )
    crews: dict[str, Crew] = defaultdict(Crew)
    for room_id, seat_id, name, simulated in await session.exec(query.order_by(col(Seat.number))):
        crews[room_id].names[f"seat:{seat_id}"] = name
        if simulated:
            crews[room_id].simulated.add(f"seat:{seat_id}")
    return crews


async def expected_in(session: AsyncSession, ids: Collection[str]) -> dict[str, list[str | None]]:
    """Room → for each person the roster expects there the identity of their seat, None before they come."""
    seat = func.coalesce(Invitee.seat_id, Invitee.code_seat_id)
    expected: dict[str, list[str | None]] = defaultdict(list)
    rows = await session.exec(select(Invitee.room_id, seat).where(col(Invitee.room_id).in_(ids)))
    for room_id, seat_id in rows:
        if room_id:
            expected[room_id].append(f"seat:{seat_id}" if seat_id else None)
    return expected


async def drafts_of(session: AsyncSession, ids: Collection[str]) -> dict[str, Draft]:
    """Room → its objectives in order; without to-dos and what was removed. Every room has an entry."""
    columns: list[Any] = [Objective.room_id, Objective.id, Objective.title, Objective.why]
    columns += [KeyResult.id, KeyResult.type, KeyResult.statement, KeyResult.start, KeyResult.target]
    columns += [KeyResult.unit, KeyResult.owner_id, Seat.name, KeyResult.commit, KeyResult.stretch]
    in_order: list[Any] = [Objective.room_id, Objective.position, Objective.created_at, Objective.id]
    in_order += [KeyResult.position, KeyResult.created_at, KeyResult.id]
    is_its_own = (col(KeyResult.objective_id) == Objective.id) & col(KeyResult.deleted_at).is_(None)
    query = (
        sqlalchemy_select(*columns)
        .join(KeyResult, is_its_own, isouter=True)
        .join(Seat, col(Seat.id) == col(KeyResult.owner_id), isouter=True)
        .where(col(Objective.room_id).in_(ids), col(Objective.deleted_at).is_(None))
        .order_by(*in_order)
    )
    drafts = {room_id: Draft(room_id) for room_id in ids}
    rows = await (await session.connection()).execute(query)
    for (room_id, objective_id, title, why), lines in groupby(rows, key=itemgetter(0, 1, 2, 3)):
        key_results = [
            KeyResultDraft(line[4], n, None, objective_id, *line[5:])
            for n, line in enumerate(lines, 1)
            if line[4]
        ]
        objectives = drafts[room_id].objectives
        objectives.append(ObjectiveDraft(objective_id, len(objectives) + 1, None, title, why, key_results))
    return drafts


async def said_in(session: AsyncSession, ids: Collection[str]) -> dict[str, Said]:
    """Room → what was said there so far."""
    columns: list[Any] = [Comment.id, Comment.parent_id, Comment.room_id, Comment.objective_id]
    columns += [Comment.key_result_id, Comment.field, Comment.seat_id, Comment.person_id]
    columns += [Comment.created_at, Comment.deleted_at, Comment.resolved_at]
    query = sqlalchemy_select(*columns).where(col(Comment.room_id).in_(ids))
    said: dict[str, Said] = defaultdict(Said)
    last_words: dict[str, tuple[str, str | None, datetime]] = {}  # of each open thread
    rows = await (await session.connection()).execute(query.order_by(col(Comment.created_at)))
    for row in rows:
        said[row.room_id].has_coach |= bool(row.person_id and not row.deleted_at)
        if row.parent_id is None and row.resolved_at is None:
            last_words[row.id] = (row.room_id, None if row.deleted_at else row.seat_id, row.created_at)
            if row.person_id:
                said[row.room_id].asked.add(_place(row))
        elif row.parent_id in last_words and not row.deleted_at:  # in a settled thread nobody waits
            last_words[row.parent_id] = (row.room_id, row.seat_id, row.created_at)
    for room_id, seat_id, created_at in last_words.values():
        if seat_id:
            said[room_id].replies.append(created_at)
    return said


def _place(row: Any) -> str:
    if not (row.key_result_id or row.objective_id):
        return "room"
    item = f"key_result:{row.key_result_id}" if row.key_result_id else f"objective:{row.objective_id}"
    return f"{item}:{row.field}" if row.field else item


async def first_words(session: AsyncSession, ids: Collection[str]) -> dict[str, datetime]:
    """Room → when its first objective that is left was added."""
    left = col(Objective.room_id).in_(ids), col(Objective.deleted_at).is_(None)
    query = select(Objective.room_id, Objective.created_at).where(*left)
    found: dict[str, datetime] = {}
    for room_id, moment in await session.exec(query.order_by(col(Objective.created_at).desc())):
        found[room_id] = moment
    return found


async def names_of(session: AsyncSession, person_ids: set[str]) -> dict[str | None, str]:
    """Person → name."""
    if not person_ids:
        return {}
    rows = await session.exec(select(Person.id, Person.name).where(col(Person.id).in_(person_ids)))
    return dict(rows.all())
