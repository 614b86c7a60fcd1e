"""What each unit does in a cycle, and hands raised on the opt-in page."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from boathouse.core.tables import choice_field, id_field, maybe_time, time_field
from boathouse.rollout.tables.programs import of_program


class StanceKind(StrEnum):
    """What a unit does this cycle (S43, S61)."""

    OKRS = "okrs"
    HEALTH_METRICS = "health_metrics"
    JUST_DO_ITS = "just_do_its"
    NOT_NOW = "not_now"


class Stance(SQLModel, table=True):
    """A unit's answer for one cycle. It counts as engaged once it has a reason."""

    unit_id: str = Field(foreign_key="unit.id", primary_key=True, ondelete="CASCADE", max_length=12)
    cycle: int = Field(primary_key=True)  # of the program, from 1
    program_id: str = of_program()
    kind: StanceKind = choice_field(StanceKind.OKRS)
    reason: str = Field(default="", max_length=500)
    by: str = Field(default="", max_length=80)
    at: datetime = time_field()


class Wish(StrEnum):
    """What somebody would like (S51)."""

    TRY = "try"  # "my team would like to try this"
    AMBASSADOR = "ambassador"


class Hand(SQLModel, table=True):
    """Raised on the opt-in page by somebody without an account."""

    id: str = id_field()
    program_id: str = of_program()
    wish: Wish = choice_field(Wish.TRY)
    name: str = Field(max_length=80)
    team: str = Field(default="", max_length=120)
    contact: str = Field(default="", max_length=120)
    words: str = Field(default="", max_length=500)
    unit_id: str | None = Field(default=None, foreign_key="unit.id", ondelete="SET NULL", max_length=12)
    at: datetime = time_field()
    answered_at: datetime | None = maybe_time()
    answered_by: str = Field(default="", max_length=80)
