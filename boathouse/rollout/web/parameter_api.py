"""The deployment parameters for scripts, and the one step in which pages and scripts record an answer."""

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import not_allowed
from boathouse.rollout.access import ProgramAccess, ProgramAction
from boathouse.rollout.decisions import (
    Answer,
    Parameter,
    Rationale,
    load_parameter,
    load_parameters,
    record_answer,
    reopen,
)
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.parameters import ParameterStatus
from boathouse.rollout.web.permits import DecidesProgram, PlansProgram, SeesProgram

api = APIRouter(tags=["programs"])


async def save(session: AsyncSession, access: ProgramAccess, key: Key, answer: Answer, by: str) -> None:
    """Record it; whoever plans may propose, only who decides may decide. Errors: Problem 403, 422."""
    if answer.status == ParameterStatus.DECIDED and not access.may(ProgramAction.DECIDE):
        raise not_allowed()
    await record_answer(session, access.program.id, key, answer, by or access.person.name)


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
        await request.app.state.on_decided(session, access.program.id)
        return state_of(await load_parameter(session, access.program, key))


@api.post("/programs/{program_id}/parameters/{key}/reopen", summary="Reopen a parameter")
async def reopen_by_script(
    request: Request, access: DecidesProgram, key: Key, wanted: Reopening | None = None
) -> ParameterState:
    """Open a decision again; workshops keep the rules they have."""
    async with request.app.state.database.writing() as session:
        why = wanted.rationale if wanted else ""
        await reopen(session, access.program, key, why, access.person.name)
        await request.app.state.on_decided(session, access.program.id)
        return state_of(await load_parameter(session, access.program, key))
