"""Breakout rooms, who sits in them, and words that found no place."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from boathouse.core.ids import new_id
from boathouse.core.tables import id_field, maybe_time, time_field
from boathouse.workshop.tables.links import link


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
    unit_id: str | None = Field(default=None, max_length=12)  # of the program; whose draft this is


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


class RoomNote(SQLModel, table=True):
    """Words a merged or locked-out browser had not sent, kept for copying."""

    __tablename__ = "room_note"
    id: str = id_field()
    room_id: str = link("room")
    author_name: str = Field(max_length=80)
    body: str
    created_at: datetime = time_field()
