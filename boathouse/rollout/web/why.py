"""The page of the why: words, reasons, the fit check, and later whether it comes true."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.web.pages import partial
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.fit import Fit, FitAnswers, Verdict, answer_fit, fit_of_program
from boathouse.rollout.programs import the_program
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.tables.why import Truth
from boathouse.rollout.web.frames import AtHome, Mistyped, Step, go_on, program_page, read_form
from boathouse.rollout.web.permits import DecidesProgram, SeesProgram
from boathouse.rollout.why import (
    GOOD,
    WRONG,
    Look,
    WhyPlan,
    chosen_reasons,
    is_due,
    review_why,
    reviews_of,
    state_why,
    wrong_reasons,
)

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["programs"])

Text = Annotated[str, Form()]
Keys = Annotated[list[str], Form(default_factory=list)]
NO_WHY = "Two or three sentences, please. Reasons alone are no why that others could pass on."
SENTENCES = {
    "why": "At most 2,000 letters. A why that people can repeat has two or three sentences.",
    "led_by": "A name of at most 80 letters, please.",
    "note": "At most 2,000 letters, please.",
    "truth": "Choose one of the four answers.",
    "evidence": "At most 2,000 letters, please.",
}
TRUTHS = {
    Truth.YES: "Yes, we can see it",
    Truth.PARTLY: "Partly",
    Truth.NOT_YET: "Not yet",
    Truth.NO: "No",
}
YES_NO = {"yes": True, "no": False}


async def at_home(session: AsyncSession, access: ProgramAccess) -> AtHome:
    """The why, whether it fits, and whether it comes true."""
    program = access.program
    due = is_due(program, await reviews_of(session, program.id))
    fit = fit_of_program(program)
    card = partial(
        "why/_home_card.html",
        program=program,
        reasons=chosen_reasons(program.reasons),
        wrong=wrong_reasons(program.reasons),
        fit=fit,
        due=due,
    )
    return AtHome(card, _next_step(program, fit, due=due))


def _next_step(program: Program, fit: Fit, *, due: bool) -> Step | None:
    """A why comes first (S31), and after each cycle the look back at it (S33); who needs no OKRs is done."""
    href, who = f"/programs/{program.id}/why", program.led_by or "Whoever leads the organisation"
    if not program.why:
        return Step("Say why, in two or three sentences.", who, href, "Write the why")
    if fit.verdict == Verdict.NONE_NEEDED:
        words = "Nothing: you need no OKRs now. Look again once something has to change."
        return Step(words, who, f"{href}#fit", "Look again")
    if due:
        return Step("A cycle is over. Is the why coming true?", who, f"{href}#true", "Look back")
    return None


@pages.get("/programs/{program_id}/why")
async def why(request: Request, access: SeesProgram) -> Response:
    """The page."""
    return await why_page(request, access, {}, {})


async def why_page(
    request: Request, access: ProgramAccess, typed: Mapping[str, object], errors: dict[str, str]
) -> Response:
    """The page as it is stored, with what was typed instead and what is wrong with it."""
    async with request.app.state.database.reading() as session:
        program = await the_program(session, access.program.id)
        reviews = await reviews_of(session, program.id)
    fit = fit_of_program(program)
    stored = {
        **{"why": program.why, "led_by": program.led_by, "reasons": program.reasons},
        **{"note": fit.note, "truth": "", "evidence": ""},
    }
    return program_page(
        request,
        access,
        "why/page.html",
        "why",
        status=422 if errors else 200,
        fit=fit,
        due=is_due(program, reviews),
        reviews=reviews,
        good=GOOD,
        wrong=WRONG,
        typed={**stored, **typed},
        truths=TRUTHS,
        errors=errors,
    )


@pages.post("/programs/{program_id}/why")
async def state(
    request: Request, access: DecidesProgram, reasons: Keys, why: Text = "", led_by: Text = ""
) -> Response:
    """Write the why down."""
    typed = {"why": why, "led_by": led_by, "reasons": reasons}
    try:
        plan = read_form(WhyPlan, typed, SENTENCES)
    except Mistyped as mistake:
        return await why_page(request, access, typed, mistake.errors)
    if not plan.why:
        return await why_page(request, access, typed, {"why": NO_WHY})
    async with request.app.state.database.writing() as session:
        await state_why(session, access.program.id, plan)
    return go_on(request, f"/programs/{access.program.id}/why#stated")


@pages.post("/programs/{program_id}/fit")
async def fit(
    request: Request,
    access: DecidesProgram,
    direction: Text = "",
    leader_speaks: Text = "",
    has_time: Text = "",
    note: Text = "",
) -> Response:
    """Answer the fit check."""
    answers = {
        "direction": direction or None,
        "leader_speaks": YES_NO.get(leader_speaks),
        "has_time": YES_NO.get(has_time),
        "note": note,
    }
    try:
        plan = read_form(FitAnswers, answers, SENTENCES)
    except Mistyped as mistake:
        return await why_page(request, access, {"note": note}, mistake.errors)
    async with request.app.state.database.writing() as session:
        await answer_fit(session, access.program.id, plan)
    return go_on(request, f"/programs/{access.program.id}/why#fit")


@pages.post("/programs/{program_id}/why/reviews")
async def review(request: Request, access: DecidesProgram, truth: Text = "", evidence: Text = "") -> Response:
    """Say whether the why is coming true."""
    try:
        look = read_form(Look, {"truth": truth or None, "evidence": evidence}, SENTENCES)
    except Mistyped as mistake:
        return await why_page(request, access, {"truth": truth, "evidence": evidence}, mistake.errors)
    async with request.app.state.database.writing() as session:
        await review_why(session, access.program.id, look, access.person)
    return go_on(request, f"/programs/{access.program.id}/why#true")


class LookState(Look):
    """An answer that was given."""

    after_cycle: int
    why: str = Field(description="As it stood then.")
    by: str
    at: datetime


@api.get("/programs/{program_id}/why/reviews", summary="Read whether the why comes true")
async def list_reviews(request: Request, access: SeesProgram) -> list[LookState]:
    """All answers, the newest first."""
    async with request.app.state.database.reading() as session:
        found = await reviews_of(session, access.program.id)
    return [LookState.model_validate(each, from_attributes=True) for each in found]


@api.post("/programs/{program_id}/why/reviews", status_code=201, summary="Say whether the why comes true")
async def review_by_script(request: Request, access: DecidesProgram, look: Look) -> LookState:
    """409 before the first cycle is over, or without a why."""
    async with request.app.state.database.writing() as session:
        kept = await review_why(session, access.program.id, look, access.person)
        return LookState.model_validate(kept, from_attributes=True)
