"""What Zoom would ignore of a roster, told before the day. Pure, but for the domains that are kept."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.workshop.roster.exports import Line, RosterData, load_roster
from boathouse.workshop.roster.versions import settings_of
from boathouse.workshop.tables import Workshop

MOST_ROOMS, MOST_PEOPLE = 100, 1000  # that Zoom pre-assigns
NAMED = 5  # people whose names are told
DOMAIN = re.compile(r"[^\s@.,;]+(\.[^\s@.,;]+)+")
LONGEST = 1000


@dataclass(frozen=True)
class Warning:
    """Something to know. kind: rooms, people, no_room, no_email, same_email or guest."""

    kind: str
    words: str
    names: tuple[str, ...] = ()
    is_more: bool = False  # than these names


@dataclass(frozen=True)
class ZoomOutlook:
    """What Zoom would make of a roster. domains: the organisation's own; is_guessed: nobody named them.

    unaddressed: people without an address, whom no mail merge reaches either.
    """

    domains: list[str]
    is_guessed: bool
    warnings: list[Warning]
    unaddressed: int


async def zoom_outlook(session: AsyncSession, workshop: Workshop) -> ZoomOutlook:
    """Of the roster as it is."""
    data = await load_roster(session, workshop, in_short=True)
    warnings = await asyncio.to_thread(zoom_warnings, data)
    unaddressed = sum(not line.email for line in data.lines)
    return ZoomOutlook(home_domains(data), not data.domains, warnings, unaddressed)


def zoom_warnings(data: RosterData) -> list[Warning]:
    """Everything that Zoom will not do as the roster says, gravest first."""
    seated = [line for line in data.lines if line.room]
    rooms = len({line.room for line in seated})
    addressed = [line for line in seated if line.email]
    once = {line.email: line for line in reversed(data.by_room) if line.room}
    twins = [line for line in addressed if once[line.email] is not line]
    found = []
    if rooms > MOST_ROOMS:
        words = f"Zoom pre-assigns at most {MOST_ROOMS} rooms, and this fills {rooms:,}. It ignores the rest."
        found.append(Warning("rooms", words))
    people = len(once) - ("" in once)
    if people > MOST_PEOPLE:
        words = f"Zoom pre-assigns at most {MOST_PEOPLE:,} people, and these are {people:,}."
        found.append(Warning("people", f"{words} It ignores the rest."))
    found += _left_out("no_email", [line for line in seated if not line.email], "no address")
    found += _left_out("same_email", twins, "an address that somebody before has")
    found += _left_out("no_room", [line for line in data.lines if not line.room], "no room yet")
    return found + _guests(addressed, home_domains(data))


def _left_out(kind: str, lines: Sequence[Line], have: str) -> list[Warning]:
    return _about(kind, lines, f"has {have} and is left out.", f"have {have} and are left out.")


def _guests(lines: Sequence[Line], domains: Sequence[str]) -> list[Warning]:
    guests = [line for line in lines if not _is_home(line.email, domains)]
    outside = f"an address outside {' and '.join(domains)}"
    so = "Zoom seats guests only when they sign in to it with this very address."
    return _about("guest", guests, f"has {outside}. {so}", f"have {outside}. {so}")


def _about(kind: str, lines: Sequence[Line], one: str, many: str) -> list[Warning]:
    words = f"One person {one}" if len(lines) == 1 else f"{len(lines):,} people {many}"
    names = tuple(line.name for line in lines[:NAMED])
    return [Warning(kind, words, names, len(lines) > NAMED)] if lines else []


def home_domains(data: RosterData) -> list[str]:
    """The organisation's own: as the coach has said, else the one that most addresses have."""
    if data.domains:
        return data.domains
    found = Counter(_domain(line.email) for line in data.lines if line.email)
    return [domain for domain, _ in found.most_common(1)]


def _domain(email: str) -> str:
    return email.rpartition("@")[2]


def _is_home(email: str, domains: Iterable[str]) -> bool:
    """Also below a domain: uk.alder.example is at home in alder.example."""
    own = _domain(email)
    return any(own == domain or own.endswith(f".{domain}") for domain in domains)


async def keep_domains(session: AsyncSession, workshop_id: str, typed: str) -> list[str]:
    """Keep which domains are the organisation's own; none: guess. Errors: Problem 422 on domains."""
    words = [word.strip().removeprefix("@").lower() for word in re.split(r"[\s,;]+", typed) if word.strip()]
    for word in words:
        if not DOMAIN.fullmatch(word):
            raise Problem(422, f"“{word[:60]}” is no domain. Write it like alder.example.", field="domains")
    settings = await settings_of(session, workshop_id)
    settings.domains = " ".join(dict.fromkeys(words))
    if len(settings.domains) > LONGEST:
        raise Problem(422, "That are more domains than fit.", field="domains")
    session.add(settings)
    return settings.domains.split()
