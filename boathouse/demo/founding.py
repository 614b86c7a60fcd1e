"""What both demo programs are founded with: units, decisions, people with a duty, cycles, a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.people import Person
from boathouse.rollout.access import add_member
from boathouse.rollout.decisions import Answer, record_answer
from boathouse.rollout.parameters import Key
from boathouse.rollout.planning import PlanWish, WavePlan, create_plan
from boathouse.rollout.plans import PlanState, state_of_plan
from boathouse.rollout.roles import HolderPlan, add_holder
from boathouse.rollout.stances import Answer as StanceAnswer
from boathouse.rollout.stances import take_stance
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.tables.parameters import ParameterStatus
from boathouse.rollout.tables.programs import Part, Program, Unit, UnitKind
from boathouse.rollout.tables.roles import Duty, Holder
from boathouse.rollout.tables.stances import StanceKind
from boathouse.rollout.units import UnitPlan, add_unit


@dataclass(frozen=True)
class Team:
    """A unit to be. says: what is special about its leader or its work, as values of UnitPlan."""

    name: str
    people: int
    leader: str
    kind: UnitKind = UnitKind.TEAM
    below: Sequence["Team"] = ()
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """A decision or a proposal. days: how long ago it was written down."""

    key: Key
    value: Any
    rationale: str
    days: int
    status: ParameterStatus = ParameterStatus.DECIDED


class Founding:
    """A program while it is being written. people: the cast, by name."""

    def __init__(
        self, session: AsyncSession, program: Program, people: Mapping[str, Person], moment: datetime
    ) -> None:
        self.session, self.program, self.people, self.moment = session, program, people, moment
        self.units: dict[str, Unit] = {}
        self.holders: dict[str, Holder] = {}

    def ago(self, days: int) -> datetime:
        """So many days before now."""
        return self.moment - timedelta(days=days)

    async def begin(self, parts: Mapping[str, Part], top: Team) -> None:
        """The program with its members and its tree."""
        self.session.add(self.program)
        await self.session.flush()
        for name, part in parts.items():
            await add_member(self.session, self.program.id, self.people[name].id, part)
        await self.add_units([top], None)

    async def add_units(self, teams: Iterable[Team], parent: Unit | None) -> None:
        """Units with everything below them."""
        for team in teams:
            plan = UnitPlan(
                name=team.name,
                kind=team.kind,
                parent_id=parent.id if parent else None,
                headcount=team.people,
                leader=team.leader,
                **{"leader_is_bought_in": True, **team.says},
            )
            unit = await add_unit(self.session, self.program.id, plan)
            await self.session.flush()
            self.units[team.name] = unit
            await self.add_units(team.below, unit)

    async def say(self, by: str, lines: Iterable[Said]) -> None:
        """What was said about parameters, at its time."""
        for line in lines:
            answer = Answer(value=line.value, rationale=line.rationale, status=line.status)
            entry = await record_answer(self.session, self.program.id, line.key, answer, by)
            entry.created_at = self.ago(line.days)

    async def give_duties(self, duties: Mapping[str, tuple[Duty, Mapping[str, Any]]]) -> None:
        """People with a duty, by name."""
        for name, (duty, more) in duties.items():
            plan = HolderPlan(duty=duty, name=name, **more)
            self.holders[name] = await add_holder(self.session, self.program.id, plan)
        await self.session.flush()

    async def plan(self, waves: Sequence[tuple[Sequence[str], Mapping[str, Any]]], by: str) -> PlanState:
        """A plan of these waves: names of units, and what the wave is like."""
        around = await surroundings_of(self.session, self.program)
        wishes = [WavePlan(units=[self.units[name].id for name in names], **more) for names, more in waves]
        made = await create_plan(self.session, around, PlanWish(waves=wishes), by)
        return await state_of_plan(self.session, made, around)

    async def again(self, state: PlanState) -> PlanState:
        """The plan as it stands after changes."""
        around = await surroundings_of(self.session, self.program)
        return await state_of_plan(self.session, state.plan, around)

    async def take_stances(
        self, cycle: int, stances: Mapping[StanceKind, Mapping[str, str]], by: str
    ) -> None:
        """What units do in a cycle, each with its reason."""
        for kind, reasons in stances.items():
            for name, reason in reasons.items():
                answer = StanceAnswer(kind=kind, reason=reason, cycle=cycle)
                await take_stance(self.session, self.program.id, [self.units[name].id], answer, by)
