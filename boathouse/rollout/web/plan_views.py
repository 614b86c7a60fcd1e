"""What the pages of a plan show, gathered once for all of them."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from boathouse.core.clock import now
from boathouse.core.web.pages import partial, wants_fragment
from boathouse.core.web.problems import toast
from boathouse.rollout.access import ProgramAccess, ProgramAction
from boathouse.rollout.approaches import MEANINGS, NAMES
from boathouse.rollout.gate_rules import CRITERIA, is_met, state_in_words
from boathouse.rollout.guardrail_rules import BY_CODE
from boathouse.rollout.plans import PlanState, current_plan, state_of_plan, the_plan
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.timeline import draw_timeline, say_month
from boathouse.rollout.web import effort_inputs
from boathouse.rollout.web.plan_news import tell_planners

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


async def load_state(session: AsyncSession, access: ProgramAccess, plan_id: str = "") -> PlanState | None:
    """The plan with this id, or else the one that counts; None if there is none."""
    if plan_id:
        plan = await the_plan(session, plan_id)
    elif (newest := await current_plan(session, access.program.id)) is None:
        return None
    else:
        plan = newest
    return await state_of_plan(session, plan, await surroundings_of(session, access.program))


def drawn(access: ProgramAccess, state: PlanState) -> dict[str, Any]:
    """What plans/_plan.html needs."""
    return {
        "state": state,
        "program": access.program,
        "here": f"/programs/{access.program.id}",
        "picture": draw_timeline(state.waves, state.open, state.around.today),
        "may_plan": access.may(ProgramAction.PLAN),
        "may_decide": access.may(ProgramAction.DECIDE),
        "NUMBERS": NUMBERS,
        "NAMES": NAMES,
        "MEANINGS": MEANINGS,
        "CRITERIA": CRITERIA,
        "RULES": BY_CODE,
        "is_met": is_met,
        "state_in_words": state_in_words,
        "say_month": say_month,
        "EFFORT_INPUTS": effort_inputs.INPUTS,
        "shown_at": int(now().timestamp() * 1000),
    }


async def answer(
    request: Request, access: ProgramAccess, plan_id: str, said: str, anchor: str = ""
) -> Response:
    """The plan as it is now, with a word about what was done; without script back to its page.

    Everybody else who has it open hears of the change.
    """
    tell_planners(request.app, access)
    if not wants_fragment(request):
        return RedirectResponse(f"/programs/{access.program.id}/plan{anchor}", 303)
    async with request.app.state.database.reading() as session:
        state = await load_state(session, access, plan_id)
    assert state
    html = partial("plans/_plan.html", **drawn(access, state))
    headers = {"HX-Trigger": toast(said).headers["HX-Trigger"]} if said else {}
    return HTMLResponse(html, headers=headers)
