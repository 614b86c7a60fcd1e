"""How long answers to comments took, from the coaches and from the crews. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import median

from boathouse.workshop.comments import Thread


@dataclass(frozen=True)
class Times:
    """How long answers took. seconds: of those that came; waiting: of those that never did."""

    seconds: tuple[float, ...]
    waiting: int = 0

    @property
    def middle(self) -> float | None:
        """Half were faster."""
        return median(self.seconds) if self.seconds else None

    @property
    def most(self) -> float | None:
        """Nine in ten were faster."""
        return sorted(self.seconds)[ceil(0.9 * len(self.seconds)) - 1] if self.seconds else None


def answers_to_coaches(threads: Iterable[Thread]) -> Times:
    """From a coach's comment until somebody of the crew replied or it was settled."""
    waited = [
        _until(thread, start=thread.remarks[0].created_at, by_coach=False)
        for thread in threads
        if thread.remarks[0].is_coach and not thread.remarks[0].is_deleted
    ]
    return _times(waited)


def answers_to_crews(threads: Iterable[Thread]) -> Times:
    """From the words of a crew until a coach replied or it was settled; a row of remarks counts once."""
    waited: list[float | None] = []
    for thread in threads:
        asked = None
        for remark in thread.remarks:
            if remark.is_deleted:
                continue
            if remark.is_coach and asked:
                waited.append((remark.created_at - asked).total_seconds())
                asked = None
            elif not remark.is_coach:
                asked = asked or remark.created_at
        if asked:
            settled = thread.resolved_at
            waited.append(max(0.0, (settled - asked).total_seconds()) if settled else None)
    return _times(waited)


def _until(thread: Thread, start: datetime, *, by_coach: bool) -> float | None:
    """Seconds until the other side spoke or the thread was settled."""
    moments = [
        remark.created_at
        for remark in thread.remarks[1:]
        if remark.is_coach == by_coach and not remark.is_deleted
    ]
    moments += [thread.resolved_at] if thread.resolved_at else []
    return (min(moments) - start).total_seconds() if moments else None


def _times(waited: Sequence[float | None]) -> Times:
    came = tuple(max(0.0, seconds) for seconds in waited if seconds is not None)
    return Times(came, len(waited) - len(came))
