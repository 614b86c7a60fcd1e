"""Which words stand on the stages of this process, so that the screens follow while they are written."""

import asyncio
from dataclasses import dataclass, field

from boathouse.core.live import Live
from boathouse.workshop.stage import Scene, View

WALL_PAUSE = 2.0  # seconds between two drawings of all objectives: hundreds of people write them


@dataclass
class Stages:
    """rooms: those on a stage, by workshop id; walls: workshops that show all objectives, waiting: those of
    them that will be drawn again soon.
    """

    live: Live
    rooms: dict[str, set[str]] = field(default_factory=dict)
    walls: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)

    def note(self, scene: Scene) -> None:
        """What was drawn just now."""
        workshop_id, is_wall = scene.workshop.id, scene.view == View.WALL
        shown = scene.rooms if is_wall else [scene.room] if scene.room else []
        self.rooms[workshop_id] = {room.id for room in shown}
        (self.walls.add if is_wall else self.walls.discard)(workshop_id)

    def written(self, room_ids: set[str]) -> None:
        """Words come by themselves; whether something is written at all, and the wall, are drawn here."""
        for workshop_id, shown in list(self.rooms.items()):
            if ("stage", workshop_id) not in self.live.watchers:
                del self.rooms[workshop_id]
            elif shown & room_ids and workshop_id not in self.walls:
                self.live.touch("stage", workshop_id, "stage")
            elif shown & room_ids and workshop_id not in self.waiting:
                self.waiting.add(workshop_id)
                asyncio.get_running_loop().call_later(WALL_PAUSE, self._draw_wall, workshop_id)

    def _draw_wall(self, workshop_id: str) -> None:
        self.waiting.discard(workshop_id)
        self.live.touch("stage", workshop_id, "stage")
