"""One change to a room's draft: a transaction on the locked room, the document told, every page pushed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import FastAPI, Form, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.core.database import after_commit
from boathouse.core.ids import PATTERN
from boathouse.core.live import Live
from boathouse.workshop.access import Access
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.documents.fields import field_names
from boathouse.workshop.open_rooms import OpenRoom, open_room
from boathouse.workshop.tables import Room

STUB = 60.0  # seconds that "Removed by Ana, Undo" stays in an item's place
# What the browser calls the thing it adds. Asked for once more because an answer got lost, it is made once.
OwnId = Annotated[str | None, Form(pattern=PATTERN)]
DRAFT_REGIONS = ("draft", "room-threads", "open-comments", "drawer-draft")


@dataclass(frozen=True)
class Change:
    """What a route works with while it changes a draft."""

    session: AsyncSession
    place: OpenRoom
    documents: Documents

    def learn(self, kind: str, row_id: str) -> None:
        """The new row's fields may be written as soon as this is committed. kind: objective and so on."""
        room_id, fields = self.place.room.id, field_names(kind, row_id)
        after_commit(self.session, lambda: self.documents.learn(room_id, fields))


@asynccontextmanager
async def changing(request: Request, access: Access) -> AsyncIterator[Change]:
    """Change the draft of the room that the route is about. Errors: Problem 423 when it is closed."""
    state = request.app.state
    async with state.database.writing() as session:
        place = await open_room(session, access, now())
        yield Change(session, place, state.documents)
        # A new row's fields are told to the document first: callbacks run in their order.
        push_draft(state.live, session, place.room)


def push_draft(live: Live, session: AsyncSession, room: Room) -> None:
    """After the commit: the draft with its threads, wherever it shows."""
    live.changed(session, "room", room.id, *DRAFT_REGIONS)
    live.changed(session, "board", room.workshop_id, "tile", key=room.id)
    live.changed(session, "board", room.workshop_id, "wall-head")
    live.changed(session, "stage", room.workshop_id, "stage")


def clear_stub_later(app: FastAPI, room_id: str) -> None:
    """Draw the draft again once the way back to a removed item has had its minute."""
    asyncio.get_running_loop().call_later(STUB + 0.5, app.state.live.touch, "room", room_id, "draft")


def focus_on(kind: str, row_id: str) -> Response:
    """Nothing to swap: the page changes by its region, and the new field gets the focus."""
    field = field_names(kind, row_id)[0]
    return Response(status_code=204, headers={"HX-Trigger": json.dumps({"focusField": field})})


def done() -> Response:
    """Nothing to swap: the page changes by its region."""
    return Response(status_code=204)
