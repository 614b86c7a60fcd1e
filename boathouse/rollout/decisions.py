"""How a program's parameters stand: decided, proposed, reopened, each with its whole history.

The table only grows. The latest entry of a key says how it stands, so nobody can rewrite what was agreed.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.rollout.parameter_questions import QUESTIONS, Question
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.parameters import REQUIRED, Key, check_value
from boathouse.rollout.programs import NO_ZEROS
from boathouse.rollout.recommendations import Recommendation, Situation, recommend
from boathouse.rollout.tables.parameters import ParameterEntry, ParameterStatus
from boathouse.rollout.tables.programs import Program

LONGEST_RATIONALE = 1000
NO_RATIONALE = (
    f"Say in a sentence why, in at most {LONGEST_RATIONALE:,} letters. People read it on the sheet."
)
Rationale = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_RATIONALE, pattern=NO_ZEROS)
]


class Answer(BaseModel):
    """What leadership decides, or somebody proposes, about one parameter."""

    value: Any = Field(description="As the parameter's type asks; see the contract.")
    rationale: Rationale = Field(description="Why, in a sentence that participants understand.")
    status: ParameterStatus = Field(default=ParameterStatus.DECIDED, description="proposed or decided")
    look_again_on: date | None = Field(default=None, description="When to look at it again.")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a program as it stands. history: the latest entry first."""

    question: Question
    recommendation: Recommendation
    history: Sequence[ParameterEntry] = ()

    @property
    def key(self) -> Key:
        """Which of the thirteen."""
        return self.question.key

    @property
    def latest(self) -> ParameterEntry | None:
        """What was said last; None if nobody said anything."""
        return self.history[0] if self.history else None

    @property
    def status(self) -> ParameterStatus:
        """Open until somebody proposes or decides, and again once it is reopened."""
        return self.latest.status if self.latest else ParameterStatus.OPEN

    @property
    def value(self) -> Any:
        """What is decided or proposed; None while it is open."""
        return self.latest.value if self.latest else None

    @property
    def is_required(self) -> bool:
        """Whether no workshop may start without it."""
        return self.key in REQUIRED

    @property
    def is_decided(self) -> bool:
        """Whether it binds."""
        return self.status == ParameterStatus.DECIDED

    @property
    def words(self) -> str:
        """The value in words; empty while it is open."""
        return in_words(self.key, self.value)

    @property
    def recommended_words(self) -> str:
        """What we recommend, in words."""
        return in_words(self.key, self.recommendation.value)

    @property
    def follows_recommendation(self) -> bool:
        """Whether the value is the one we recommend."""
        return bool(self.value == self.recommendation.value)


@dataclass(frozen=True)
class Tally:
    """How many parameters stand how."""

    decided: int
    proposed: int
    open: int

    @property
    def all(self) -> int:
        """Thirteen."""
        return self.decided + self.proposed + self.open

    @property
    def words(self) -> str:
        """ "9 of 13 decided"."""
        return f"{self.decided} of {self.all} decided"


def situation_of(program: Program) -> Situation:
    """What the recommendations for this program depend on."""
    return Situation(program.headcount, program.cycles_done == 0)


async def load_parameters(session: AsyncSession, program: Program) -> list[Parameter]:
    """All thirteen, in the order in which they are settled."""
    query = select(ParameterEntry).where(ParameterEntry.program_id == program.id)
    histories: dict[str, list[ParameterEntry]] = defaultdict(list)
    for entry in await session.exec(query.order_by(col(ParameterEntry.id).desc())):
        histories[entry.key].append(entry)
    situation = situation_of(program)
    return [
        Parameter(question, recommend(key, situation), histories[key]) for key, question in QUESTIONS.items()
    ]


async def decided_counts(session: AsyncSession, program_ids: Sequence[str]) -> dict[str, int]:
    """How many parameters each of these programs has decided."""
    of_these = col(ParameterEntry.program_id).in_(program_ids)
    latest = select(func.max(ParameterEntry.id)).where(of_these)
    latest = latest.group_by(col(ParameterEntry.program_id), col(ParameterEntry.key))
    query = select(ParameterEntry.program_id, func.count()).where(
        col(ParameterEntry.id).in_(latest), ParameterEntry.status == ParameterStatus.DECIDED
    )
    return dict((await session.exec(query.group_by(col(ParameterEntry.program_id)))).all())


async def load_parameter(session: AsyncSession, program: Program, key: Key) -> Parameter:
    """One of them."""
    query = select(ParameterEntry).where(ParameterEntry.program_id == program.id, ParameterEntry.key == key)
    history = (await session.exec(query.order_by(col(ParameterEntry.id).desc()))).all()
    return Parameter(QUESTIONS[key], recommend(key, situation_of(program)), history)


def tally(parameters: Sequence[Parameter]) -> Tally:
    """How far the whole sheet is."""
    counts = {status: sum(each.status == status for each in parameters) for status in ParameterStatus}
    return Tally(
        counts[ParameterStatus.DECIDED], counts[ParameterStatus.PROPOSED], counts[ParameterStatus.OPEN]
    )


async def record_answer(
    session: AsyncSession, program_id: str, key: Key, answer: Answer, by: str, council_id: str | None = None
) -> ParameterEntry:
    """Write down a proposal or a decision. Errors: Problem 422 for a wrong value or no reason."""
    if answer.status == ParameterStatus.OPEN:
        raise Problem(422, "A parameter is proposed or decided. To open it again, reopen it.", field="status")
    value = check_value(key, answer.value)
    if not answer.rationale:
        raise Problem(422, NO_RATIONALE, field="rationale")
    entry = ParameterEntry(
        program_id=program_id,
        key=key,
        status=answer.status,
        value=value,
        rationale=answer.rationale,
        by=by,
        look_again_on=answer.look_again_on,
        council_id=council_id,
    )
    session.add(entry)
    await session.flush()
    return entry


async def reopen(session: AsyncSession, program: Program, key: Key, why: str, by: str) -> ParameterEntry:
    """Open it again; workshops keep the rules they have. Errors: Problem 409 if it is open."""
    parameter = await load_parameter(session, program, key)
    if parameter.status == ParameterStatus.OPEN:
        raise Problem(409, "This decision is open already.")
    entry = ParameterEntry(program_id=program.id, key=key, rationale=why, by=by)
    session.add(entry)
    await session.flush()
    return entry
