"""Threads as pages and programs see them, and the region of those that have no place in the draft."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.web.pages import partial
from boathouse.workshop.comments import Remark, Thread, is_gone, load_threads, pinned_to, words_at
from boathouse.workshop.drafts import Draft, load_draft
from boathouse.workshop.tables import Room, Status, Workshop

# What comments/thread.html asks about where a thread is pinned.
PLACES = {"pinned_to": pinned_to, "words_at": words_at}


async def draw_threads(session: AsyncSession, room_id: str, key: str) -> str:
    """Region room-threads."""
    room = await session.get_one(Room, room_id)
    workshop = await session.get_one(Workshop, room.workshop_id)
    threads = (await load_threads(session, [room_id]))[room_id]
    draft = await load_draft(session, room_id) if threads else Draft(room_id)
    to_room = [thread for thread in threads if thread.item == "room"]
    gone = [thread for thread in threads if is_gone(draft, thread)]
    return partial(
        "comments/_threads.html",
        draft=draft,
        to_room=to_room,
        gone=gone,
        has_open=any(thread.is_open for thread in (*to_room, *gone)),
        open_count=sum(thread.is_open for thread in threads),
        closed=workshop.status == Status.ENDED,
        **PLACES,
    )


async def draw_open_comments(session: AsyncSession, room_id: str, key: str) -> str:
    """Region open-comments."""
    threads = (await load_threads(session, [room_id]))[room_id]
    return partial("comments/_open_comments.html", open=[thread for thread in threads if thread.is_open])


async def thread_context(session: AsyncSession, draft: Draft) -> dict[str, Any]:
    """What comments/thread.html needs beside a draft."""
    threads_at: dict[str, list[Thread]] = defaultdict(list)
    for thread in (await load_threads(session, [draft.room_id]))[draft.room_id]:
        threads_at[thread.place].append(thread)
    return {"threads_at": dict(threads_at), **PLACES}


class CommentRow(BaseModel, from_attributes=True):
    """A comment or reply as it was stored. about: the text it is about, as it stood."""

    id: str
    room_id: str
    parent_id: str | None
    objective_id: str | None
    key_result_id: str | None
    field: str | None
    about: str
    body: str
    author: str = Field(validation_alias="author_name")
    created_at: datetime
    resolved_at: datetime | None


class RemarkAnswer(BaseModel):
    """A comment or a reply. by: seat:ID of a participant or person:ID of an account."""

    id: str
    body: str
    author: str
    by: str
    is_coach: bool
    created_at: datetime
    edited_at: datetime | None


class ThreadAnswer(RemarkAnswer):
    """A comment with its replies. gone: whether what it was pinned to has been removed."""

    objective_id: str | None
    key_result_id: str | None
    field: str | None
    about: str
    about_settled: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    gone: bool
    replies: list[RemarkAnswer]


def thread_answer(thread: Thread, draft: Draft) -> ThreadAnswer:
    """A thread as programs see it."""
    first, *replies = thread.remarks
    return ThreadAnswer(
        **_said(first),
        objective_id=thread.objective_id,
        key_result_id=thread.key_result_id,
        field=thread.field,
        about=thread.about,
        about_settled=thread.about_settled,
        resolved_at=thread.resolved_at,
        resolved_by=thread.resolved_by,
        gone=is_gone(draft, thread),
        replies=[RemarkAnswer(**_said(each)) for each in replies],
    )


def _said(remark: Remark) -> dict[str, Any]:
    return RemarkAnswer.model_validate(remark, from_attributes=True).model_dump()
