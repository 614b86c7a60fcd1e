"""Handing a room's draft over, for scripts."""

from dataclasses import replace

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from boathouse.rollout.tables.programs import Unit
from boathouse.rollout.web.okrs import OkrDraftState, draft_state
from boathouse.workshop.handover import choose_unit, hand_over
from boathouse.workshop.web.handover_desk import check_seen, load_handing
from boathouse.workshop.web.permits import RunsWorkshop

api = APIRouter(tags=["workshops"])


class DifferenceInDraft(BaseModel):
    """What a second hand-over changes: new, gone or other; before and after in words."""

    change: str
    what: str
    called: str
    before: str
    after: str


class HandOverState(BaseModel):
    """Where a room's draft goes, and what handing it over again would change."""

    room_id: str
    unit_id: str | None
    handed_over: OkrDraftState | None
    differences: list[DifferenceInDraft]
    left_out: int = Field(description="Key results that say nothing yet.")
    stamp: str = Field(description="Send it back as `seen`: nothing unseen is replaced.")


class HandOver(BaseModel):
    """unit_id: left out, the unit chosen before. replace: needed once it was handed over and has changed.

    seen: the stamp of the difference that was looked at; with another one nothing is replaced (409).
    """

    unit_id: str | None = Field(default=None, max_length=12, pattern=r"^[0-9a-z]*$")
    replace: bool = False
    seen: str = Field(default="", max_length=64)


@api.get("/rooms/{room_id}/hand-over", summary="Compare a room's draft with what was handed over")
async def compare_by_script(request: Request, access: RunsWorkshop) -> HandOverState:
    """409 for a workshop without a program, and for a room without an objective."""
    _, handing = await load_handing(request, access)
    return HandOverState(
        room_id=handing.room.id,
        unit_id=handing.unit.id if handing.unit else None,
        handed_over=draft_state(handing.before) if handing.before else None,
        differences=[DifferenceInDraft(**vars(each)) for each in handing.changes],
        left_out=handing.left_out,
        stamp=handing.stamp,
    )


@api.post("/rooms/{room_id}/hand-over", summary="Hand a room's draft over to its unit")
async def hand_over_by_script(request: Request, access: RunsWorkshop, wanted: HandOver) -> OkrDraftState:
    """The draft with its check results becomes the unit's draft OKRs. Later changes need `replace` (409)."""
    desk, handing = await load_handing(request, access)
    check_seen(handing, wanted.seen)
    async with request.app.state.database.writing() as session:
        if wanted.unit_id:
            await choose_unit(session, desk.program.id, handing.room.id, wanted.unit_id)
            handing = replace(handing, unit=await session.get(Unit, wanted.unit_id))
        row = await hand_over(session, access, desk.program.id, handing, replace=wanted.replace)
        return draft_state(row)
