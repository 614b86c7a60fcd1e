"""The rhythm of a cycle: which days, from its length, the cadence of check-ins and the days people work.

Everything here is a rule without a database. A date never falls outside its cycle, on a weekend or on a
holiday, and what follows another event never comes before it. A date that somebody moved stays where it was
put as long as that is still possible; where it is not, the rule's own date is used and the move set aside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from boathouse.rollout.days import DAY, WorkingWeek, add_months
from boathouse.rollout.events import ORDER, Kind
from boathouse.rollout.parameters import CADENCES, LEVELS

FEWEST_DAYS = 8  # working days in which the events of a cycle can keep their order
WEEKLY, BIWEEKLY, MONTHLY = CADENCES
SETTLING = timedelta(days=3)  # nobody has news to tell right after OKRs are final
TUESDAY = 1  # fewer holidays fall on a Tuesday than on a Monday


@dataclass(frozen=True)
class Span:
    """One cycle: its number in the program, its first and its last day."""

    number: int
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day belongs to the cycle."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Rhythm:
    """How a program's cycles run. cadence: how often each level checks in; closed days are in the week."""

    week: WorkingWeek = field(default_factory=WorkingWeek)
    cadence: Mapping[str, str] = field(default_factory=dict)
    check_in_weekday: int = TUESDAY


@dataclass(frozen=True)
class CycleDate:
    """One event of a cycle. planned: by rule; on: where it is; set_aside: a move that fits no more."""

    key: str
    kind: Kind
    planned: date
    on: date
    level: str = ""
    moved: bool = False
    set_aside: date | None = None


class TooShort(ValueError):
    """A cycle without enough working days."""


def first_start(not_before: date, months: int, fiscal_year_starts: int) -> date:
    """The first day of the next cycle, counted from the month in which the fiscal year starts."""
    day = not_before if not_before.day == 1 else add_months(not_before.replace(day=1), 1)
    while (day.month - fiscal_year_starts) % 12 % months:
        day = add_months(day, 1)
    return day


def spans(number: int, first: date, months: int, until: date) -> list[Span]:
    """Cycle after cycle, from the one with this number and first day to the one that holds `until`."""
    found: list[Span] = []
    while not found or found[-1].last < until:
        begins, ends = (add_months(first, months * (len(found) + step)) for step in (0, 1))
        found.append(Span(number + len(found), begins, ends - DAY))
    return found


def dates_of(span: Span, rhythm: Rhythm, moves: Mapping[str, date] | None = None) -> list[CycleDate]:
    """Every event of a cycle in order. moves: the day that somebody chose for an event, by its key.

    Errors: TooShort.
    """
    moves = moves or {}
    steps = _with_moves(_steps(span, rhythm.week), moves, span, rhythm.week, apart=0)
    days = {step.kind: step.on for step in steps}
    between = Span(span.number, days[Kind.FINALISE] + DAY, days[Kind.CLOSE] - DAY)
    check_ins = [
        check_in
        for level in LEVELS
        if level in rhythm.cadence
        for check_in in _with_moves(
            _check_ins(span, between, level, rhythm), moves, between, rhythm.week, apart=1
        )
    ]
    return sorted(
        [*steps, *check_ins],
        key=lambda each: (each.on, ORDER[each.kind], LEVELS.index(each.level) if each.level else 0),
    )


def _steps(span: Span, week: WorkingWeek) -> list[CycleDate]:
    """Draft in the first week, final two weeks later, review half way; the last week looks back."""
    days = week.open_days(span.first, span.last)
    count = len(days)
    if count < FEWEST_DAYS:
        raise TooShort(f"{count} working days are too few for a cycle; it takes {FEWEST_DAYS}.")
    draft, end = min(3, count // 16), count - 1
    places = {
        Kind.DRAFT: draft,
        Kind.FINALISE: draft + min(8, count // 8),
        Kind.REVIEW: count // 2,
        Kind.CLOSE: end - min(5, max(2, count // 10)),
        Kind.SCORE: end - min(3, max(1, count // 20)),
        Kind.RESET: end,
    }
    return [CycleDate(kind.value, kind, days[place], days[place]) for kind, place in places.items()]


def _check_ins(span: Span, between: Span, level: str, rhythm: Rhythm) -> list[CycleDate]:
    """A level's check-ins: on their weekday, or the nearest working day before the next one."""
    grid = _grid(span, rhythm.cadence[level], rhythm.check_in_weekday)
    free = between.first + SETTLING
    found: list[CycleDate] = []
    for number, (wanted, following) in enumerate(pairwise(grid), 1):
        days = rhythm.week.open_days(free, min(following - DAY, between.last))
        if not free <= wanted <= between.last or not days:
            continue
        day = next((day for day in days if day >= wanted), days[-1])
        found.append(CycleDate(f"check_in:{level}:{number}", Kind.CHECK_IN, day, day, level))
        free = day + DAY
    return found


def _grid(span: Span, cadence: str, weekday: int) -> list[date]:
    """The days a check-in would be on if nobody ever had a day off, one more than the cycle holds.

    Counted from the first day of the cycle, so that a check-in keeps its number whatever else moves.
    """
    days: list[date] = []
    while not days or days[-1] <= span.last:
        step = len(days) + 1
        base = add_months(span.first, step) if cadence == MONTHLY else _weeks(span.first, step, cadence)
        days.append(base + timedelta((weekday - base.weekday()) % 7))
    return days


def _weeks(first: date, step: int, cadence: str) -> date:
    return first + timedelta(weeks=step * (2 if cadence == BIWEEKLY else 1))


def _with_moves(
    dates: Sequence[CycleDate], moves: Mapping[str, date], within: Span, week: WorkingWeek, apart: int
) -> list[CycleDate]:
    """The dates with the moves that are possible. apart: days that must lie between one and the next."""
    settled = [_moved(each, moves.get(each.key), within, week) for each in dates]
    while (clash := _first_clash(settled, apart)) is not None:
        settled[clash] = replace(
            settled[clash], on=settled[clash].planned, moved=False, set_aside=settled[clash].on
        )
    return settled


def _moved(each: CycleDate, to: date | None, within: Span, week: WorkingWeek) -> CycleDate:
    if to is None or to == each.planned:
        return each
    if within.holds(to) and week.is_open(to):
        return replace(each, on=to, moved=True)
    return replace(each, set_aside=to)


def _first_clash(dates: Sequence[CycleDate], apart: int) -> int | None:
    """The place of a moved date that comes before its predecessor or after its successor."""
    for place, (one, other) in enumerate(pairwise(dates)):
        if (other.on - one.on).days < apart:
            return place + 1 if other.moved else place
    return None
