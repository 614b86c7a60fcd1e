"""The fit check: do OKRs suit this organisation now? "None needed" is a good result (S53)."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.programs import Words, the_program
from boathouse.rollout.tables.programs import Program

SMALLEST = 5  # people (S54)


class Direction(StrEnum):
    """What the organisation wants from the coming year."""

    CHANGE = "change"
    BOTH = "both"
    MAINTAIN = "maintain"


class Verdict(StrEnum):
    """What the check says."""

    UNKNOWN = "unknown"
    GOOD = "good"
    NONE_NEEDED = "none_needed"
    NOT_YET = "not_yet"


class FitAnswers(BaseModel):
    """Answers of the fit check; each may be missing."""

    direction: Direction | None = Field(default=None, description="Change something, maintain, or both.")
    leader_speaks: bool | None = Field(default=None, description="The leader says why, in person.")
    has_time: bool | None = Field(default=None, description="Teams can meet for check-ins.")
    note: Words = Field(default="", description="What speaks for and against, in your words.")


class Fit(FitAnswers):
    """The answers and what follows from them."""

    verdict: Verdict
    because: Annotated[list[str], Field(description="Sentences.")]


MAINTAINS = (
    "Who only wants to keep things as they are needs no OKRs. Health metrics watch what must stay well, and "
    "they take less effort. Saying so early saves everybody a year."
)
TOO_FEW = "Fewer than five people agree on what matters over a table. Come back when the table is too small."


def fit_of(answers: FitAnswers, headcount: int | None) -> Fit:
    """What the check says, with the reasons."""
    verdict, because = _judged(answers, headcount)
    return Fit(**answers.model_dump(), verdict=verdict, because=because)


def _judged(answers: FitAnswers, headcount: int | None) -> tuple[Verdict, list[str]]:
    if answers.direction == Direction.MAINTAIN:
        return Verdict.NONE_NEEDED, [MAINTAINS]
    if headcount is not None and headcount < SMALLEST:
        return Verdict.NONE_NEEDED, [TOO_FEW]
    missing = []
    if answers.leader_speaks is False:  # S33
        missing.append("The person at the top has to say the why; nobody can do that for them. Ask first.")
    if answers.has_time is False:  # S16: rhythm
        missing.append("Without a fixed hour to look at them, OKRs are written and forgotten. Find it first.")
    if missing:
        return Verdict.NOT_YET, missing
    if answers.direction is None or answers.leader_speaks is None or answers.has_time is None:
        return Verdict.UNKNOWN, []
    because = ["There is something to improve, a leader who says why, and time to look at it together."]
    if answers.direction == Direction.BOTH:
        because.append("Parts that only maintain need none: mark those units, and they count as done well.")
    return Verdict.GOOD, because


def fit_of_program(program: Program) -> Fit:
    """What the check says about a program as it is stored."""
    return fit_of(FitAnswers.model_validate(program.fit), program.headcount)


async def answer_fit(session: AsyncSession, program_id: str, answers: FitAnswers) -> Program:
    """Keep the answers."""
    program = await the_program(session, program_id)
    program.fit = answers.model_dump(mode="json", exclude_none=True)
    session.add(program)
    return program
