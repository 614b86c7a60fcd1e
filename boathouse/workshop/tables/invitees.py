"""Who is expected, before anybody has joined."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from boathouse.core.tables import id_field, time_field
from boathouse.workshop.tables.links import link


class Invitee(SQLModel, table=True):
    """A line of the roster: a person who is expected, and the room they were given."""

    id: str = id_field()
    workshop_id: str = link("workshop")
    position: int = 0
    name: str = Field(max_length=80)
    email: str = Field(default="", max_length=254)
    group: str = Field(default="", max_length=120)  # department or team, as the list says
    room_id: str | None = Field(
        default=None, foreign_key="room.id", ondelete="SET NULL", index=True, max_length=12
    )
    seat_id: str | None = Field(default=None, foreign_key="seat.id", ondelete="SET NULL", max_length=12)
    created_at: datetime = time_field()
