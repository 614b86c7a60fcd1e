"""Who was there over time, read from visits: the curve, who left when, how long each person stayed.

Pure rules on plain values. Minutes count from the start of the workshop; those before it are below 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

EARLY = timedelta(minutes=15)  # before the start that is shown
LEAVES_EARLY = timedelta(minutes=5)  # before the end: who leaves later stayed
POINTS = 300  # of a curve at most


@dataclass(frozen=True)
class Stay:
    """A seat was in a room from then to then."""

    seat_id: str
    room_id: str
    came_at: datetime
    left_at: datetime


@dataclass(frozen=True)
class Window:
    """The time that is looked at: from the first arrivals to the end, or to now while it runs."""

    begins: datetime
    starts: datetime
    ends: datetime

    def minute(self, moment: datetime) -> int:
        """Whole minutes since the start."""
        return int((moment - self.starts) // timedelta(minutes=1))

    @property
    def minutes(self) -> int:
        """From start to end."""
        return self.minute(self.ends)


@dataclass(frozen=True)
class Presence:
    """How long somebody was there. came, left: minutes of the first arrival and the last leaving."""

    seat_id: str
    room_id: str  # the last one
    came: int
    left: int
    minutes: int
    stayed: bool  # to the end


@dataclass(frozen=True)
class Phase:
    """A stretch of the workshop. begins, ends: minutes."""

    title: str
    begins: int
    ends: int


def window_of(starts: datetime, ends: datetime, stays: Iterable[Stay]) -> Window:
    """What to look at."""
    first = min((stay.came_at for stay in stays), default=starts)
    return Window(max(min(first, starts), starts - EARLY), starts, max(ends, starts))


def presences(stays: Iterable[Stay], window: Window) -> dict[str, Presence]:
    """Everybody who was there at all, by seat."""
    return {
        seat_id: _presence(seat_id, of_seat, window)
        for seat_id, of_seat in _by_seat(stays).items()
        if of_seat[0].came_at < window.ends and max(stay.left_at for stay in of_seat) > window.begins
    }


def _presence(seat_id: str, stays: Sequence[Stay], window: Window) -> Presence:
    last = max(stays, key=lambda stay: stay.left_at)
    left_at = min(last.left_at, window.ends)
    there = sum((ends - begins for begins, ends in _spans(stays, window)), timedelta())
    return Presence(
        seat_id=seat_id,
        room_id=last.room_id,
        came=window.minute(max(stays[0].came_at, window.begins)),
        left=window.minute(left_at),
        minutes=round(there / timedelta(minutes=1)),
        stayed=left_at >= window.ends - LEAVES_EARLY,
    )


def curve(stays: Iterable[Stay], window: Window) -> list[tuple[int, int]]:
    """How many people were there at each minute, from the first arrivals to the end."""
    first, last = window.minute(window.begins), window.minute(window.ends)
    step = max(1, -(-(last - first) // POINTS))
    changes: dict[int, int] = defaultdict(int)
    for of_seat in _by_seat(stays).values():
        for begins, ends in _spans(of_seat, window):
            changes[window.minute(begins)] += 1
            changes[window.minute(ends) + 1] -= 1
    here, points = 0, []
    for minute in range(first, last + 1):
        here += changes[minute]
        if (minute - first) % step == 0 or minute == last:
            points.append((minute, here))
    return points


def phases_of(ended: Sequence[tuple[str, datetime]], going_on: str, window: Window) -> list[Phase]:
    """The stretches between the moments at which a phase ended. going_on: what came after the last one."""
    edges = [*ended, (going_on, window.ends)]
    phases, begins = [], 0
    for title, moment in edges:
        ends = min(window.minute(moment), window.minutes)
        if ends > begins:
            phases.append(Phase(title, begins, ends))
            begins = ends
    return phases


def left_during(phases: Sequence[Phase], people: Iterable[Presence]) -> list[tuple[str, int]]:
    """How many left for good in each phase."""
    gone = [each.left for each in people if not each.stayed]
    counts = dict.fromkeys((phase.title for phase in phases), 0)
    for phase in phases:  # a phase that was gone back to counts as one
        counts[phase.title] += sum(phase.begins <= minute < phase.ends for minute in gone)
    return list(counts.items())


def _by_seat(stays: Iterable[Stay]) -> dict[str, list[Stay]]:
    found: dict[str, list[Stay]] = defaultdict(list)
    for stay in sorted(stays, key=lambda each: each.came_at):
        found[stay.seat_id].append(stay)
    return found


def _spans(stays: Sequence[Stay], window: Window) -> list[tuple[datetime, datetime]]:
    """When a person was there, in any room: within the window, overlaps joined. stays: in order."""
    spans: list[tuple[datetime, datetime]] = []
    for stay in stays:
        begins, ends = max(stay.came_at, window.begins), min(stay.left_at, window.ends)
        if ends <= begins:
            continue
        if spans and window.minute(begins) <= window.minute(spans[-1][1]):
            spans[-1] = spans[-1][0], max(spans[-1][1], ends)
        else:
            spans.append((begins, ends))
    return spans
