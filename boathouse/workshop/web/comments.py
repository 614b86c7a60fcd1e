"""Routes of comments: starting, answering, settling, and what only an author may do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.workshop import remarks
from boathouse.workshop.access import Access
from boathouse.workshop.comments import load_threads
from boathouse.workshop.drafts import load_draft
from boathouse.workshop.remarks import LONGEST, Pin
from boathouse.workshop.tables import Comment
from boathouse.workshop.web.drafting import done, push_draft
from boathouse.workshop.web.permits import Comments, SeesRoom
from boathouse.workshop.web.threads import (
    CommentRow,
    ThreadAnswer,
    draw_open_comments,
    draw_threads,
    thread_answer,
)

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["comments"])
Body = Annotated[str, Form()]


def register_regions(app: FastAPI) -> None:
    """What is said to the whole room or about things that are gone; how many comments are open."""
    app.state.live.register("room", "room-threads", draw_threads)
    app.state.live.register("room", "open-comments", draw_open_comments)


async def author(request: Request, access: Comments, comment_id: str) -> Access:
    """Dependency: whoever wrote this comment, asked before anything else is looked at."""
    async with request.app.state.database.reading() as session:
        await remarks.own_remark(session, access, comment_id)
    return access


Author = Annotated[Access, Depends(author)]


@asynccontextmanager
async def talking(request: Request, access: Access) -> AsyncIterator[AsyncSession]:
    """Change comments of a room: its words are in their rows before, every page follows after."""
    state = request.app.state
    await state.documents.flush([access.the_room().id])
    async with state.database.writing() as session:
        yield session
        push_draft(state.live, session, access.the_room())
        state.live.changed(session, "board", access.workshop.id, "shared-comment")


async def comment(request: Request, access: Access, body: str, pin: Pin) -> Comment:
    """A new thread."""
    async with talking(request, access) as session:
        return await remarks.add_comment(session, access, body, pin)


async def reply(request: Request, access: Access, comment_id: str, body: str) -> Comment:
    """An answer below one."""
    async with talking(request, access) as session:
        return await remarks.add_reply(session, access, comment_id, body, now())


async def settle(request: Request, access: Access, comment_id: str) -> Comment:
    """Mark one done."""
    async with talking(request, access) as session:
        return await remarks.settle(session, access, comment_id, now())


async def reopen(request: Request, access: Access, comment_id: str) -> Comment:
    """Take that back."""
    async with talking(request, access) as session:
        return await remarks.reopen(session, access, comment_id)


async def edit(request: Request, access: Access, comment_id: str, body: str) -> Comment:
    """Change one's own words."""
    async with talking(request, access) as session:
        return await remarks.edit_remark(session, access, comment_id, body, now())


async def delete(request: Request, access: Access, comment_id: str) -> None:
    """Take one's own words back."""
    async with talking(request, access) as session:
        await remarks.delete_remark(session, access, comment_id, now())


@pages.post("/rooms/{room_id}/comments")
async def comment_on_page(request: Request, access: Comments, body: Body = "", on: Body = "room") -> Response:
    """Comment. on: room, objective:ID, key_result:ID:start and the like."""
    await comment(request, access, body, Pin.parse(on))
    return done()


@pages.post("/comments/{comment_id}/replies")
async def reply_on_page(request: Request, access: Comments, comment_id: str, body: Body = "") -> Response:
    """Reply."""
    await reply(request, access, comment_id, body)
    return done()


@pages.post("/comments/{comment_id}/resolve")
async def settle_on_page(request: Request, access: Comments, comment_id: str) -> Response:
    """Done."""
    await settle(request, access, comment_id)
    return done()


@pages.post("/comments/{comment_id}/reopen")
async def reopen_on_page(request: Request, access: Comments, comment_id: str) -> Response:
    """Open it again."""
    await reopen(request, access, comment_id)
    return done()


@pages.put("/comments/{comment_id}")
async def edit_on_page(request: Request, access: Author, comment_id: str, body: Body = "") -> Response:
    """Save other words."""
    await edit(request, access, comment_id, body)
    return done()


@pages.delete("/comments/{comment_id}")
async def delete_on_page(request: Request, access: Author, comment_id: str) -> Response:
    """Delete one's own comment."""
    await delete(request, access, comment_id)
    return done()


class NewReply(BaseModel):
    """What to say."""

    body: str = Field(min_length=1, max_length=LONGEST)


class NewComment(NewReply):
    """Pinned to an objective, a key result or one of its fields (such as start); without all, to the room."""

    objective_id: str | None = None
    key_result_id: str | None = None
    field: str | None = None


@api.post("/rooms/{room_id}/comments", status_code=201, summary="Comment")
async def comment_by_script(request: Request, access: Comments, wanted: NewComment) -> CommentRow:
    """On a room, an objective, a key result or a field of these."""
    pin = Pin(wanted.objective_id, wanted.key_result_id, wanted.field)
    return CommentRow.model_validate(await comment(request, access, wanted.body, pin))


@api.get("/rooms/{room_id}/comments", summary="List a room's comments")
async def list_comments(request: Request, access: SeesRoom) -> list[ThreadAnswer]:
    """Oldest first, settled ones and those whose place is gone included."""
    room_id = access.the_room().id
    async with request.app.state.database.reading() as session:
        draft = await load_draft(session, room_id)
        threads = (await load_threads(session, [room_id]))[room_id]
    return [thread_answer(thread, draft) for thread in threads]


@api.post("/comments/{comment_id}/replies", status_code=201, summary="Reply to a comment")
async def reply_by_script(
    request: Request, access: Comments, comment_id: str, wanted: NewReply
) -> CommentRow:
    """A settled comment is open again."""
    return CommentRow.model_validate(await reply(request, access, comment_id, wanted.body))


@api.post("/comments/{comment_id}/resolve", summary="Mark a comment done")
async def settle_by_script(request: Request, access: Comments, comment_id: str) -> CommentRow:
    """Either side may; twice is once."""
    return CommentRow.model_validate(await settle(request, access, comment_id))


@api.post("/comments/{comment_id}/reopen", summary="Open a comment again")
async def reopen_by_script(request: Request, access: Comments, comment_id: str) -> CommentRow:
    """Either side may."""
    return CommentRow.model_validate(await reopen(request, access, comment_id))


@api.put("/comments/{comment_id}", summary="Edit one's own comment")
async def edit_by_script(request: Request, access: Author, comment_id: str, wanted: NewReply) -> CommentRow:
    """403 for those of others."""
    return CommentRow.model_validate(await edit(request, access, comment_id, wanted.body))


@api.delete("/comments/{comment_id}", status_code=204, summary="Delete one's own comment")
async def delete_by_script(request: Request, access: Author, comment_id: str) -> None:
    """Answers to it stay. 403 for those of others."""
    await delete(request, access, comment_id)
