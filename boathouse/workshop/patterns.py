"""What many rooms have in common: how many have the same finding. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from boathouse.workshop.attention import LATER
from boathouse.workshop.board import RoomState
from boathouse.workshop.finding_names import named

MOST = 4  # patterns at once
FEWEST = 2  # rooms that make one


@dataclass(frozen=True)
class Pattern:
    """A finding that several rooms have. words: "rooms have a target without a starting point"."""

    code: str
    rooms: int

    @property
    def words(self) -> str:
        """What the rooms have in common, to be read behind their number."""
        return f"rooms have {named(self.code)}"


def patterns_of(states: Iterable[RoomState]) -> list[Pattern]:
    """The patterns that most open rooms share; what crews may simply not have come to is last."""
    counts = Counter(code for state in states if not state.closed for code, _ in state.findings)
    shared = [Pattern(code, rooms) for code, rooms in counts.items() if rooms >= FEWEST]
    return sorted(shared, key=lambda each: (each.code in LATER, -each.rooms, each.code))[:MOST]
