"""What a plan costs: workshops, coaches, their hours and the people trained, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from pydantic import BaseModel, Field

from boathouse.rollout.days import add_months
from boathouse.rollout.waves import PlannedWave, WaveDates


class Effort(BaseModel):
    """What the forecast assumes; visible and changeable on the plan."""

    workshop_people: int = Field(default=100, ge=2, le=1000, description="People in one training workshop.")
    room_size: int = Field(default=5, ge=1, le=12, description="People who draft one set together.")  # S45
    rooms_per_coach: int = Field(default=10, ge=1, le=100, description="Rooms one coach reads along in.")
    workshop_hours: float = Field(default=2, gt=0, le=16, description="Hours a workshop takes.")  # S45
    preparation_hours: float = Field(default=3, ge=0, le=80, description="Hours a coach prepares for one.")
    monthly_hours: float = Field(
        default=2, ge=0, le=80, description="Coach hours for each unit and month of its first cycle."
    )
    people_per_coach: int = Field(default=50, ge=1, le=10_000, description="People for each coach inside.")


@dataclass(frozen=True)
class WaveEffort:
    """One wave. coaches: at the same time in a workshop; internal_coaches: by then in the company (S60)."""

    people: int
    workshops: int
    coaches: int
    internal_coaches: int
    coach_hours: float


@dataclass(frozen=True)
class MonthEffort:
    """One month of the plan. month: its first day."""

    month: date
    workshops: int
    coach_hours: float
    people: int


def effort_of(wave: PlannedWave, effort: Effort, cycle_months: int) -> WaveEffort:
    """What one wave takes until its first cycle ends. A wave without units takes nothing."""
    people, workshops = wave.people, workshops_of(wave, effort)
    coaches = coaches_in_workshop(people, workshops, effort)
    hours = workshops * coaches * (effort.workshop_hours + effort.preparation_hours)
    accompanying = len(wave.units) * effort.monthly_hours * cycle_months
    inside = ceil(people / effort.people_per_coach)
    return WaveEffort(people, workshops, coaches, inside, round(hours + accompanying, 1))


def workshops_of(wave: PlannedWave, effort: Effort) -> int:
    """Training workshops of a wave: one at least if anybody starts."""
    if not wave.units:
        return 0
    return max(1, ceil(wave.people / effort.workshop_people))


def coaches_in_workshop(people: int, workshops: int, effort: Effort) -> int:
    """Coaches who read along at the same time, in workshops of equal size."""
    if not workshops:
        return 0
    rooms = ceil(ceil(people / workshops) / effort.room_size)
    return max(1, ceil(rooms / effort.rooms_per_coach))


def by_month(
    waves: Sequence[tuple[PlannedWave, WaveDates]], effort: Effort, cycle_months: int
) -> list[MonthEffort]:
    """The same, month by month, from the first wave's first month to the last one's end; no gaps.

    Workshops and training fall in the month a wave starts, accompanying is spread over its cycle.
    """
    busy = [(wave, dates) for wave, dates in waves if wave.units]
    if not busy:
        return []
    first = min(dates.starts for _, dates in busy).replace(day=1)
    count = cycle_months + max(_months_apart(first, dates.starts) for _, dates in busy)
    return [_month(busy, effort, cycle_months, add_months(first, number)) for number in range(count)]


def _month(
    waves: Sequence[tuple[PlannedWave, WaveDates]], effort: Effort, cycle_months: int, month: date
) -> MonthEffort:
    workshops, hours, people = 0, 0.0, 0
    for wave, dates in waves:
        age = _months_apart(dates.starts, month)
        if age == 0:
            count = workshops_of(wave, effort)
            coaches = coaches_in_workshop(wave.people, count, effort)
            workshops, people = workshops + count, people + wave.people
            hours += count * coaches * (effort.workshop_hours + effort.preparation_hours)
        if 0 <= age < cycle_months:
            hours += len(wave.units) * effort.monthly_hours
    return MonthEffort(month, workshops, round(hours, 1), people)


def _months_apart(one: date, other: date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month
