"""What the server does by itself once an hour: words that were deleted are forgotten a day after the end, and
workshops whose time is over go.

One thing after the other and in small transactions: people type meanwhile. What was cut short by a shutdown
is found again at the next start, since the database itself says what is left to do.
"""

import asyncio
from collections.abc import Awaitable, Collection
from datetime import date, timedelta

import structlog
from fastapi import FastAPI

from boathouse.core.clock import now
from boathouse.workshop.history import delete_removed_questions, removed_words, rooms_with_history
from boathouse.workshop.retention import NOTICE, Retention, due, said_since
from boathouse.workshop.web.workshops import delete_everything

HOUR = 3600.0
BREATH = 0.02  # seconds between two rooms
log = structlog.get_logger()


class Housekeeping:
    """One per process; started and stopped with it."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        app.state.retention = Retention(None, now().date())  # until it is started
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Say in the log what will be deleted, before anything is; then keep house."""
        state, moment = self._app.state, now()
        days, note = state.settings.retention_days, state.settings.directory / "retention"
        state.retention = Retention(days, said_since(note, days, moment.date()))
        if days is not None:
            async with state.database.reading() as session:
                waiting = len(await due(session, Retention(days, date.min), moment))
            first = max(state.retention.since + NOTICE + timedelta(days=1), moment.date())
            log.info("workshops past their time are deleted", days=days, due=waiting, not_before=str(first))
        self._worker = asyncio.create_task(self._go_on())

    async def stop(self) -> None:
        """What is not done yet is done after the next start."""
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    async def _go_on(self) -> None:
        while True:
            await _attempt(self.forget_history(), "deleted words could not be looked for")
            await _attempt(self.delete_due(), "workshops that are due could not be looked for")
            await asyncio.sleep(HOUR)

    async def forget_history(self) -> None:
        """Workshops that are over keep their drafts, and nothing of what was deleted from them."""
        database = self._app.state.database
        async with database.writing() as session:
            await delete_removed_questions(session)
        async with database.reading() as session:
            rooms = await rooms_with_history(session)
        for room_id in rooms:
            words = "deleted words could not be forgotten"
            await _attempt(forget_deleted(self._app, room_id), words, room=room_id)
            await asyncio.sleep(BREATH)

    async def delete_due(self) -> None:
        """Delete the workshops whose time is over, one after the other."""
        tried: set[str] = set()
        while workshop_id := await self._next_due(tried):
            tried.add(workshop_id)
            words = "a workshop whose time is over could not be deleted"
            if await _attempt(delete_everything(self._app, workshop_id), words, workshop=workshop_id):
                log.info("a workshop was deleted: its time was over", workshop=workshop_id)

    async def _next_due(self, tried: Collection[str]) -> str | None:
        """Asked anew for each: a coach may reopen one meanwhile."""
        state = self._app.state
        async with state.database.reading() as session:
            workshops = await due(session, state.retention, now())
        return next((each.id for each in workshops if each.id not in tried), None)


async def forget_deleted(app: FastAPI, room_id: str) -> None:
    """What was deleted in a room is nowhere in the database any more; removed items only after the end."""
    state = app.state
    async with state.database.writing() as session:
        fields = await removed_words(session, room_id)
        if fields:
            await state.documents.prepare_edit(session, room_id, dict.fromkeys(fields, ""))
    if fields:
        await state.documents.flush([room_id])
    await state.documents.compact(room_id)


async def _attempt(work: Awaitable[None], words: str, **about: str) -> bool:
    """Whether it worked. What goes wrong with one must not keep the others waiting."""
    try:
        await work
    except Exception:
        log.exception(words, **about)
        return False
    return True
