"""Participation by room: who came and stayed, who took part, and what the room has to show for it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from boathouse.workshop.coaching import NO_FROM_TO, Share
from boathouse.workshop.debrief.facts import Facts, by_room
from boathouse.workshop.findings import ItemFinding
from boathouse.workshop.rooms import label
from boathouse.workshop.stays import Presence, Window
from boathouse.workshop.tables import KeyResultType, Room, Seat

Found = Mapping[str, Sequence[ItemFinding]]


@dataclass(frozen=True)
class RoomPart:
    """One room. seats: people who belong to it; active: those who left a trace of their own; minutes: how
    long people were there on average; comments: of coaches; replies: of the crew; first_objective: minutes
    after the start; questions: open findings at the end.
    """

    id: str
    number: int
    label: str
    seats: int
    came: int
    stayed: int
    active: int
    minutes: int
    objectives: int
    key_results: int
    from_to: Share
    comments: int
    replies: int
    first_objective: int | None
    questions: int

    @property
    def was_used(self) -> bool:
        """Whether anybody sat there or wrote."""
        return bool(self.seats or self.objectives or self.key_results or self.comments)


def room_parts(
    facts: Facts,
    window: Window,
    there: Mapping[str, Presence],
    found: Mapping[str, Found],
    *,
    anonymised: bool,
) -> list[RoomPart]:
    """All rooms by number. found: findings by room. anonymised: rooms have numbers only."""
    crews = by_room(facts.seats)
    return [
        _part(
            facts,
            room,
            crews.get(room.id, []),
            window,
            there,
            found[room.id],
            f"Room {room.number}" if anonymised else label(room),
        )
        for room in facts.rooms
    ]


def _part(
    facts: Facts,
    room: Room,
    crew: Sequence[Seat],
    window: Window,
    there: Mapping[str, Presence],
    found: Found,
    called: str,
) -> RoomPart:
    draft, threads = facts.drafts[room.id], facts.threads[room.id]
    came = [there[seat.id] for seat in crew if seat.id in there]
    remarks = [each for thread in threads for each in thread.remarks if not each.is_deleted]
    written = [each for each in draft.key_results() if each.statement.strip()]
    metrics = [each for each in written if each.type == KeyResultType.METRIC]
    first = facts.firsts.get(room.id)
    return RoomPart(
        id=room.id,
        number=room.number,
        label=called,
        seats=len(crew),
        came=len(came),
        stayed=sum(each.stayed for each in came),
        active=sum(seat.id in facts.active for seat in crew),
        minutes=round(mean(each.minutes for each in came)) if came else 0,
        objectives=sum(bool(each.title.strip()) for each in draft.objectives),
        key_results=len(written),
        from_to=Share(sum(not _codes(found, each.id) & NO_FROM_TO for each in metrics), len(metrics)),
        comments=sum(each.is_coach for each in remarks),
        replies=sum(not each.is_coach for each in remarks),
        first_objective=max(0, window.minute(first)) if first else None,
        questions=sum(each.is_open for some in found.values() for each in some),
    )


def _codes(found: Found, key_result_id: str) -> set[str]:
    return {each.finding.code for each in found.get(f"key_result:{key_result_id}", ())}
