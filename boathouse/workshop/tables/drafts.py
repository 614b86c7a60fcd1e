"""A room's draft: its structure, a copy of its words, its document, and how it stood earlier."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from boathouse.core.tables import choice_field, id_field, maybe_time, time_field
from boathouse.workshop.tables.links import link


class KeyResultType(StrEnum):
    """How a key result is known to be reached (domain: vocabulary)."""

    METRIC = "metric"
    BASELINE = "baseline"
    MILESTONE = "milestone"


class Objective(SQLModel, table=True):
    """What a room wants to improve, and why now."""

    id: str = id_field()
    room_id: str = link("room")
    position: int = 0
    title: str = ""
    why: str = ""
    created_at: datetime = time_field()
    created_by: str | None = Field(default=None, max_length=20)  # seat:ID or person:ID
    deleted_at: datetime | None = maybe_time()
    deleted_by: str | None = Field(default=None, max_length=80)  # a name, for "Removed by Ana"


class KeyResult(SQLModel, table=True):
    """How the room will know by the end of the cycle."""

    __tablename__ = "key_result"
    id: str = id_field()
    objective_id: str = link("objective")
    room_id: str = link("room")
    position: int = 0
    type: KeyResultType = choice_field(KeyResultType.METRIC)
    statement: str = ""
    start: str = ""
    target: str = ""
    unit: str = ""
    # What nine in ten and one in ten would look like, where the program scores by commit, target and stretch.
    commit: str = Field(default="", sa_column_kwargs={"server_default": ""})
    stretch: str = Field(default="", sa_column_kwargs={"server_default": ""})
    owner_id: str | None = Field(default=None, foreign_key="seat.id", ondelete="SET NULL", max_length=12)
    created_at: datetime = time_field()
    created_by: str | None = Field(default=None, max_length=20)  # seat:ID or person:ID
    deleted_at: datetime | None = maybe_time()
    deleted_by: str | None = Field(default=None, max_length=80)


class Todo(SQLModel, table=True):
    """A to-do item on the strip, and the outcome its crew translates it into (S64)."""

    id: str = id_field()
    room_id: str = link("room")
    position: int = 0
    text: str = ""
    outcome: str = ""
    converted_to: str | None = Field(default=None, max_length=40)  # "objective:<id>" or "key_result:<id>"
    created_at: datetime = time_field()
    created_by: str | None = Field(default=None, max_length=20)  # seat:ID or person:ID
    deleted_at: datetime | None = maybe_time()
    deleted_by: str | None = Field(default=None, max_length=80)


class DocumentUpdate(SQLModel, table=True):
    """One stored batch of Yjs updates of a room's document; append-only until compacted."""

    __tablename__ = "document_update"
    id: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer, "sqlite")
    )
    room_id: str = link("room")
    body: bytes = Field(sa_type=LargeBinary)


class DraftCopy(SQLModel, table=True):
    """A room's draft as it stood when a phase changed or the workshop ended."""

    __tablename__ = "draft_copy"
    id: str = id_field()
    room_id: str = link("room")
    moment: str = Field(max_length=80)  # the phase that ended, or "End"
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = time_field()
