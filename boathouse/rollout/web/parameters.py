"""The decisions of a program: the page, its forms, and the parameters for scripts."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import partial
from boathouse.rollout.access import ProgramAccess, ProgramAction
from boathouse.rollout.decisions import (
    NO_RATIONALE,
    Answer,
    Tally,
    load_parameters,
    reopen,
    tally,
)
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.parameters import ParameterStatus
from boathouse.rollout.web import parameter_api
from boathouse.rollout.web.answer_forms import read_answer
from boathouse.rollout.web.frames import AtHome, Step, program_page
from boathouse.rollout.web.permits import DecidesProgram, PlansProgram, SeesProgram

pages = APIRouter(include_in_schema=False)
api = parameter_api.api

LONGEST_BY = 100


async def at_home(session: AsyncSession, access: ProgramAccess) -> AtHome:
    """How far the decisions are."""
    parameters = await load_parameters(session, access.program)
    waiting = [each for each in parameters if not each.is_decided]
    card = partial(
        "decisions/_card.html",
        program=access.program,
        parameters=parameters,
        tally=tally(parameters),
        waiting=waiting,
        may_decide=access.may(ProgramAction.DECIDE),
    )
    return AtHome(card, _next_step(access, tally(parameters)))


def _next_step(access: ProgramAccess, progress: Tally) -> Step | None:
    """Leadership decides what is open, around one table."""
    if progress.decided == progress.all:
        return None
    here, may_decide = f"/programs/{access.program.id}", access.may(ProgramAction.DECIDE)
    href, verb = (
        (f"{here}/councils", "Decide together") if may_decide else (f"{here}/decisions", "Look at them")
    )
    words = f"Settle the ground rules: {progress.words}. Thirteen questions take about an hour."
    return Step(words, access.program.led_by or "leadership", href, verb)


@pages.get("/programs/{program_id}/decisions")
async def decisions(request: Request, access: SeesProgram) -> Response:
    """The page. `?show=KEY` opens one of them."""
    return await decisions_page(request, access, {}, shown=request.query_params.get("show", ""))


async def decisions_page(
    request: Request, access: ProgramAccess, typed: dict[str, Any], *, shown: str = "", status: int = 200
) -> Response:
    """typed: what was filled in for `shown`, with `errors` by field."""
    async with request.app.state.database.reading() as session:
        parameters = await load_parameters(session, access.program)
    link = f"{request.app.state.address(request)}/sheets/{access.program.sheet_secret}"
    return program_page(
        request,
        access,
        "decisions/page.html",
        "decisions",
        status=status,
        parameters=parameters,
        tally=tally(parameters),
        typed=typed,
        shown=shown,
        link=link,
        in_words=in_words,
    )


@pages.post("/programs/{program_id}/decisions/{key}")
async def record(request: Request, access: PlansProgram, key: Key) -> Response:
    """Record a decision or a proposal: the button says which."""
    form = await request.form()
    typed = _typed(key, form)
    try:
        answer = _read(typed)
        async with request.app.state.database.writing() as session:
            await parameter_api.save(session, access, key, answer, typed["by"])
            await request.app.state.on_decided(session, access.program.id)
    except Problem as problem:
        if problem.status != 422:
            raise
        typed["errors"] = {problem.field or "value": problem.message}
        return await decisions_page(request, access, typed, shown=key, status=422)
    return RedirectResponse(f"/programs/{access.program.id}/decisions?show={key}#{key}", 303)


@pages.post("/programs/{program_id}/decisions/{key}/reopen")
async def reopen_from_page(
    request: Request, access: DecidesProgram, key: Key, why: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Open a decision again, with what has changed."""
    async with request.app.state.database.writing() as session:
        await reopen(
            session, access.program, key, " ".join(why.replace("\0", "").split()), access.person.name
        )
        await request.app.state.on_decided(session, access.program.id)
    return RedirectResponse(f"/programs/{access.program.id}/decisions?show={key}#{key}", 303)


def _typed(key: Key, form: FormData) -> dict[str, Any]:
    """Everything that was filled in, as it is."""
    text = {name: str(form.get(name, "")) for name in ("rationale", "by", "look_again_on", "status")}
    text["by"] = " ".join(text["by"].replace("\0", "").split())[:LONGEST_BY]
    return {**text, "value": read_answer(key, form), "errors": {}}


def _read(typed: dict[str, Any]) -> Answer:
    try:
        look_again_on = date.fromisoformat(typed["look_again_on"]) if typed["look_again_on"] else None
    except ValueError:
        raise Problem(422, "That day could not be read.", field="look_again_on") from None
    status = typed["status"] or ParameterStatus.DECIDED
    values = {"value": typed["value"], "rationale": typed["rationale"], "status": status}
    try:
        return Answer.model_validate({**values, "look_again_on": look_again_on})
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise Problem(
            422, NO_RATIONALE if field == "rationale" else "Please check this.", field=field
        ) from None
