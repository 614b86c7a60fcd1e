"""A workshop as programs see it."""

from datetime import date, datetime

from fastapi import Request
from pydantic import BaseModel, Field
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.workshop.agenda import PhasePlan, progress_of
from boathouse.workshop.phases import seconds_left
from boathouse.workshop.retention import kept_of
from boathouse.workshop.rooms import open_rooms
from boathouse.workshop.tables import Comment, KeyResult, Objective, Room, Seat, Status, Workshop
from boathouse.workshop.web.whereabouts import online


class RoomName(BaseModel):
    """One open room."""

    id: str
    name: str


class NewWorkshop(BaseModel):
    """What one needs to send people into a workshop."""

    id: str
    code: str
    status: Status
    join_url: str
    board_url: str
    stage_url: str
    rooms: list[RoomName]


class PhaseState(PhasePlan):
    """One phase of the agenda."""

    id: str


class WorkshopCounts(BaseModel):
    """people: with a seat; online: of those, who is there now; hands: rooms with a raised hand."""

    rooms: int
    people: int
    online: int
    hands: int
    objectives: int
    key_results: int
    open_comments: int


class WorkshopState(NewWorkshop):
    """phase: title of the one in progress. ends_at: its deadline, none while paused, then seconds_left."""

    title: str
    room_size: int
    starts_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    kept_until: date | None = Field(description="Its last day; then it is deleted. Null: kept for good.")
    locked: bool
    on_recommended: bool
    program_id: str | None
    phase: str | None
    phase_id: str | None
    ends_at: datetime | None
    seconds_left: float | None
    agenda: list[PhaseState]
    counts: WorkshopCounts


class WorkshopInList(BaseModel):
    """A line of the list."""

    id: str
    title: str
    code: str
    status: Status
    starts_at: datetime | None


async def new_state(request: Request, session: AsyncSession, workshop: Workshop) -> NewWorkshop:
    """The answer to its creation."""
    return NewWorkshop.model_validate(await _addresses(request, session, workshop))


async def state_of(request: Request, session: AsyncSession, workshop: Workshop) -> WorkshopState:
    """The whole state, as it is now."""
    progress = await progress_of(session, workshop)
    shared = await _addresses(request, session, workshop)
    kept = (await kept_of(session, request.app.state.retention, [workshop], now())).get(workshop.id)
    return WorkshopState.model_validate(
        workshop.model_dump()
        | shared
        | {
            "phase": progress.phase.title if progress.phase and progress.is_under_way else None,
            "phase_id": progress.phase.id if progress.phase and progress.is_under_way else None,
            "kept_until": kept.until if kept else None,
            "ends_at": workshop.phase_ends_at,
            "seconds_left": seconds_left(workshop, now()) if progress.is_under_way else None,
            "agenda": [item.model_dump() for item in progress.items],
            "counts": await _counts(request, session, workshop),
        }
    )


async def _addresses(request: Request, session: AsyncSession, workshop: Workshop) -> dict[str, object]:
    here = request.app.state.address(request)
    return {
        "id": workshop.id,
        "code": workshop.code,
        "status": workshop.status,
        "join_url": f"{here}/join/{workshop.code}",
        "board_url": f"{here}/workshops/{workshop.id}/board",
        "stage_url": f"{here}/workshops/{workshop.id}/stage",
        "rooms": [{"id": room.id, "name": room.name} for room in await open_rooms(session, workshop.id)],
    }


async def _counts(request: Request, session: AsyncSession, workshop: Workshop) -> WorkshopCounts:
    open_room = (col(Room.workshop_id) == workshop.id, col(Room.closed_at).is_(None))

    async def count(table: type, *where: object) -> int:
        query = select(func.count()).select_from(table)
        if table not in (Room, Seat):
            query = query.join(Room, col(Room.id) == table.room_id)  # type: ignore[attr-defined]
        return (await session.exec(query.where(*where))).one()  # type: ignore[arg-type]

    return WorkshopCounts(
        rooms=await count(Room, *open_room),
        people=await count(Seat, col(Seat.workshop_id) == workshop.id, col(Seat.removed_at).is_(None)),
        online=online(request.app, workshop.id),
        hands=await count(Room, *open_room, col(Room.help_since).is_not(None)),
        objectives=await count(Objective, *open_room, col(Objective.deleted_at).is_(None)),
        key_results=await count(KeyResult, *open_room, col(KeyResult.deleted_at).is_(None)),
        open_comments=await count(
            Comment,
            *open_room,
            col(Comment.parent_id).is_(None),
            col(Comment.deleted_at).is_(None),
            col(Comment.resolved_at).is_(None),
        ),
    )
