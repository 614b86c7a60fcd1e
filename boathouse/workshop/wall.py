"""Reads the rooms of a workshop for the board: a few queries for many rooms at once, none for each room."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import func
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.people import Person
from boathouse.workshop.board import (
    STATEMENT,
    TITLE,
    ObjectiveInShort,
    RoomState,
    key_result_in_short,
    shorten,
)
from boathouse.workshop.claims import Look
from boathouse.workshop.tables import Comment, KeyResult, Objective, Room, Seat, Status, Workshop

SURPLUS = 60  # characters read beyond what is shown, so that a cut can fall between words


class Signs(Protocol):
    """What is known without the database: who is here, who writes, which coach looks."""

    def here(self, room_id: str) -> Collection[str]:
        """Identities present in the room, such as seat:ID."""

    def writing(self, room_id: str) -> Collection[str]:
        """Identities that write now."""

    def looking(self, workshop_id: str) -> Iterable[Look]:
        """Coaches with a room open."""


@dataclass
class Crew:
    """The seats of one room."""

    names: list[str] = field(default_factory=list)
    identities: set[str] = field(default_factory=set)
    simulated: set[str] = field(default_factory=set)  # identities


async def room_ids(session: AsyncSession, workshop_id: str) -> list[str]:
    """All rooms of a workshop by number, closed ones too."""
    query = select(Room.id).where(Room.workshop_id == workshop_id).order_by(col(Room.number))
    return list((await session.exec(query)).all())


async def load_rooms(
    session: AsyncSession, workshop: Workshop, ids: Collection[str], signs: Signs
) -> list[RoomState]:
    """The state of these rooms, by number. Call it with a hundred at a time, not with thousands."""
    rooms = await _rooms(session, ids)
    crews = await _crews(session, ids)
    objectives = await _objectives(session, ids)
    replies = await _open_replies(session, ids)
    names = await _names(session, {room.claimed_by for room in rooms if room.claimed_by})
    looking: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for look in signs.looking(workshop.id):
        looking[look.room_id].add((look.name, look.identity))
    nobody = Crew()
    states = []
    for room in rooms:
        crew = crews.get(room.id, nobody)
        present = set(signs.here(room.id))
        states.append(
            RoomState(
                id=room.id,
                number=room.number,
                name=room.name,
                size=workshop.room_size,
                people=tuple(crew.names),
                simulated=len(crew.simulated),
                simulated_here=len(crew.simulated & present),
                here=len(crew.identities & present),
                writing=seats_among(signs.writing(room.id)),
                help_since=room.help_since,
                replies=tuple(sorted(replies.get(room.id, ()))),
                last_activity_at=room.last_activity_at,
                running=workshop.status == Status.RUNNING,
                phase_started_at=workshop.phase_started_at,
                ended=workshop.status == Status.ENDED,
                done_at=room.done_at,
                claimed_by=room.claimed_by,
                claimed_name=names.get(room.claimed_by, ""),
                looking=tuple(sorted(looking.get(room.id, ()))),
                objectives=objectives.get(room.id, ()),
                closed=room.closed_at is not None,
                merged_into=room.merged_into,
            )
        )
    return states


async def load_words(session: AsyncSession, known: Collection[RoomState], signs: Signs) -> list[RoomState]:
    """The same rooms with the words they have now; everything else is taken as known."""
    ids = [room.id for room in known]
    objectives = await _objectives(session, ids)
    query = select(Room.id, Room.last_activity_at).where(col(Room.id).in_(ids))
    active = dict((await session.exec(query)).all())
    return [
        replace(
            room,
            objectives=objectives.get(room.id, ()),
            last_activity_at=active.get(room.id),
            writing=seats_among(signs.writing(room.id)),
        )
        for room in known
    ]


def seats_among(identities: Collection[str]) -> int:
    """How many of them are participants."""
    return sum(identity.startswith("seat:") for identity in identities)


async def _rooms(session: AsyncSession, ids: Collection[str]) -> Iterable[Any]:
    columns: list[Any] = [Room.id, Room.number, Room.name, Room.help_since, Room.last_activity_at]
    columns += [Room.done_at, Room.claimed_by, Room.closed_at, Room.merged_into]
    query = sqlalchemy_select(*columns)
    query = query.where(col(Room.id).in_(ids)).order_by(col(Room.number))
    return (await (await session.connection()).execute(query)).all()


async def _crews(session: AsyncSession, ids: Collection[str]) -> dict[str, Crew]:
    query = select(Seat.room_id, Seat.id, Seat.name, Seat.simulated).where(
        col(Seat.room_id).in_(ids), col(Seat.removed_at).is_(None)
    )
    crews: dict[str, Crew] = {}
    for room_id, seat_id, name, simulated in await session.exec(query.order_by(col(Seat.number))):
        crew = crews.setdefault(room_id, Crew())
        crew.names.append(name)
        crew.identities.add(f"seat:{seat_id}")
        if simulated:
            crew.simulated.add(f"seat:{seat_id}")
    return crews


async def _objectives(session: AsyncSession, ids: Collection[str]) -> dict[str, tuple[ObjectiveInShort, ...]]:
    """Room → its objectives in order, with the beginnings of their words."""
    title = func.substr(Objective.title, 1, TITLE + SURPLUS)
    statement = func.substr(KeyResult.statement, 1, STATEMENT + SURPLUS)
    columns: list[Any] = [Objective.room_id, Objective.id, title]
    columns += [KeyResult.id, statement, KeyResult.start, KeyResult.target, KeyResult.unit]
    in_order: list[Any] = [Objective.room_id, Objective.position, Objective.created_at]
    in_order += [KeyResult.position, KeyResult.created_at]
    is_its_own = (col(KeyResult.objective_id) == Objective.id) & col(KeyResult.deleted_at).is_(None)
    query = (
        sqlalchemy_select(*columns)
        .join(KeyResult, is_its_own, isouter=True)
        .where(col(Objective.room_id).in_(ids), col(Objective.deleted_at).is_(None))
        .order_by(*in_order)
    )
    rooms: dict[str, tuple[ObjectiveInShort, ...]] = {}
    rows = await (await session.connection()).execute(query)
    for (room_id, _, words), lines in groupby(rows, key=itemgetter(0, 1, 2)):
        key_results = tuple(key_result_in_short(*line[4:]) for line in lines if line[3])
        rooms[room_id] = (*rooms.get(room_id, ()), ObjectiveInShort(shorten(words, TITLE), key_results))
    return rooms


async def _open_replies(session: AsyncSession, ids: Collection[str]) -> dict[str, list[datetime]]:
    """Room → since when each open thread waits: those whose last word is a participant's."""
    columns: list[Any] = [Comment.id, Comment.parent_id, Comment.room_id, Comment.seat_id]
    columns += [Comment.created_at, Comment.deleted_at]
    query = (
        sqlalchemy_select(*columns)
        .where(col(Comment.room_id).in_(ids), col(Comment.resolved_at).is_(None))
        .order_by(col(Comment.created_at))
    )
    threads: dict[str, tuple[str, str | None, datetime]] = {}
    rows = await (await session.connection()).execute(query)
    for comment_id, parent_id, room_id, seat_id, created_at, deleted_at in rows:
        if parent_id is None:
            threads[comment_id] = (room_id, None if deleted_at else seat_id, created_at)
        elif parent_id in threads and not deleted_at:  # a reply to a settled thread waits for nobody
            threads[parent_id] = (room_id, seat_id, created_at)
    waiting: dict[str, list[datetime]] = defaultdict(list)
    for room_id, seat_id, created_at in threads.values():
        if seat_id:
            waiting[room_id].append(created_at)
    return waiting


async def _names(session: AsyncSession, person_ids: set[str]) -> dict[str | None, str]:
    if not person_ids:
        return {}
    rows = await session.exec(select(Person.id, Person.name).where(col(Person.id).in_(person_ids)))
    return dict(rows.all())
