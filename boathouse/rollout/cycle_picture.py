"""A cycle as a drawing: where each of its days, phases, events and check-ins stands. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from boathouse.rollout.calendars import PlannedCycle
from boathouse.rollout.cycles import CycleDate, Span
from boathouse.rollout.days import DAY, MONTH_NAMES, days_between, say
from boathouse.rollout.events import LEVEL_NAMES, Kind, name_of
from boathouse.rollout.parameter_words import OFTEN
from boathouse.rollout.parameters import LEVELS

LEFT, RIGHT = 150.0, 1160.0
LETTER = 7.4  # width of one letter of a label
ROW = 24.0  # height of a row of labels
LANE = 46.0
LONGEST_WITH_WEEKENDS = 130  # days; in longer cycles weekends are too narrow to help
LONGEST_WITH_WEEKS = 62  # days; in longer ones the axis shows months


@dataclass(frozen=True)
class Stretch:
    """Something that lasts. label: what it is; kind: phases have draft, row, look."""

    x: float
    width: float
    label: str
    kind: str = ""


@dataclass(frozen=True)
class Mark:
    """An event. y: its label's row; anchor: which end of the label is at x."""

    x: float
    label: str
    moved: bool
    y: float = 0.0
    anchor: str = "start"


@dataclass(frozen=True)
class Lane:
    """The check-ins of a level."""

    y: float
    name: str
    often: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Picture:
    """Everything the template draws, in its own units. today: none outside the cycle; words: all of it."""

    height: float
    top: float  # where the labels end and the months begin
    band: float  # where the phases are drawn
    months: Sequence[tuple[float, str]]
    closed: Sequence[Stretch]
    phases: Sequence[Stretch]
    steps: Sequence[Mark]
    lanes: Sequence[Lane]
    today: tuple[float, str] | None
    words: str


class Scale:
    """Days to places on the paper."""

    def __init__(self, span: Span) -> None:
        self.first = span.first
        self.unit = (RIGHT - LEFT) / ((span.last - span.first).days + 1)

    def start(self, day: date) -> float:
        """Where the day begins."""
        return round(LEFT + (day - self.first).days * self.unit, 1)

    def middle(self, day: date) -> float:
        """Where its noon is."""
        return round(self.start(day) + self.unit / 2, 1)

    def stretch(self, first: date, last: date, label: str, kind: str = "") -> Stretch:
        """From the first day's morning to the last one's evening."""
        begins = self.start(first)
        return Stretch(begins, round(self.start(last + DAY) - begins, 1), label, kind)


def draw_cycle(cycle: PlannedCycle, today: date) -> Picture:
    """The drawing of a cycle that has dates."""
    scale = Scale(cycle.span)
    steps = _labelled([each for each in cycle.dates if each.kind != Kind.CHECK_IN], scale)
    top = max(mark.y for mark in steps) + 12
    band = top + 38
    lanes = _lanes(cycle, scale, band + 76)
    return Picture(
        height=(lanes[-1].y if lanes else band + 34) + 26,
        top=top,
        band=band,
        months=_axis(cycle.span, scale),
        closed=_closed(cycle, scale),
        phases=_phases(cycle.dates, scale),
        steps=steps,
        lanes=lanes,
        today=(scale.middle(today), f"Today, {say(today)}") if cycle.span.holds(today) else None,
        words=_words(cycle),
    )


def _labelled(steps: Sequence[CycleDate], scale: Scale) -> list[Mark]:
    """Steps with labels that do not cover one another: each in the lowest row that has room."""
    rows: list[list[tuple[float, float]]] = []
    placed = []
    for step in steps:
        label = f"{name_of(step.kind)}, {step.on.day} {MONTH_NAMES[step.on.month][:3]}"
        at, width = scale.middle(step.on), len(label) * LETTER + 14
        fits = at + width <= RIGHT
        begins, ends = (at - 4, at + width) if fits else (at - width, at + 4)
        row = next((n for n, row in enumerate(rows) if not _covers(row, begins, ends)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append((begins, ends))
        placed.append((Mark(at, label, step.moved, anchor="start" if fits else "end"), row))
    return [replace(mark, y=(len(rows) - row) * ROW) for mark, row in placed]


def _covers(row: Sequence[tuple[float, float]], begins: float, ends: float) -> bool:
    return any(begins < end and start < ends for start, end in row)


def _axis(span: Span, scale: Scale) -> list[tuple[float, str]]:
    """The first of every month; in a short cycle every Monday."""
    days = days_between(span.first, span.last)
    if len(days) < LONGEST_WITH_WEEKS:
        mondays = [day for day in days if day.weekday() == 0]
        return [(scale.start(day), f"{day.day} {MONTH_NAMES[day.month][:3]}") for day in mondays]
    return [
        (scale.start(day), MONTH_NAMES[day.month][:3]) for day in days if day.day == 1 or day == span.first
    ]


def _closed(cycle: PlannedCycle, scale: Scale) -> list[Stretch]:
    """Days off in a row as one stretch, with the names of holidays."""
    week, span = cycle.rhythm.week, cycle.span
    days = days_between(span.first, span.last)
    with_weekends = len(days) <= LONGEST_WITH_WEEKENDS
    found = []
    for is_open, group in groupby(days, key=week.is_open):
        row = list(group)
        names = ", ".join(dict.fromkeys(week.closed[day] for day in row if day in week.closed))
        if not is_open and (names or with_weekends):
            found.append(scale.stretch(row[0], row[-1], names or "Weekend", "holiday" if names else ""))
    return found


def _phases(dates: Sequence[CycleDate], scale: Scale) -> list[Stretch]:
    on = {each.kind: each.on for each in dates}
    phases = []
    if on[Kind.DRAFT] < on[Kind.FINALISE]:
        phases.append(scale.stretch(on[Kind.DRAFT], on[Kind.FINALISE] - DAY, "Draft", "draft"))
    if on[Kind.FINALISE] < on[Kind.CLOSE]:
        phases.append(scale.stretch(on[Kind.FINALISE], on[Kind.CLOSE] - DAY, "Work on them", "row"))
    return [*phases, scale.stretch(on[Kind.CLOSE], on[Kind.RESET], "Look back", "look")]


def _lanes(cycle: PlannedCycle, scale: Scale, y: float) -> list[Lane]:
    lanes: list[Lane] = []
    for level in LEVELS:
        marks = [
            Mark(scale.middle(each.on), f"{name_of(each.kind, level)}, {say(each.on)}", each.moved)
            for each in cycle.dates
            if each.level == level
        ]
        if level in cycle.rhythm.cadence:
            often = OFTEN[cycle.rhythm.cadence[level]]
            lanes.append(Lane(y + len(lanes) * LANE, LEVEL_NAMES[level], often, marks))
    return lanes


def _words(cycle: PlannedCycle) -> str:
    steps = [f"{name_of(each.kind)} on {say(each.on)}" for each in cycle.dates if not each.level]
    cadence = [
        f"{LEVEL_NAMES[level]} check in {OFTEN[often]}, {count} times"
        for level, often in cycle.rhythm.cadence.items()
        if (count := sum(each.level == level for each in cycle.dates))
    ]
    return ". ".join([", ".join(steps), *cadence]) + "."
