"""What the screen in front of everybody shows: how to join, the clock, drafts and what changed in them, all
objectives, a poll, the questions to the group on stage, the end.

What coaches put there is in showing.py.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.agenda import Progress, progress_of
from boathouse.workshop.drafts import Draft, load_draft
from boathouse.workshop.loads import Here, Load, room_loads
from boathouse.workshop.polls import latest_spread
from boathouse.workshop.questions import Asked, load_questions
from boathouse.workshop.rooms import label, open_rooms
from boathouse.workshop.spreads import Spread
from boathouse.workshop.stars import Starred, load_stars
from boathouse.workshop.tables import Comment, Objective, Room, StageView, Status, Workshop
from boathouse.workshop.turns import Turn, load_turns, turn_of

MOST_BOATS = 100  # rooms that can be drawn below the code without making it smaller
SHOWN_QUESTIONS = 5  # that can be read from far
SOMEBODY = "One of our rooms"  # while names are hidden


class View(StrEnum):
    """What the stage shows at this moment."""

    JOIN = "join"
    CLOCK = "clock"
    DRAFT = "draft"
    WALL = "wall"
    POLL = "poll"
    QUESTIONS = "questions"
    END = "end"


@dataclass(frozen=True)
class Line:
    """One objective on the wall of all."""

    id: str
    title: str
    room: str


@dataclass(frozen=True)
class Scene:
    """The stage as it is now. rooms: those that may be shown; loads: only while people join; turns: comments
    on what is shown that changed it, the one shown among them; waiting: questions not answered yet.
    """

    view: View
    progress: Progress
    rooms: list[Room]
    stars: list[Starred] = field(default_factory=list)
    room: Room | None = None
    draft: Draft | None = None
    turns: list[Turn] = field(default_factory=list)
    turn: Turn | None = None
    loads: list[Load] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    spread: Spread | None = None
    waiting: list[Asked] = field(default_factory=list)
    rules: GroundRules = field(default_factory=GroundRules)

    @property
    def workshop(self) -> Workshop:
        """Whose stage it is."""
        return self.progress.workshop

    @property
    def names(self) -> bool:
        """Whether rooms and people are named."""
        return not self.workshop.stage_hides_names

    @property
    def whose(self) -> str:
        """The room on stage as the audience may know it; "" without one."""
        if self.room is None:
            return ""
        return label(self.room) if self.names else SOMEBODY

    @property
    def kind(self) -> str:
        """What of the room is shown: draft, objective or key_result."""
        return self.workshop.stage_item.partition(":")[0] or "draft"

    @property
    def place(self) -> int:
        """Which star is shown, counted from 1; 0 for none."""
        shown = (self.room.id, self.workshop.stage_item) if self.room else None
        places = (n for n, star in enumerate(self.stars, 1) if (star.room_id, star.item) == shown)
        return next(places, 0)

    @property
    def question(self) -> Asked | None:
        """The one that is being answered."""
        wanted = self.workshop.stage_question_id
        return next((one for one in self.waiting if one.id == wanted), None)

    @property
    def shown_questions(self) -> list[Asked]:
        """Those that have their turn next."""
        return self.waiting[:SHOWN_QUESTIONS]

    @property
    def seats(self) -> int:
        """How many people have a seat."""
        return sum(load.seats for load in self.loads)

    @property
    def complete(self) -> int:
        """How many crews are."""
        return sum(load.seats >= self.workshop.room_size for load in self.loads)

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
    view = view_of(workshop)
    scene = Scene(
        view,
        await progress_of(session, workshop),
        list(await open_rooms(session, workshop.id)),
        await load_stars(session, workshop.id),
        waiting=[one for one in await load_questions(session, workshop.id) if one.waits],
        spread=await latest_spread(session, workshop.id),
        rules=GroundRules.model_validate(workshop.ground_rules),
    )
    if view == View.DRAFT:
        return await _with_draft(session, scene)
    more: dict[str, Any] = {}
    if view == View.JOIN:
        more["loads"] = await room_loads(session, workshop.id, here)
    if view == View.WALL:
        more["lines"] = await all_objectives(session, scene.rooms)
    return replace(scene, **more)


async def _with_draft(session: AsyncSession, scene: Scene) -> Scene:
    workshop = scene.workshop
    room = next((room for room in scene.rooms if room.id == workshop.stage_room_id), None)
    if room is None:  # a room that was closed meanwhile leaves the stage
        return replace(scene, view=View.END if workshop.status == Status.ENDED else View.CLOCK)
    draft = await load_draft(session, room.id)
    shown = only(draft, workshop.stage_item)
    comment = await session.get(Comment, workshop.stage_comment_id) if workshop.stage_comment_id else None
    turn = turn_of(comment, draft) if comment and not comment.deleted_at else None
    turns = await load_turns(session, draft, items_of(draft, workshop.stage_item))
    return replace(scene, room=room, draft=shown, turns=turns, turn=turn)


def only(draft: Draft, item: str) -> Draft:
    """The draft with nothing but objective:ID, or key_result:ID below its objective; all of it for "" and
    for an item that is gone.
    """
    for objective in draft.objectives:
        if item == f"objective:{objective.id}":
            return replace(draft, objectives=[objective])
        for key_result in objective.key_results:
            if item == f"key_result:{key_result.id}":
                return replace(draft, objectives=[replace(objective, key_results=[key_result])])
    return draft


def items_of(draft: Draft, item: str) -> list[str]:
    """What a comment may be about to belong to what is shown: the item, and the key results of an objective.
    Empty for a whole draft.
    """
    below = only(draft, item).key_results() if item.startswith("objective:") else ()
    return [item, *(f"key_result:{key_result.id}" for key_result in below)] if item else []


async def all_objectives(session: AsyncSession, rooms: list[Room]) -> list[Line]:
    """The objectives of these rooms that have a title, room by room."""
    by_id = {room.id: room for room in rooms}
    query = select(Objective).where(col(Objective.room_id).in_(by_id), col(Objective.deleted_at).is_(None))
    rows = (await session.exec(query.order_by(col(Objective.position), col(Objective.created_at)))).all()
    lines = [row for row in rows if row.title.strip()]
    lines.sort(key=lambda row: by_id[row.room_id].number)
    return [Line(row.id, row.title, label(by_id[row.room_id])) for row in lines]
