"""What was said about each deployment parameter, and the councils in which leaders decide together."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer
from sqlmodel import Field, SQLModel

from boathouse.core.ids import new_secret
from boathouse.core.tables import choice_field, id_field, maybe_time, time_field
from boathouse.rollout.tables.programs import of_program


def of_council(**options: Any) -> Any:
    """A foreign key that goes with its council."""
    return Field(foreign_key="council.id", ondelete="CASCADE", max_length=12, **options)


class ParameterStatus(StrEnum):
    """How far a parameter is settled. Only what is decided binds a workshop."""

    OPEN = "open"
    PROPOSED = "proposed"
    DECIDED = "decided"


class ParameterEntry(SQLModel, table=True):
    """One line of a parameter's history; the latest one says how it stands. Nothing is ever changed."""

    __tablename__ = "parameter_entry"
    id: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer, "sqlite")
    )
    program_id: str = of_program()
    key: str = Field(max_length=30)
    status: ParameterStatus = choice_field(ParameterStatus.OPEN)
    value: Any = Field(default=None, sa_type=JSON, nullable=True)  # none once it was reopened
    rationale: str = Field(default="", max_length=1000)
    by: str = Field(max_length=120)  # a name, as it was then
    look_again_on: date | None = None
    council_id: str | None = Field(default=None, max_length=12)  # where leaders decided it together
    created_at: datetime = time_field()


class Council(SQLModel, table=True):
    """Leaders around one table, each on their own screen, who decide one parameter after the other."""

    id: str = id_field()
    program_id: str = of_program()
    secret: str = Field(default_factory=new_secret, unique=True, max_length=40)  # of the link to join
    minutes: int = 60  # for all questions together
    key: str = Field(default="", max_length=30)  # the parameter on the table
    asked_at: datetime | None = maybe_time()  # since when
    revealed: list[str] = Field(default_factory=list, sa_type=JSON)  # keys whose answers everybody sees
    created_at: datetime = time_field()
    ended_at: datetime | None = maybe_time()


class Attendee(SQLModel, table=True):
    """A leader at the table: a name, without an account."""

    id: str = id_field()
    council_id: str = of_council(index=True)
    number: int  # gives the blade its pattern
    name: str = Field(max_length=80)
    created_at: datetime = time_field()
    removed_at: datetime | None = maybe_time()


class Vote(SQLModel, table=True):
    """What one leader chose, and why in a line. Nobody else sees it until the facilitator shows them all."""

    council_id: str = of_council(primary_key=True)
    key: str = Field(primary_key=True, max_length=30)
    attendee_id: str = Field(foreign_key="attendee.id", primary_key=True, ondelete="CASCADE", max_length=12)
    value: Any = Field(default=None, sa_type=JSON, nullable=True)
    line: str = Field(default="", max_length=200)
    created_at: datetime = time_field()
