"""A program's calendar: how it is laid out, the cycles that are fixed, and the dates people moved."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from boathouse.core.tables import id_field, time_field
from boathouse.rollout.tables.programs import of_program


class CalendarSettings(SQLModel, table=True):
    """What the calendar is laid out from, beside length and cadence; a program without a row has these."""

    __tablename__ = "calendar_settings"

    program_id: str = Field(foreign_key="program.id", primary_key=True, ondelete="CASCADE", max_length=12)
    starts_on: date | None = None  # the first cycle that is not fixed; none: with the fiscal year
    country: str = Field(default="", max_length=2)  # whose public holidays are days off
    region: str = Field(default="", max_length=20)
    days_off: str = Field(default="", max_length=40_000)  # typed in, one break a line
    check_in_weekday: int = 1  # Monday is 0
    meets_at: str = Field(default="10:00", max_length=5)
    revision: int = 0  # counts every change, as a feed's SEQUENCE
    changed_at: datetime = time_field()


class Cycle(SQLModel, table=True):
    """A cycle that was fixed: parameters decided later change it no more."""

    __table_args__ = (UniqueConstraint("program_id", "number"),)

    id: str = id_field()
    program_id: str = of_program()
    number: int
    first: date
    last: date
    cadence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class MovedDate(SQLModel, table=True):
    """An event that somebody put on another day."""

    __table_args__ = (UniqueConstraint("program_id", "cycle", "key"),)

    id: str = id_field()
    program_id: str = of_program()
    cycle: int  # its number
    key: str = Field(max_length=40)
    to: date
    moved_by: str = Field(max_length=80)
    moved_at: datetime = time_field()
