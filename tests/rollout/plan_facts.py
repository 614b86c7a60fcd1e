"""Plans as pure facts, for tests: units, waves, and strategies that generate them."""

from dataclasses import replace

from hypothesis import strategies as st

from boathouse.rollout.approaches import Approach
from boathouse.rollout.guardrails import PlanFacts
from boathouse.rollout.waves import CoachOfWave, PlannedUnit, PlannedWave


def unit(name: str, people: int = 8, **facts: object) -> PlannedUnit:
    """A unit whose leader wants it, unless told otherwise."""
    values = {"leader_is_bought_in": True, "depth": 1, "parent_id": "top", **facts}
    return PlannedUnit(id=name, name=name, kind="team", people=people, **values)


def wave(number: int, *units: PlannedUnit, **facts: object) -> PlannedWave:
    """A wave with a sponsor, in the cycle of its number."""
    values = {"cycle": number, "sponsor": "Ida", **facts}
    return PlannedWave(id=f"w{number}", number=number, units=units, **values)


def facts(*waves: PlannedWave, headcount: int = 70, units: int = 6, **values: object) -> PlanFacts:
    """A first cycle with an ambassador."""
    known = {
        "approach": Approach.TOP_DOWN,
        "ambassadors": 1,
        "is_first_cycle": True,
        "levels_include_individuals": False,
        **values,
    }
    return PlanFacts(headcount=headcount, units=units, waves=waves, **known)


# Every one of these keeps all the rules: a pocket of a large organisation, then others.
@st.composite
def good_plans(draw: st.DrawFn) -> PlanFacts:
    """Plans of an organisation of 1,000 people in which nothing is to be found fault with."""
    waves = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        units = tuple(
            unit(
                f"u{number}.{place}",
                people=draw(st.integers(5, 24)),
                leader_is_sceptical=(sceptical := draw(st.booleans())),
                had_one_to_one=sceptical or draw(st.booleans()),
            )
            for place in range(draw(st.integers(2, 6)))
        )
        coach = CoachOfWave("c", "Tom", is_new=draw(st.booleans()), units=draw(st.integers(1, 2)))
        waves.append(wave(number, *units, coaches=(coach,)))
    return facts(
        *waves,
        headcount=1000,
        units=200,
        approach=draw(st.sampled_from(Approach)),
        ambassadors=draw(st.integers(1, 4)),
        is_first_cycle=draw(st.booleans()),
    )


def changed(plan: PlanFacts, number: int, **values: object) -> PlanFacts:
    """The plan with another wave in the place of that number, from 0."""
    waves = list(plan.waves)
    waves[number] = replace(waves[number], **values)
    return replace(plan, waves=tuple(waves))
