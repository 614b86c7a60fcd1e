"""Giving people roles in a program, changing and taking them back."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.roles import HolderPlan, add_holder, change_holder, remove_holder
from boathouse.rollout.tables.roles import Duty
from boathouse.rollout.web.frames import Mistyped, errors_of, go_on, read_form
from boathouse.rollout.web.people import people_page, typed_in
from boathouse.rollout.web.permits import PlansProgram

pages = APIRouter(include_in_schema=False)

SENTENCES = {
    "name": "Write a name of at most 80 letters.",
    "duty": "Choose a role.",
    "hands_over_on": "That day could not be read. Write it like 2027-03-31.",
}
ANCHORS = {Duty.AMBASSADOR: "ambassadors", Duty.COACH: "coaches"}


def _read_holder(typed: dict[str, Any]) -> HolderPlan:
    values = {
        "duty": typed.get("duty"),
        "name": typed.get("name", ""),
        "strengths": typed.get("strengths", []),
        "is_internal": typed.get("side") != "external",
        "in_training": "in_training" in typed,
        "is_first_time": "is_first_time" in typed,
        "hands_over_on": typed.get("hands_over_on") or None,
    }
    return read_form(HolderPlan, values, SENTENCES)


@pages.post("/programs/{program_id}/holders")
async def add(request: Request, access: PlansProgram) -> Response:
    """Give somebody a role."""
    typed = await typed_in(request)
    try:
        plan = _read_holder(typed)
        async with request.app.state.database.writing() as session:
            await add_holder(session, access.program.id, plan)
    except (Mistyped, Problem) as mistake:
        return await people_page(
            request, access, f"new-{typed.get('duty', '')}", typed, errors_of(mistake, "name")
        )
    return _back(request, access, plan.duty)


@pages.post("/holders/{holder_id}")
async def change(request: Request, access: PlansProgram, holder_id: str) -> Response:
    """Another name, self-check, side or date."""
    typed = await typed_in(request)
    try:
        plan = _read_holder(typed)
        async with request.app.state.database.writing() as session:
            holder = await change_holder(session, holder_id, plan)
    except (Mistyped, Problem) as mistake:
        return await people_page(request, access, f"holder-{holder_id}", typed, errors_of(mistake, "name"))
    return _back(request, access, holder.duty)


@pages.post("/holders/{holder_id}/delete")
async def remove(request: Request, access: PlansProgram, holder_id: str) -> Response:
    """Take the role back."""
    async with request.app.state.database.writing() as session:
        holder = await remove_holder(session, holder_id)
    return _back(request, access, holder.duty)


def _back(request: Request, access: ProgramAccess, duty: Duty) -> Response:
    return go_on(request, f"/programs/{access.program.id}/people#{ANCHORS.get(duty, 'sponsors')}")
