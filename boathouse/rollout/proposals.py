"""A first plan for an approach: which units could start, in which waves. Somebody then changes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from boathouse.rollout.approaches import Approach
from boathouse.rollout.guardrails import LARGEST_PART, LARGEST_PILOT, SMALLEST_PILOT
from boathouse.rollout.surroundings import Surroundings
from boathouse.rollout.waves import PlannedUnit

GOOD_POCKET = 80  # people (S41)
MOST_GROUPS = 4  # S39


@dataclass(frozen=True)
class Pocket:
    """A unit with everything below it."""

    top: PlannedUnit
    units: tuple[str, ...]
    people: int


def propose(approach: Approach, around: Surroundings, asked: Sequence[str] = ()) -> list[list[str]]:
    """Ids of units, wave by wave; the second wave is there so that there is a gate before it.

    asked: units that raised a hand, which an organic plan starts with.
    """
    if approach == Approach.TOP_DOWN:
        return _top_down(around)
    if approach == Approach.PILOT:
        pocket = best_pocket(around)
        return [list(pocket.units) if pocket else [], []]
    return [list(dict.fromkeys(asked))[:MOST_GROUPS], []]


def _top_down(around: Surroundings) -> list[list[str]]:
    """The company first. If it is small all its teams follow; if it is large, the level below it."""
    tops = [unit.id for unit in around.units.values() if unit.depth == 0]
    if around.situation.is_small:
        return [tops, [unit.id for unit in around.units.values() if unit.depth and not unit.only_maintains]]
    level = [
        unit.id for top in tops for unit in map(around.units.__getitem__, around.tree.children.get(top, ()))
    ]
    return [tops, [unit_id for unit_id in level if not around.units[unit_id].only_maintains]]


def best_pocket(around: Surroundings) -> Pocket | None:
    """The unit whose size suits a pilot best, rather one whose leader wants it and that has a sponsor."""
    most = min(LARGEST_PILOT, int(around.headcount * LARGEST_PART))
    fitting = [each for each in pockets(around) if SMALLEST_PILOT <= each.people <= most]
    return min(fitting, key=_distance, default=None)


def _distance(pocket: Pocket) -> tuple[bool, bool, bool, int]:
    top = pocket.top
    return (
        top.only_maintains,
        not top.leader_is_bought_in,
        not top.sponsor,
        abs(pocket.people - GOOD_POCKET),
    )


def pockets(around: Surroundings) -> list[Pocket]:
    """Every unit below the top with all that is below it."""
    found = []
    for unit in around.units.values():
        if unit.depth:
            ids = (unit.id, *around.tree.below(unit.id))
            found.append(Pocket(unit, ids, sum(around.units[each].people for each in ids)))
    return found
