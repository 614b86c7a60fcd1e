"""Trainings that were held, by role: what each needs to learn, and who has learned it (S2, S11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, model_validator
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.rollout.programs import MOST_PEOPLE, NO_ZEROS
from boathouse.rollout.tables.roles import Audience, Training

MOST_TRAININGS = 5000
AUDIENCES = {
    Audience.EXECUTIVE: "Executives",
    Audience.LEAD: "Leads",
    Audience.INDIVIDUAL: "Everybody who drafts",
    Audience.AMBASSADOR: "Ambassadors",
    Audience.COACH: "Coaches",
    Audience.NEW_HIRE: "New colleagues",
}
TOPICS: dict[Audience, dict[str, str]] = {
    Audience.EXECUTIVE: {
        "why": "Saying the why",
        "sponsoring": "Sponsoring an objective",  # S55
        "drafting": "Drafting with the others",  # S56
        "updating": "Updating in public",  # S21
    },
    Audience.LEAD: {
        "drafting": "Drafting with the team",
        "check_ins": "Leading check-ins",  # S65
        "coaching": "Coaching instead of telling",  # S67
    },
    Audience.INDIVIDUAL: {
        "writing": "Turning a task into an outcome",  # S64
        "line": "How my work serves the whole",  # S28
    },
    Audience.AMBASSADOR: {
        "calendar": "Keeping the calendar",  # S18
        "stalls": "Helping where it stalls",  # S20
        "health": "Reading the program’s health",  # S5
    },
    # S11
    Audience.COACH: {
        "writing": "Writing good OKRs",
        "aligning": "Aligning",
        "check_ins": "Check-ins and reviews",
        "difficulties": "Common difficulties",
    },
    Audience.NEW_HIRE: {"onboarding": "How we work with OKRs"},  # S3
}


class TrainingPlan(BaseModel):
    """A training that was held."""

    audience: Audience
    topics: Annotated[list[str], Field(min_length=1, max_length=20)] = Field(
        description="Keys of this audience’s topics."
    )
    who: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_ZEROS)] = ""
    people: int = Field(default=1, ge=1, le=MOST_PEOPLE)
    held_on: date

    @model_validator(mode="after")
    def _keep_known_topics(self) -> "TrainingPlan":
        self.topics = [key for key in TOPICS[self.audience] if key in self.topics]
        return self


@dataclass(frozen=True)
class Covered:
    """One audience: people trained in each of its topics."""

    audience: Audience
    people_by_topic: dict[str, int]

    @property
    def untouched(self) -> list[str]:
        """Topics nobody was trained in yet."""
        return [topic for topic, people in self.people_by_topic.items() if not people]


def coverage(trainings: Sequence[Training]) -> list[Covered]:
    """Every audience with its topics, as far as it was trained."""
    return [
        Covered(
            audience,
            {
                topic: sum(
                    each.people for each in trainings if each.audience == audience and topic in each.topics
                )
                for topic in topics
            },
        )
        for audience, topics in TOPICS.items()
    ]


async def trainings_of(session: AsyncSession, program_id: str) -> list[Training]:
    """All of them, the newest first."""
    query = select(Training).where(Training.program_id == program_id)
    return list(await session.exec(query.order_by(col(Training.held_on).desc(), col(Training.id))))


async def record_training(session: AsyncSession, program_id: str, plan: TrainingPlan) -> Training:
    """Keep a training. Errors: Problem 422 without a topic, 409 if there are far too many."""
    if not plan.topics:
        raise Problem(422, "Choose what they were trained in.", field="topics")
    if len(await trainings_of(session, program_id)) >= MOST_TRAININGS:
        raise Problem(409, f"A program keeps at most {MOST_TRAININGS:,} trainings.")
    training = Training(program_id=program_id, **plan.model_dump())
    session.add(training)
    return training


async def remove_training(session: AsyncSession, training_id: str) -> Training:
    """Take a wrong record out. Errors: Problem 404."""
    training = await the_row(session, Training, training_id, "This training")
    await session.delete(training)
    return training
