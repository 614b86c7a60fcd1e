"""Sees the rooms of a workshop as they are for the board: their rows, and what is known without them."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.rollout.checks import Severity
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.board import TITLE, ObjectiveInShort, RoomState, Spot, key_result_in_short, shorten
from boathouse.workshop.claims import Look
from boathouse.workshop.drafts import Draft
from boathouse.workshop.findings import ItemFinding, counts_of, findings_of
from boathouse.workshop.tables import Room, Status, Workshop
from boathouse.workshop.wall_rows import Crew, Rows, drafts_of, read_rows
from boathouse.workshop.worst import order_of, place_of

STILL_WRITING = timedelta(minutes=2)  # since the last key

Found = Mapping[str, list[ItemFinding]]  # by item


class Signs(Protocol):
    """What is known without the database: who is here, who writes, which coach looks."""

    since: datetime  # when this began to be known

    def here(self, room_id: str) -> Collection[str]:
        """Identities present in the room, such as seat:ID."""

    def writing(self, room_id: str) -> Collection[str]:
        """Identities that write now."""

    def typed(self, room_id: str) -> Mapping[str, datetime]:
        """When each identity wrote last, as far back as is known."""

    def looking(self, workshop_id: str) -> Iterable[Look]:
        """Coaches with a room open."""


@dataclass(frozen=True)
class Sight:
    """A room as it was seen. The state has no findings yet; the rest is what they follow from."""

    state: RoomState
    draft: Draft
    names: Mapping[str, str] = field(default_factory=dict)  # of the crew, by identity
    meant: Collection[tuple[str, str]] = ()  # (item, code)
    asked: Collection[str] = ()  # places

    def findings(self, rules: GroundRules) -> dict[str, list[ItemFinding]]:
        """What the coach checks find in the draft, by item."""
        return findings_of(self.draft, rules, self.meant)


async def room_ids(session: AsyncSession, workshop_id: str) -> list[str]:
    """All rooms of a workshop by number, closed ones too."""
    query = select(Room.id).where(Room.workshop_id == workshop_id).order_by(col(Room.number))
    return list((await session.exec(query)).all())


async def load_rooms(
    session: AsyncSession, workshop: Workshop, ids: Collection[str], signs: Signs
) -> list[RoomState]:
    """The state of these rooms with their findings, by number."""
    rules = GroundRules.model_validate(workshop.ground_rules)
    rooms = []
    for sight in await see_rooms(session, workshop, ids, signs):
        rooms.append(with_findings(sight, sight.findings(rules)))
        await asyncio.sleep(0)  # checking a draft takes milliseconds: everybody else has their turn
    return rooms


def with_findings(sight: Sight, found: Found) -> RoomState:
    """The state with what a coach may ask about, the worst first and nothing that was asked already."""
    open_ones = [each for some in found.values() for each in some if each.is_open]
    fresh = [each for each in open_ones if place_of(each) not in sight.asked]
    return replace(
        sight.state,
        findings=tuple(sorted(counts_of(found).items())),
        spots=tuple(
            Spot(place_of(each), each.finding.code, each.finding.severity == Severity.FIX)
            for each in sorted(fresh, key=order_of)
        ),
    )


async def see_rooms(
    session: AsyncSession, workshop: Workshop, ids: Collection[str], signs: Signs
) -> list[Sight]:
    """These rooms by number. Call it with a hundred at a time, not with thousands."""
    read = await read_rows(session, ids)
    looking: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for look in signs.looking(workshop.id):
        looking[look.room_id].add((look.name, look.identity))
    return [_sight(workshop, row, read, looking[row.id], signs) for row in read.rooms]


def _sight(
    workshop: Workshop, row: Room, read: Rows, looking: Collection[tuple[str, str]], signs: Signs
) -> Sight:
    said, draft = read.said[row.id], read.drafts[row.id]
    state = RoomState(
        id=row.id,
        number=row.number,
        name=row.name,
        **_clock(workshop),
        **_people(read.crews[row.id], read.expected[row.id], set(signs.here(row.id))),
        help_since=row.help_since,
        replies=tuple(sorted(said.replies)),
        done_at=row.done_at,
        claimed_by=row.claimed_by,
        claimed_name=read.coaches.get(row.claimed_by, ""),
        looking=tuple(sorted(looking)),
        uncommented_since=None if said.has_coach else read.begun.get(row.id),
        closed=row.closed_at is not None,
        merged_into=row.merged_into,
    )
    sight = Sight(state, draft, read.crews[row.id].names, read.meant[row.id], said.asked)
    return with_words(sight, draft, row.last_activity_at, signs)


def _clock(workshop: Workshop) -> dict[str, Any]:
    """What all rooms have in common."""
    return {
        "size": workshop.room_size,
        "running": workshop.status == Status.RUNNING,
        "ended": workshop.status == Status.ENDED,
        "phase_started_at": workshop.phase_started_at,
        "phase_ends_at": workshop.phase_ends_at,
    }


def _people(crew: Crew, expected: Collection[str | None], present: set[str]) -> dict[str, Any]:
    # Who was moved to another room is not expected in this one any more.
    awaited = [who for who in expected if who is None or who in crew.names]
    return {
        "people": tuple(crew.names.values()),
        "simulated": len(crew.simulated),
        "simulated_here": len(crew.simulated & present),
        "here": len(crew.names.keys() & present),
        "expected": len(awaited),
        "expected_here": len(present.intersection(awaited)),
    }


async def see_words(session: AsyncSession, known: Collection[Sight], signs: Signs) -> list[Sight]:
    """The same rooms with the words they have now; everything else is taken as known."""
    ids = [sight.state.id for sight in known]
    drafts = await drafts_of(session, ids)
    query = select(Room.id, Room.last_activity_at).where(col(Room.id).in_(ids))
    active = dict((await session.exec(query)).all())
    return [with_words(each, drafts[each.state.id], active.get(each.state.id), signs) for each in known]


def with_words(sight: Sight, draft: Draft, active: datetime | None, signs: Signs) -> Sight:
    """Another draft, and who wrote it."""
    state = replace(
        sight.state,
        objectives=in_short(draft),
        last_activity_at=active,
        writing=seats_among(signs.writing(sight.state.id)),
        alone=alone(sight, signs.typed(sight.state.id), signs.since, now()),
    )
    return replace(sight, state=state, draft=draft)


def in_short(draft: Draft) -> tuple[ObjectiveInShort, ...]:
    """The beginnings of a draft's words."""
    return tuple(
        ObjectiveInShort(
            shorten(objective.title, TITLE),
            tuple(
                key_result_in_short(each.statement, each.start, each.target, each.unit)
                for each in objective.key_results
            ),
        )
        for objective in draft.objectives
    )


def alone(
    sight: Sight, typed: Mapping[str, datetime], known_since: datetime, moment: datetime
) -> tuple[str, datetime] | None:
    """Who of the crew does all the typing, and since when nobody else did; None if several do, or nobody."""
    began = sight.state.phase_started_at
    keys = sorted(((at, who) for who, at in typed.items() if who in sight.names), reverse=True)
    if began is None or not keys or moment - keys[0][0] > STILL_WRITING:
        return None
    others = (at for at, _ in keys[1:2])
    return sight.names[keys[0][1]], max(began, known_since, *others)


def seats_among(identities: Collection[str]) -> int:
    """How many of them are participants."""
    return sum(identity.startswith("seat:") for identity in identities)
