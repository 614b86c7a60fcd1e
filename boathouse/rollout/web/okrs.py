"""Draft OKRs of a unit: what its page shows of them, and what scripts read."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.drafted import DraftedObjective, open_questions
from boathouse.rollout.okrs import objectives_of, okrs_of_unit
from boathouse.rollout.tables.okrs import OkrDraft
from boathouse.rollout.web.permits import SeesProgram

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["units"])


@dataclass(frozen=True)
class ShownDraft:
    """A draft as okrs/_unit_okrs.html needs it."""

    row: OkrDraft
    objectives: list[DraftedObjective]
    questions: int


async def shown_drafts(session: AsyncSession, unit_id: str) -> list[ShownDraft]:
    """What a unit's page shows."""
    rows = [(row, objectives_of(row)) for row in await okrs_of_unit(session, unit_id)]
    return [ShownDraft(row, objectives, open_questions(objectives)) for row, objectives in rows]


class OkrDraftState(BaseModel):
    """A draft of a unit, as it was handed over from a room, with the check results of that moment."""

    unit_id: str
    room_id: str
    workshop_title: str
    handed_over_by: str
    handed_over_at: datetime
    objectives: list[DraftedObjective]


def draft_state(row: OkrDraft) -> OkrDraftState:
    """As scripts see it."""
    plain = {name: value for name, value in row.model_dump().items() if name in OkrDraftState.model_fields}
    return OkrDraftState(**{**plain, "objectives": objectives_of(row)})


@api.get("/units/{unit_id}/okrs", summary="Read the draft OKRs of a unit")
async def show_by_script(request: Request, access: SeesProgram, unit_id: str) -> list[OkrDraftState]:
    """Handed over from workshops, the latest first."""
    async with request.app.state.database.reading() as session:
        return [draft_state(row) for row in await okrs_of_unit(session, unit_id)]
