"""The plan of a program: its page, making one, what it assumes, rules set aside, agreeing on it."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import partial
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.approaches import Approach, recommend_start
from boathouse.rollout.forecast import Effort
from boathouse.rollout.hands import units_that_ask
from boathouse.rollout.overrides import SetAside, set_aside, take_back
from boathouse.rollout.planning import PlanWish, agree, create_plan
from boathouse.rollout.plans import PlanState, plan_to_change, plans_of
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.web import effort_inputs, gates, opt_in, plan_api, plan_news, plan_waves, stances
from boathouse.rollout.web.frames import AtHome, Mistyped, Step, go_on, program_page, read_form
from boathouse.rollout.web.permits import DecidesProgram, PlansProgram, SeesProgram
from boathouse.rollout.web.plan_news import tell_planners
from boathouse.rollout.web.plan_views import MEANINGS, NAMES, answer, drawn, load_state

pages = APIRouter(include_in_schema=False)
for part in (plan_waves, gates, stances, opt_in, plan_news):
    pages.include_router(part.pages)
api = plan_api.api

Text = Annotated[str, Form()]
NO_REASON = "Write down why, in a sentence that a sceptic would accept."


def register_regions(app: FastAPI) -> None:
    """That of the pages which show a plan."""
    plan_news.register_regions(app)


async def at_home(session: AsyncSession, access: ProgramAccess) -> AtHome:
    """Where the plan stands."""
    state = await load_state(session, access)
    card = partial("plans/_home_card.html", program=access.program, state=state, NAMES=NAMES)
    return AtHome(card, _next_step(access, state))


def _next_step(access: ProgramAccess, state: PlanState | None) -> Step | None:
    """A plan is made, agreed on, and its next gate decided."""
    here = f"/programs/{access.program.id}/plan"
    ambassador = "the ambassador"
    if state is None:
        return Step("Say where to begin: our recommendation is ready.", ambassador, here, "Make the plan")
    if state.to_fix:
        return Step(
            "Put right what the guardrails found.", ambassador, f"{here}#guardrails", "Look at the plan"
        )
    if not state.plan.agreed_at:
        who = access.program.led_by or "whoever leads"
        return Step("The plan keeps its guardrails. Agree on it.", who, here, "Look at the plan")
    return _at_gate(state, here)


def _at_gate(state: PlanState, here: str) -> Step | None:
    gate = state.closed_gate
    if gate is None or gate.is_stopped:
        return None
    if gate.is_ripe:
        words = f"Gate {gate.letter} is met. Decide whether it opens."
        return Step(words, "leadership", f"{here}#gates", "Decide")
    if state.looks_on(gate) <= state.around.today:
        words = f"Gate {gate.letter} is due. Note what was seen, then decide."
        return Step(words, "the ambassador", f"{here}#gates", "Look at the gate")
    return None


@pages.get("/programs/{program_id}/plan")
async def plan_page(request: Request, access: SeesProgram) -> Response:
    """The plan that counts; before there is one, our recommendation."""
    async with request.app.state.database.reading() as session:
        state = await load_state(session, access)
        earlier = (await plans_of(session, access.program.id))[1:]
    if state is None:
        return await start_page(request, access)
    context = drawn(access, state)
    return program_page(request, access, "plans/page.html", "plan", **context, earlier=earlier, view="plan")


@pages.get("/programs/{program_id}/plan/new")
async def new_plan(request: Request, access: PlansProgram) -> Response:
    """Start over: the recommendation again."""
    return await start_page(request, access)


async def start_page(request: Request, access: ProgramAccess) -> Response:
    """What we recommend, why, and the two others."""
    async with request.app.state.database.reading() as session:
        around = await surroundings_of(session, access.program)
        has_plan = bool(await plans_of(session, access.program.id))
    return program_page(
        request,
        access,
        "plans/start.html",
        "plan",
        recommendation=recommend_start(around.situation),
        around=around,
        has_plan=has_plan,
        NAMES=NAMES,
        MEANINGS=MEANINGS,
        APPROACHES=Approach,
    )


@pages.post("/programs/{program_id}/plan")
async def make(request: Request, access: PlansProgram, approach: Text = "") -> Response:
    """A first plan for an approach; it replaces the one before, which stays to be read."""
    if approach not in set(Approach):
        raise Problem(422, "Choose one of the three ways to begin.", field="approach")
    async with request.app.state.database.writing() as session:
        around = await surroundings_of(session, access.program)
        asked = await units_that_ask(session, access.program.id)
        wish = PlanWish(approach=Approach(approach))
        await create_plan(session, around, wish, access.person.name, asked)
    tell_planners(request.app, access)
    return go_on(request, f"/programs/{access.program.id}/plan")


@pages.get("/plans/{plan_id}")
async def earlier_plan(request: Request, access: SeesProgram, plan_id: str) -> Response:
    """A plan by its id, to be read; the one that counts has its own page."""
    async with request.app.state.database.reading() as session:
        newest, *_ = await plans_of(session, access.program.id)
        state = await load_state(session, access, plan_id)
    if newest.id == plan_id or state is None:
        return go_on(request, f"/programs/{access.program.id}/plan")
    context = drawn(access, state) | {"may_plan": False, "may_decide": False, "is_old": True}
    return program_page(request, access, "plans/page.html", "plan", **context, earlier=[], view="plan")


@pages.post("/plans/{plan_id}/effort")
async def effort(request: Request, access: PlansProgram, plan_id: str) -> Response:
    """Other assumptions for the forecast."""
    form = await request.form()
    values = {name: str(form.get(name, "")) for name in Effort.model_fields}
    try:
        assumed = read_form(Effort, values, effort_inputs.SENTENCES)
    except Mistyped as mistake:
        field, sentence = next(iter(mistake.errors.items()))
        raise Problem(422, sentence, field=field) from None
    async with request.app.state.database.writing() as session:
        (await plan_to_change(session, plan_id)).effort = assumed.model_dump()
    return await answer(request, access, plan_id, "Forecast again", "#effort")


@pages.post("/plans/{plan_id}/exceptions")
async def except_rule(
    request: Request,
    access: PlansProgram,
    plan_id: str,
    code: Text = "",
    wave: Text = "",
    severity: Text = "",
    reason: Text = "",
) -> Response:
    """Set a guardrail aside, with a reason that stays."""
    typed = {"code": code, "wave": wave, "severity": severity, "reason": reason}
    try:
        wish = read_form(SetAside, typed, {"reason": NO_REASON})
    except Mistyped as mistake:
        field, sentence = next(iter(mistake.errors.items()))
        raise Problem(422, sentence, field=field) from None
    async with request.app.state.database.writing() as session:
        await plan_to_change(session, plan_id)
        state = await load_state(session, access, plan_id)
        assert state
        set_aside(session, state, wish, access.person.name)
    return await answer(request, access, plan_id, "Set aside, with your reason", "#guardrails")


@pages.post("/plans/{plan_id}/exceptions/{override_id}/back")
async def take_exception_back(
    request: Request, access: PlansProgram, plan_id: str, override_id: str
) -> Response:
    """The rule holds again."""
    async with request.app.state.database.writing() as session:
        await take_back(session, await plan_to_change(session, plan_id), override_id, access.person.name)
    return await answer(request, access, plan_id, "The rule holds again", "#guardrails")


@pages.post("/plans/{plan_id}/agree")
async def agree_on_it(request: Request, access: DecidesProgram, plan_id: str) -> Response:
    """Leadership says yes to the plan."""
    async with request.app.state.database.writing() as session:
        await plan_to_change(session, plan_id)
        state = await load_state(session, access, plan_id)
        assert state
        agree(state, access.person.name)
    return await answer(request, access, plan_id, "Agreed")
