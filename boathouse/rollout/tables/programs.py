"""A program, who takes part in it, and its units."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from boathouse.core.ids import new_secret
from boathouse.core.tables import choice_field, id_field, time_field


def of_program(**options: Any) -> Any:
    """A foreign key that goes with its program."""
    return Field(foreign_key="program.id", index=True, ondelete="CASCADE", max_length=12, **options)


class Part(StrEnum):
    """What a member does in a program."""

    LEADER = "leader"  # decides
    AMBASSADOR = "ambassador"  # plans
    COACH = "coach"  # sees, and runs workshops under its rules
    VIEWER = "viewer"  # sees


class UnitKind(StrEnum):
    """The levels of an organisation (contract: values of `levels`, individuals apart)."""

    COMPANY = "company"
    BUSINESS_UNIT = "business_unit"
    DEPARTMENT = "department"
    TEAM = "team"


class Program(SQLModel, table=True):
    """One organisation's OKR effort, from its why to the cycle in progress."""

    id: str = id_field()
    name: str = Field(max_length=120)
    headcount: int | None = None
    led_by: str = Field(default="", max_length=80)  # who leads the organisation, and states the why (S33)
    why: str = Field(default="", max_length=2000)
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)  # keys of chosen reasons (S31, S32)
    fit: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # answers of the fit check (S53)
    cycles_done: int = 0  # 0: this is the first cycle
    time_zone: str = Field(default="Etc/UTC", max_length=60)
    fiscal_year_starts: int = 1  # month
    created_at: datetime = time_field()
    opt_in_secret: str = Field(default_factory=new_secret, unique=True, max_length=40)
    calendar_secret: str = Field(default_factory=new_secret, unique=True, max_length=40)
    sheet_secret: str = Field(default_factory=new_secret, unique=True, max_length=40)  # of the ground rules


class Member(SQLModel, table=True):
    """An account that takes part in a program; nobody else sees it, the owner excepted."""

    program_id: str = Field(foreign_key="program.id", primary_key=True, ondelete="CASCADE", max_length=12)
    person_id: str = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE", max_length=12)
    part: Part = choice_field(Part.VIEWER)


class Unit(SQLModel, table=True):
    """A part of the organisation that may draft OKRs."""

    id: str = id_field()
    program_id: str = of_program()
    parent_id: str | None = Field(
        default=None, foreign_key="unit.id", index=True, ondelete="CASCADE", max_length=12
    )
    kind: UnitKind = choice_field(UnitKind.TEAM)
    name: str = Field(max_length=120)
    headcount: int | None = None
    leader: str = Field(default="", max_length=80)
    leader_is_bought_in: bool | None = None  # S27
    leader_is_sceptical: bool = False  # S57: a one-to-one before the group session
    had_one_to_one: bool = False
    only_maintains: bool = False  # S53
    sponsor: str = Field(default="", max_length=80)  # executive sponsor of the unit
    position: int = 0
