"""The board: every room of a workshop as a coach sees it.

Plain values; attention.py says which of them need a human, wall.py reads the rows, web/board.py draws them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

TITLE, STATEMENT = 110, 80  # characters of an objective and of a key result that a tile shows


CROWD = attrgetter(
    *("name", "size", "people", "here", "writing", "help_since", "replies", "running", "ended", "done_at"),
    *("expected", "expected_here", "simulated", "simulated_here"),
    *("claimed_by", "claimed_name", "looking", "closed", "merged_into"),
)


class Band(StrEnum):
    """How soon a room deserves a coach."""

    NOW = "now"
    LOOK = "look"
    ROW = "row"


@dataclass(frozen=True)
class KeyResultInShort:
    """measure: "34 → 75 %", or empty."""

    statement: str
    measure: str = ""


@dataclass(frozen=True)
class ObjectiveInShort:
    """One objective with the beginnings of its words."""

    title: str
    key_results: tuple[KeyResultInShort, ...] = ()


@dataclass(frozen=True)
class Spot:
    """A place in a draft that deserves a question and has none yet.

    place: objective:ID:title, key_result:ID:start and the like, as comments are pinned. code: the finding's.
    """

    place: str
    code: str
    is_fix: bool = False  # it needs another wording


@dataclass(frozen=True)
class RoomState:
    """Everything a tile says about its room, at one moment."""

    id: str
    number: int
    name: str
    size: int = 5  # how many may sit
    people: tuple[str, ...] = ()  # names of those who have a seat
    simulated: int = 0  # how many of them are a rehearsal's
    simulated_here: int = 0
    here: int = 0
    expected: int = 0  # by the roster, in this room
    expected_here: int = 0
    writing: int = 0
    help_since: datetime | None = None
    replies: tuple[datetime, ...] = ()  # since when each thread waits for a coach, longest first
    last_activity_at: datetime | None = None
    running: bool = False
    phase_started_at: datetime | None = None
    phase_ends_at: datetime | None = None
    ended: bool = False
    done_at: datetime | None = None
    claimed_by: str | None = None  # person's id
    claimed_name: str = ""
    looking: tuple[tuple[str, str], ...] = ()  # name and identity of coaches who have the room open
    objectives: tuple[ObjectiveInShort, ...] = ()
    findings: tuple[tuple[str, int], ...] = ()  # by code, how many items of the draft have it open
    spots: tuple[Spot, ...] = ()  # worst first
    alone: tuple[str, datetime] | None = None  # who does all the typing, and since when nobody else did
    uncommented_since: datetime | None = None  # there is something to read, and no coach wrote a word yet
    closed: bool = False
    merged_into: str | None = None

    @property
    def is_named(self) -> bool:
        """Whether somebody gave it a name of its own."""
        return self.name != f"Room {self.number}"

    @property
    def label(self) -> str:
        """As people call it: "Room 14, Returns"."""
        return f"Room {self.number}, {self.name}" if self.is_named else self.name

    @property
    def key_results(self) -> int:
        """How many there are."""
        return sum(len(objective.key_results) for objective in self.objectives)

    @property
    def worst(self) -> Spot | None:
        """Where a coach would begin."""
        return self.spots[0] if self.spots else None

    @property
    def vacancy(self) -> str:
        """Why nobody has a seat, in words; empty when somebody has."""
        if self.people:
            return ""
        # Only a crew writes, so activity tells of one that was moved away.
        return "Nobody sits here" if self.last_activity_at else "Nobody has joined"

    @property
    def awaited(self) -> str:
        """How many of the roster's people have come, in words; empty when all have, or none is expected."""
        if self.ended or self.expected_here >= self.expected:
            return ""
        if not self.expected_here:
            return f"{self.expected} expected, none here yet" if self.expected > 1 else "One expected"
        return f"{self.expected_here} of {self.expected} expected are here"

    @property
    def quiet_from(self) -> datetime | None:
        """When the silence began that counts; None while no phase runs."""
        if not self.running or self.phase_started_at is None:
            return None
        return max(self.last_activity_at or self.phase_started_at, self.phase_started_at)


def same_but_words(one: RoomState, other: RoomState) -> bool:
    """Whether two states differ in nothing but what is written, and when."""
    return CROWD(one) == CROWD(other)


def elapsed(time: timedelta) -> str:
    """As people say it: "just now", "3 min", "1 h 5 min"."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if not hours else f"{hours} h {rest} min" if rest else f"{hours} h"


def shorten(words: str, length: int) -> str:
    """The beginning, cut at a word where that is not far away."""
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    space = words.rfind(" ", length * 2 // 3, length)
    return words[: space if space > 0 else length - 1].rstrip(" ,;:.") + "…"


@lru_cache(maxsize=16384)
def key_result_in_short(statement: str, start: str, target: str, unit: str) -> KeyResultInShort:
    """Kept, since of all the key results on a wall few change at a time."""
    return KeyResultInShort(shorten(statement, STATEMENT), measure(start, target, unit))


def measure(start: str, target: str, unit: str) -> str:
    """A key result's numbers in short; empty while there are none."""
    start, target, unit = shorten(start, 12), shorten(target, 12), shorten(unit, 14)
    if not start and not target:
        return ""
    return f"{start or '?'} → {target or '?'} {unit}".strip()
