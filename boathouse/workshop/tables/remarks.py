"""What is said about drafts: comments, messages to all rooms, entries of the comment bank."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from boathouse.core.tables import id_field, maybe_time, time_field
from boathouse.workshop.tables.links import link


class Comment(SQLModel, table=True):
    """A coach's or participant's remark, pinned to a field, an item or the room; replies hang below it."""

    id: str = id_field()
    room_id: str = link("room")
    parent_id: str | None = Field(default=None, index=True, max_length=12)
    objective_id: str | None = Field(default=None, max_length=12)
    key_result_id: str | None = Field(default=None, max_length=12)
    field: str | None = Field(default=None, max_length=20)
    about: str = ""  # the text it was about, as it stood
    about_settled: str | None = None  # the same text when it was marked done
    # The key result it is about with all its fields, as it stood: its "before".
    stood: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    body: str = Field(max_length=2000)
    author_name: str = Field(max_length=80)
    person_id: str | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", max_length=12)
    seat_id: str | None = Field(default=None, foreign_key="seat.id", ondelete="SET NULL", max_length=12)
    broadcast_id: str | None = Field(default=None, index=True, max_length=12)  # one of many alike
    created_at: datetime = time_field()
    edited_at: datetime | None = maybe_time()
    deleted_at: datetime | None = maybe_time()
    resolved_at: datetime | None = maybe_time()
    resolved_by: str | None = Field(default=None, max_length=80)


class Broadcast(SQLModel, table=True):
    """A message to all rooms of a workshop, or the question behind comments in those with one finding."""

    id: str = id_field()
    workshop_id: str = link("workshop")
    body: str = Field(max_length=500)
    code: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})  # of the finding
    author_name: str = Field(max_length=80)
    created_at: datetime = time_field()


class BankEntry(SQLModel, table=True):
    """A coach's own question, shared with the other coaches of the workshop."""

    __tablename__ = "bank_entry"
    id: str = id_field()
    workshop_id: str = link("workshop")
    code: str = Field(default="", max_length=40)  # the finding it answers; empty: any
    body: str = Field(max_length=500)
    author_name: str = Field(max_length=80)
    created_at: datetime = time_field()
