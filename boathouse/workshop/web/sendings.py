"""Sends one question to many rooms, a slice at a time so that nobody waits for it, and takes it back."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from fastapi import FastAPI, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import after_commit
from boathouse.core.errors import Problem
from boathouse.core.names import listed
from boathouse.workshop import shared_comments
from boathouse.workshop.access import Access
from boathouse.workshop.finding_names import named
from boathouse.workshop.shared_comments import Addressee, addressees, checked_question
from boathouse.workshop.tables import Broadcast, Room, Status
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.drafting import push_draft

SHOWN = timedelta(minutes=10)  # that it stands above the wall
BROKEN = "Something went wrong on our side. The other rooms did not get it."
log = structlog.get_logger()


@dataclass
class Sending:
    """A question on its way. stopped: why it ended early. taken_back: by a coach, perhaps before the last
    room had it. missed: rooms that did not get it, as people call them.
    """

    broadcast: Broadcast
    total: int
    sent: int = 0
    stopped: str = ""
    taken_back: bool = False
    missed: list[str] = field(default_factory=list)

    def take_back(self) -> None:
        """The rooms that do not have it yet are left alone."""
        self.taken_back = True

    @property
    def is_done(self) -> bool:
        """Every room has it, or nobody is to have it."""
        return self.taken_back or (self.sent >= self.total and not self.stopped)

    @property
    def misses(self) -> str:
        """Who did not get it, and why, in a sentence; empty if all did."""
        if not self.missed:
            return ""
        return f"Not sent to {listed(self.missed)}: closed, or the words were taken out meanwhile."


@dataclass
class Sendings:
    """The last one of each workshop, and those on their way."""

    last: dict[str, Sending] = field(default_factory=dict)  # by workshop
    tasks: dict[asyncio.Task[None], Sending] = field(default_factory=dict)

    def of(self, broadcast_id: str) -> list[Sending]:
        """Those of one question, which a colleague's may have followed while it is on its way."""
        known = [*self.tasks.values(), *self.last.values()]
        return [each for each in known if each.broadcast.id == broadcast_id]


async def send(
    request: Request, access: Access, body: str, code: str, only: Collection[str] | None = None
) -> tuple[Sending, asyncio.Task[None]]:
    """Begin to send, in a task. only: room ids; None means every room that has the finding.

    Errors: Problem 409 when no room has it or the workshop has ended; 422.
    """
    state, workshop = request.app.state, access.workshop
    if workshop.status == Status.ENDED:
        raise Problem(409, "The workshop has ended; nobody would read it.")
    question = checked_question(body)
    found = await who_gets(request, access, code, question)
    to = [each for each in found if only is None or each.room_id in only]
    if not to:
        raise Problem(409, "Choose at least one room." if found else f"No room has {named(code)} now.")
    async with state.database.writing() as session:
        broadcast = Broadcast(workshop_id=workshop.id, body=question, code=code, author_name=access.name)
        session.add(broadcast)
    sending = state.sendings.last[workshop.id] = Sending(broadcast, len(to))
    task = asyncio.create_task(_send_all(request.app, access, sending, to))
    state.sendings.tasks[task] = sending
    task.add_done_callback(state.sendings.tasks.pop)
    return sending, task


async def _send_all(app: FastAPI, access: Access, sending: Sending, to: list[Addressee]) -> None:
    live, workshop_id = app.state.live, access.workshop.id
    live.touch("board", workshop_id, "shared-comment")  # the first rooms may take a while already
    try:
        for start in range(0, len(to), shared_comments.SLICE):
            slice_ = to[start : start + shared_comments.SLICE]
            async with app.state.database.writing() as session:
                if sending.taken_back:
                    break
                comments = await shared_comments.send(session, access, sending.broadcast, slice_)
                await _push(app, session, [comment.room_id for comment in comments])
            sending.sent += len(comments)
            got_it = {comment.room_id for comment in comments}
            sending.missed += [each.label for each in slice_ if each.room_id not in got_it]
            live.touch("board", workshop_id, "shared-comment")
        sending.total = sending.sent  # what is left has gone
    except Problem as problem:
        sending.stopped = problem.message
    except Exception:
        sending.stopped = BROKEN
        log.exception("A question to several rooms was not sent to all of them")
    live.touch("board", workshop_id, "shared-comment")
    asyncio.get_running_loop().call_later(
        SHOWN.total_seconds() + 1, live.touch, "board", workshop_id, "shared-comment"
    )


async def take_back(request: Request, access: Access, broadcast_id: str, room_id: str = "") -> int:
    """Take it back in one room or all; returns in how many. Errors: Problem 404."""
    state = request.app.state
    async with state.database.writing() as session:
        rooms = await shared_comments.take_back(session, broadcast_id, now(), room_id)
        for sending in () if room_id else state.sendings.of(broadcast_id):
            after_commit(session, sending.take_back)
        await _push(request.app, session, rooms)
        state.live.changed(session, "board", access.workshop.id, "shared-comment")
    return len(rooms)


async def _push(app: FastAPI, session: AsyncSession, ids: list[str]) -> None:
    for room_id in ids:
        push_draft(app.state.live, session, await session.get_one(Room, room_id))


async def who_gets(request: Request, access: Access, code: str, question: str) -> list[Addressee]:
    """The rooms with that finding, as they are now. Errors: Problem 422."""
    state = request.app.state
    async with state.database.reading() as session:
        ids = await room_ids(session, access.workshop.id)
    await state.documents.flush([room_id for room_id in ids if room_id in state.documents.rooms])
    async with state.database.reading() as session:
        return await addressees(session, access.workshop, code, question)
