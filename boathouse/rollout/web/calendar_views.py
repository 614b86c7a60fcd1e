"""A calendar as its page shows it: a cycle's dates by month, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from boathouse.core.web.pages import partial
from boathouse.rollout.access import ProgramAccess, ProgramAction
from boathouse.rollout.calendars import PlannedCycle, ProgramCalendar
from boathouse.rollout.cycle_picture import draw_cycle
from boathouse.rollout.cycles import CycleDate
from boathouse.rollout.days import DAY_NAMES, MONTH_NAMES, say
from boathouse.rollout.events import EVENTS, Event, Kind, name_of
from boathouse.rollout.meetings import times_of


@dataclass(frozen=True)
class DateRow:
    """One event in words. moved, set_aside: sentences, or empty."""

    key: str
    id: str  # of its elements
    kind: Kind
    weekday: str
    day: str
    on: date
    name: str
    event: Event
    time: str
    moved: str
    set_aside: str
    planned: str
    is_past: bool


@dataclass(frozen=True)
class Typed:
    """A date that could not be moved: what was chosen, and why not."""

    key: str
    to: str
    error: str


def title_of(cycle: PlannedCycle) -> str:
    """ "Cycle 2, April to June 2027"."""
    first, last = cycle.span.first, cycle.span.last
    if (first.year, first.month) == (last.year, last.month):
        when = f"{MONTH_NAMES[first.month]} {first.year}"
    elif first.year == last.year:
        when = f"{MONTH_NAMES[first.month]} to {MONTH_NAMES[last.month]} {last.year}"
    else:
        when = f"{MONTH_NAMES[first.month]} {first.year} to {MONTH_NAMES[last.month]} {last.year}"
    return f"Cycle {cycle.span.number}, {when}"


def months_of(calendar: ProgramCalendar, cycle: PlannedCycle) -> list[tuple[str, list[DateRow]]]:
    """The cycle's dates, month by month."""
    times = times_of(cycle.dates, calendar.settings.meets_at)
    rows = [_row(calendar, cycle, each, times) for each in cycle.dates]
    by_month = groupby(rows, key=lambda row: f"{MONTH_NAMES[row.on.month]} {row.on.year}")
    return [(month, list(group)) for month, group in by_month]


def _row(
    calendar: ProgramCalendar, cycle: PlannedCycle, each: CycleDate, times: Mapping[str, Any]
) -> DateRow:
    begins, ends = times.get(each.key, (None, None))
    move = cycle.moves.get(each.key)
    by = f" by {move.moved_by}" if move else ""
    return DateRow(
        key=each.key,
        id=each.key.replace(":", "-"),
        kind=each.kind,
        weekday=DAY_NAMES[each.on.weekday()],
        day=say(each.on),
        on=each.on,
        name=name_of(each.kind, each.level),
        event=EVENTS[each.kind],
        time=f"{begins:%H:%M} to {ends:%H:%M}" if begins else "",
        moved=f"Moved from {say(each.planned)}{by}" if each.moved else "",
        set_aside=_why_set_aside(cycle, each.set_aside, by) if each.set_aside else "",
        planned=say(each.planned),
        is_past=each.on < calendar.today,
    )


def _why_set_aside(cycle: PlannedCycle, to: date, by: str) -> str:
    moved = f"Moved to {say(to)}{by}, which is not possible any more: "
    if not cycle.span.holds(to):
        return f"{moved}the cycle ends on {say(cycle.span.last)}."
    if not cycle.rhythm.week.is_open(to):
        return f"{moved}that is {cycle.rhythm.week.why_closed(to)} now."
    return f"{moved}another date is in its way."


def next_date(calendar: ProgramCalendar) -> DateRow | None:
    """What happens next, today included."""
    for cycle in calendar.cycles:
        for each in cycle.dates:
            if each.on >= calendar.today:
                return _row(calendar, cycle, each, times_of(cycle.dates, calendar.settings.meets_at))
    return None


def calendar_region(
    calendar: ProgramCalendar, access: ProgramAccess, cycle: PlannedCycle, typed: Typed | None = None
) -> str:
    """The part of the page that changes when a date is moved. typed: what could not be done."""
    return partial(
        "calendar/_calendar.html",
        calendar=calendar,
        program=calendar.program,
        here=f"/programs/{calendar.program.id}/calendar",
        may_plan=access.may(ProgramAction.PLAN),
        cycle=cycle,
        title=title_of(cycle),
        titles={each.span.number: title_of(each) for each in calendar.cycles},
        months=months_of(calendar, cycle),
        picture=draw_cycle(cycle, calendar.today) if cycle.dates else None,
        levels=sorted({each.level for each in cycle.dates if each.level}),
        next_date=next_date(calendar),
        typed=typed,
    )


def undo_address(program_id: str, number: int, key: str, before: date | None) -> str:
    """Where a POST puts a date back to where it was before it was moved."""
    to = {"to": before.isoformat()} if before else {}
    query = urlencode({"cycle": number, "key": key, **to})
    return f"/programs/{program_id}/calendar/dates/undo?{query}"
