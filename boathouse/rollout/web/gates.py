"""Gates of a plan: what is asked for, what was seen, what was decided."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.errors import Problem, not_found
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.gate_rules import CRITERIA, Evidence, GateState, GateVerdict, checked_threshold
from boathouse.rollout.gates import add_criterion, decide, note_evidence, the_criterion
from boathouse.rollout.plans import PlanState, plan_to_change
from boathouse.rollout.tables.gates import Criterion, Gate, Verdict
from boathouse.rollout.tables.plans import Wave
from boathouse.rollout.wave_changes import lock_plan
from boathouse.rollout.web.frames import Mistyped, read_form, whole
from boathouse.rollout.web.permits import DecidesProgram, PlansProgram
from boathouse.rollout.web.plan_views import answer, load_state

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
SAID = {
    Verdict.SCALE: "The gate is open",
    Verdict.REPEAT: "One more cycle first",
    Verdict.STOP: "Stopped here",
}
SENTENCES = {
    "seen": "Say what was seen: yes or not yet, or per cent from 0 to 100.",
    "note": "At most 500 letters, please.",
    "verdict": "Scale, repeat or stop: choose one.",
    "reason": "Write down why; those who come later will ask.",
}


@pages.post("/gates/{gate_id}/criteria")
async def ask_for(
    request: Request, access: PlansProgram, gate_id: str, key: Text = "", threshold: Text = ""
) -> Response:
    """Ask for one thing more at this gate."""
    async with request.app.state.database.writing() as session:
        state = _gate(await load_state(session, access, await _to_change(session, gate_id)), gate_id)
        if key not in {kind.key for kind in state.missing}:
            raise Problem(422, "Choose something from the list that is not asked for yet.", field="key")
        add_criterion(session, state.gate, key, whole(threshold))
    return await answer(request, access, state.before.plan_id, "Added to the gate", "#gates")


async def _plan_of(session: AsyncSession, gate_id: str) -> str:
    query = select(Wave.plan_id).join(Gate, col(Gate.wave_id) == Wave.id).where(Gate.id == gate_id)
    return (await session.exec(query)).one()


async def _to_change(session: AsyncSession, gate_id: str) -> str:
    """Its plan, while that is the one that counts. Errors: Problem 409."""
    plan_id = await _plan_of(session, gate_id)
    return (await plan_to_change(session, plan_id)).id


async def _criterion(session: AsyncSession, criterion_id: str) -> Criterion:
    criterion = await the_criterion(session, criterion_id)
    await _to_change(session, criterion.gate_id)
    return criterion


def _gate(state: PlanState | None, gate_id: str) -> GateState:
    for gate in state.gates if state else ():
        if gate.gate.id == gate_id:
            return gate
    raise not_found("This gate")


async def _shown(request: Request, access: ProgramAccess, gate_id: str, said: str) -> Response:
    async with request.app.state.database.reading() as session:
        plan_id = await _plan_of(session, gate_id)
    return await answer(request, access, plan_id, said, f"#gate-{gate_id}")


@pages.post("/criteria/{criterion_id}")
async def evidence(
    request: Request, access: PlansProgram, criterion_id: str, seen: Text = "", note: Text = ""
) -> Response:
    """What was seen, typed in; who and when are noted with it."""
    try:
        found = read_form(Evidence, {"seen": whole(seen), "note": note}, SENTENCES)
    except Mistyped as mistake:
        field, sentence = next(iter(mistake.errors.items()))
        raise Problem(422, sentence, field=field) from None
    async with request.app.state.database.writing() as session:
        criterion = await _criterion(session, criterion_id)
        note_evidence(criterion, found, access.person.name)
    return await _shown(request, access, criterion.gate_id, "Noted what was seen")


@pages.post("/criteria/{criterion_id}/threshold")
async def threshold(
    request: Request, access: PlansProgram, criterion_id: str, threshold: Text = ""
) -> Response:
    """How much is enough."""
    async with request.app.state.database.writing() as session:
        criterion = await _criterion(session, criterion_id)
        criterion.threshold = checked_threshold(criterion.key, whole(threshold) or 0)
    return await _shown(request, access, criterion.gate_id, "Changed what is enough")


@pages.post("/criteria/{criterion_id}/remove")
async def remove(request: Request, access: PlansProgram, criterion_id: str) -> Response:
    """Ask for it no more."""
    async with request.app.state.database.writing() as session:
        criterion = await _criterion(session, criterion_id)
        gate_id, words = criterion.gate_id, CRITERIA[criterion.key].words
        await session.delete(criterion)
    return await _shown(request, access, gate_id, f"Removed “{words}”")


@pages.post("/gates/{gate_id}/decision")
async def decision(
    request: Request,
    access: DecidesProgram,
    gate_id: str,
    verdict: Text = "",
    reason: Text = "",
    after: Text = "",
) -> Response:
    """Scale, repeat or stop, with the reason. after: the id of the decision that was seen, if any."""
    try:
        said = read_form(GateVerdict, {"verdict": verdict, "reason": reason}, SENTENCES)
    except Mistyped as mistake:
        field, sentence = next(iter(mistake.errors.items()))
        raise Problem(422, sentence, field=field) from None
    async with request.app.state.database.writing() as session:
        plan_id = await _to_change(session, gate_id)
        await lock_plan(session, plan_id)
        state = _gate(await load_state(session, access, plan_id), gate_id)
        await decide(session, state, said, access.person.name, after)
    return await _shown(request, access, gate_id, SAID[said.verdict])
