"""Waves, as pure facts: who is in them, how many people they reach, and when each part of them happens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from boathouse.rollout.days import add_months

PREPARE = timedelta(weeks=6)  # roles, one-to-ones, invitations
DRAFTING = timedelta(weeks=2)  # the training workshops, at the beginning of the cycle
LOOK_BACK = timedelta(weeks=2)  # score, learn, decide at the gate


@dataclass(frozen=True)
class PlannedUnit:
    """A unit as the plan sees it. people: its own, without those of the units below it."""

    id: str
    name: str
    kind: str
    people: int
    parent_id: str | None = None
    depth: int = 0
    leader: str = ""
    leader_is_bought_in: bool | None = None  # S27
    leader_is_sceptical: bool = False  # S57
    had_one_to_one: bool = False
    only_maintains: bool = False  # S53
    sponsor: str = ""


@dataclass(frozen=True)
class CoachOfWave:
    """A coach with the number of units they accompany in one wave."""

    id: str
    name: str
    is_new: bool  # has not accompanied a team through a cycle yet
    units: int


@dataclass(frozen=True)
class PlannedWave:
    """A set of units that start OKRs in the same cycle. cycle: 1 is the program's first."""

    id: str
    number: int
    cycle: int
    units: tuple[PlannedUnit, ...] = ()
    coaches: tuple[CoachOfWave, ...] = ()
    sponsor: str = ""  # executive sponsor, the program's if the wave has none of its own
    executives_draft: bool = True  # S56
    includes_individuals: bool = False  # S38
    sheet_is_compulsory: bool = False  # S50

    @property
    def people(self) -> int:
        """Whom it reaches."""
        return sum(unit.people for unit in self.units)


@dataclass(frozen=True)
class WaveDates:
    """When a wave prepares, drafts, runs its first cycle and looks back. Ends are exclusive."""

    prepare: date
    starts: date
    runs: date
    ends: date
    done: date


@dataclass
class Tree:
    """Units by their place: children in order, roots first."""

    children: dict[str | None, list[str]] = field(default_factory=dict)

    def below(self, unit_id: str) -> list[str]:
        """The ids of everything below a unit."""
        found: list[str] = []
        waiting = list(self.children.get(unit_id, ()))
        while waiting:
            found.append(one := waiting.pop())
            waiting.extend(self.children.get(one, ()))
        return found


def tree_of(parents: Iterable[tuple[str, str | None]]) -> Tree:
    """The tree of (id, parent id) pairs, siblings in the order given."""
    tree = Tree()
    for unit_id, parent_id in parents:
        tree.children.setdefault(parent_id, []).append(unit_id)
    return tree


def own_people(tree: Tree, headcounts: Mapping[str, int | None]) -> dict[str, int]:
    """People of each unit who are in none of the units below it, so that nobody is counted twice.

    headcounts: with everything below, None where unknown. A unit whose headcount is unknown has no people
    of its own; one that is smaller than its parts as well.
    """
    own: dict[str, int] = {}
    whole: dict[str, int] = {}
    for unit_id in reversed(in_order(tree)):
        below = sum(whole[child] for child in tree.children.get(unit_id, ()))
        whole[unit_id] = max(headcounts.get(unit_id) or 0, below)
        own[unit_id] = whole[unit_id] - below
    return own


def in_order(tree: Tree) -> list[str]:
    """Every unit, parents before what is below them, as one reads a tree."""
    found: list[str] = []
    waiting = list(reversed(tree.children.get(None, ())))
    while waiting:
        found.append(one := waiting.pop())
        waiting.extend(reversed(tree.children.get(one, ())))
    return found


def first_day(plan_starts: date, cycle_months: int, first_cycle: int, cycle: int) -> date:
    """The first day of a cycle, counted from the plan's first one."""
    return add_months(plan_starts, cycle_months * (cycle - first_cycle))


def dates_of(starts: date, cycle_months: int) -> WaveDates:
    """The parts of a wave whose cycle begins on that day."""
    ends = add_months(starts, cycle_months)
    return WaveDates(starts - PREPARE, starts, starts + DRAFTING, ends, ends + LOOK_BACK)
