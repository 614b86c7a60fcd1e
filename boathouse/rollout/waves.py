"""Waves, as pure facts: who is in them, how many people they reach, and when each part of them happens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from boathouse.rollout.cycles import CycleDate, Span
from boathouse.rollout.days import DAY, add_months
from boathouse.rollout.events import Kind
from boathouse.rollout.trees import Branch, T, in_order

PREPARE = timedelta(weeks=6)  # roles, one-to-ones, invitations
# Where the calendar has no dates of its own.
DRAFTING = timedelta(weeks=2)  # from the first workshop until everything is settled
LOOK_BACK = timedelta(weeks=1)  # close, score, learn, decide at the gate


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
    """When a wave prepares, drafts, runs its first cycle and looks back. ends: the cycle's last day."""

    prepares: date
    starts: date
    drafts: date
    runs: date
    looks_back: date
    ends: date


def own_people(tree: Sequence[Branch[T]], headcounts: Mapping[str, int | None]) -> dict[str, int]:
    """People of each unit who are in none of the units below it, so that nobody is counted twice.

    headcounts: with everything below, None where unknown. A unit whose headcount is unknown has no people
    of its own; one that is smaller than its parts as well.
    """
    own: dict[str, int] = {}
    whole: dict[str, int] = {}
    for branch in reversed(in_order(tree)):
        unit_id = branch.unit.id
        below = sum(whole[child.unit.id] for child in branch.below)
        whole[unit_id] = max(headcounts.get(unit_id) or 0, below)
        own[unit_id] = whole[unit_id] - below
    return own


def dates_of(span: Span, dates: Iterable[CycleDate]) -> WaveDates:
    """The parts of a wave that starts in this cycle. dates: its events, none if not laid out yet."""
    days = {each.kind: each.on for each in dates}
    return WaveDates(
        prepares=span.first - PREPARE,
        starts=span.first,
        drafts=days.get(Kind.DRAFT, span.first),
        runs=days.get(Kind.FINALISE, span.first + DRAFTING),
        looks_back=days.get(Kind.CLOSE, span.last - LOOK_BACK),
        ends=span.last,
    )


def span_of(number: int, known: Mapping[int, Span], months: int) -> Span:
    """A cycle by its number; one that the calendar does not show continues it, or comes before it."""
    if number in known:
        return known[number]
    near = known[min(known, key=lambda each: abs(each - number))]
    first = add_months(near.first, months * (number - near.number))
    return Span(number, first, add_months(first, months) - DAY)
