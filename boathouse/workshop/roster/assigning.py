"""Who goes into which room, for a whole roster at once. Pure.

Whoever has a place already keeps it and counts; the others are dealt out. Mixing makes rooms of one size, and
spreads every group over as many as it can. Keeping together seats every group in one room, and one that no
room can hold in as few as possible.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapify, heapreplace
from itertools import groupby, pairwise
from math import ceil


class Way(StrEnum):
    """How a roster is dealt out."""

    EVENLY = "evenly"
    MIX = "mix"  # every group over many rooms
    TOGETHER = "together"  # every group in one room


@dataclass(frozen=True)
class Guest:
    """Somebody who needs a place, or has one (room). group: such as a department; empty counts as none."""

    id: str
    group: str = ""
    room: str | None = None


Places = dict[str, str]  # the room of everybody, by id


def assign(way: Way, guests: Sequence[Guest], rooms: Sequence[str], most: int) -> Places:
    """A room for everybody. rooms: at least one, in order. most: people who fit into one, for TOGETHER."""
    if way == Way.TOGETHER:
        return keep_together(guests, rooms, most)
    return mix(guests if way == Way.MIX else [Guest(guest.id, "", guest.room) for guest in guests], rooms)


def mix(guests: Sequence[Guest], rooms: Sequence[str]) -> Places:
    """Rooms differ by one person at most, and by one of each group, as far as those who stay allow."""
    places, waiting = _split(guests, rooms)
    count = Counter(places.values())
    # Of two equal rooms the one that this group has not used yet, since its stamp is of an earlier turn.
    heap = [(count[room], -1, number) for number, room in enumerate(rooms)]
    heapify(heap)
    for turn, group in enumerate(_groups(waiting)):
        used: Counter[int] = Counter()
        for guest in group:
            people, _, number = heap[0]
            used[number] += 1
            heapreplace(heap, (people + 1, turn * len(waiting) + used[number], number))
            places[guest.id] = rooms[number]
    return places


def keep_together(guests: Sequence[Guest], rooms: Sequence[str], most: int) -> Places:
    """Each group in one room, beside those of it who have a place; people without a group fill up."""
    places, waiting = _split(guests, rooms)
    most = max(most, ceil(len(guests) / len(rooms)))
    count = Counter(places.values())
    at_home = _homes(guests, places)
    parties: list[list[Guest]] = []
    alone: list[Guest] = []
    for group in _groups(waiting):
        home = at_home.get(group[0].group)
        if not group[0].group:
            alone += group
        elif home and count[home] + len(group) <= most:
            places.update((guest.id, home) for guest in group)
            count[home] += len(group)
        else:
            parties += _parties(group, most)
    heap = [(count[room], number) for number, room in enumerate(rooms)]
    heapify(heap)
    for party in (*sorted(parties, key=len, reverse=True), *([guest] for guest in alone)):
        people, number = heap[0]
        heapreplace(heap, (people + len(party), number))
        places.update((guest.id, rooms[number]) for guest in party)
    return places


def _split(guests: Iterable[Guest], rooms: Sequence[str]) -> tuple[Places, list[Guest]]:
    """Those who have a place in one of the rooms, and those who need one."""
    there = set(rooms)
    places = {guest.id: guest.room for guest in guests if guest.room in there}
    return places, [guest for guest in guests if guest.id not in places]


def _groups(guests: Iterable[Guest]) -> list[list[Guest]]:
    """By group, the largest first; within one in the order of the list."""
    found: dict[str, list[Guest]] = defaultdict(list)
    for guest in guests:
        found[guest.group].append(guest)
    return sorted(found.values(), key=len, reverse=True)


def _homes(guests: Sequence[Guest], places: Places) -> dict[str, str]:
    """Where most of each group sit already."""
    seated = sorted((guest.group, places[guest.id]) for guest in guests if guest.id in places)
    return {
        group: Counter(room for _, room in pairs).most_common(1)[0][0]
        for group, pairs in groupby(seated, key=lambda pair: pair[0])
    }


def _parties(group: list[Guest], most: int) -> list[list[Guest]]:
    """A group as it is, or in as few equal parts as rooms can hold."""
    parts = ceil(len(group) / most)
    cuts = [len(group) * n // parts for n in range(parts + 1)]
    return [group[start:end] for start, end in pairwise(cuts)]
