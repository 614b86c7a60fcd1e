"""The agenda: phases in order, which a coach may change before the workshop and while it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.workshop.phases import UNDER_WAY, Clock, clock_of, current_phase, neighbour
from boathouse.workshop.tables import AgendaItem, Status, Workshop

LONGEST = 240  # minutes of one phase
MOST_ITEMS = 30


class PhasePlan(BaseModel):
    """One phase as a coach writes it. instructions: Markdown, its first paragraph is shown on stage."""

    title: str = Field(min_length=1, max_length=80)
    minutes: int = Field(ge=1, le=LONGEST)
    instructions: str = Field(default="", max_length=4000)


@dataclass(frozen=True)
class Progress:
    """Where a workshop stands on its agenda; what every page that shows the course is drawn from."""

    workshop: Workshop
    items: list[AgendaItem]
    phase: AgendaItem | None  # in progress, or the one it ended with
    before: AgendaItem | None
    following: AgendaItem | None
    clock: Clock | None

    @property
    def is_under_way(self) -> bool:
        """Between start and end."""
        return self.workshop.status in UNDER_WAY

    @property
    def question(self) -> str:
        """What the phase is about: the first paragraph of its instructions, in Markdown."""
        return self.phase.instructions.strip().split("\n\n", 1)[0] if self.phase else ""

    @property
    def minutes(self) -> int:
        """The planned length of everything."""
        return sum(item.minutes for item in self.items)


async def progress_of(session: AsyncSession, workshop: Workshop) -> Progress:
    """The workshop's agenda, and where it stands on it now."""
    items = await items_of(session, workshop.id)
    return Progress(
        workshop,
        items,
        current_phase(workshop, items),
        neighbour(workshop, items, -1),
        neighbour(workshop, items, 1),
        clock_of(workshop, items, now()),
    )


async def items_of(session: AsyncSession, workshop_id: str) -> list[AgendaItem]:
    """The agenda in order."""
    query = select(AgendaItem).where(AgendaItem.workshop_id == workshop_id)
    return list((await session.exec(query.order_by(col(AgendaItem.position), col(AgendaItem.id)))).all())


def lay_out(session: AsyncSession, workshop_id: str, plans: Sequence[PhasePlan]) -> None:
    """Give a new workshop its agenda."""
    for position, plan in enumerate(plans):
        session.add(AgendaItem(workshop_id=workshop_id, position=position, **plan.model_dump()))


async def add_item(session: AsyncSession, workshop_id: str, plan: PhasePlan) -> AgendaItem:
    """One more phase at the end. Errors: Problem 409 when the agenda is full."""
    items = await items_of(session, workshop_id)
    if len(items) >= MOST_ITEMS:
        raise Problem(409, f"An agenda has at most {MOST_ITEMS} phases.")
    position = items[-1].position + 1 if items else 0
    item = AgendaItem(workshop_id=workshop_id, position=position, **plan.model_dump())
    session.add(item)
    await session.flush()
    return item


def change_item(workshop: Workshop, item: AgendaItem, plan: PhasePlan, moment: datetime) -> None:
    """New title, minutes or instructions. If the phase is in progress its deadline moves with the minutes."""
    longer = timedelta(minutes=plan.minutes - item.minutes)
    item.sqlmodel_update(plan.model_dump())
    if workshop.agenda_item_id != item.id or not longer:
        return
    if workshop.status == Status.RUNNING and workshop.phase_ends_at:
        workshop.phase_ends_at = max(workshop.phase_ends_at + longer, moment)
    elif workshop.status == Status.PAUSED:
        left = (workshop.paused_seconds_left or 0.0) + longer.total_seconds()
        workshop.paused_seconds_left = max(0.0, left)


async def remove_item(session: AsyncSession, workshop: Workshop, item: AgendaItem) -> None:
    """Take a phase out. Errors: Problem 409 for the one in progress and for the last one left."""
    if workshop.agenda_item_id == item.id:
        raise Problem(409, "This phase is in progress. Move on to another one first, then remove it.")
    if len(await items_of(session, workshop.id)) == 1:
        raise Problem(409, "An agenda needs one phase at least.")
    await session.delete(item)


async def move_item(session: AsyncSession, item: AgendaItem, step: int) -> None:
    """One place up (-1) or down (1); at the edge it stays."""
    items = await items_of(session, item.workshop_id)
    ids = [other.id for other in items]
    place = ids.index(item.id)
    ids.insert(min(max(place + step, 0), len(ids) - 1), ids.pop(place))
    _number(session, items, ids)


async def order_items(session: AsyncSession, workshop_id: str, ids: Sequence[str]) -> None:
    """Put all phases into this order. Errors: Problem 409 if the agenda is another one by now."""
    items = await items_of(session, workshop_id)
    if len(ids) != len(items) or set(ids) != {item.id for item in items}:
        raise Problem(409, "Somebody changed the agenda meanwhile. Look at it again, then reorder.")
    _number(session, items, ids)


def _number(session: AsyncSession, items: Sequence[AgendaItem], ids: Sequence[str]) -> None:
    for item in items:
        item.position = list(ids).index(item.id)
        session.add(item)
