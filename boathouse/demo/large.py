"""Nordhafen Group, 8,000 people in their third cycle: everything decided, one wave behind, one under way."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.people import Person
from boathouse.demo.founding import Founding
from boathouse.demo.nordhafen import COMPANY, DECIDED, DUTIES, NAME, STANCES, WAVES, WEST, WHY
from boathouse.rollout.calendar_changes import CalendarPlan, change_settings, fix_cycles, move_date
from boathouse.rollout.calendars import load_calendar
from boathouse.rollout.cycles import spans
from boathouse.rollout.days import add_months
from boathouse.rollout.fit import Direction, FitAnswers, answer_fit
from boathouse.rollout.gate_rules import Evidence, GateVerdict
from boathouse.rollout.gates import decide, note_evidence
from boathouse.rollout.overrides import SetAside, set_aside
from boathouse.rollout.planning import agree
from boathouse.rollout.plans import PlanState
from boathouse.rollout.tables.cycles import Cycle
from boathouse.rollout.tables.gates import Verdict
from boathouse.rollout.tables.programs import Part, Program
from boathouse.rollout.tables.roles import Audience
from boathouse.rollout.tables.stances import Hand, StanceKind, Wish
from boathouse.rollout.tables.why import Truth
from boathouse.rollout.trainings import TrainingPlan, record_training
from boathouse.rollout.wave_changes import accompany
from boathouse.rollout.why import Look, review_why


async def found_large_program(
    session: AsyncSession, people: Mapping[str, Person], moment: datetime
) -> Program:
    """Write it, with everything that happened until now."""
    program = Program(name=NAME, headcount=8000, led_by="Ilse Brandt", why=WHY, time_zone="Europe/Berlin")
    program.reasons, program.created_at = ["alignment", "focus", "transparency"], moment - timedelta(days=270)
    founding = Founding(session, program, people, moment)
    await founding.begin({"Leo": Part.LEADER, "Ines": Part.COACH, "Vera": Part.VIEWER}, COMPANY)
    await answer_fit(
        session, program.id, FitAnswers(direction=Direction.BOTH, leader_speaks=True, has_time=True)
    )
    await founding.say("Ilse Brandt", DECIDED)
    await founding.give_duties(DUTIES)
    await _train(founding)
    await _set_dates(founding)
    await _grow(founding, await founding.plan(WAVES, "Lucia Ferro"))
    program.cycles_done = 2
    await session.flush()
    await _look_back(founding)
    return program


async def _train(founding: Founding) -> None:
    rows = (
        (Audience.EXECUTIVE, ["why", "sponsoring", "drafting"], "The board", 7, 240),
        (Audience.COACH, ["writing", "aligning", "check_ins", "difficulties"], "Marta and Sven", 2, 150),
        (Audience.LEAD, ["drafting", "check_ins"], "Leads of wave 2", 24, 40),
        (Audience.INDIVIDUAL, ["writing"], "Terminal West", 82, 200),
    )
    for audience, topics, who, count, days in rows:
        held = founding.moment.date() - timedelta(days=days)
        plan = TrainingPlan(audience=audience, topics=topics, who=who, people=count, held_on=held)
        await record_training(founding.session, founding.program.id, plan)


async def _set_dates(founding: Founding) -> None:
    """Cycles of three months; the third began with last month. Its review was moved."""
    session, program = founding.session, founding.program
    this_month = founding.moment.date().replace(day=1)
    first = add_months(this_month, -7)
    plan = CalendarPlan(starts_on=first, time_zone=program.time_zone, country="DE", region="HH")
    await change_settings(session, program.id, plan)
    cadence = {"company": "monthly", "department": "biweekly"}
    for span in spans(1, first, 3, this_month):
        row = Cycle(program_id=program.id, number=span.number, first=span.first, last=span.last)
        row.cadence = cadence
        session.add(row)
    await session.flush()
    await fix_cycles(session, program.id)
    calendar = await load_calendar(session, program)
    cycle = calendar.cycle(3)
    review = next(each for each in cycle.dates if each.key == "review")
    later = [day for day in cycle.rhythm.week.open_days(review.on, cycle.span.last) if day > review.on]
    await move_date(session, program.id, 3, "review", later[2], "Lucia Ferro")


async def _grow(founding: Founding, state: PlanState) -> None:
    """Wave 1 has shown what it could; the gate before wave 3 collects what wave 2 shows."""
    session, ago = founding.session, founding.ago
    for wave, coach in zip(state.waves, ("Marta Nowak", "Sven Aydin", "Marta Nowak"), strict=True):
        await accompany(
            session,
            state.plan,
            [unit_id for unit_id, place in state.places.items() if place.wave_id == wave.row.id],
            founding.holders[coach].id,
        )
    await founding.take_stances(1, {StanceKind.OKRS: WEST}, "Lucia Ferro")
    await founding.take_stances(3, STANCES, "Lucia Ferro")
    passed, waiting = state.gates
    for criterion, seen in zip(passed.criteria, (1, 100, 88, 74), strict=True):
        note_evidence(criterion, Evidence(seen=seen), "Lucia Ferro")
        criterion.seen_at = ago(62)
    shown = waiting.criteria[1]
    note_evidence(shown, Evidence(seen=75, note="Three of four have said why."), "Anna Roth")
    shown.seen_at = ago(9)
    await session.flush()
    state = await founding.again(state)
    reason = "West wants to go on, and four departments asked when it is their turn."
    decision = await decide(
        session, state.gates[0], GateVerdict(verdict=Verdict.SCALE, reason=reason), "Ilse Brandt"
    )
    decision.at = ago(60)
    await _agree(founding, state)


async def _agree(founding: Founding, state: PlanState) -> None:
    """What the guardrails still ask for was talked about, and the reason stays on the plan."""
    while state.to_fix:
        finding = state.to_fix[0].finding
        wish = SetAside(
            code=finding.rule.code,
            wave=finding.wave,
            severity=finding.severity,
            reason="We look at it again at gate B.",
        )
        set_aside(founding.session, state, wish, "Ilse Brandt").at = founding.ago(200)
        await founding.session.flush()
        state = await founding.again(state)
    agree(state, "Ilse Brandt")
    state.plan.agreed_at = founding.ago(200)
    state.plan.created_at = founding.ago(205)


async def _look_back(founding: Founding) -> None:
    program, session = founding.program, founding.session
    evidence = "A container from West leaves after 31 hours. It was 54. Elsewhere, nothing changed yet."
    await review_why(session, program.id, Look(truth=Truth.PARTLY, evidence=evidence), founding.people["Leo"])
    for name, team, words in (
        ("Jan Pohl", "Shunting", "We saw what West did with the night shift."),
        ("Rita Blum", "Crane crews", ""),
        ("Deniz", "Terminal East", "Is there a way to begin small, with one quay?"),
    ):
        session.add(Hand(program_id=program.id, name=name, team=team, words=words))
    session.add(Hand(program_id=program.id, name="Lena Vogt", team="People", wish=Wish.AMBASSADOR))
