"""What the screen in front of everybody shows: how to join, the clock, one room's draft, the end."""

from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.agenda import Progress, progress_of
from boathouse.workshop.drafts import Draft, load_draft
from boathouse.workshop.joining import Here, Load, room_loads
from boathouse.workshop.steps import the_workshop
from boathouse.workshop.tables import Room, StageView, Status, Workshop
from boathouse.workshop.workshops import open_rooms

MOST_BOATS = 100  # rooms that can be drawn below the code without making it smaller


class View(StrEnum):
    """What the stage shows at this moment."""

    JOIN = "join"
    CLOCK = "clock"
    DRAFT = "draft"
    END = "end"


@dataclass(frozen=True)
class Scene:
    """The stage as it is now. rooms: those that may be shown; loads: only while people join."""

    view: View
    progress: Progress
    rooms: list[Room]
    room: Room | None = None
    draft: Draft | None = None
    loads: list[Load] = field(default_factory=list)
    rules: GroundRules = field(default_factory=GroundRules)

    @property
    def seats(self) -> int:
        """How many people have a seat."""
        return sum(load.seats for load in self.loads)

    @property
    def complete(self) -> int:
        """How many crews are."""
        size = self.progress.workshop.room_size
        return sum(load.seats >= size for load in self.loads)

    @property
    def boats(self) -> list[Load]:
        """The rooms to draw; none if they are too many to be seen."""
        return self.loads if len(self.loads) <= MOST_BOATS else []


def view_of(workshop: Workshop) -> View:
    """What the coach chose, else what the workshop is doing."""
    if workshop.stage_room_id:
        return View.DRAFT
    if workshop.stage_view != StageView.AUTO:
        return View(workshop.stage_view.value)
    if workshop.status == Status.SCHEDULED:
        return View.JOIN
    return View.END if workshop.status == Status.ENDED else View.CLOCK


async def load_scene(session: AsyncSession, workshop: Workshop, here: Here) -> Scene:
    """Everything the stage needs for what it shows."""
    view, progress = view_of(workshop), await progress_of(session, workshop)
    rooms = list(await open_rooms(session, workshop.id))
    if view == View.JOIN:
        return Scene(view, progress, rooms, loads=await room_loads(session, workshop.id, here))
    room = next((room for room in rooms if room.id == workshop.stage_room_id), None)
    if view != View.DRAFT or room is None:  # a room that was closed meanwhile leaves the stage
        return Scene(View.CLOCK if view == View.DRAFT else view, progress, rooms)
    rules = GroundRules.model_validate(workshop.ground_rules)
    return Scene(view, progress, rooms, room, await load_draft(session, room.id), rules=rules)


async def show_room(session: AsyncSession, workshop_id: str, room_id: str) -> None:
    """Put one room's draft on the stage. Errors: Problem 409 if it is closed or of another workshop."""
    workshop = await the_workshop(session, workshop_id)
    room = await session.get(Room, room_id)
    if room is None or room.workshop_id != workshop_id or room.closed_at:
        raise Problem(409, "This room is not open, so it cannot be shown.")
    workshop.stage_room_id = room_id


async def show_view(session: AsyncSession, workshop_id: str, view: StageView) -> None:
    """Show how to join, the clock, or whatever the workshop is doing."""
    workshop = await the_workshop(session, workshop_id)
    workshop.stage_room_id, workshop.stage_view = None, view
