"""The opt-in page by link, with a hand to raise; and the list of hands for those who plan."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.accounts import address
from boathouse.core.web.pages import page
from boathouse.rollout.access import ProgramAction
from boathouse.rollout.approaches import MEANINGS
from boathouse.rollout.hands import (
    WORDS,
    RaisedHand,
    answer_hand,
    hands_of,
    program_by_secret,
    raise_hand,
    renew_link,
    the_hand,
    unit_asking,
    unit_called,
)
from boathouse.rollout.plans import PlanState, current_plan, state_of_plan
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.tables.stances import Wish
from boathouse.rollout.wave_changes import move_units
from boathouse.rollout.web.frames import Mistyped, go_on, program_page, read_form
from boathouse.rollout.web.permits import PlansProgram, SeesProgram
from boathouse.rollout.web.plan_news import tell_planners
from boathouse.rollout.web.plan_views import load_state

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
# A whole company may sit behind one address, in one meeting; a script is slowed down all the same.
A_LINK, AN_ADDRESS = "1000 per hour", "300 per 10 minute"
NO_UNIT = "There is not one unit of this name. Choose from the list, or add it under People and units."
EMPTY = {"wish": Wish.TRY.value, "name": "", "team": "", "contact": "", "words": ""}
SENTENCES = {
    "wish": "Choose one of the two.",
    "name": "Your name, please, in at most 80 letters.",
    "team": "The name of your team, please, in at most 120 letters.",
    "contact": "At most 120 letters, please.",
    "words": "At most 500 letters, please.",
}


@pages.get("/opt-in/{secret}")
async def opt_in(request: Request, secret: str) -> Response:
    """What the program is and who starts when; nothing that changes anything, but the hand."""
    return await _page(request, secret, EMPTY, {}, raised="raised" in request.query_params)


async def _page(
    request: Request, secret: str, typed: dict[str, str], errors: dict[str, str], *, raised: bool = False
) -> Response:
    async with request.app.state.database.reading() as session:
        program = await program_by_secret(session, secret)
        plan = await current_plan(session, program.id)
        state = None
        if plan:
            state = await state_of_plan(session, plan, await surroundings_of(session, program))
    return page(
        request,
        "opt_in/page.html",
        status=422 if errors else 200,
        program=program,
        state=state,
        WORDS=WORDS,
        MEANINGS=MEANINGS,
        typed=typed,
        errors=errors,
        raised=raised,
    )


@pages.post("/opt-in/{secret}")
async def raise_one(
    request: Request,
    secret: str,
    wish: Text = "",
    name: Text = "",
    team: Text = "",
    contact: Text = "",
    words: Text = "",
) -> Response:
    """A hand goes up."""
    await request.app.state.limits.spend(AN_ADDRESS, "opt-in from", address(request))
    await request.app.state.limits.spend(A_LINK, "opt-in", secret)
    typed = {"wish": wish, "name": name, "team": team, "contact": contact, "words": words}
    try:
        raised = read_form(RaisedHand, typed | {"words": words.replace("\r\n", "\n")}, SENTENCES)
    except Mistyped as mistake:
        return await _page(request, secret, typed, mistake.errors)
    async with request.app.state.database.writing() as session:
        await raise_hand(session, await program_by_secret(session, secret), raised)
    return RedirectResponse(f"/opt-in/{secret}?raised#raised", 303)


@pages.get("/programs/{program_id}/plan/hands")
async def hands_page(request: Request, access: SeesProgram) -> Response:
    """Who would like to try, and who would like to become an ambassador."""
    async with request.app.state.database.reading() as session:
        hands = await hands_of(session, access.program.id)
        state = await load_state(session, access)
        around = state.around if state else await surroundings_of(session, access.program)
    link = f"{request.app.state.address(request)}/opt-in/{access.program.opt_in_secret}"
    return program_page(
        request,
        access,
        "plans/hands.html",
        "plan",
        hands=hands,
        state=state,
        units=around.units,
        asking={
            hand.id: unit_asking(hand, {unit.id: unit.name for unit in around.units.values()})
            for hand in hands
        },
        numbers={wave.row.id: wave.row.number for wave in state.waves} if state else {},
        link=link if access.may(ProgramAction.PLAN) else "",
        WORDS=WORDS,
    )


@pages.post("/hands/{hand_id}")
async def answered(request: Request, access: PlansProgram, hand_id: str, answered: Text = "") -> Response:
    """Somebody has talked to them."""
    async with request.app.state.database.writing() as session:
        answer_hand(await the_hand(session, hand_id), access.person.name, is_answered=bool(answered))
    return _back(request, access.program.id)


@pages.post("/hands/{hand_id}/wave")
async def let_start(
    request: Request, access: PlansProgram, hand_id: str, unit: Text = "", wave: Text = ""
) -> Response:
    """Their unit starts in a wave of the plan that counts."""
    async with request.app.state.database.writing() as session:
        hand = await the_hand(session, hand_id)
        state = await load_state(session, access)
        if state is None:
            raise Problem(409, "There is no plan yet.")
        hand.unit_id = _unit_called(state, unit)
        await move_units(session, state.plan, [hand.unit_id], wave)
        answer_hand(hand, access.person.name, is_answered=True)
    tell_planners(request.app, access)
    return _back(request, access.program.id)


def _unit_called(state: PlanState, name: str) -> str:
    unit_id = unit_called(name, {unit.id: unit.name for unit in state.around.units.values()})
    if unit_id is None:
        raise Problem(422, NO_UNIT, field="unit")
    return unit_id


def _back(request: Request, program_id: str) -> Response:
    return go_on(request, f"/programs/{program_id}/plan/hands")


@pages.post("/programs/{program_id}/opt-in-link")
async def renew(request: Request, access: PlansProgram) -> Response:
    """Another link; the old one ends."""
    async with request.app.state.database.writing() as session:
        await renew_link(session, access.program.id)
    return _back(request, access.program.id)
