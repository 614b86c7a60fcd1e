"""What is shared with everybody: stars, polls with their answers, questions to the group on stage."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from boathouse.core.tables import choice_field, id_field, maybe_time, time_field
from boathouse.workshop.tables.links import link


class Star(SQLModel, table=True):
    """A room or one of its items that a coach wants to show; position is the order on stage."""

    __table_args__ = (UniqueConstraint("room_id", "item"),)
    id: str = id_field()
    workshop_id: str = link("workshop")
    room_id: str = link("room")
    item: str = Field(default="", max_length=30)  # objective:ID, key_result:ID; empty: the whole room
    position: int = 0
    created_at: datetime = time_field()


class PollKind(StrEnum):
    """How people answer."""

    FIST = "fist"  # 0 to 5 fingers
    WORD = "word"  # one word


class Poll(SQLModel, table=True):
    """A question to everybody, answered on phones; the spread is on the stage."""

    id: str = id_field()
    workshop_id: str = link("workshop")
    kind: PollKind = choice_field(PollKind.FIST)
    question: str = Field(max_length=200)
    created_at: datetime = time_field()
    closed_at: datetime | None = maybe_time()
    struck: list[str] = Field(default_factory=list, sa_type=JSON)  # words a coach took off the stage


class PollAnswer(SQLModel, table=True):
    """One participant's answer, which may be changed while the poll is open."""

    __tablename__ = "poll_answer"
    __table_args__ = (UniqueConstraint("poll_id", "seat_id"),)
    id: str = id_field()
    poll_id: str = link("poll")
    seat_id: str = link("seat")
    answer: str = Field(max_length=40)
    answered_at: datetime = time_field()


class Question(SQLModel, table=True):
    """A question to the group on stage; others may second it."""

    id: str = id_field()
    workshop_id: str = link("workshop")
    seat_id: str | None = Field(default=None, foreign_key="seat.id", ondelete="SET NULL", max_length=12)
    author_name: str = Field(max_length=80)
    body: str = Field(max_length=300)
    to_room_id: str | None = Field(default=None, max_length=12)  # the group on stage when it was asked
    asked_at: datetime = time_field()
    answered_at: datetime | None = maybe_time()
    removed_at: datetime | None = maybe_time()


class Second(SQLModel, table=True):
    """Somebody else wants this question answered too."""

    question_id: str = Field(foreign_key="question.id", primary_key=True, ondelete="CASCADE", max_length=12)
    seat_id: str = Field(foreign_key="seat.id", primary_key=True, ondelete="CASCADE", max_length=12)
