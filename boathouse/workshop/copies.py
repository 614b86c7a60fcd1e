"""Keeps each room's draft at the moments that matter: every phase change, locking and the end.

History is not taken from the document, so that compacting it is free. Reading a thousand drafts takes a
while, so it happens before the transaction that writes them down, a hundred rooms at a time.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Text, cast, insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import iso, now
from boathouse.core.ids import new_id
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft, TodoDraft, load_drafts
from boathouse.workshop.tables import DraftCopy, KeyResultType, Room

SLICE = 100  # rooms
TOGETHER = timedelta(seconds=10)  # copies of one step are written in one transaction


@dataclass
class Kept:
    """All drafts as they were kept at one moment. title: what came to its end then; copies: as JSON."""

    title: str
    at: datetime
    copies: list[str] = field(default_factory=list)

    @cached_property
    def drafts(self) -> list[Draft]:
        """Read when they are looked at, in a thread: a thousand of them take a while."""
        return [read_copy(json.loads(copy)) for copy in self.copies]


async def read_drafts(session: AsyncSession, room_ids: Sequence[str]) -> list[Draft]:
    """The drafts of these rooms that have something in them; flush their words first."""
    drafts: list[Draft] = []
    for start in range(0, len(room_ids), SLICE):
        loaded = await load_drafts(session, room_ids[start : start + SLICE])
        drafts += [draft for draft in loaded.values() if draft.objectives or draft.todos]
        session.expunge_all()
    return drafts


async def keep_copies(session: AsyncSession, drafts: Sequence[Draft], moment: str) -> None:
    """Write them down. moment: what comes to its end, the title of a phase for example."""
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "room_id": draft.room_id,
            "moment": moment[:80],
            "draft": asdict(draft) | {"updated_at": iso(draft.updated_at)},
            "created_at": now(),
        }
        for draft in drafts
    ]
    if rows:
        await (await session.connection()).execute(insert(DraftCopy), rows)


async def kept_drafts(session: AsyncSession, workshop_id: str) -> list[Kept]:
    """Every moment at which a workshop's drafts were kept, in order; rooms without a word are left out."""
    columns = DraftCopy.moment, DraftCopy.created_at, cast(DraftCopy.draft, Text)
    query = select(*columns).join(Room, col(Room.id) == col(DraftCopy.room_id))
    query = query.where(Room.workshop_id == workshop_id)
    moments: list[Kept] = []
    for title, at, copy in await session.exec(query.order_by(col(DraftCopy.created_at), col(DraftCopy.id))):
        last = moments[-1] if moments else None
        if last is None or last.title != title or at - last.at > TOGETHER:
            moments.append(last := Kept(title, at))
        last.copies.append(copy)
    return moments


def read_copy(kept: dict[str, Any]) -> Draft:
    """A draft as keep_copies wrote it down. When it was last changed is left out."""
    return Draft(
        kept["room_id"],
        objectives=[_objective(each) for each in kept["objectives"]],
        todos=[TodoDraft(**each) for each in kept["todos"]],
    )


def _objective(kept: dict[str, Any]) -> ObjectiveDraft:
    results = [
        KeyResultDraft(**{**each, "type": KeyResultType(each["type"])}) for each in kept["key_results"]
    ]
    return ObjectiveDraft(**{**kept, "key_results": results})
