"""Why the organisation does OKRs: good reasons, wrong ones with their answer, and whether it comes true."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.people import Person
from boathouse.rollout.programs import PersonName, Words, the_program
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.tables.why import Truth, WhyReview


@dataclass(frozen=True)
class Reason:
    """A reason people give. instead: for a wrong one, what to use or do instead of OKRs for this."""

    key: str
    words: str
    explanation: str
    instead: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether OKRs done for this tend to fail."""
        return bool(self.instead)


REASONS = {
    reason.key: reason
    for reason in (
        # S32: focus and alignment first, then the others.
        Reason("focus", "Focus", "Fewer things at once, and everybody can say which."),
        Reason("alignment", "Alignment", "Teams pull the same way because they talked about where."),
        Reason("engagement", "Engagement", "People shape what they work for."),
        Reason("transparency", "Transparency", "Everybody can read what everybody else is after."),
        Reason("communication", "Communication", "One short language for what matters this quarter."),
        # S31: imitation and performance management.
        Reason(
            "imitation",
            "Well-known companies do it",
            "What works elsewhere worked for a problem they had. Copied without one, it is paperwork by the "
            "second cycle.",
            "Name a problem of yours that would be smaller a year from now. If there is none, wait.",
        ),
        Reason(
            "best_practice",
            "It is best practice, or we read the book",
            "People ask “what for?” on the first day, and “the book says so” does not carry them "
            "through a hard one.",
            "Try it with one team that has something to improve, and let what it learns be the reason.",
        ),
        Reason(
            "performance",
            "To measure, reward or rank people",
            "As soon as pay hangs on a target, people set targets they are sure to reach, and stop telling "
            "what goes wrong.",
            "Keep performance reviews as they are and apart. Let OKRs be the place where one may aim high "
            "and miss.",
        ),
    )
}
GOOD = tuple(reason for reason in REASONS.values() if not reason.is_wrong)
WRONG = tuple(reason for reason in REASONS.values() if reason.is_wrong)


def _known(keys: list[str]) -> list[str]:
    return [key for key in REASONS if key in keys]


Reasons = Annotated[list[str], AfterValidator(_known), Field(max_length=50)]


class WhyPlan(BaseModel):
    """The why as it shall stand."""

    why: Words = ""
    led_by: PersonName = ""
    reasons: Reasons = []


class Look(BaseModel):
    """An answer to: is the why coming true?"""

    truth: Truth
    evidence: Words = ""


def wrong_reasons(keys: list[str]) -> list[Reason]:
    """Those of the chosen ones that need an answer. They are explained, never forbidden."""
    return [reason for reason in WRONG if reason.key in keys]


def chosen_reasons(keys: list[str]) -> list[Reason]:
    """The good ones that were chosen, in the order of their weight."""
    return [reason for reason in GOOD if reason.key in keys]


async def state_why(session: AsyncSession, program_id: str, plan: WhyPlan) -> Program:
    """Write it down."""
    program = await the_program(session, program_id)
    program.why, program.led_by, program.reasons = plan.why.replace("\r\n", "\n"), plan.led_by, plan.reasons
    session.add(program)
    return program


async def review_why(session: AsyncSession, program_id: str, look: Look, person: Person) -> WhyReview:
    """Keep an answer. Errors: Problem 409 before the first cycle is done, or without a why."""
    program = await the_program(session, program_id)
    if not program.why:
        raise Problem(409, "Write the why first; then one can ask whether it comes true.")
    if not program.cycles_done:
        raise Problem(409, "The first cycle is not over yet. Ask this after it, and after every later one.")
    values: dict[str, Any] = look.model_dump()
    review = WhyReview(
        program_id=program_id, after_cycle=program.cycles_done, why=program.why, by=person.name, **values
    )
    session.add(review)
    return review


async def reviews_of(session: AsyncSession, program_id: str) -> list[WhyReview]:
    """All answers, the newest first."""
    query = select(WhyReview).where(WhyReview.program_id == program_id)
    return list(await session.exec(query.order_by(col(WhyReview.at).desc())))


def is_due(program: Program, reviews: list[WhyReview]) -> bool:
    """Whether a cycle ended since the question was last asked."""
    return bool(program.why) and program.cycles_done > max((look.after_cycle for look in reviews), default=0)
