"""The waves as a picture: where everything lies on a timeline, in the units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from boathouse.rollout.days import MONTH_NAMES, add_months, say
from boathouse.rollout.gate_rules import GateState, state_in_words
from boathouse.rollout.judging import Judged
from boathouse.rollout.plans import WaveState

LEFT, WIDTH = 150, 1160  # names stand left of the first month
TOP, LANE = 34, 90  # of the first lane, and from one lane to the next
NARROWEST_MONTH = 40  # below that only every third month has its name
RAIL = 25  # from the number of one finding to the next


@dataclass(frozen=True)
class Bar:
    """A stretch of time in a lane."""

    x: float
    width: float


@dataclass(frozen=True)
class Tick:
    """A month. label: empty where there is no room for it."""

    x: float
    label: str


@dataclass(frozen=True)
class GateMark:
    """A gate between two lanes, at the start of the wave it opens. words: where it stands."""

    x: float
    y: float
    letter: str
    words: str
    is_open: bool


@dataclass(frozen=True)
class Lane:
    """One wave. again: the cycles it repeats; rails: numbers of its open findings, as in the list below."""

    wave: WaveState
    y: float
    prepare: Bar
    draft: float
    run: Bar
    look_back: Bar
    again: Bar | None
    gate: GateMark | None
    rails: tuple[int, ...]


@dataclass(frozen=True)
class Rail:
    """The number of an open finding, below the wave it is about. y: from the top of the row of numbers."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Timeline:
    """Everything the drawing needs. today: its place, none if it lies outside.

    whole: numbers of findings about the whole plan; rails: those about a wave; rows: of them, one at least.
    """

    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    height: float
    today: float | None
    today_label: str
    years: str
    whole: tuple[int, ...]
    rails: tuple[Rail, ...]
    rows: int


@dataclass(frozen=True)
class _Scale:
    first: date
    months: int

    @property
    def month(self) -> float:
        return (WIDTH - LEFT) / self.months

    def x(self, day: date) -> float:
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return round(LEFT + (months + (day.day - 1) / 31) * self.month, 1)

    def bar(self, begins: date, ends: date) -> Bar:
        x = self.x(begins)
        return Bar(x, max(2.0, round(self.x(ends) - x - 3, 1)))


def draw_timeline(waves: Sequence[WaveState], open_findings: Sequence[Judged], today: date) -> Timeline:
    """The picture of a plan's waves. There is one wave at least."""
    scale = _scale(waves)
    numbers: dict[str, list[int]] = {}
    for number, each in enumerate(open_findings, 1):
        numbers.setdefault(each.finding.wave, []).append(number)
    lanes = tuple(_lane(wave, place, scale, numbers) for place, wave in enumerate(waves))
    rails = place_rails([(lane.run.x, lane.rails) for lane in lanes])
    at = scale.x(today)
    return Timeline(
        ticks=_ticks(scale),
        lanes=lanes,
        height=TOP + LANE * len(waves),
        today=at if LEFT <= at <= WIDTH else None,
        today_label=say(today),
        years=_years(scale),
        whole=tuple(numbers.get("", ())),
        rails=rails,
        rows=1 + int(max((rail.y for rail in rails), default=0) // RAIL),
    )


def place_rails(lanes: Sequence[tuple[float, Sequence[int]]]) -> tuple[Rail, ...]:
    """The numbers of each lane where its wave runs; further on, or in a row more, where others stand already.

    lanes: where the wave begins to run, and its numbers.
    """
    placed, free, y = list[Rail](), 0.0, 0.0
    for begins, numbers in lanes:
        x = max(begins + 12, free)
        for number in numbers:
            if x > WIDTH - RAIL / 2:
                x, y = LEFT + 12, y + RAIL
            placed.append(Rail(number, x, y))
            x = free = x + RAIL
    return tuple(placed)


def _scale(waves: Sequence[WaveState]) -> _Scale:
    first = min(each.dates.prepares for each in waves).replace(day=1)
    last = max(each.ends for each in waves)
    return _Scale(first, (last.year - first.year) * 12 + last.month - first.month + 1)


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    every = 1 if scale.month >= NARROWEST_MONTH else 3
    days = [add_months(scale.first, number) for number in range(scale.months)]
    return tuple(
        Tick(scale.x(day), MONTH_NAMES[day.month][:3] if (day.month - 1) % every == 0 else "") for day in days
    )


def _lane(wave: WaveState, place: int, scale: _Scale, numbers: dict[str, list[int]]) -> Lane:
    y, dates = TOP + LANE * place, wave.dates
    return Lane(
        wave=wave,
        y=y,
        prepare=scale.bar(dates.prepares, dates.starts),
        draft=scale.x(dates.drafts),
        run=scale.bar(dates.starts, dates.looks_back),
        look_back=scale.bar(dates.looks_back, dates.ends),
        again=scale.bar(dates.ends, wave.ends) if wave.repeats else None,
        gate=_mark(wave.gate, scale.x(dates.starts), y) if wave.gate else None,
        rails=tuple(numbers.get(wave.row.id, ())),
    )


def _mark(gate: GateState, x: float, y: float) -> GateMark:
    return GateMark(x, y - LANE / 2 + 17, gate.letter, state_in_words(gate), gate.is_open)


def _years(scale: _Scale) -> str:
    last = add_months(scale.first, scale.months - 1)
    return f"{say_month(scale.first)} to {say_month(last)}"


def say_month(day: date) -> str:
    """ "March 2027"."""
    return f"{MONTH_NAMES[day.month]} {day.year}"
