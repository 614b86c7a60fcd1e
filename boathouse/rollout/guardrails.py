"""What keeps a rollout from hurting the work: which rules a plan breaks, and with what.

A finding never blocks planning. Severity: info is good to know, ask is a question to answer, fix has to be
put right, or set aside with a written reason, before the plan is agreed on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boathouse.core.names import listed
from boathouse.rollout.approaches import SMALL, Approach
from boathouse.rollout.guardrail_rules import (
    AMBASSADOR,
    EXECUTIVES,
    INDIVIDUALS,
    LEADER,
    MAINTAINS,
    NEW_COACH,
    PILOT,
    SCEPTIC,
    SHEET,
    SPONSOR,
    WHOLE,
    Rule,
    Severity,
)
from boathouse.rollout.waves import PlannedUnit, PlannedWave

NEARLY_ALL = 0.75  # of the people: what is left would not change how it goes (S37)
ONE_CREW = 10  # people: below that there is nothing smaller to begin with (S54)
TEAMS_OF_A_NEW_COACH = 2  # S10
SMALLEST_PILOT = 10  # people, two crews of five: one alone has nobody to compare with (S54)
LARGEST_PILOT = 150  # people; S41 tells of about 80
LARGEST_PART = 1 / 3  # of the organisation
MOST_WAVES = 12  # of a plan


@dataclass(frozen=True)
class Finding:
    """A rule that a plan breaks. wave: its id, empty for the whole plan; about: ids of units or coaches."""

    rule: Rule
    severity: Severity
    message: str
    wave: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanFacts:
    """All that the rules look at. headcount: of the organisation; first_cycle: no cycle lies behind it."""

    approach: Approach
    headcount: int
    units: int
    ambassadors: int
    is_first_cycle: bool
    levels_include_individuals: bool
    waves: tuple[PlannedWave, ...]


def findings(facts: PlanFacts) -> list[Finding]:
    """Every rule that the plan breaks, those of the whole plan first, then wave by wave.

    A wave without units is not judged: nobody starts in it yet.
    """
    found = [*_whole(facts), *_individuals(facts), *_ambassador(facts), *_pilot(facts), *_sponsor(facts)]
    for wave in facts.waves:
        if wave.units:
            found += [*_executives(wave), *_leaders(wave), *_coaches(wave)]
            found += [*_sceptics(wave), *_sheet(wave), *_maintains(wave)]
    return found


def _whole(facts: PlanFacts) -> Iterator[Finding]:
    """A small company whose leadership went first is no longer starting all at once (S40)."""
    if 0 < facts.headcount < ONE_CREW:
        return
    started = [wave for wave in facts.waves if wave.units]
    for wave in started:
        led_the_way = wave.cycle > min(each.cycle for each in started) and facts.headcount < SMALL
        together = [unit for each in started if each.cycle == wave.cycle for unit in each.units]
        people = sum(unit.people for unit in together)
        is_most = people > 0 and people >= NEARLY_ALL * facts.headcount
        is_all = facts.units > 1 and len(together) == facts.units
        if (is_most or is_all) and not led_the_way:
            share = f"{people:,} of {facts.headcount:,} people" if is_most else f"All {facts.units:,} units"
            yield Finding(WHOLE, Severity.FIX, f"{share} would start in the same cycle.", wave.id)


def _individuals(facts: PlanFacts) -> Iterator[Finding]:
    if not facts.is_first_cycle:
        return
    if facts.levels_include_individuals:
        yield Finding(INDIVIDUALS, Severity.FIX, "The decision on levels includes individuals.")
    first = min((wave.cycle for wave in facts.waves), default=0)
    for wave in facts.waves:
        if wave.includes_individuals and wave.cycle == first:
            yield Finding(
                INDIVIDUALS, Severity.FIX, f"Wave {wave.number} includes OKRs of individuals.", wave.id
            )


def _ambassador(facts: PlanFacts) -> Iterator[Finding]:
    if not facts.ambassadors:
        yield Finding(AMBASSADOR, Severity.FIX, "Nobody is named as ambassador.")


def _pilot(facts: PlanFacts) -> Iterator[Finding]:
    first = next((wave for wave in facts.waves if wave.units), None)
    if facts.approach != Approach.PILOT or first is None:
        return
    people, part = first.people, first.people / facts.headcount if facts.headcount else 0
    if people < SMALLEST_PILOT:
        yield Finding(
            PILOT,
            Severity.ASK,
            f"{people} {'person' if people == 1 else 'people'} in the pilot: too few to show anything.",
            first.id,
        )
    elif people > LARGEST_PILOT or part > LARGEST_PART:
        message = f"{people:,} of {facts.headcount:,} people in the pilot: too many to be one."
        yield Finding(PILOT, Severity.FIX, message, first.id)


def _sponsor(facts: PlanFacts) -> Iterator[Finding]:
    """Said once for several waves: one name in the program puts all of them right."""
    without = [wave for wave in facts.waves if wave.units and not wave.sponsor.strip()]
    if len(without) == 1:
        message = f"Wave {without[0].number} has no executive sponsor."
        yield Finding(SPONSOR, Severity.FIX, message, without[0].id)
    elif without:
        message = (
            f"Waves {listed([str(wave.number) for wave in without], MOST_WAVES)} have no executive sponsor."
        )
        yield Finding(SPONSOR, Severity.FIX, message, about=tuple(wave.id for wave in without))


def _executives(wave: PlannedWave) -> Iterator[Finding]:
    if not wave.executives_draft:
        yield Finding(
            EXECUTIVES,
            Severity.FIX,
            f"No executive takes part in the drafting of wave {wave.number}.",
            wave.id,
        )


def _leaders(wave: PlannedWave) -> Iterator[Finding]:
    against = [unit for unit in wave.units if unit.leader_is_bought_in is False]
    unknown = [unit for unit in wave.units if unit.leader_is_bought_in is None]
    if against:
        message = f"Not with it yet: the {_leaders_of(against)}."
        yield Finding(LEADER, Severity.FIX, message, wave.id, ids(against))
    if unknown:
        message = f"Nobody has said whether they want it: the {_leaders_of(unknown)}."
        yield Finding(LEADER, Severity.ASK, message, wave.id, ids(unknown))


def _coaches(wave: PlannedWave) -> Iterator[Finding]:
    many = [coach for coach in wave.coaches if coach.is_new and coach.units > TEAMS_OF_A_NEW_COACH]
    if many:
        who = listed([f"{coach.name} ({coach.units})" for coach in many])
        message = f"New as a coach, with more than {TEAMS_OF_A_NEW_COACH} teams in wave {wave.number}: {who}."
        yield Finding(NEW_COACH, Severity.FIX, message, wave.id, tuple(coach.id for coach in many))


def _sceptics(wave: PlannedWave) -> Iterator[Finding]:
    waiting = [unit for unit in wave.units if unit.leader_is_sceptical and not unit.had_one_to_one]
    if waiting:
        message = f"Sceptical, and not met one to one yet: the {_leaders_of(waiting)}."
        yield Finding(SCEPTIC, Severity.FIX, message, wave.id, ids(waiting))


def _sheet(wave: PlannedWave) -> Iterator[Finding]:
    if wave.sheet_is_compulsory:
        message = f"After the training of wave {wave.number}, people have to fill in a sheet."
        yield Finding(SHEET, Severity.FIX, message, wave.id)


def _maintains(wave: PlannedWave) -> Iterator[Finding]:
    keepers = [unit for unit in wave.units if unit.only_maintains]
    if keepers:
        message = f"In wave {wave.number}, though they only maintain: {listed([u.name for u in keepers])}."
        yield Finding(MAINTAINS, Severity.INFO, message, wave.id, ids(keepers))


def _leaders_of(units: Sequence[PlannedUnit]) -> str:
    word = "leader" if len(units) == 1 else "leaders"
    names = [f"{unit.name} ({unit.leader})" if unit.leader else unit.name for unit in units]
    return f"{word} of {listed(names)}"


def ids(units: Sequence[PlannedUnit]) -> tuple[str, ...]:
    """Of these units."""
    return tuple(unit.id for unit in units)
