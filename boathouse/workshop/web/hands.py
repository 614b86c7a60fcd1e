"""What a crew says with one press: we need a coach, we are finished, we have copied these words."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.regions import Render
from boathouse.core.web.pages import partial
from boathouse.workshop import rooms
from boathouse.workshop.access import Access
from boathouse.workshop.tables import Room
from boathouse.workshop.web.changes import room_changed
from boathouse.workshop.web.permits import AsksHelp, IsSeated

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["rooms"])

Text = Annotated[str, Form()]
HANDS = ("hand", "dock-hand")  # in the bar; on phones under the thumb


def register_regions(app: FastAPI) -> None:
    """The two places of the hand, and words kept for copying."""

    def render_hand(region: str) -> Render:
        async def render(session: AsyncSession, room_id: str, key: str) -> str:
            return partial("rooms/_hand.html", region=region, room=await session.get(Room, room_id))

        return render

    async def render_notes(session: AsyncSession, room_id: str, key: str) -> str:
        return partial("rooms/_notes.html", room_id=room_id, notes=await rooms.notes(session, room_id))

    for region in HANDS:
        app.state.live.register("room", region, render_hand(region))
    app.state.live.register("room", "notes", render_notes)


@pages.post("/rooms/{room_id}/help")
@api.post("/rooms/{room_id}/help", status_code=204, summary="Raise the hand")
async def raise_hand(request: Request, access: AsksHelp) -> Response:
    """A coach is wanted; a hand that is up stays up."""
    return await _press(request, access, help_wanted=True)


@pages.delete("/rooms/{room_id}/help")
@api.delete("/rooms/{room_id}/help", status_code=204, summary="Lower the hand")
async def lower_hand(request: Request, access: AsksHelp) -> Response:
    """Nobody is needed any more."""
    return await _press(request, access, help_wanted=False)


@pages.post("/rooms/{room_id}/done")
@api.post("/rooms/{room_id}/done", status_code=204, summary="Say that the crew has finished")
async def tick(request: Request, access: AsksHelp) -> Response:
    """We are finished."""
    return await _press(request, access, is_done=True)


@pages.delete("/rooms/{room_id}/done")
@api.delete("/rooms/{room_id}/done", status_code=204, summary="Say that the crew goes on")
async def untick(request: Request, access: AsksHelp) -> Response:
    """We go on after all."""
    return await _press(request, access, is_done=False)


async def _press(
    request: Request, access: Access, help_wanted: bool | None = None, is_done: bool | None = None
) -> Response:
    room_id = access.the_room().id
    async with request.app.state.database.writing() as session:
        if help_wanted is not None:
            await rooms.ask_help(session, room_id, help_wanted)
        if is_done is not None:
            await rooms.mark_done(session, room_id, is_done)
        room_changed(request.app, session, access.workshop.id, room_id, *HANDS)
    return Response(status_code=204)


@pages.post("/rooms/{room_id}/notes")
async def keep_words(request: Request, access: IsSeated, body: Text = "") -> Response:
    """Words that had not been sent when their writer was moved, kept in the room the writer is in now."""
    room_id = access.seat.room_id if access.seat else access.the_room().id
    async with request.app.state.database.writing() as session:
        await rooms.keep_note(session, room_id, access.name, body)
        request.app.state.live.changed(session, "room", room_id, "notes")
    return Response(status_code=204)


@pages.post("/rooms/{room_id}/notes/put-away")
async def put_words_away(request: Request, access: AsksHelp, note_id: Text = "") -> Response:
    """Somebody has copied them."""
    room_id = access.the_room().id
    async with request.app.state.database.writing() as session:
        await rooms.drop_note(session, room_id, note_id)
        request.app.state.live.changed(session, "room", room_id, "notes")
    return Response(status_code=204)
