"""All drafts of a workshop with their comments, to take away: JSON, CSV, Markdown.

What was removed is in none of them. Flush the rooms' documents before loading.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.rows import the_row
from boathouse.workshop.comments import Thread, load_threads, pinned_to
from boathouse.workshop.drafts import Draft, load_drafts
from boathouse.workshop.key_results import KeyResultShape
from boathouse.workshop.tables import Room, Seat, Status, Workshop


class ExportedRemark(BaseModel):
    """A reply. author_role: coach or participant."""

    author: str
    author_role: str
    at: datetime
    body: str


class ExportedComment(ExportedRemark):
    """A comment. on: where, in words. about: the text as it stood; about_settled: when it was settled."""

    on: str
    field: str | None
    about: str
    about_settled: str | None
    settled_at: datetime | None
    settled_by: str | None
    replies: list[ExportedRemark]


class ExportedKeyResult(KeyResultShape):
    """A key result. owner: a name."""

    owner: str | None
    comments: list[ExportedComment]


class ExportedObjective(BaseModel):
    """An objective."""

    id: str
    title: str
    why: str
    key_results: list[ExportedKeyResult]
    comments: list[ExportedComment]


class ExportedTodo(BaseModel):
    """A to-do. converted_to: objective:ID or key_result:ID of this file, or null."""

    text: str
    outcome: str
    converted_to: str | None


class ExportedRoom(BaseModel):
    """A room. comments: on the whole room, and on what has been removed since."""

    id: str
    number: int
    name: str
    people: list[str]
    objectives: list[ExportedObjective]
    todos: list[ExportedTodo]
    comments: list[ExportedComment]


class ExportData(BaseModel):
    """The documented shape of the JSON export; format grows when it changes."""

    format: int = 1
    id: str
    title: str
    status: Status
    started_at: datetime | None
    ended_at: datetime | None
    exported_at: datetime
    rooms: list[ExportedRoom]


async def load_workshop_export(
    session: AsyncSession, workshop_id: str, room_id: str | None = None
) -> ExportData:
    """Everything to export, or one room of it. Rooms merged away are left out. Errors: Problem 404."""
    workshop = await the_row(session, Workshop, workshop_id, "This workshop")
    rooms = await _rooms(session, workshop_id, room_id)
    ids = [room.id for room in rooms]
    drafts, threads = await load_drafts(session, ids), await load_threads(session, ids)
    return put_together(workshop, rooms, await _people(session, ids), drafts, threads)


def put_together(
    workshop: Workshop,
    rooms: Sequence[Room],
    people: Mapping[str, list[str]],
    drafts: Mapping[str, Draft],
    threads: Mapping[str, Sequence[Thread]],
) -> ExportData:
    """The export of what was read, each by room. Pure; of a thousand rooms in a thread."""
    return ExportData(
        id=workshop.id,
        title=workshop.title,
        status=workshop.status,
        started_at=workshop.started_at,
        ended_at=workshop.ended_at,
        exported_at=now(),
        rooms=[
            exported_room(room, people.get(room.id, []), drafts[room.id], threads[room.id]) for room in rooms
        ],
    )


def exported_room(room: Room, people: list[str], draft: Draft, threads: Sequence[Thread]) -> ExportedRoom:
    """One room put together. Pure."""
    placed = {f"objective:{objective.id}" for objective in draft.objectives}
    placed |= {f"key_result:{key_result.id}" for key_result in draft.key_results()}

    def on(item: str) -> list[ExportedComment]:
        return [_comment(thread, draft) for thread in threads if thread.item == item]

    return ExportedRoom(
        id=room.id,
        number=room.number,
        name=room.name,
        people=people,
        objectives=[
            ExportedObjective(
                id=objective.id,
                title=objective.title,
                why=objective.why,
                comments=on(f"objective:{objective.id}"),
                key_results=[
                    ExportedKeyResult.model_validate(
                        {**vars(key_result), "comments": on(f"key_result:{key_result.id}")}
                    )
                    for key_result in objective.key_results
                ],
            )
            for objective in draft.objectives
        ],
        todos=[ExportedTodo.model_validate(vars(todo)) for todo in draft.todos],
        comments=[_comment(thread, draft) for thread in threads if thread.item not in placed],
    )


def _comment(thread: Thread, draft: Draft) -> ExportedComment:
    first, *replies = thread.remarks
    gone = thread.item != "room" and draft.called(thread.item) is None
    return ExportedComment(
        **_remark(first),
        on=pinned_to(draft, thread),
        field=thread.field,
        # What was removed is in no export, so neither is what was said to quote it.
        about="" if gone else thread.about,
        about_settled=None if gone else thread.about_settled,
        settled_at=thread.resolved_at,
        settled_by=thread.resolved_by,
        replies=[ExportedRemark(**_remark(reply)) for reply in replies],
    )


def _remark(remark: Any) -> dict[str, Any]:
    role = "coach" if remark.is_coach else "participant"
    return {"author": remark.author, "author_role": role, "at": remark.created_at, "body": remark.body}


async def _rooms(session: AsyncSession, workshop_id: str, room_id: str | None) -> Sequence[Room]:
    query = select(Room).where(Room.workshop_id == workshop_id)
    query = query.where(Room.id == room_id) if room_id else query.where(col(Room.merged_into).is_(None))
    return (await session.exec(query.order_by(col(Room.number)))).all()


async def _people(session: AsyncSession, room_ids: Sequence[str]) -> dict[str, list[str]]:
    query = select(Seat.room_id, Seat.name).where(
        col(Seat.room_id).in_(room_ids), col(Seat.removed_at).is_(None)
    )
    people: dict[str, list[str]] = {}
    for of_room, name in (await session.exec(query.order_by(col(Seat.number)))).all():
        people.setdefault(of_room, []).append(name)
    return people


def to_json(data: ExportData) -> str:
    """The whole structure; read it back with from_json."""
    return data.model_dump_json(indent=2)


def from_json(text: str) -> ExportData:
    """What to_json wrote. Errors: pydantic.ValidationError."""
    return ExportData.model_validate_json(text)
