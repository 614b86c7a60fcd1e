"""The calendar as a file other calendars understand (RFC 5545, RFC 7986)."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vText

from boathouse.rollout.calendars import PlannedCycle, ProgramCalendar
from boathouse.rollout.cycles import CycleDate
from boathouse.rollout.days import DAY
from boathouse.rollout.events import EVENTS, name_of
from boathouse.rollout.meetings import moment, times_of

PRODUCT = "-//Boathouse//OKR calendar//EN"
ASK_AGAIN = timedelta(hours=6)  # how often a subscribed calendar should look


def write_feed(calendar: ProgramCalendar, address: str) -> bytes:
    """The whole calendar; the same bytes as long as nothing changed. address: of the calendar's page."""
    feed = Calendar()
    title = f"OKRs, {calendar.program.name}"
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("name", vText(title))
    feed.add("x-wr-calname", vText(title))
    feed.add("x-wr-timezone", calendar.program.time_zone)
    feed.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", vDuration(ASK_AGAIN))
    feed.add("url", address)
    for cycle in calendar.cycles:
        for event in _events(calendar, cycle, address):
            feed.add_component(event)
    if calendar.cycles:
        first, last = calendar.cycles[0].span.first, calendar.cycles[-1].span.last
        feed.add_missing_timezones(first_date=first - DAY, last_date=last + DAY)
    return feed.to_ical()


def uid_of(calendar: ProgramCalendar, cycle: PlannedCycle, each: CycleDate) -> str:
    """What makes it the same event wherever it is moved."""
    return f"{calendar.program.id}-{cycle.span.number}-{each.key.replace(':', '-')}@boathouse"


def _events(calendar: ProgramCalendar, cycle: PlannedCycle, address: str) -> list[Event]:
    times = times_of(cycle.dates, calendar.settings.meets_at)
    zone = ZoneInfo(calendar.program.time_zone)
    events = []
    for each in cycle.dates:
        event = Event()
        event.add("uid", uid_of(calendar, cycle, each))
        event.add("sequence", calendar.sequence)
        event.add("dtstamp", calendar.changed_at.astimezone(UTC))
        event.add("last-modified", calendar.changed_at.astimezone(UTC))
        event.add("summary", vText(f"{name_of(each.kind, each.level)}, OKR cycle {cycle.span.number}"))
        event.add("description", vText(f"{EVENTS[each.kind].what}\n\nWhy: {EVENTS[each.kind].why}"))
        event.add("status", "CONFIRMED" if cycle.is_fixed else "TENTATIVE")
        event.add("url", address)
        event.add("categories", ["OKR"])
        if each.key in times:
            begins, ends = times[each.key]
            event.add("dtstart", moment(each, begins, zone))
            event.add("dtend", moment(each, ends, zone))
        else:
            event.add("dtstart", each.on)
            event.add("dtend", each.on + DAY)
            event.add("transp", "TRANSPARENT")  # a day by which something is done keeps nobody busy
        events.append(event)
    return events
