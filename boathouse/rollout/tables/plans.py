"""A plan: its waves, which units start in which, and which rules were set aside with a reason."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from boathouse.core.tables import choice_field, id_field, maybe_time, time_field
from boathouse.rollout.approaches import Approach
from boathouse.rollout.tables.programs import of_program


def of_plan(**options: Any) -> Any:
    """A foreign key that goes with its plan."""
    return Field(foreign_key="plan.id", index=True, ondelete="CASCADE", max_length=12, **options)


class Plan(SQLModel, table=True):
    """How a program grows. The newest one counts; earlier ones stay to be read."""

    id: str = id_field()
    program_id: str = of_program()
    approach: Approach = choice_field(Approach.TOP_DOWN)
    first_cycle: int = 1  # of the program; the calendar knows its days
    effort: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # forecast.Effort
    created_at: datetime = time_field(index=True)
    created_by: str = Field(default="", max_length=80)
    agreed_at: datetime | None = maybe_time()
    agreed_by: str = Field(default="", max_length=80)


class Wave(SQLModel, table=True):
    """Units that start OKRs in the same cycle."""

    id: str = id_field()
    program_id: str = of_program()
    plan_id: str = of_plan()
    number: int  # from 1, in the order of the plan
    cycle: int  # of the program, from 1
    sponsor: str = Field(default="", max_length=80)  # executive sponsor (S55); empty: the program's
    executives_draft: bool = True  # S56
    includes_individuals: bool = False  # S38
    sheet_is_compulsory: bool = False  # S50


class WaveUnit(SQLModel, table=True):
    """A unit starts in one wave of a plan."""

    __tablename__ = "wave_unit"
    plan_id: str = Field(foreign_key="plan.id", primary_key=True, ondelete="CASCADE", max_length=12)
    unit_id: str = Field(
        foreign_key="unit.id", primary_key=True, index=True, ondelete="CASCADE", max_length=12
    )
    wave_id: str = Field(foreign_key="wave.id", index=True, ondelete="CASCADE", max_length=12)
    coach_id: str | None = Field(default=None, foreign_key="holder.id", ondelete="SET NULL", max_length=12)


class Override(SQLModel, table=True):
    """A guardrail set aside: its reason stays on the plan, also when it is taken back."""

    id: str = id_field()
    plan_id: str = of_plan()
    code: str = Field(max_length=40)
    severity: str = Field(max_length=10)
    wave_id: str = Field(default="", max_length=12)  # empty: about the whole plan
    about: list[str] = Field(default_factory=list, sa_type=JSON)  # ids of units or coaches it covers
    reason: str = Field(max_length=1000)
    by: str = Field(max_length=80)
    at: datetime = time_field()
    taken_back_at: datetime | None = maybe_time()
    taken_back_by: str = Field(default="", max_length=80)
