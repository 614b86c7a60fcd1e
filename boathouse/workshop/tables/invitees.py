"""Who is expected, before anybody has joined."""

from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from boathouse.core.tables import id_field
from boathouse.workshop.tables.links import link


def _maybe(to: str) -> Any:
    """A key to a row that may go before the line of the roster does."""
    return Field(default=None, foreign_key=f"{to}.id", ondelete="SET NULL", index=True, max_length=12)


class Invitee(SQLModel, table=True):
    """A line of the roster: a person who is expected, and the room they were given."""

    __table_args__ = (
        Index("ix_invitee_position", "workshop_id", "position"),
        Index("ix_invitee_name_key", "workshop_id", "name_key"),
        Index("ix_invitee_email", "workshop_id", "email"),
    )
    id: str = id_field()
    workshop_id: str = link("workshop")
    position: int = 0
    name: str = Field(max_length=80)
    name_key: str = Field(default="", max_length=320)  # the name as it is compared, see names.py
    email: str = Field(default="", max_length=254)
    columns: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # such as Department: Sales
    room_id: str | None = _maybe("room")
    seat_id: str | None = _maybe("seat")  # taken with the personal link: this is the person
    # Taken with the code under this name or address. That proves nothing and gives no right to the seat.
    code_seat_id: str | None = _maybe("seat")


class RosterSettings(SQLModel, table=True):
    """What holds for a whole roster."""

    __tablename__ = "roster_settings"
    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE", max_length=12)
    # Which addresses are the organisation's own, with spaces between; all others are guests of its calls.
    domains: str = Field(default="", max_length=1000)
    headings: list[str] = Field(default_factory=list, sa_type=JSON)  # of the columns that were kept
    version: str = Field(default="", max_length=12)  # another one after each change of a line
