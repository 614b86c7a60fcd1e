"""The debrief: what happened in a workshop and whether coaching worked, for its coach or for the sponsor.

making.py makes it from facts by the measures (stays.py, coaching.py); page, paper and workbook
show the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from boathouse.workshop.coaching import Change, Moment, Share
from boathouse.workshop.debrief.rooms import RoomPart
from boathouse.workshop.exports import ExportData
from boathouse.workshop.findings import ItemFinding
from boathouse.workshop.response_times import Times
from boathouse.workshop.stays import Phase, Presence, Window
from boathouse.workshop.tables import PollKind


class Audience(StrEnum):
    """Whom it is for: the coach sees who left when and all comments, the sponsor what came of it."""

    COACH = "coach"
    SPONSOR = "sponsor"


@dataclass(frozen=True)
class View:
    """A debrief for somebody. anonymised: without people, whatever anybody typed."""

    audience: Audience = Audience.COACH
    anonymised: bool = False

    @property
    def names_people(self) -> bool:
        """Whether it says who came when."""
        return self.audience == Audience.COACH and not self.anonymised


@dataclass(frozen=True)
class Leaver:
    """Somebody who left before the end. minute: after the start; minutes: how long they were there."""

    name: str
    room: str
    minute: int
    minutes: int


@dataclass(frozen=True)
class Common:
    """A finding and how many items had it: at most in one moment, and at the end."""

    code: str
    message: str
    most: int
    left: int


@dataclass(frozen=True)
class PollResult:
    """A poll. answers: what was answered and how often, in order."""

    question: str
    kind: PollKind
    people: int
    answers: Sequence[tuple[str, int]]

    @property
    def given(self) -> int:
        """How many have answered."""
        return sum(count for _, count in self.answers)

    @property
    def mean(self) -> float | None:
        """Fingers on average."""
        if self.kind != PollKind.FIST or not self.given:
            return None
        return round(sum(int(answer) * count for answer, count in self.answers) / self.given, 1)


@dataclass(frozen=True)
class Debrief:
    """Everything to show. points: people there at each minute; moments: the last one is the end, or now."""

    view: View
    title: str
    started_at: datetime | None
    is_over: bool
    window: Window
    people: int  # with a seat
    simulated: int  # of them
    came: int
    stayed: int
    points: Sequence[tuple[int, int]]
    phases: Sequence[Phase]
    left_by_phase: Sequence[tuple[str, int]]
    leavers: Sequence[Leaver]
    presences: Mapping[str, Presence]  # by seat, if it names people
    names: Mapping[str, str]  # the same
    rooms: Sequence[RoomPart]
    moments: Sequence[Moment]
    commented: Change
    others: Change
    common: Sequence[Common]
    to_crews: Times
    to_coaches: Times
    polls: Sequence[PollResult]
    data: ExportData
    findings: Mapping[str, Sequence[ItemFinding]]

    @property
    def last(self) -> Moment:
        """The drafts as they are."""
        return self.moments[-1]

    @property
    def first_share(self) -> Share | None:
        """From X to Y at the first moment that had metrics, if that is not the last one."""
        return next((each.from_to for each in self.moments[:-1] if each.from_to.of), None)

    @property
    def at_most(self) -> int:
        """How many people were there at one time."""
        return max((people for _, people in self.points), default=0)

    @property
    def until_objective(self) -> int | None:
        """Minutes; half of the rooms were faster."""
        firsts = [room.first_objective for room in self.rooms if room.first_objective is not None]
        return round(median(firsts)) if firsts else None
