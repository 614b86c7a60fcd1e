"""When on its day an event takes place: meetings of one day follow one another, so nobody is booked twice."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from boathouse.rollout.cycles import CycleDate
from boathouse.rollout.events import minutes_of


def times_of(dates: Sequence[CycleDate], meets_at: str) -> dict[str, tuple[time, time]]:
    """Start and end of each meeting, by its event's key, local time; days without a meeting are left out."""
    begins = time.fromisoformat(meets_at)
    found: dict[str, tuple[time, time]] = {}
    ends: dict[object, time] = {}
    for each in dates:  # in order of day, then of who meets first
        if minutes := minutes_of(each.kind, each.level):
            start = ends.get(each.on, begins)
            ends[each.on] = _later(start, minutes)
            found[each.key] = (start, ends[each.on])
    return found


def moment(each: CycleDate, at: time, zone: ZoneInfo) -> datetime:
    """An event's local time as a moment; in every zone it is the hour that clocks there show."""
    return datetime.combine(each.on, at, zone)


def _later(start: time, minutes: int) -> time:
    return (datetime.combine(datetime.min, start) + timedelta(minutes=minutes)).time()
