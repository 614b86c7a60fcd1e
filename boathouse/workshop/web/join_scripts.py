"""Joining by script."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from boathouse.core.errors import Problem
from boathouse.core.web.openapi import ANYBODY
from boathouse.core.web.visitors import identify
from boathouse.workshop.access import Action, grant
from boathouse.workshop.joining import Joiner
from boathouse.workshop.web.doors import sit, workshop_of

api = APIRouter(tags=["joining"])


class Join(BaseModel):
    """Who joins which workshop."""

    code: str = Field(description="The spoken code; case, spaces and dashes do not matter.", max_length=200)
    name: str = Field(description="As others will see it; a namesake in the room becomes Ana (2).")
    email: str | None = None
    room_id: str | None = Field(
        default=None,
        description="Left out: the one the roster gives, or with the fewest people. Where a roster gives "
        "rooms and people do not choose, another one needs a coach's token.",
    )
    simulated: bool = Field(default=False, description="A rehearsal's participant; needs a coach's token.")


class Joined(BaseModel):
    """A seat, and the token that serves the room's routes and sockets."""

    participant_id: str
    name: str
    room_id: str
    room_name: str
    token: str


@api.post("/join", status_code=201, summary="Take a seat", openapi_extra=ANYBODY)
async def join_by_script(request: Request, body: Join) -> Joined:
    """Seat a participant in the room that is named, or in the one with the fewest people present."""
    workshop = await workshop_of(request, body.code)
    joiner = Joiner(
        body.name,
        body.email,
        body.room_id,
        is_sure=True,
        by_coach=await _is_by_coach(request, workshop.id, body),
        simulated=body.simulated,
        number_twins=True,
    )
    seat, room = await sit(request, workshop, joiner)
    return Joined(
        participant_id=seat.id,
        name=seat.name,
        room_id=room.id,
        room_name=room.name,
        token=request.app.state.seat_seals.seal(seat.id),
    )


async def _is_by_coach(request: Request, workshop_id: str, body: Join) -> bool:
    """Whether a coach of the workshop says so, where that matters. Errors: Problem 401, 403 if it must be."""
    if not (body.room_id or body.simulated):
        return False
    visitor = await identify(request)
    async with request.app.state.database.reading() as session:
        try:
            await grant(session, Action.RUN_WORKSHOP, {"workshop_id": workshop_id}, visitor.person, None)
        except Problem:
            if body.simulated:
                raise
            return False
    return True
