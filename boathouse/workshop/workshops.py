"""Workshops: made from four answers, listed, changed, copied, deleted with everything in them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlalchemy import func
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import Database
from boathouse.core.people import Invitation, Person, Role
from boathouse.workshop.agenda import MOST_ITEMS, PhasePlan, items_of, lay_out
from boathouse.workshop.bank import copy_entries
from boathouse.workshop.facilitators import add_facilitator
from boathouse.workshop.ground_rules import first_snapshot, keep_snapshot, rules_of_copy
from boathouse.workshop.phases import UNDER_WAY
from boathouse.workshop.rooms import open_rooms
from boathouse.workshop.standard_agendas import TWO_HOURS
from boathouse.workshop.tables import Facilitator, Room, Seat, Status, Workshop

MOST_ROOMS = 1000
LARGEST_ROOM = 12
LONGEST_TITLE = 120
EARLIER_SHOWN = 50


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE, pattern=r"^[^\x00]*$"),
]
RoomName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00]*$")
]


class WorkshopPlan(BaseModel):
    """What is needed for a new workshop. room_names, if given, say how many rooms there are."""

    title: Title
    rooms: int = Field(default=50, ge=1, le=MOST_ROOMS)
    room_size: int = Field(default=5, ge=1, le=LARGEST_ROOM, description="People in a room; a wish.")
    room_names: list[RoomName] = Field(default_factory=list, max_length=MOST_ROOMS)
    starts_at: Annotated[datetime, AfterValidator(_utc)] | None = None
    agenda: list[PhasePlan] | None = Field(
        default=None, min_length=1, max_length=MOST_ITEMS, description="Two hours of our own if left out."
    )
    program_id: str | None = Field(
        default=None, max_length=12, description="The program whose ground rules bind it."
    )


@dataclass(frozen=True)
class Counts:
    """How many open rooms a workshop has, and people with a seat in it."""

    rooms: int = 0
    people: int = 0


@dataclass
class Shelf:
    """A coach's workshops, as the list shows them."""

    live: list[Workshop] = field(default_factory=list)
    planned: list[Workshop] = field(default_factory=list)
    earlier: list[Workshop] = field(default_factory=list)

    def __iter__(self) -> Any:
        return iter((*self.live, *self.planned, *self.earlier))


async def create_workshop(session: AsyncSession, plan: WorkshopPlan, person: Person) -> Workshop:
    """A workshop with its rooms and agenda, under the rules of its program; its creator coaches it.

    Errors: Problem 422 for a program that its creator may not see.
    """
    snapshot = await first_snapshot(session, plan.program_id, person)
    workshop = Workshop(
        title=plan.title,
        room_size=plan.room_size,
        starts_at=plan.starts_at,
        program_id=plan.program_id or None,
        created_by=person.id,
    )
    keep_snapshot(workshop, snapshot)
    session.add(workshop)
    await session.flush()
    names = plan.room_names or [f"Room {number}" for number in range(1, plan.rooms + 1)]
    session.add_all(Room(workshop_id=workshop.id, number=n, name=name) for n, name in enumerate(names, 1))
    standard = [PhasePlan.model_validate(phase, from_attributes=True) for phase in TWO_HOURS.phases]
    lay_out(session, workshop.id, plan.agenda or standard)
    await add_facilitator(session, workshop.id, person.id)
    await session.flush()
    return workshop


async def duplicate_workshop(session: AsyncSession, workshop: Workshop, person: Person) -> Workshop:
    """The same rooms, agenda and coaches' questions for other people; no participant and no word of theirs
    comes along.
    """
    rooms = await open_rooms(session, workshop.id)
    plan = WorkshopPlan(
        title=f"{workshop.title[: LONGEST_TITLE - 7]} (copy)",
        room_size=workshop.room_size,
        room_names=[room.name for room in rooms] or ["Room 1"],
        agenda=[
            PhasePlan.model_validate(item, from_attributes=True)
            for item in await items_of(session, workshop.id)
        ],
    )
    copy = await create_workshop(session, plan, person)
    copy.rooms_are_chosen = workshop.rooms_are_chosen
    copy.program_id = workshop.program_id
    copy.ground_rules, copy.rule_sources = dict(workshop.ground_rules), rules_of_copy(workshop)
    await copy_entries(session, workshop.id, copy.id)
    return copy


async def delete_workshop(database: Database, workshop_id: str) -> AsyncIterator[str]:
    """Delete it with everything in it, in every table. Yields the id of each room once that is gone.

    Room by room: a thousand of them take half a minute, and others write in between. A room is whole or gone.
    """
    in_it = select(Room.id).where(Room.workshop_id == workshop_id)
    async with database.reading() as session:
        room_ids = (await session.exec(in_it)).all()
    for room_id in room_ids:
        async with database.writing() as session:
            await session.exec(delete(Room).where(col(Room.id) == room_id))
        yield room_id
    async with database.writing() as session:
        new_ones = (await session.exec(in_it)).all()
        board = f"/workshops/{workshop_id}/board"
        await session.exec(delete(Invitation).where(col(Invitation.invited_to) == board))
        # Everything else hangs on foreign keys that cascade.
        await session.exec(delete(Workshop).where(col(Workshop.id) == workshop_id))
    for room_id in new_ones:
        yield room_id


async def shelf_of(session: AsyncSession, person: Person) -> Shelf:
    """The workshops this person may see, as access.standing_of() gives them: coaches see their own."""
    query = select(Workshop)
    if person.role == Role.COACH:
        query = query.join(Facilitator).where(Facilitator.person_id == person.id)
    shelf = Shelf()
    for workshop in await session.exec(query.order_by(col(Workshop.created_at).desc())):
        if workshop.status in UNDER_WAY:
            shelf.live.append(workshop)
        elif workshop.status == Status.SCHEDULED:
            shelf.planned.append(workshop)
        else:
            shelf.earlier.append(workshop)
    shelf.planned.sort(key=lambda workshop: workshop.starts_at or workshop.created_at)
    shelf.earlier.sort(key=lambda workshop: workshop.ended_at or workshop.created_at, reverse=True)
    del shelf.earlier[EARLIER_SHOWN:]
    return shelf


async def counts_of(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, Counts]:
    """How many rooms and people each of these has."""
    rooms = await _counted(session, Room, col(Room.closed_at).is_(None), workshop_ids)
    people = await _counted(session, Seat, col(Seat.removed_at).is_(None), workshop_ids)
    return {id: Counts(rooms.get(id, 0), people.get(id, 0)) for id in workshop_ids}


async def _counted(
    session: AsyncSession, table: type[Room] | type[Seat], counts: Any, workshop_ids: Sequence[str]
) -> dict[str, int]:
    query = select(table.workshop_id, func.count()).where(col(table.workshop_id).in_(workshop_ids), counts)
    return dict((await session.exec(query.group_by(col(table.workshop_id)))).all())
