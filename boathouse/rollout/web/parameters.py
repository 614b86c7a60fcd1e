"""The decisions of a program: the page, its forms, and the parameters for scripts."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem, not_allowed
from boathouse.core.web.pages import partial
from boathouse.rollout.access import ProgramAccess, ProgramAction
from boathouse.rollout.decisions import (
    NO_RATIONALE,
    Answer,
    Parameter,
    Rationale,
    load_parameter,
    load_parameters,
    record_answer,
    reopen,
    tally,
)
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.parameters import ParameterStatus
from boathouse.rollout.web.answer_forms import read_answer
from boathouse.rollout.web.frames import Step, program_page
from boathouse.rollout.web.permits import DecidesProgram, PlansProgram, SeesProgram

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["programs"])

LONGEST_BY = 100


async def home_card(session: AsyncSession, access: ProgramAccess) -> str:
    """How far the decisions are, for the program's home."""
    parameters = await load_parameters(session, access.program)
    waiting = [each for each in parameters if not each.is_decided]
    return partial(
        "decisions/_card.html",
        program=access.program,
        parameters=parameters,
        tally=tally(parameters),
        waiting=waiting,
        may_decide=access.may(ProgramAction.DECIDE),
    )


async def next_step(session: AsyncSession, access: ProgramAccess) -> Step | None:
    """Leadership decides what is open, around one table."""
    progress = tally(await load_parameters(session, access.program))
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
            await save(session, access, key, answer, typed["by"])
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
    return RedirectResponse(f"/programs/{access.program.id}/decisions?show={key}#{key}", 303)


async def save(session: AsyncSession, access: ProgramAccess, key: Key, answer: Answer, by: str) -> None:
    """Record it; whoever plans may propose, only who decides may decide. Errors: Problem 403, 422."""
    if answer.status == ParameterStatus.DECIDED and not access.may(ProgramAction.DECIDE):
        raise not_allowed()
    await record_answer(session, access.program.id, key, answer, by or access.person.name)


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


class Reopening(BaseModel):
    """What has changed since it was decided."""

    rationale: Rationale = ""


class OptionState(BaseModel, from_attributes=True):
    """One possible answer."""

    value: Any
    words: str
    consequence: str


class RecommendationState(BaseModel, from_attributes=True):
    """What we recommend for this program. source: numbers of the field's sources."""

    value: Any
    reason: str
    source: str


class EntryState(BaseModel, from_attributes=True):
    """One line of the history."""

    status: ParameterStatus
    value: Any
    rationale: str
    by: str
    created_at: datetime
    look_again_on: date | None


class ParameterState(BaseModel):
    """A parameter as it stands. value: null while it is open. history: the latest first."""

    key: Key
    question: str
    type: str
    options: list[OptionState]
    required: bool
    value: Any
    status: ParameterStatus
    recommendation: RecommendationState
    reason: str
    changes: str
    history: list[EntryState]


def state_of(parameter: Parameter) -> ParameterState:
    """As scripts see it. reason: the decision's, or that of the recommendation while there is none."""
    question, latest = parameter.question, parameter.latest
    is_settled = latest is not None and parameter.status != ParameterStatus.OPEN
    return ParameterState(
        key=parameter.key,
        question=question.question,
        type=question.kind,
        options=[OptionState.model_validate(option) for option in question.options],
        required=parameter.is_required,
        value=parameter.value,
        status=parameter.status,
        recommendation=RecommendationState.model_validate(parameter.recommendation),
        reason=latest.rationale if latest and is_settled else parameter.recommendation.reason,
        changes=question.changes,
        history=[EntryState.model_validate(entry) for entry in parameter.history],
    )


@api.get("/programs/{program_id}/parameters", summary="List the deployment parameters")
async def list_by_script(request: Request, access: SeesProgram) -> list[ParameterState]:
    """All thirteen, with what is recommended for this program."""
    async with request.app.state.database.reading() as session:
        return [state_of(each) for each in await load_parameters(session, access.program)]


@api.put("/programs/{program_id}/parameters/{key}", summary="Decide or propose a parameter")
async def put_by_script(request: Request, access: PlansProgram, key: Key, answer: Answer) -> ParameterState:
    """Each answer is kept in the history. Who plans the program may propose; deciding takes a leader."""
    async with request.app.state.database.writing() as session:
        await save(session, access, key, answer, "")
        return state_of(await load_parameter(session, access.program, key))


@api.post("/programs/{program_id}/parameters/{key}/reopen", summary="Reopen a parameter")
async def reopen_by_script(
    request: Request, access: DecidesProgram, key: Key, wanted: Reopening | None = None
) -> ParameterState:
    """Open a decision again; workshops keep the rules they have."""
    async with request.app.state.database.writing() as session:
        why = wanted.rationale if wanted else ""
        await reopen(session, access.program, key, why, access.person.name)
        return state_of(await load_parameter(session, access.program, key))
