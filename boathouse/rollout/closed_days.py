"""Days on which an organisation is closed: typed in line by line, and a country's public holidays.

The library of public holidays takes most of a second to import, so it is imported where it is asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from boathouse.rollout.days import DAY, SATURDAY, SUNDAY, UNNAMED, WorkingWeek

MOST_LINES = 400
LONGEST_BREAK = 62  # days in one line
LONGEST_NAME = 80
FIRST_YEAR, LAST_YEAR = 2000, 2100
LINE = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?:\s+(?:to|until|-|–)\s+(\d{4}-\d{1,2}-\d{1,2}))?(?:[\s,:;]+(.*))?"
)


@dataclass(frozen=True)
class Break:
    """Days off in a row, both included."""

    first: date
    last: date
    name: str = UNNAMED

    def __str__(self) -> str:
        """As it is typed."""
        days = f"{self.first} to {self.last}" if self.last > self.first else f"{self.first}"
        return days if self.name == UNNAMED else f"{days} {self.name}"


class Unreadable(ValueError):
    """A line that is no day off; the text is a sentence that says which and why."""


def read_breaks(text: str) -> list[Break]:
    """What was typed, one break a line: "2027-12-24 to 2028-01-01 Closed". Errors: Unreadable."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise Unreadable(f"These are {len(lines)} lines; {MOST_LINES} is the most that fit.")
    return [_read_line(number, line) for number, line in lines]


def _read_line(number: int, line: str) -> Break:
    found = LINE.fullmatch(line)
    if found is None:
        raise Unreadable(f"Line {number} does not begin with a day. Write it like 2027-12-24 Christmas Eve.")
    first = _read_day(number, found[1])
    last = _read_day(number, found[2]) if found[2] else first
    name = (found[3] or "").strip() or UNNAMED
    if last < first:
        raise Unreadable(f"Line {number} ends before it begins.")
    if (last - first).days >= LONGEST_BREAK:
        raise Unreadable(f"Line {number} is longer than two months. Is the year right?")
    if len(name) > LONGEST_NAME:
        raise Unreadable(f"Line {number} has a name of more than {LONGEST_NAME} letters.")
    return Break(first, last, name)


def _read_day(number: int, text: str) -> date:
    try:
        day = date(*map(int, text.split("-")))
    except ValueError:
        raise Unreadable(f"Line {number}: there is no day {text}.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(f"Line {number}: a year from {FIRST_YEAR} to {LAST_YEAR}, please.")
    return day


def days_of(breaks: Iterable[Break]) -> dict[date, str]:
    """Each day off with its name."""
    return {
        each.first + number * DAY: each.name
        for each in breaks
        for number in range((each.last - each.first).days + 1)
    }


@lru_cache(maxsize=1)
def countries() -> tuple[tuple[str, str], ...]:
    """Every country whose public holidays the library knows: (code, name), by name."""
    from holidays.registry import COUNTRIES

    return tuple(sorted(((code, _words(name)) for name, code, *_ in COUNTRIES.values()), key=itemgetter(1)))


@lru_cache(maxsize=32)
def regions(country: str) -> tuple[tuple[str, str], ...]:
    """The regions of a country that have holidays of their own: (code, name), by name."""
    import holidays

    known = holidays.country_holidays(country)
    names = {code: name for name, code in known.subdivisions_aliases.items()}
    return tuple(sorted(((code, names.get(code, code)) for code in known.subdivisions), key=itemgetter(1)))


@lru_cache(maxsize=32)
def _weekend(country: str) -> frozenset[int]:
    import holidays

    return frozenset(holidays.country_holidays(country).weekend) if country else frozenset({SATURDAY, SUNDAY})


@lru_cache(maxsize=256)
def _public(country: str, region: str, year: int) -> dict[date, str]:
    import holidays

    return dict(holidays.country_holidays(country, subdiv=region or None, years=year, language="en_US"))


def working_week(country: str, region: str, breaks: Sequence[Break], first: date, last: date) -> WorkingWeek:
    """When people work from first to last. Without a country: Monday to Friday, all but the breaks."""
    closed: dict[date, str] = {}
    for year in range(first.year, last.year + 1) if country else ():
        closed |= _public(country, region, year)
    return WorkingWeek(_weekend(country), closed | days_of(breaks))


def _words(name: str) -> str:
    """ "BosniaAndHerzegovina" as people write it."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r"\b(And|Of|The)\b", lambda word: word[0].lower(), spaced)
