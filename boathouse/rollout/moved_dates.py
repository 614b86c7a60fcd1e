"""Whether an event may be moved to another day, and if not, why, in a sentence."""

from collections.abc import Mapping
from datetime import date

from boathouse.rollout.cycles import CycleDate, Rhythm, Span, dates_of
from boathouse.rollout.days import WorkingWeek, say
from boathouse.rollout.events import Kind, name_of


class Impossible(ValueError):
    """A move that breaks a rule of the cycle; the text says which."""


def check_move(span: Span, rhythm: Rhythm, moves: Mapping[str, date], key: str, to: date) -> CycleDate:
    """The event as it would be. moves: earlier ones. Errors: Impossible; LookupError: no such event."""
    dates = dates_of(span, rhythm, moves)
    event = next((each for each in dates if each.key == key), None)
    if event is None:
        raise LookupError(key)
    if not span.holds(to):
        raise Impossible(f"Cycle {span.number} runs from {say(span.first)} to {say(span.last, year=True)}.")
    if not rhythm.week.is_open(to):
        raise Impossible(_closed(rhythm.week, span, to))
    before, after = _neighbours(dates, event)
    gap = 1 if event.kind == Kind.CHECK_IN else 0
    if before and (to - before.on).days < gap:
        raise Impossible(f"That is before “{_name(before)}” on {say(before.on)}. Move that one first.")
    if after and (after.on - to).days < gap:
        raise Impossible(f"That is after “{_name(after)}” on {say(after.on)}. Move that one first.")
    moved = dates_of(span, rhythm, {**moves, key: to})
    return next(each for each in moved if each.key == key)


def _closed(week: WorkingWeek, span: Span, day: date) -> str:
    near = " and ".join(say(each) for each in week.nearest_open(day, span.first, span.last))
    return f"{say(day)} is {week.why_closed(day)}. The nearest working days are {near}."


def _neighbours(dates: list[CycleDate], event: CycleDate) -> tuple[CycleDate | None, CycleDate | None]:
    """What the event must stay between: steps between steps, check-ins between those of their level."""
    ends = (Kind.FINALISE, Kind.CLOSE) if event.kind == Kind.CHECK_IN else ()
    line = [
        each for each in dates if each.kind in ends or (each.level == event.level and _is_alike(each, event))
    ]
    place = line.index(event)
    return (line[place - 1] if place else None), (line[place + 1] if place + 1 < len(line) else None)


def _is_alike(one: CycleDate, other: CycleDate) -> bool:
    return (one.kind == Kind.CHECK_IN) == (other.kind == Kind.CHECK_IN)


def _name(event: CycleDate) -> str:
    return name_of(event.kind, event.level)
