"""Keeps each room's draft at the moments that matter: every phase change, locking and the end.

History is not taken from the document, so that compacting it is free.
"""

from collections.abc import Sequence
from dataclasses import asdict

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import iso
from boathouse.workshop.drafts import load_drafts
from boathouse.workshop.tables import DraftCopy


async def keep_copies(session: AsyncSession, room_ids: Sequence[str], moment: str) -> None:
    """Write down what these rooms have drafted; flush their words first. moment: what comes to its end."""
    for room_id, draft in (await load_drafts(session, room_ids)).items():
        if not draft.objectives and not draft.todos:
            continue
        kept = asdict(draft) | {"updated_at": iso(draft.updated_at)}
        session.add(DraftCopy(room_id=room_id, moment=moment[:80], draft=kept))
