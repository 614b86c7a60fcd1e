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
    """A unit with everything below it, or some of what is below it."""

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
    level = [around.units[branch.unit.id] for top in tops for branch in around.branches[top].below]
    return [tops, [unit.id for unit in level if not unit.only_maintains]]


def best_pocket(around: Surroundings) -> Pocket | None:
    """The unit whose size suits a pilot best, rather one whose leader wants it and that has a sponsor.

    Where single units are too small and those above them too large, it is some units side by side.
    """
    most = min(LARGEST_PILOT, int(around.headcount * LARGEST_PART))
    every = pockets(around)
    fitting = [each for each in every if each.top.depth and SMALLEST_PILOT <= each.people <= most]
    best = min(fitting, key=_distance, default=None)
    if best and (best.people >= GOOD_POCKET / 2 or best.top.leader_is_bought_in):
        return best
    neighbours = [_neighbours(around, each, most) for each in every if each.people > most]
    large = [each for each in neighbours if each.people >= SMALLEST_PILOT]
    return min([*([best] if best else []), *large], key=_distance, default=None)


def _neighbours(around: Surroundings, whole: Pocket, most: int) -> Pocket:
    """Units side by side, as many as make a good pocket, where their whole is too large for one."""
    ids: list[str] = []
    people = 0
    for branch in around.branches[whole.top.id].below:
        part = [branch.unit.id, *around.below(branch.unit.id)]
        more = sum(around.units[each].people for each in part)
        fits = people < GOOD_POCKET and people + more <= most
        if fits and not around.units[branch.unit.id].only_maintains:
            ids, people = [*ids, *part], people + more
    return Pocket(whole.top, tuple(ids), people)


def _distance(pocket: Pocket) -> tuple[bool, bool, bool, int]:
    top = pocket.top
    return (
        top.only_maintains,
        not top.leader_is_bought_in,
        not top.sponsor,
        abs(pocket.people - GOOD_POCKET),
    )


def pockets(around: Surroundings) -> list[Pocket]:
    """Every unit with all that is below it."""
    found = []
    for unit in around.units.values():
        ids = (unit.id, *around.below(unit.id))
        found.append(Pocket(unit, ids, sum(around.units[each].people for each in ids)))
    return found
