"""What a board said last, room by room, while somebody watches it."""

import asyncio
from dataclasses import dataclass, field

from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.attention import Triage
from boathouse.workshop.board import RoomState
from boathouse.workshop.queues import settle
from boathouse.workshop.resting import Resting
from boathouse.workshop.tables import Workshop
from boathouse.workshop.wall import Found, Sight
from boathouse.workshop.web.tiles import Frame


@dataclass
class Seen:
    """One room as its tile shows it."""

    sight: Sight
    state: RoomState  # with findings
    verdict: Triage
    resting: Resting
    found: Found = field(default_factory=dict)
    key: tuple[object, ...] = ()  # of the frame
    frame: Frame = ("", "")
    html: str = ""


@dataclass
class Wall:
    """What a board said last. order: of the rooms that deserve attention."""

    rooms: dict[str, Seen] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    setting: tuple[object, ...] = ()  # of the workshop, as far as it changes every tile
    rules: GroundRules = field(default_factory=GroundRules)
    ticking: asyncio.Task[None] | None = None

    def open_rooms(self) -> list[Seen]:
        """Those that are not closed, by number."""
        return [seen for seen in self.rooms.values() if not seen.state.closed]

    def findings_of(self, room_id: str) -> tuple[tuple[str, int], ...] | None:
        """What many rooms may share with it; None of a room that counts for nothing."""
        seen = self.rooms.get(room_id)
        return seen.state.findings if seen and not seen.state.closed else None

    def reorder(self) -> bool:
        """Bring the order up to date; whether it is another one."""
        scores = {room_id: seen.verdict.score for room_id, seen in self.rooms.items() if seen.verdict.score}
        before, self.order = self.order, settle(self.order, scores)
        return before != self.order


def setting(workshop: Workshop) -> tuple[object, ...]:
    """What of a workshop every tile depends on."""
    return workshop.status, workshop.phase_started_at, workshop.phase_ends_at, workshop.room_size
