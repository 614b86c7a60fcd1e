"""Who does what in a program: sponsors, ambassadors with their self-check, coaches inside and outside."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.rollout.programs import NO_ZEROS
from boathouse.rollout.tables.roles import Duty, Holder

PEOPLE_PER_COACH = 50  # S60: about
MOST_HOLDERS = 500
HolderName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=NO_ZEROS)
]


@dataclass(frozen=True)
class Point:
    """Something to look for in an ambassador. train: what to learn where it is missing."""

    key: str
    words: str
    train: str


# S8. Expertise in OKRs is not among them: it can be learned, drive cannot (S17).
POINTS = (
    Point("communicates", "Speaks with confidence to any group", "Let them open two workshops with a coach."),
    Point("organises", "Keeps time, calendars and projects in order", "Set up the OKR calendar together."),
    Point(
        "has_trained", "Has trained teams before", "Co-train a workshop, then lead one with a coach beside."
    ),
    Point("has_run_projects", "Has run projects across the company", "Find a mentor who has; meet monthly."),
    Point(
        "knows_people_work", "Knows HR or operations from inside", "Spend a few days with HR and operations."
    ),
    Point("leads", "Leads without needing to be the boss", "Coach them in saying no to a senior person."),
)


class CoachingModel(StrEnum):
    """Where the coaches come from (S12-S14)."""

    NONE = "none"
    INTERNAL = "internal"
    EXTERNAL = "external"
    BOTH = "both"


MODEL_WORDS = {
    CoachingModel.NONE: "Nobody coaches yet. A coach from outside is quick; one from inside stays.",
    CoachingModel.INTERNAL: (
        "Coaches from inside: always there, at home in the culture. See that they have time, and the "
        "authority to hold the monthly review."
    ),
    CoachingModel.EXTERNAL: (
        "Coaches from outside: experienced and quick, but they leave. Have at least one person inside "
        "trained to take over."
    ),
    CoachingModel.BOTH: "Outside starts, inside learns and takes over.",
}


def _known_points(keys: list[str]) -> list[str]:
    return [point.key for point in POINTS if point.key in keys]


class HolderPlan(BaseModel):
    """Somebody with a duty, as it shall be."""

    duty: Duty
    name: HolderName
    strengths: Annotated[list[str], AfterValidator(_known_points), Field(max_length=50)] = []
    is_internal: bool = True
    in_training: bool = False
    is_first_time: bool = False
    hands_over_on: date | None = None


@dataclass(frozen=True)
class Reach:
    """Internal coaches against the people reached. words: who is reached, such as "wave 1"."""

    words: str
    people: int
    needed: int
    ready: int
    learning: int

    @property
    def missing(self) -> int:
        """How many more are needed, those in training counted."""
        return max(0, self.needed - self.ready - self.learning)


def missing_points(holder: Holder) -> list[Point]:
    """What an ambassador trains next."""
    return [point for point in POINTS if point.key not in holder.strengths]


def with_duty(holders: list[Holder], duty: Duty) -> list[Holder]:
    """Those who have this duty."""
    return [holder for holder in holders if holder.duty == duty]


def model_of(coaches: list[Holder]) -> CoachingModel:
    """Where the coaches come from."""
    sides = {coach.is_internal for coach in coaches}
    if sides == {True, False}:
        return CoachingModel.BOTH
    if not sides:
        return CoachingModel.NONE
    return CoachingModel.INTERNAL if True in sides else CoachingModel.EXTERNAL


def reach_of(words: str, people: int, coaches: list[Holder]) -> Reach:
    """How many coaches inside so many people need."""
    inside = [coach for coach in coaches if coach.is_internal]
    learning = sum(coach.in_training for coach in inside)
    return Reach(words, people, ceil(people / PEOPLE_PER_COACH), len(inside) - learning, learning)


def gaps(holders: list[Holder], today: date) -> list[str]:
    """What is missing in the roles, in sentences, the graver first."""
    coaches = with_duty(holders, Duty.COACH)
    outside = [coach for coach in coaches if not coach.is_internal]
    inside = [coach for coach in coaches if coach.is_internal]
    found = []
    if not with_duty(holders, Duty.EXECUTIVE_SPONSOR):  # S16
        found.append("No executive sponsor: without one, OKRs yield to the first busy week.")
    if not with_duty(holders, Duty.AMBASSADOR):  # S1, S17
        found.append("No ambassador: nobody keeps the calendar and helps where it stalls.")
    if not with_duty(holders, Duty.HR_SPONSOR):  # S16
        found.append("No sponsor in HR: somebody has to keep OKRs apart from performance reviews.")
    if outside and not inside:  # S14
        found.append("Coaches come from outside only, and nobody inside is trained to take over.")
    for coach in outside:
        if coach.hands_over_on is None:
            found.append(f"{coach.name} is from outside and has no date to hand over.")
        elif coach.hands_over_on < today:
            found.append(f"{coach.name} was to hand over by now. Is it done, or does the date move?")
    return found


async def holders_of(session: AsyncSession, program_id: str) -> list[Holder]:
    """Everybody with a duty, by name."""
    query = select(Holder).where(Holder.program_id == program_id)
    return list(await session.exec(query.order_by(col(Holder.name))))


async def add_holder(session: AsyncSession, program_id: str, plan: HolderPlan) -> Holder:
    """Give somebody a duty. Errors: Problem 422 if they have it, 409 if there are far too many."""
    await _refuse_twin(session, program_id, plan, "")
    holder = Holder(program_id=program_id, **_fitting(plan))
    session.add(holder)
    return holder


async def change_holder(session: AsyncSession, holder_id: str, plan: HolderPlan) -> Holder:
    """Another name, self-check, side or date; the duty stays. Errors: Problem 404 or 422."""
    holder = await the_holder(session, holder_id)
    plan.duty = holder.duty
    await _refuse_twin(session, holder.program_id, plan, holder.id)
    for name, value in _fitting(plan).items():
        setattr(holder, name, value)
    session.add(holder)
    return holder


async def the_holder(session: AsyncSession, holder_id: str) -> Holder:
    """The row. Errors: Problem 404."""
    return await the_row(session, Holder, holder_id, "This person’s role")


async def remove_holder(session: AsyncSession, holder_id: str) -> Holder:
    """Take the duty back; trainings stay on record."""
    holder = await the_holder(session, holder_id)
    await session.delete(holder)
    return holder


async def _refuse_twin(session: AsyncSession, program_id: str, plan: HolderPlan, own: str) -> None:
    there = [holder for holder in await holders_of(session, program_id) if holder.id != own]
    if len(there) >= MOST_HOLDERS:
        raise Problem(409, f"A program has room for {MOST_HOLDERS} people with a role.")
    twins = {holder.name.casefold() for holder in there if holder.duty == plan.duty}
    if plan.name.casefold() in twins:
        raise Problem(422, f"{plan.name} is on this list already.", field="name")


def _fitting(plan: HolderPlan) -> dict[str, Any]:
    """The values, without those that say nothing about this duty or side."""
    values = plan.model_dump()
    if plan.duty != Duty.AMBASSADOR:
        values["strengths"] = []
    if plan.duty != Duty.COACH:
        values |= {"is_internal": True, "in_training": False, "is_first_time": False, "hands_over_on": None}
    elif plan.is_internal:
        values["hands_over_on"] = None
    else:
        values |= {"in_training": False, "is_first_time": False}
    return values
