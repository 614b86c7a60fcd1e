"""A plan as it stands: its waves with people, dates and effort, its gates, and what the guardrails find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.rollout.forecast import Effort, MonthEffort, WaveEffort, by_month, effort_of
from boathouse.rollout.gate_rules import GateState
from boathouse.rollout.gates import gates_of
from boathouse.rollout.guardrail_rules import Severity
from boathouse.rollout.guardrails import findings
from boathouse.rollout.judging import Judged, judge
from boathouse.rollout.planned_waves import Place, facts_of, planned_wave
from boathouse.rollout.stances import Tally, stances_by_cycle, tally
from boathouse.rollout.surroundings import Surroundings
from boathouse.rollout.tables.gates import Verdict
from boathouse.rollout.tables.plans import Override, Plan, Wave, WaveUnit
from boathouse.rollout.waves import PlannedUnit, PlannedWave, WaveDates

REPLACED = "Another plan has taken the place of this one, which can only be read now. Load the page again."


@dataclass(frozen=True)
class WaveState:
    """A wave with what follows from it.

    gate: the one before it, none before the first. repeats: more cycles, as decided at the gate behind it.
    ends: its look back is over, the last one when it repeats.
    """

    row: Wave
    planned: PlannedWave
    dates: WaveDates
    effort: WaveEffort
    gate: GateState | None
    repeats: int
    ends: date

    @property
    def has_own_sponsor(self) -> bool:
        """Whether it names a sponsor, instead of leaning on the program's."""
        return bool(self.row.sponsor)


@dataclass(frozen=True)
class PlanState:
    """Everything about one plan.

    overrides: the newest first, those taken back as well. engaged: by wave, how many of its units have a
    reasoned stance for its cycle.
    """

    plan: Plan
    around: Surroundings
    places: dict[str, Place]
    waves: tuple[WaveState, ...]
    judged: tuple[Judged, ...]
    overrides: tuple[Override, ...]
    months: tuple[MonthEffort, ...]
    engaged: Mapping[str, Tally]

    @property
    def open(self) -> list[Judged]:
        """Findings nobody has set aside, the graver ones first."""
        grave = [Severity.FIX, Severity.ASK, Severity.INFO]
        return sorted(
            (each for each in self.judged if each.is_open),
            key=lambda each: grave.index(each.finding.severity),
        )

    @property
    def to_fix(self) -> list[Judged]:
        """What keeps the plan from being agreed on."""
        return [each for each in self.open if each.finding.severity == Severity.FIX]

    @property
    def people(self) -> int:
        """Whom the waves reach that start."""
        return sum(wave.effort.people for wave in self.waves if not self.is_stopped(wave.row))

    @property
    def unplaced(self) -> list[PlannedUnit]:
        """Units that start in no wave."""
        return [unit for unit in self.around.units.values() if unit.id not in self.places]

    @property
    def gates(self) -> list[GateState]:
        """In the order of the waves."""
        return [wave.gate for wave in self.waves if wave.gate]

    @property
    def closed_gate(self) -> GateState | None:
        """The first one that is not open: what the plan waits for, or where it was stopped."""
        return next((gate for gate in self.gates if not gate.is_open), None)

    def looks_on(self, gate: GateState) -> date:
        """When a gate is looked at: as the last cycle before its wave closes."""
        earlier = self.waves[gate.before.number - 2].row.cycle
        return self.around.dates_of_cycle(max(gate.before.cycle - 1, earlier)).looks_back

    def is_stopped(self, wave: Wave) -> bool:
        """Whether it does not start, since an earlier gate was stopped at, or its own."""
        return wave.number >= stopped_from(self.gates)

    @property
    def effort(self) -> Effort:
        """What the forecast assumes."""
        return Effort.model_validate(self.plan.effort)


async def plans_of(session: AsyncSession, program_id: str) -> Sequence[Plan]:
    """The program's plans, the newest first."""
    query = select(Plan).where(Plan.program_id == program_id)
    return (await session.exec(query.order_by(col(Plan.created_at).desc(), col(Plan.id)))).all()


async def current_plan(session: AsyncSession, program_id: str) -> Plan | None:
    """The newest plan, the one that counts."""
    return next(iter(await plans_of(session, program_id)), None)


async def the_plan(session: AsyncSession, plan_id: str) -> Plan:
    """The row. Errors: Problem 404."""
    return await the_row(session, Plan, plan_id, "This plan")


async def plan_to_change(session: AsyncSession, plan_id: str) -> Plan:
    """The row, while it is the plan that counts. Errors: Problem 404, or 409 once another replaced it."""
    plan = await the_plan(session, plan_id)
    newest = await current_plan(session, plan.program_id)
    if newest is None or newest.id != plan.id:
        raise Problem(409, REPLACED)
    return plan


async def waves_of(session: AsyncSession, plan_id: str) -> Sequence[Wave]:
    """The waves of a plan in their order."""
    return (await session.exec(select(Wave).where(Wave.plan_id == plan_id).order_by(col(Wave.number)))).all()


async def state_of_plan(session: AsyncSession, plan: Plan, around: Surroundings) -> PlanState:
    """The plan as it stands now."""
    rows = await waves_of(session, plan.id)
    placed = await session.exec(
        select(WaveUnit.unit_id, WaveUnit.wave_id, WaveUnit.coach_id).where(WaveUnit.plan_id == plan.id)
    )
    places = {unit_id: Place(wave_id, coach_id) for unit_id, wave_id, coach_id in placed}
    planned = [planned_wave(row, places, around) for row in rows]
    gates = await gates_of(session, rows)
    effort = Effort.model_validate(plan.effort)
    states = tuple(
        WaveState(
            row=row,
            planned=wave,
            dates=around.dates_of_cycle(row.cycle),
            effort=effort_of(wave, effort, around.cycle_months),
            gate=gates.get(row.id),
            repeats=more,
            ends=around.dates_of_cycle(row.cycle + more).ends,
        )
        for row, wave, more in zip(rows, planned, _repeats(rows, gates), strict=True)
    )
    query = select(Override).where(Override.plan_id == plan.id).order_by(col(Override.at).desc())
    overrides = tuple((await session.exec(query)).all())
    going = [each for each in states if each.row.number < stopped_from(gates.values())]
    months = by_month([(each.planned, each.dates) for each in going], effort, around.cycle_months)
    judged = judge(findings(facts_of(plan, [each.planned for each in going], around)), overrides)
    stances = await stances_by_cycle(session, plan.program_id, [wave.cycle for wave in planned])
    engaged = {wave.id: tally([unit.id for unit in wave.units], stances[wave.cycle]) for wave in planned}
    return PlanState(plan, around, places, states, tuple(judged), overrides, tuple(months), engaged)


def _repeats(waves: Sequence[Wave], gates: Mapping[str, GateState]) -> Iterator[int]:
    """For each wave, how often the gate behind it was decided on with one more cycle."""
    for following in [*waves[1:], None]:
        gate = gates.get(following.id) if following else None
        yield sum(each.verdict == Verdict.REPEAT for each in gate.decisions) if gate else 0


def stopped_from(gates: Iterable[GateState]) -> float:
    """The number of the first wave that does not start, since its gate was stopped at; infinite if all do."""
    return min((gate.before.number for gate in gates if gate.is_stopped), default=inf)
