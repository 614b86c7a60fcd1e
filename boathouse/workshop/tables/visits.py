"""Who was there from when to when."""

from datetime import datetime

from sqlmodel import SQLModel

from boathouse.core.tables import id_field, time_field
from boathouse.workshop.tables.links import link


class Visit(SQLModel, table=True):
    """One stay of a participant in a room; a reload is no leaving.

    last_seen_at is moved on while they stay (attendance.py), so that a crash leaves nothing open.
    """

    id: str = id_field()
    room_id: str = link("room")
    seat_id: str = link("seat")
    came_at: datetime = time_field()
    last_seen_at: datetime = time_field()
