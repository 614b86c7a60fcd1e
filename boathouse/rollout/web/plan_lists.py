"""Long lists of units: searched, filtered, and shown a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from boathouse.rollout.waves import PlannedUnit

PAGE = 50  # units shown at once


@dataclass(frozen=True)
class Shown:
    """A page of the list. query: what is searched; only: which filter is set, empty for none."""

    units: list[PlannedUnit]
    found: int
    start: int
    query: str
    only: str

    @property
    def end(self) -> int:
        """The number of the last one shown."""
        return self.start + len(self.units)


def show_units(units: Iterable[PlannedUnit], query: str, only: str, start: int) -> Shown:
    """Those whose name or leader holds all the words, from the page of `start` on."""
    words = query.lower().split()
    found = [unit for unit in units if all(word in f"{unit.name} {unit.leader}".lower() for word in words)]
    start = max(0, min(start, len(found) - 1)) // PAGE * PAGE
    return Shown(found[start : start + PAGE], len(found), start, query, only)
