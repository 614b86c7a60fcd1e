"""Questions to the group on stage: asked and seconded in any room, taken by the coach one after another."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import HTMLResponse, Response

from boathouse.core.clock import now
from boathouse.core.web.pages import partial
from boathouse.core.web.problems import toast
from boathouse.workshop import questions
from boathouse.workshop.access import Access
from boathouse.workshop.questions import LONGEST
from boathouse.workshop.showing import show_question
from boathouse.workshop.tables import Question, Seat, Workshop
from boathouse.workshop.web.audience import questions_changed, stage_changed, telling, the_seat
from boathouse.workshop.web.permits import IsSeated, RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["stage"])

ASKS = "6 per 5 minute"  # of one person in one workshop
ASKS_OF_ALL = "120 per 1 minute"  # of one workshop
SECONDS = "60 per 1 minute"  # of one person; a long list is read and pressed quickly
Text = Annotated[str, Form()]


class NewQuestion(BaseModel):
    """To the group on stage."""

    body: str = Field(min_length=1, max_length=LONGEST)


class QuestionAnswer(BaseModel, from_attributes=True):
    """A question. to: the group it was put to, if one was on stage; seconds: how many others ask it too.

    author and to are empty for others than coaches while names are hidden.
    """

    id: str
    body: str
    author: str
    to: str
    seconds: int
    asked_at: datetime
    answered_at: datetime | None


@pages.post("/workshops/{workshop_id}/questions")
async def ask_on_page(request: Request, access: IsSeated, body: Text = "") -> Response:
    """Ask; the list in every room follows."""
    await ask(request, access, body)
    return toast("Your question waits for its turn. Others can second it.", status=204)


@api.post("/workshops/{workshop_id}/questions", status_code=201, summary="Ask the group on stage")
async def ask_by_script(request: Request, access: IsSeated, new: NewQuestion) -> QuestionAnswer:
    """With a participant's token, or a coach's."""
    question = await ask(request, access, new.body)
    async with request.app.state.database.reading() as session:
        listed = await _listed(session, access)
    return next(one for one in listed if one.id == question.id)


async def ask(request: Request, access: Access, body: str) -> Question:
    """Put it in line. Errors: Problem 409, 422, 429."""
    workshop_id, limits = access.workshop.id, request.app.state.limits
    await limits.spend(ASKS, "ask", workshop_id, access.identity)
    await limits.spend(ASKS_OF_ALL, "ask in", workshop_id)
    async with telling(request, access, questions_changed) as session:
        seat = None if access.is_coach else seat_of(access)
        question = await questions.ask(session, workshop_id, access.name, seat, body, now())
    return question


def seat_of(access: Access) -> Seat | None:
    """The seat that acts here; leaders and coaches act by their account."""
    return access.seat if access.identity.startswith("seat:") else None


@api.get("/workshops/{workshop_id}/questions", summary="List the questions")
async def list_questions(request: Request, access: IsSeated) -> list[QuestionAnswer]:
    """Those that wait, most wanted first, then the answered ones."""
    async with request.app.state.database.reading() as session:
        return await _listed(session, access)


async def _listed(session: AsyncSession, access: Access) -> list[QuestionAnswer]:
    """As rooms and stage have them: while names are hidden, only coaches learn who asks whom."""
    asked = await questions.load_questions(session, access.workshop.id)
    workshop = await session.get_one(Workshop, access.workshop.id)
    answers = [QuestionAnswer.model_validate(one) for one in asked]
    if workshop.stage_hides_names and not access.is_coach:
        return [one.model_copy(update={"author": "", "to": ""}) for one in answers]
    return answers


@pages.put("/questions/{question_id}/second")
async def second_on_page(request: Request, access: IsSeated, question_id: str) -> Response:
    """I ask this too."""
    return await _pressed(request, access, question_id, wanted=True)


@pages.delete("/questions/{question_id}/second")
async def unsecond_on_page(request: Request, access: IsSeated, question_id: str) -> Response:
    """Not any more."""
    return await _pressed(request, access, question_id, wanted=False)


@api.put("/questions/{question_id}/second", status_code=204, summary="Second a question")
async def second_by_script(request: Request, access: IsSeated, question_id: str) -> None:
    """With a participant's token. Twice is once."""
    await second(request, access, question_id, wanted=True)


@api.delete("/questions/{question_id}/second", status_code=204, summary="Second it no more")
async def unsecond_by_script(request: Request, access: IsSeated, question_id: str) -> None:
    """With a participant's token."""
    await second(request, access, question_id, wanted=False)


async def _pressed(request: Request, access: Access, question_id: str, *, wanted: bool) -> Response:
    await second(request, access, question_id, wanted=wanted)
    return HTMLResponse(partial("questions/_second.html", question_id=question_id, is_mine=wanted))


async def second(request: Request, access: Access, question_id: str, *, wanted: bool) -> None:
    """Count it, or not. Errors: Problem 409, 404, 429."""
    seat = the_seat(access)
    await request.app.state.limits.spend(SECONDS, "second", seat.id)
    async with telling(request, access, questions_changed) as session:
        await questions.second(session, question_id, seat, wanted)


@pages.post("/questions/{question_id}/withdraw")
@api.post("/questions/{question_id}/withdraw", status_code=204, summary="Withdraw one’s own question")
async def withdraw(request: Request, access: IsSeated, question_id: str) -> Response:
    """409 for those of others."""
    async with telling(request, access, questions_changed) as session:
        await questions.withdraw(session, question_id, seat_of(access), now())
    return Response(status_code=204)


@pages.post("/questions/{question_id}/show")
@api.post("/questions/{question_id}/show", status_code=204, summary="Show a question on the stage")
async def show(request: Request, access: RunsWorkshop, question_id: str) -> Response:
    """Large, until it is answered or something else is shown."""
    async with telling(request, access, stage_changed) as session:
        await show_question(session, question_id)
    return Response(status_code=204)


@pages.post("/questions/{question_id}/answered")
@api.post("/questions/{question_id}/answered", status_code=204, summary="Mark a question answered")
async def answered(request: Request, access: RunsWorkshop, question_id: str) -> Response:
    """It leaves the line and the stage."""
    async with telling(request, access, questions_changed) as session:
        await questions.mark_answered(session, question_id, now())
    return Response(status_code=204)


@pages.post("/questions/{question_id}/waits")
@api.post("/questions/{question_id}/waits", status_code=204, summary="Put a question back in line")
async def waits(request: Request, access: RunsWorkshop, question_id: str) -> Response:
    """It was not answered after all."""
    async with telling(request, access, questions_changed) as session:
        await questions.mark_answered(session, question_id, now(), answered=False)
    return Response(status_code=204)


@pages.delete("/questions/{question_id}")
@api.delete("/questions/{question_id}", status_code=204, summary="Remove a question")
async def remove(request: Request, access: RunsWorkshop, question_id: str) -> Response:
    """From every screen; /restore brings it back."""
    async with telling(request, access, questions_changed) as session:
        await questions.remove(session, question_id, now())
    return toast("The question is removed.", status=204, undo=f"/questions/{question_id}/restore")


@pages.post("/questions/{question_id}/restore")
@api.post("/questions/{question_id}/restore", status_code=204, summary="Bring a removed question back")
async def restore(request: Request, access: RunsWorkshop, question_id: str) -> Response:
    """To its place in the line."""
    async with telling(request, access, questions_changed) as session:
        await questions.restore(session, question_id)
    return Response(status_code=204)
