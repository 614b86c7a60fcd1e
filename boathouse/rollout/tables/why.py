"""Looking back at the why: is it coming true?"""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from boathouse.core.tables import choice_field, id_field, time_field
from boathouse.rollout.tables.programs import of_program


class Truth(StrEnum):
    """How far the why has come true."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NO = "no"


class WhyReview(SQLModel, table=True):
    """An answer to the question, after some cycles (S33)."""

    id: str = id_field()
    program_id: str = of_program()
    after_cycle: int  # how many cycles were done
    why: str = Field(default="", max_length=2000)  # as it stood then
    truth: Truth = choice_field(Truth.PARTLY)
    evidence: str = Field(default="", max_length=2000)
    by: str = Field(default="", max_length=80)
    at: datetime = time_field()
