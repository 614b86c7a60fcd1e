"""Alder & Finch, 70 people in the first week of their first cycle: nine decisions taken, four open."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.people import Person
from boathouse.demo.founding import Founding, Said, Team
from boathouse.rollout.calendar_changes import CalendarPlan, change_settings, fix_cycles, move_date
from boathouse.rollout.decisions import reopen
from boathouse.rollout.fit import Direction, FitAnswers, answer_fit
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.parameters import ParameterStatus
from boathouse.rollout.tables.programs import Part, Program, UnitKind
from boathouse.rollout.tables.roles import Audience, Duty
from boathouse.rollout.tables.stances import Hand, StanceKind, Wish
from boathouse.rollout.trainings import TrainingPlan, record_training

NAME = "Alder & Finch"
WHY = (
    "We have grown to seventy people who are all busy, and our customers do not feel it. I want us to choose "
    "the two or three things that matter to them this quarter, and to say aloud what we leave for later."
)
COMPANY = Team(
    NAME,
    70,
    "Hanna Lind",
    UnitKind.COMPANY,
    (
        Team("Returns", 9, "Nora Vik"),
        Team("Warehouse", 16, "Bo Lindqvist", says={"leader_is_bought_in": None}),
        Team("Online shop", 11, "Jonas Weber"),
        Team("Stores", 18, "Amira Haddad"),
        Team("Buying", 7, "Piet Kramer", says={"leader_is_bought_in": False, "leader_is_sceptical": True}),
        Team("Finance", 5, "Ruth Olsen", says={"only_maintains": True}),
    ),
)
DECIDED = (
    Said(Key.LEVELS, ["company", "team"], "We are few enough to talk. Goals of one's own can wait.", 12),
    Said(Key.MAX_OBJECTIVES, 2, "Two is what we can keep in mind on a busy Saturday.", 12),
    Said(Key.MAX_KEY_RESULTS, 3, "Three are enough to see an objective from its sides.", 12),
    Said(Key.CYCLE_MONTHS, 3, "Our seasons change every three months, and so should our goals.", 12),
    Said(
        Key.KEY_RESULT_TYPES,
        ["metric", "baseline", "milestone"],
        "Some numbers we have never measured. The first quarter may be spent on finding them.",
        12,
    ),
    Said(Key.AMBITION, "stretch", "We would rather reach seven tenths of something that matters.", 12),
    Said(Key.PERFORMANCE_REVIEWS, "separate", "Nobody aims high where a miss costs money.", 12),
    Said(
        Key.CHECK_IN_CADENCE,
        {"company": "monthly", "team": "biweekly"},
        "Every second Tuesday before the shops open.",
        5,
    ),
)
PROPOSED = (
    Said(
        Key.BOTTOM_UP_SHARE,
        60,
        "Most comes from the teams; some is given.",
        4,
        ParameterStatus.PROPOSED,
    ),
    Said(
        Key.SYSTEM_OF_RECORD,
        {"name": "The board in the canteen, and its page", "link": ""},
        "It has to be where people walk past.",
        3,
        ParameterStatus.PROPOSED,
    ),
)
DUTIES: dict[str, tuple[Duty, dict[str, Any]]] = {
    "Hanna Lind": (Duty.EXECUTIVE_SPONSOR, {}),
    "Sofia Marin": (Duty.HR_SPONSOR, {}),
    "Nora Vik": (Duty.AMBASSADOR, {"strengths": ["communicates", "organises", "has_trained"]}),
    "Tom": (Duty.COACH, {"is_internal": False}),
    "Jonas Weber": (Duty.COACH, {"is_internal": True, "in_training": True, "is_first_time": True}),
}


async def found_small_program(
    session: AsyncSession, people: Mapping[str, Person], moment: datetime
) -> Program:
    """Write it, with everything that happened until now."""
    program = Program(name=NAME, headcount=70, led_by="Hanna Lind", why=WHY, time_zone="Europe/Copenhagen")
    program.reasons, program.created_at = ["focus", "communication"], moment - timedelta(days=20)
    founding = Founding(session, program, people, moment)
    await founding.begin({"Leo": Part.LEADER, "Tom": Part.COACH, "Vera": Part.VIEWER}, COMPANY)
    note = "A busy autumn, but an honest one."
    fit = FitAnswers(direction=Direction.CHANGE, leader_speaks=True, has_time=True, note=note)
    await answer_fit(session, program.id, fit)
    await _decide(founding)
    await founding.give_duties(DUTIES)
    await _train(founding)
    await _set_dates(founding)
    first = [NAME, "Returns", "Online shop", "Stores"]
    await founding.plan([(first, {}), (["Warehouse", "Buying"], {})], "Nora Vik")
    await founding.take_stances(1, STANCES, "Nora Vik")
    session.add(Hand(program_id=program.id, name="Kai", team="Warehouse", words="We pack. We see it all."))
    session.add(Hand(program_id=program.id, name="Lea Brandt", team="Stores", wish=Wish.AMBASSADOR))
    return program


STANCES = {
    StanceKind.OKRS: {
        NAME: "Customers wait, and we have never counted how long.",
        "Returns": "Sending something back takes two weeks.",
        "Online shop": "One visitor in three leaves at the address.",
        "Stores": "People ask for what we have, and do not find it.",
    },
    StanceKind.HEALTH_METRICS: {"Finance": "The books are right and on time. That is the goal."},
    StanceKind.NOT_NOW: {"Buying": "The spring range is ordered until week eight. Then we want to talk."},
}


async def _decide(founding: Founding) -> None:
    """Eight at once; one was thought over again."""
    await founding.say("Hanna Lind", DECIDED)
    first = Said(Key.SCORING, "zero_to_one", "Everybody knows it from school.", 12)
    await founding.say("Hanna Lind", [first])
    program = founding.program
    again = await reopen(founding.session, program, Key.SCORING, "It made us talk about marks.", "Hanna Lind")
    again.created_at = founding.ago(9)
    better = Said(Key.SCORING, "confidence", "It asks how sure we are while we can still do something.", 8)
    await founding.say("Hanna Lind", [better])
    await founding.say("Nora Vik", PROPOSED)


async def _train(founding: Founding) -> None:
    held = founding.moment.date() - timedelta(days=6)
    for audience, topics, who, people in (
        (Audience.EXECUTIVE, ["why", "sponsoring"], "Hanna Lind and her team of five", 6),
        (Audience.LEAD, ["drafting"], "All team leads", 6),
    ):
        plan = TrainingPlan(audience=audience, topics=topics, who=who, people=people, held_on=held)
        await record_training(founding.session, founding.program.id, plan)


async def _set_dates(founding: Founding) -> None:
    """The cycle began this Monday, and the workshop that runs now is its draft."""
    session, program = founding.session, founding.program
    today = founding.moment.date()
    starts = today - timedelta(days=today.weekday())
    closed = date(starts.year, 12, 24)
    plan = CalendarPlan(
        starts_on=starts,
        time_zone=program.time_zone,
        country="DK",
        days_off=f"{closed} to {closed + timedelta(days=2)} Closed",
    )
    await change_settings(session, program.id, plan)
    await fix_cycles(session, program.id)
    try:
        await move_date(session, program.id, 1, "draft", today, "Nora Vik")
    except Problem:
        return  # nobody works today, so the draft is on its own day
