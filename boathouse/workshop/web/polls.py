"""Polls: asked by a coach, answered in the rooms, their spread on the stage."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, Response

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.web.pages import partial
from boathouse.workshop import polls
from boathouse.workshop.access import Access
from boathouse.workshop.showing import show_view
from boathouse.workshop.spreads import LONGEST_WORD, Spread
from boathouse.workshop.steps import the_workshop
from boathouse.workshop.tables import Poll, PollAnswer, PollKind, StageView
from boathouse.workshop.web.audience import answers_changed, poll_changed, stage_changed, telling, the_seat
from boathouse.workshop.web.permits import IsSeated, RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["stage"])

ANSWERS = "30 per 1 minute"  # of one seat; who changes their mind more often plays
Text = Annotated[str, Form()]


class NewPoll(BaseModel):
    """question: left out, a usual one. show: put it on the stage at once."""

    kind: PollKind = PollKind.FIST
    question: str = Field(default="", max_length=polls.LONGEST_QUESTION)
    show: bool = True


class WordCount(BaseModel, from_attributes=True):
    """A word and how often it was given."""

    text: str
    count: int


class PollState(BaseModel):
    """A poll. counts: how many showed 0, 1, 2, 3, 4, 5 fingers; words: of a poll for one word."""

    id: str
    kind: PollKind
    question: str
    created_at: datetime
    closed_at: datetime | None
    answers: int
    people: int
    counts: list[int]
    words: list[WordCount]


class NewAnswer(BaseModel):
    """0 to 5, or one word."""

    answer: str = Field(min_length=1, max_length=LONGEST_WORD * 4)


class StruckWord(BaseModel):
    """As it is on the stage."""

    word: str = Field(min_length=1, max_length=LONGEST_WORD * 4)


@pages.post("/workshops/{workshop_id}/polls")
async def ask_on_page(
    request: Request, access: RunsWorkshop, kind: Annotated[PollKind, Form()], question: Text = ""
) -> Response:
    """Ask everybody and show the answers."""
    await ask(request, access, NewPoll.model_construct(kind=kind, question=question, show=True))
    return Response(status_code=204)


@api.post("/workshops/{workshop_id}/polls", status_code=201, summary="Ask everybody")
async def ask_by_script(request: Request, access: RunsWorkshop, new: NewPoll) -> PollState:
    """Opens in all rooms; one that is open closes."""
    poll = await ask(request, access, new)
    return await poll_state(request, poll)


async def ask(request: Request, access: Access, new: NewPoll) -> Poll:
    """Open it; rooms, stage and desk follow."""
    workshop_id = access.workshop.id
    async with telling(request, access, poll_changed) as session:
        workshop = await the_workshop(session, workshop_id)
        poll = await polls.ask(session, workshop, new.kind, new.question, now())
        if new.show:
            await show_view(session, workshop_id, StageView.POLL)
            stage_changed(request.app, session, workshop_id)
    return poll


@api.get("/workshops/{workshop_id}/polls", summary="List the polls with their answers")
async def list_polls(request: Request, access: IsSeated) -> list[PollState]:
    """The latest first. Answers are counted; who gave which is told to nobody."""
    async with request.app.state.database.reading() as session:
        return [_state(spread) for spread in await polls.load_polls(session, access.workshop.id)]


@pages.post("/polls/{poll_id}/close")
@api.post("/polls/{poll_id}/close", status_code=204, summary="Close a poll")
async def close(request: Request, access: RunsWorkshop, poll_id: str) -> Response:
    """Its answers stay."""
    async with telling(request, access, poll_changed) as session:
        await polls.close_poll(session, poll_id, now())
    return Response(status_code=204)


@pages.post("/polls/{poll_id}/reopen")
@api.post("/polls/{poll_id}/reopen", status_code=204, summary="Open a poll again")
async def reopen(request: Request, access: RunsWorkshop, poll_id: str) -> Response:
    """Another one that is open closes."""
    async with telling(request, access, poll_changed) as session:
        await polls.reopen_poll(session, poll_id, now())
    return Response(status_code=204)


@pages.delete("/polls/{poll_id}")
@api.delete("/polls/{poll_id}", status_code=204, summary="Delete a poll")
async def delete(request: Request, access: RunsWorkshop, poll_id: str) -> Response:
    """With its answers."""
    async with telling(request, access, poll_changed) as session:
        await polls.delete_poll(session, poll_id)
    return Response(status_code=204)


@pages.post("/polls/{poll_id}/strike")
async def strike_on_page(
    request: Request, access: RunsWorkshop, poll_id: str, word: Text = "", back: Text = ""
) -> Response:
    """Take a word off the stage, or bring it back."""
    return await strike(request, access, poll_id, word, is_struck=not back)


@api.post("/polls/{poll_id}/strike", status_code=204, summary="Take a word off the stage")
async def strike_by_script(
    request: Request, access: RunsWorkshop, poll_id: str, struck: StruckWord
) -> Response:
    """However often it is given again."""
    return await strike(request, access, poll_id, struck.word, is_struck=True)


async def strike(request: Request, access: Access, poll_id: str, word: str, *, is_struck: bool) -> Response:
    """Strike it, or not."""
    async with telling(request, access, answers_changed) as session:
        await polls.strike(session, poll_id, word, is_struck)
    return Response(status_code=204)


@pages.post("/polls/{poll_id}/answer")
async def answer_on_page(request: Request, access: IsSeated, poll_id: str, answer: Text = "") -> Response:
    """One's own answer; it comes back marked, or with what is wrong with it."""
    try:
        row, problem = await give(request, access, poll_id, answer), None
    except Problem as refused:
        if refused.status != 422:
            raise
        row, problem = None, refused
    async with request.app.state.database.reading() as session:
        poll = await polls.the_poll(session, poll_id)
    mine = row.answer if row else answer
    html = partial("polls/_answer.html", poll=poll, mine=mine, problem=problem)
    return HTMLResponse(html, problem.status if problem else 200)


@api.put("/polls/{poll_id}/answer", summary="Answer a poll")
async def answer_by_script(request: Request, access: IsSeated, poll_id: str, new: NewAnswer) -> NewAnswer:
    """With a participant's token; again for another answer, while it is open."""
    row = await give(request, access, poll_id, new.answer)
    return NewAnswer(answer=row.answer)


async def give(request: Request, access: Access, poll_id: str, answer: str) -> PollAnswer:
    """Count it; the stage follows. Errors: Problem 409 without a seat, 429."""
    seat = the_seat(access)
    await request.app.state.limits.spend(ANSWERS, "poll", seat.id)
    async with telling(request, access, answers_changed) as session:
        row = await polls.give_answer(session, poll_id, seat, answer, now())
    return row


async def poll_state(request: Request, poll: Poll) -> PollState:
    """One poll as it stands."""
    async with request.app.state.database.reading() as session:
        spreads = await polls.load_polls(session, poll.workshop_id)
    return _state(next(spread for spread in spreads if spread.poll.id == poll.id))


def _state(spread: Spread) -> PollState:
    return PollState(
        **spread.poll.model_dump(include={"id", "kind", "question", "created_at", "closed_at"}),
        answers=spread.answers,
        people=spread.people,
        counts=spread.counts if spread.poll.kind == PollKind.FIST else [],
        words=[WordCount.model_validate(word) for word in spread.words],
    )
