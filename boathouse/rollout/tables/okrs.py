"""OKRs that a unit drafted, as they came from a workshop."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from boathouse.core.tables import id_field, time_field
from boathouse.rollout.tables.programs import of_program


class OkrDraft(SQLModel, table=True):
    """A unit's draft OKRs with what the coach checks found, handed over from a room."""

    __tablename__ = "okr_draft"
    id: str = id_field()
    program_id: str = of_program()
    unit_id: str = Field(foreign_key="unit.id", index=True, ondelete="CASCADE", max_length=12)
    room_id: str = Field(index=True, max_length=12)  # no foreign key: a workshop may be deleted
    workshop_title: str = Field(max_length=120)
    objectives: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    handed_over_by: str = Field(max_length=80)
    handed_over_at: datetime = time_field()
