"""Who does what in a program by name, account or not, and what they were trained in."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from boathouse.core.tables import choice_field, id_field
from boathouse.rollout.tables.programs import of_program


class Duty(StrEnum):
    """What a program needs people for. Sponsors of one unit stand in the unit itself."""

    EXECUTIVE_SPONSOR = "executive_sponsor"  # S16
    HR_SPONSOR = "hr_sponsor"  # S16
    AMBASSADOR = "ambassador"  # S1, S17: mentor and manager
    COACH = "coach"  # S12-S14


class Audience(StrEnum):
    """Whom a training is for (S2, S3, S11)."""

    EXECUTIVE = "executive"
    LEAD = "lead"
    INDIVIDUAL = "individual"
    AMBASSADOR = "ambassador"
    COACH = "coach"
    NEW_HIRE = "new_hire"


class Holder(SQLModel, table=True):
    """Somebody with a duty in the program."""

    id: str = id_field()
    program_id: str = of_program()
    duty: Duty = choice_field(Duty.AMBASSADOR)
    name: str = Field(max_length=80)
    # Ambassadors: the points of the self-check that are there already (S8).
    strengths: list[str] = Field(default_factory=list, sa_type=JSON)
    # Coaches.
    is_internal: bool = True
    in_training: bool = False  # internal, learning from another coach (S14)
    is_first_time: bool = False  # practises with one or two teams before more (S10)
    hands_over_on: date | None = None  # external: from then on the internal coaches do it (S14)


class Training(SQLModel, table=True):
    """A training that was held: for whom, in what, when."""

    id: str = id_field()
    program_id: str = of_program()
    audience: Audience = choice_field(Audience.LEAD)
    topics: list[str] = Field(default_factory=list, sa_type=JSON)  # keys of that audience
    who: str = Field(default="", max_length=200)  # a person or a group
    people: int = 1
    held_on: date
