"""What a crew said about a finding; the findings themselves follow from the draft and are stored nowhere."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from boathouse.core.tables import id_field, time_field
from boathouse.workshop.tables.links import link


class Meant(SQLModel, table=True):
    """ "We meant it": the crew keeps these words, and is not asked this question again about this item."""

    __table_args__ = (UniqueConstraint("room_id", "item", "code"),)
    id: str = id_field()
    room_id: str = link("room")
    item: str = Field(max_length=30)  # objective:ID, key_result:ID or todo:ID
    code: str = Field(max_length=40)
    said_by: str = Field(max_length=80)  # a name
    said_at: datetime = time_field()
