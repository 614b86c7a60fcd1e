"""A workshop, its coaches and its agenda."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from boathouse.core.ids import new_code
from boathouse.core.tables import choice_field, id_field, maybe_time, time_field
from boathouse.workshop.tables.links import link


class Status(StrEnum):
    """Where a workshop stands."""

    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class StageView(StrEnum):
    """What the stage shows while no room's draft is on it."""

    AUTO = "auto"  # follows the workshop: joining, the clock, the end
    JOIN = "join"
    CLOCK = "clock"
    WALL = "wall"  # all objectives, to scroll
    POLL = "poll"  # the latest poll and its spread
    QUESTIONS = "questions"  # to the group on stage


class Workshop(SQLModel, table=True):
    """A live training session: rooms, an agenda and a clock."""

    id: str = id_field()
    code: str = Field(default_factory=new_code, unique=True, max_length=8)
    title: str = Field(max_length=120)
    room_size: int = 5
    status: Status = choice_field(Status.SCHEDULED)
    starts_at: datetime | None = maybe_time()
    created_at: datetime = time_field()
    started_at: datetime | None = maybe_time()
    ended_at: datetime | None = maybe_time()
    agenda_item_id: str | None = Field(default=None, max_length=12)  # the phase in progress
    phase_started_at: datetime | None = maybe_time()
    phase_ends_at: datetime | None = maybe_time()  # None while paused
    paused_seconds_left: float | None = None
    locked: bool = False
    rooms_are_chosen: bool = False  # participants may pick their room
    # No foreign key: for one SQLite builds the table anew, and its rooms would go with the old one.
    program_id: str | None = Field(default=None, index=True, max_length=12)
    ground_rules: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # snapshot of the parameters
    rule_sources: dict[str, Any] = Field(  # where each comes from, see ground_rules.py
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    on_recommended: bool = False  # the coach started on recommended defaults
    stage_view: StageView = choice_field(StageView.AUTO)
    stage_room_id: str | None = Field(default=None, max_length=12)  # the room shown on stage
    stage_item: str = Field(  # objective:ID or key_result:ID of that room; empty: its whole draft
        default="", max_length=30, sa_column_kwargs={"server_default": ""}
    )
    stage_comment_id: str | None = Field(default=None, max_length=12)  # shown with before and after
    stage_question_id: str | None = Field(default=None, max_length=12)  # the one being answered, shown large
    stage_hides_names: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    created_by: str | None = Field(default=None, foreign_key="person.id", max_length=12)


class Facilitator(SQLModel, table=True):
    """A coach of one workshop."""

    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE", max_length=12)
    person_id: str = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE", max_length=12)


class AgendaItem(SQLModel, table=True):
    """One phase: what to do, for how long."""

    __tablename__ = "agenda_item"
    id: str = id_field()
    workshop_id: str = link("workshop")
    position: int = 0
    title: str = Field(max_length=80)
    minutes: int = 10
    instructions: str = Field(default="", max_length=4000)  # Markdown
