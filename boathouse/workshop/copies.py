"""Keeps each room's draft at the moments that matter: every phase change, locking and the end.

History is not taken from the document, so that compacting it is free. Reading a thousand drafts takes a
while, so it happens before the transaction that writes them down, a hundred rooms at a time.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import iso, now
from boathouse.core.ids import new_id
from boathouse.workshop.drafts import Draft, load_drafts
from boathouse.workshop.tables import DraftCopy

SLICE = 100  # rooms


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
