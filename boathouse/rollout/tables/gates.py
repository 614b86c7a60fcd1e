"""Gates between waves: what has to be shown, what was seen, what was decided."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from boathouse.core.tables import choice_field, id_field, maybe_time, time_field
from boathouse.rollout.tables.programs import of_program


class Verdict(StrEnum):
    """What is decided at a gate."""

    SCALE = "scale"  # the next wave starts
    REPEAT = "repeat"  # the same units do another cycle first
    STOP = "stop"  # no further wave


class Gate(SQLModel, table=True):
    """Stands before a wave, the first one excepted."""

    id: str = id_field()
    program_id: str = of_program()
    wave_id: str = Field(foreign_key="wave.id", unique=True, ondelete="CASCADE", max_length=12)


class Criterion(SQLModel, table=True):
    """One thing that has to be shown, with what was seen last and who typed it in."""

    id: str = id_field()
    program_id: str = of_program()
    gate_id: str = Field(foreign_key="gate.id", index=True, ondelete="CASCADE", max_length=12)
    key: str = Field(max_length=40)  # of gates.CRITERIA
    threshold: int  # per cent, or 1 for yes
    seen: int | None = None
    note: str = Field(default="", max_length=500)
    seen_by: str = Field(default="", max_length=80)
    seen_at: datetime | None = maybe_time()


class GateDecision(SQLModel, table=True):
    """What was decided at a gate. The last one counts."""

    __tablename__ = "gate_decision"
    id: str = id_field()
    gate_id: str = Field(foreign_key="gate.id", index=True, ondelete="CASCADE", max_length=12)
    verdict: Verdict = choice_field(Verdict.SCALE)
    met: int = 0  # criteria that were met then,
    criteria: int = 0  # of how many
    reason: str = Field(max_length=1000)
    by: str = Field(max_length=80)
    at: datetime = time_field()
