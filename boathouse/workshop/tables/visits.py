"""Who was there from when to when."""

from datetime import datetime

from sqlmodel import SQLModel

from boathouse.core.tables import id_field, maybe_time, time_field
from boathouse.workshop.tables.links import link


class Visit(SQLModel, table=True):
    """One stay of a participant in a room, a reload apart; left_at is None while it lasts."""

    id: str = id_field()
    room_id: str = link("room")
    seat_id: str = link("seat")
    came_at: datetime = time_field()
    left_at: datetime | None = maybe_time()
