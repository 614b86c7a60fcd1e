"""Days on which people work: the week's weekend, and the days an organisation is closed."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
UNNAMED = "a day off"
DAY_NAMES = tuple(calendar.day_name)
MONTH_NAMES = tuple(calendar.month_name)


@dataclass(frozen=True)
class WorkingWeek:
    """When people work. weekend: weekdays, Monday is 0; closed: days with the name of the holiday."""

    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    closed: Mapping[date, str] = field(default_factory=dict)

    def is_open(self, day: date) -> bool:
        """Whether people work on this day."""
        return day.weekday() not in self.weekend and day not in self.closed

    def open_days(self, first: date, last: date) -> list[date]:
        """Every day of work from first to last, both included."""
        return [day for day in days_between(first, last) if self.is_open(day)]

    def why_closed(self, day: date) -> str:
        """What a closed day is: "a Sunday", or "a day off (Christmas Day)"."""
        name = self.closed.get(day, f"a {DAY_NAMES[day.weekday()]}")
        return f"{UNNAMED} ({name})" if day in self.closed and name != UNNAMED else name

    def nearest_open(self, day: date, first: date, last: date) -> list[date]:
        """The last open day before and the first one after, as far as there are any from first to last."""
        open_days = self.open_days(first, last)
        before = [each for each in open_days if each < day]
        after = [each for each in open_days if each > day]
        return before[-1:] + after[:1]


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + number * DAY for number in range((last - first).days + 1)]


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day: 31 January and a month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def say(day: date, *, year: bool = False) -> str:
    """A day as people write it: "4 March", with the year where it is not plain."""
    return f"{day.day} {MONTH_NAMES[day.month]}{f' {day.year}' if year else ''}"
