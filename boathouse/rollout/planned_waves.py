"""The waves of a plan as the rules see them: with their people, coaches and sponsors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boathouse.core.names import listed
from boathouse.rollout.guardrails import PlanFacts
from boathouse.rollout.surroundings import Surroundings
from boathouse.rollout.tables.plans import Plan, Wave
from boathouse.rollout.waves import CoachOfWave, PlannedUnit, PlannedWave


@dataclass(frozen=True)
class Place:
    """Where a unit starts, and who accompanies it."""

    wave_id: str
    coach_id: str | None = None


def planned_wave(wave: Wave, places: Mapping[str, Place], around: Surroundings) -> PlannedWave:
    """The wave as the rules see it."""
    units = tuple(
        unit for unit in around.units.values() if (place := places.get(unit.id)) and place.wave_id == wave.id
    )
    accompanied: dict[str, int] = {}
    for unit in units:
        if (coach_id := places[unit.id].coach_id) is not None:
            accompanied[coach_id] = accompanied.get(coach_id, 0) + 1
    coaches = tuple(
        CoachOfWave(coach.id, coach.name, coach.is_first_time, accompanied[coach.id])
        for coach in around.coaches.values()
        if coach.id in accompanied
    )
    return PlannedWave(
        id=wave.id,
        number=wave.number,
        cycle=wave.cycle,
        units=units,
        coaches=coaches,
        sponsor=wave.sponsor or around.sponsor or _sponsors_of(units, around),
        executives_draft=wave.executives_draft,
        includes_individuals=wave.includes_individuals,
        sheet_is_compulsory=wave.sheet_is_compulsory,
    )


def _sponsors_of(units: Sequence[PlannedUnit], around: Surroundings) -> str:
    """The executives behind every one of these units; empty as soon as one unit has nobody."""
    sponsors = [around.sponsor_of(unit) for unit in units]
    return listed(list(dict.fromkeys(sponsors))) if units and all(sponsors) else ""


def facts_of(plan: Plan, waves: Sequence[PlannedWave], around: Surroundings) -> PlanFacts:
    """What the guardrails look at."""
    return PlanFacts(
        approach=plan.approach,
        headcount=around.headcount,
        units=len(around.units),
        ambassadors=around.ambassadors,
        is_first_cycle=around.program.cycles_done == 0,
        levels_include_individuals="individual" in around.levels,
        waves=tuple(waves),
    )
