"""Which rooms need a human, how much, and why in words. Pure: a room's state and a moment go in.

Points are made so that a coach can say the rule aloud. Hands come first and then open replies, in both
whoever has waited longest. Everything else adds up: silence, people gone, one person typing alone, findings
of weight, no comment so far. A point is about a minute of waiting.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from boathouse.workshop.board import Band, RoomState, Spot, elapsed
from boathouse.workshop.finding_names import named

HAND, REPLY = 1000.0, 500.0  # what a raised hand and an open reply begin with
LONGEST = 240.0  # minutes that are counted
BEHIND = 1e-4  # how much everything behind a hand or reply counts: it only settles ties
WORTH_A_LOOK = 18.0  # points

QUIET_MOST, QUIET_LEAST = timedelta(minutes=5), timedelta(minutes=1)  # without a written word
QUIET_SHARE = 0.25  # of the phase, within these limits
LATE = 0.6  # of the phase
UNCOMMENTED = timedelta(minutes=10)  # on paper without a coach's word
COMPANY = 3  # people here; in a smaller crew one who types alone is nothing to look at

EMPTY_PAPER, EMPTY_PHASE, SILENT, GONE, FEW, ALONE = 60.0, 50.0, 40.0, 45.0, 30.0, 25.0
FIX, ASK, NOT_YET = 12.0, 5.0, 2.0  # a finding, by weight
MOST_FINDINGS = 60.0
# What a crew may simply not have come to.
LATER = {"kr.no_owner", "objective.no_why", "objective.no_key_results", "objective.no_sponsor"}


@dataclass(frozen=True)
class Reason:
    """Why a room is where it is: words, and since when if that matters."""

    icon: str
    words: str
    since: datetime | None = None

    def text(self, now: datetime) -> str:
        """The whole sentence, such as "Hand up 3 min"."""
        return f"{self.words} {elapsed(now - self.since)}" if self.since else self.words


@dataclass(frozen=True)
class Triage:
    """What a room deserves. reasons: weightiest first. worst: where a coach would begin to comment.

    score: from 0, the attention of the contract. It grows by the second, so two verdicts that differ in
    nothing else are equal.
    """

    band: Band
    reasons: tuple[Reason, ...] = ()
    worst: Spot | None = None
    score: float = field(default=0.0, compare=False)


Weighed = tuple[float, Reason]


def triage(room: RoomState, now: datetime) -> Triage:
    """How much attention a room deserves, and why."""
    if room.ended or room.closed:
        return Triage(Band.ROW)
    gentle = sorted(_gentle(room, now), key=lambda each: -each[0])
    score = sum(points for points, _ in gentle)
    urgent = _urgent(room, now)
    band = Band.NOW if urgent else Band.LOOK if score >= WORTH_A_LOOK else Band.ROW
    for points, _ in reversed(urgent):
        score = points + score * BEHIND
    return Triage(band, tuple(reason for _, reason in [*urgent, *gentle]), room.worst, score)


def _urgent(room: RoomState, now: datetime) -> list[Weighed]:
    found = []
    if room.help_since:
        found.append((HAND + _minutes(room.help_since, now), Reason("hand", "Hand up", room.help_since)))
    if room.replies:
        words = "Reply open" if len(room.replies) == 1 else f"{len(room.replies)} replies open,"
        found.append((REPLY + _minutes(room.replies[0], now), Reason("note", words, room.replies[0])))
    return found


def _gentle(room: RoomState, now: datetime) -> list[Weighed]:
    if not room.people:
        return []  # a room in which nobody sits needs nobody
    at_work = _silent(room, now) + _thin(room) + _alone(room, now) + _uncommented(room, now)
    return (at_work if room.running else []) + _flawed(room)


def _silent(room: RoomState, now: datetime) -> list[Weighed]:
    since = room.quiet_from
    if since is None or now - since < quiet_after(room) or not room.here or room.done_at:
        return []
    waiting = min(_minutes(since, now), 60.0)
    if room.last_activity_at is None:
        return [(EMPTY_PAPER + waiting, Reason("quiet", "Nothing on paper for", since))]
    length = _length(room)
    if since == room.phase_started_at and length and now - since >= length * LATE:
        return [(EMPTY_PHASE + waiting, Reason("quiet", "Nothing written in this phase for", since))]
    return [(SILENT + waiting, Reason("quiet", "Silent", since))]


def _thin(room: RoomState) -> list[Weighed]:
    """A crew of which nobody is here, or fewer than half."""
    people = len(room.people)
    if not room.here:
        return [(GONE, Reason("crew", "Nobody here"))]
    if room.here * 2 < people:
        return [(FEW, Reason("crew", f"Only {room.here} of {people} here"))]
    return []


def _alone(room: RoomState, now: datetime) -> list[Weighed]:
    if room.alone is None or room.here < COMPANY or room.done_at:
        return []
    name, since = room.alone
    if now - since < quiet_after(room) or _silent(room, now):
        return []
    first = name.split()[0] if name.split() else name
    return [(ALONE + min(_minutes(since, now), 15.0), Reason("edit", f"Only {first} has written for", since))]


def _uncommented(room: RoomState, now: datetime) -> list[Weighed]:
    since = room.uncommented_since
    if since is None or now - since < UNCOMMENTED:
        return []
    return [(min(_minutes(since, now) / 10, 6.0), Reason("note", "No comment from a coach for", since))]


def _flawed(room: RoomState) -> list[Weighed]:
    """Findings nobody has asked about, counted by item: three of three weigh more than three of nine."""
    weights: dict[str, float] = {}
    for spot in room.spots:
        item = ":".join(spot.place.split(":")[:2])
        weights[item] = max(weights.get(item, 0.0), _weight(spot))
    if not weights:
        return []
    written = max(len(weights), len(room.objectives) + room.key_results)
    points = min(sum(weights.values()) * len(weights) / written, MOST_FINDINGS)
    code, count = Counter(spot.code for spot in room.spots if spot.code == room.spots[0].code).popitem()
    words = named(code, count)
    return [(points, Reason("ask", words[0].upper() + words[1:]))]


def _weight(spot: Spot) -> float:
    return NOT_YET if spot.code in LATER else FIX if spot.is_fix else ASK


def quiet_after(room: RoomState) -> timedelta:
    """How long a silence has to last before it says something: shorter in a short phase."""
    length = _length(room)
    return min(max(length * QUIET_SHARE, QUIET_LEAST), QUIET_MOST) if length else QUIET_MOST


def _length(room: RoomState) -> timedelta | None:
    if room.phase_started_at is None or room.phase_ends_at is None:
        return None
    return room.phase_ends_at - room.phase_started_at


def _minutes(since: datetime, now: datetime) -> float:
    return min(max((now - since).total_seconds() / 60, 0.0), LONGEST)
