"""A room's draft as it stands in the rows: objectives, their key results, the to-do strip.

The words here are the documents' copies, at most 700 ms old; flush the room where that matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import not_found
from boathouse.workshop.tables import KeyResult, KeyResultType, Objective, Room, Seat, Todo

Row = TypeVar("Row", Objective, KeyResult, Todo)


@dataclass(frozen=True)
class Item:
    """What all parts of a draft have. number: counts from 1 among those that are left, 0 once removed."""

    id: str
    number: int
    removed_by: str | None


@dataclass(frozen=True)
class KeyResultDraft(Item):
    """A key result with its words. owner: a name; owner_id: that person's seat."""

    objective_id: str
    type: KeyResultType
    statement: str
    start: str
    target: str
    unit: str
    owner_id: str | None
    owner: str | None
    commit: str = ""  # what nine in ten and one in ten would look like, where three targets are asked for
    stretch: str = ""


@dataclass(frozen=True)
class ObjectiveDraft(Item):
    """An objective with its words and key results."""

    title: str
    why: str
    key_results: list[KeyResultDraft]


@dataclass(frozen=True)
class TodoDraft(Item):
    """A to-do and the outcome it was translated into. converted_to: objective:ID, key_result:ID or None."""

    text: str
    outcome: str
    converted_to: str | None


@dataclass(frozen=True)
class Draft:
    """Everything a room drafted, in its order."""

    room_id: str
    updated_at: datetime | None = None
    objectives: list[ObjectiveDraft] = field(default_factory=list)
    todos: list[TodoDraft] = field(default_factory=list)

    def key_results(self) -> Iterator[KeyResultDraft]:
        """Those of all objectives."""
        return (key_result for objective in self.objectives for key_result in objective.key_results)

    def called(self, reference: str) -> str | None:
        """How people name objective:ID or key_result:ID, such as "key result 2"; None when it is gone."""
        several = sum(1 for objective in self.objectives if objective.number) > 1
        for objective in self.objectives:
            if not objective.number:
                continue
            if reference == f"objective:{objective.id}":
                return f"objective {objective.number}"
            for key_result in objective.key_results:
                if key_result.number and reference == f"key_result:{key_result.id}":
                    of = f" of objective {objective.number}" if several else ""
                    return f"key result {key_result.number}{of}"
        return None


async def load_draft(session: AsyncSession, room_id: str, *, removed_since: datetime | None = None) -> Draft:
    """One room's draft; see load_drafts. Errors: Problem 404."""
    drafts = await load_drafts(session, [room_id], removed_since=removed_since)
    if room_id not in drafts:
        raise not_found("This room")
    return drafts[room_id]


async def load_drafts(
    session: AsyncSession, room_ids: Sequence[str], *, removed_since: datetime | None = None
) -> dict[str, Draft]:
    """The drafts of these rooms by room id.

    removed_since: items removed later than that stand in their old place, with number 0 and removed_by.
    Otherwise removed items are left out.
    """
    rooms = await session.exec(select(Room.id, Room.last_activity_at).where(col(Room.id).in_(room_ids)))
    objectives = await _rows(session, Objective, room_ids, removed_since)
    key_results = await _rows(session, KeyResult, room_ids, removed_since)
    todos = await _rows(session, Todo, room_ids, removed_since)
    names = await _names(session, key_results)
    below = _grouped(key_results, "objective_id")
    of_room, todos_of_room = _grouped(objectives, "room_id"), _grouped(todos, "room_id")
    return {
        room_id: Draft(
            room_id,
            active_at,
            [
                ObjectiveDraft(row.id, n, row.deleted_by, row.title, row.why, _drafted(below[row.id], names))
                for n, row in numbered(of_room[room_id])
            ],
            [
                TodoDraft(row.id, n, row.deleted_by, row.text, row.outcome, row.converted_to)
                for n, row in numbered(todos_of_room[room_id])
            ],
        )
        for room_id, active_at in rooms.all()
    }


def numbered(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """Rows with their numbers: those that are left count from 1, removed ones have 0."""
    number = 0
    for row in rows:
        number += row.deleted_at is None
        yield (0 if row.deleted_at else number), row


def _drafted(rows: Iterable[KeyResult], names: dict[str, str]) -> list[KeyResultDraft]:
    return [
        KeyResultDraft(
            row.id,
            number,
            row.deleted_by,
            row.objective_id,
            row.type,
            row.statement,
            row.start,
            row.target,
            row.unit,
            row.owner_id,
            names.get(row.owner_id or ""),
            row.commit,
            row.stretch,
        )
        for number, row in numbered(rows)
    ]


async def _rows(
    session: AsyncSession, table: type[Row], room_ids: Sequence[str], removed_since: datetime | None
) -> Sequence[Row]:
    query = select(table).where(col(table.room_id).in_(room_ids))
    left = col(table.deleted_at).is_(None)
    query = query.where(left | (col(table.deleted_at) > removed_since) if removed_since else left)
    in_order = query.order_by(col(table.position), col(table.created_at), col(table.id))
    return (await session.exec(in_order)).all()


async def _names(session: AsyncSession, key_results: Iterable[KeyResult]) -> dict[str, str]:
    owners = {row.owner_id for row in key_results if row.owner_id}
    if not owners:
        return {}
    query = select(Seat.id, Seat.name).where(col(Seat.id).in_(owners))
    return {seat_id: name for seat_id, name in (await session.exec(query)).all()}


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups
