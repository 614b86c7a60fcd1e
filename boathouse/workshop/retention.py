"""How long workshops are kept: when one is due, counted in days from its end, and what people are told.

A day counts until it has ended everywhere on Earth, so nobody's "kept until" is cut short. And nothing goes
without notice: when the period is set for the first time, or becomes shorter, everything stays for another
week, in which its pages say so.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.workshop.phases import UNDER_WAY
from boathouse.workshop.tables import Comment, Room, Seat, Status, Visit, Workshop

NOTICE = timedelta(days=7)
TRACES: tuple[tuple[Any, Any], ...] = (
    (Room, Room.last_activity_at),
    (Seat, Seat.created_at),
    (Visit, Visit.last_seen_at),
    (Comment, Comment.created_at),
)
LAST_PLACES = timedelta(hours=12)  # behind UTC: where a day ends last


@dataclass(frozen=True)
class Kept:
    """What people are told. until: the last day; days_left: after today, 0 on that day; is_soon: it is time
    to take along what one needs.
    """

    until: date
    days_left: int
    is_soon: bool


@dataclass(frozen=True)
class Retention:
    """days: how long after their end workshops are kept, None for good. since: when that was first said."""

    days: int | None
    since: date

    def kept_until(self, workshop: Workshop, last_done: datetime | None = None) -> date | None:
        """The last day of a workshop; None for one that stays, as planned ones do.

        last_done: when somebody last did something, which counts for one that nobody has ended.
        """
        counts_from = workshop.ended_at if workshop.status == Status.ENDED else last_done
        if self.days is None or workshop.status == Status.SCHEDULED or counts_from is None:
            return None
        return max(counts_from.date() + timedelta(days=self.days), self.since + NOTICE)

    def told(self, workshop: Workshop, moment: datetime, last_done: datetime | None = None) -> Kept | None:
        """The same for pages."""
        until = self.kept_until(workshop, last_done)
        if until is None:
            return None
        left = max(0, (until - moment.date()).days)
        # However short the period is: nobody who is at work needs to hear of it.
        goes_on = workshop.status != Status.ENDED and last_done and last_done.date() >= moment.date()
        return Kept(until, left, left <= NOTICE.days and not goes_on)


def is_over(last_day: date | None, moment: datetime) -> bool:
    """Whether this day has ended everywhere."""
    return last_day is not None and last_day < (moment - LAST_PLACES).date()


def said_since(file: Path, days: int | None, today: date) -> date:
    """The day on which this period, or a shorter one, was first set. file: remembers it over restarts."""
    if days is None:
        file.unlink(missing_ok=True)
        return today
    since = today
    with suppress(OSError, ValueError):  # without the file, or with a strange one, it is set today
        known, day = file.read_text().split()
        since = date.fromisoformat(day) if int(known) <= days else today
    file.write_text(f"{days} {since}\n")
    return since


async def last_done(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, datetime]:
    """When somebody last did something in each of these: wrote, came, was there, or led it on."""
    workshops = await session.exec(select(Workshop).where(col(Workshop.id).in_(workshop_ids)))
    found = {workshop.id: _last_step(workshop) for workshop in workshops}
    for table, moment in TRACES:
        query = select(Room.workshop_id, func.max(moment)).where(col(Room.workshop_id).in_(workshop_ids))
        if table is not Room:
            query = query.join(table, col(table.room_id) == col(Room.id))
        for workshop_id, latest in await session.exec(query.group_by(col(Room.workshop_id))):
            found[workshop_id] = max(filter(None, (found[workshop_id], latest)))
    return found


def _last_step(workshop: Workshop) -> datetime:
    moments = (workshop.started_at, workshop.phase_started_at, workshop.phase_ends_at)
    return max(filter(None, (workshop.created_at, *moments)))


async def kept_of(
    session: AsyncSession, retention: Retention, workshops: Iterable[Workshop], moment: datetime
) -> dict[str, Kept]:
    """What is told of each of these, by id; those that stay are missing."""
    if retention.days is None:
        return {}
    chosen = list(workshops)
    done = await last_done(session, [each.id for each in chosen if each.status in UNDER_WAY])
    told = {each.id: retention.told(each, moment, done.get(each.id)) for each in chosen}
    return {workshop_id: kept for workshop_id, kept in told.items() if kept}


async def due(session: AsyncSession, retention: Retention, moment: datetime) -> list[Workshop]:
    """The workshops whose time is over, those that ended first in front."""
    if retention.days is None:
        return []
    long_ago = moment - timedelta(days=retention.days)
    begun = func.coalesce(Workshop.started_at, Workshop.created_at)
    ended = (col(Workshop.status) == Status.ENDED) & (col(Workshop.ended_at) < long_ago)
    query = select(Workshop).where(or_(ended, col(Workshop.status).in_(UNDER_WAY) & (begun < long_ago)))
    workshops = list(await session.exec(query.order_by(func.coalesce(Workshop.ended_at, begun))))
    kept = await kept_of(session, retention, workshops, moment)
    return [each for each in workshops if each.id in kept and is_over(kept[each.id].until, moment)]
