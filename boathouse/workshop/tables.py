"""The rows of the workshop world, side by side, so that their links can be read at a glance.

Words that people draft live in a Yjs document per room (documents.py); the text columns here are its
copy, refreshed within 700 ms, for the board, search, exports and checks.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from boathouse.core.ids import new_code, new_id
from boathouse.core.tables import choice_field, id_field, maybe_time, time_field


def link(to: str, **options: Any) -> Any:
    """A foreign key that goes with its owner when a workshop is deleted."""
    return Field(foreign_key=f"{to}.id", index=True, ondelete="CASCADE", max_length=12, **options)


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


class KeyResultType(StrEnum):
    """How a key result is known to be reached (domain: vocabulary)."""

    METRIC = "metric"
    BASELINE = "baseline"
    MILESTONE = "milestone"


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


class Room(SQLModel, table=True):
    """A breakout room: a few people and one draft."""

    id: str = id_field()
    workshop_id: str = link("workshop")
    number: int
    name: str = Field(max_length=80)
    generation: str = Field(default_factory=new_id, max_length=12)  # of its document
    closed_at: datetime | None = maybe_time()
    merged_into: str | None = Field(default=None, max_length=12)
    help_since: datetime | None = maybe_time()
    done_at: datetime | None = maybe_time()  # the crew says it is finished
    claimed_by: str | None = Field(default=None, max_length=12)  # the coach on it
    last_activity_at: datetime | None = maybe_time()


class Seat(SQLModel, table=True):
    """A participant: a name in a room, without an account."""

    id: str = id_field()
    workshop_id: str = link("workshop")
    room_id: str = link("room")
    number: int  # 1 to n within the workshop's room, gives the blade its pattern
    name: str = Field(max_length=80)
    email: str | None = Field(default=None, max_length=254)
    simulated: bool = False
    created_at: datetime = time_field()
    last_seen_at: datetime | None = maybe_time()
    removed_at: datetime | None = maybe_time()


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
    body: str = Field(max_length=2000)
    author_name: str = Field(max_length=80)
    person_id: str | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", max_length=12)
    seat_id: str | None = Field(default=None, foreign_key="seat.id", ondelete="SET NULL", max_length=12)
    broadcast_id: str | None = Field(default=None, max_length=12)
    created_at: datetime = time_field()
    edited_at: datetime | None = maybe_time()
    deleted_at: datetime | None = maybe_time()
    resolved_at: datetime | None = maybe_time()
    resolved_by: str | None = Field(default=None, max_length=80)


class Broadcast(SQLModel, table=True):
    """A message to all rooms of a workshop."""

    id: str = id_field()
    workshop_id: str = link("workshop")
    body: str = Field(max_length=500)
    author_name: str = Field(max_length=80)
    created_at: datetime = time_field()


class DraftCopy(SQLModel, table=True):
    """A room's draft as it stood when a phase changed or the workshop ended."""

    __tablename__ = "draft_copy"
    id: str = id_field()
    room_id: str = link("room")
    moment: str = Field(max_length=80)  # the phase that ended, or "End"
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = time_field()


class RoomNote(SQLModel, table=True):
    """Words a merged or locked-out browser had not sent, kept for copying."""

    __tablename__ = "room_note"
    id: str = id_field()
    room_id: str = link("room")
    author_name: str = Field(max_length=80)
    body: str
    created_at: datetime = time_field()
