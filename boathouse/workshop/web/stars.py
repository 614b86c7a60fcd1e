"""Stars: what a coach wants to show, kept while reading, put in order before the stage."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from boathouse.workshop import stars
from boathouse.workshop.access import Access
from boathouse.workshop.showing import show_room
from boathouse.workshop.tables import Star
from boathouse.workshop.web.audience import stage_changed, stars_changed
from boathouse.workshop.web.permits import RunsWorkshop, SeesWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["stage"])

Text = Annotated[str, Form()]


class NewStar(BaseModel):
    """What to star in the room; nothing: the whole draft."""

    objective_id: str | None = None
    key_result_id: str | None = None

    @property
    def item(self) -> str:
        """As the stage writes it: objective:ID, key_result:ID or nothing."""
        if self.key_result_id:
            return f"key_result:{self.key_result_id}"
        return f"objective:{self.objective_id}" if self.objective_id else ""


class StarAnswer(BaseModel, from_attributes=True):
    """A star. room: as people call it. item: objective:ID or key_result:ID, empty for the whole room."""

    id: str
    room_id: str
    room: str
    item: str
    words: str


class NewPlace(BaseModel):
    """Counted from 1."""

    number: int = Field(ge=1, le=stars.MOST)


@pages.post("/rooms/{room_id}/stars")
async def star_on_page(request: Request, access: RunsWorkshop, item: Text = "") -> Response:
    """Star the room, or objective:ID or key_result:ID in it."""
    await add(request, access, item)
    return Response(status_code=204)


@api.post("/rooms/{room_id}/stars", status_code=201, summary="Star a room or an item")
async def star_by_script(request: Request, access: RunsWorkshop, wanted: NewStar | None = None) -> StarAnswer:
    """To be shown on the stage; without anything, the whole room. Twice is once."""
    row = await add(request, access, wanted.item if wanted else "")
    async with request.app.state.database.reading() as session:
        found = await stars.load_stars(session, access.workshop.id)
    return StarAnswer.model_validate(next(star for star in found if star.id == row.id))


async def add(request: Request, access: Access, item: str) -> Star:
    """Star it; the drawers and the desk follow."""
    async with request.app.state.database.writing() as session:
        row = await stars.add_star(session, access.the_room(), item)
        stars_changed(request.app, session, access.workshop.id, row.room_id)
    return row


@api.get("/workshops/{workshop_id}/stars", summary="List the stars")
async def list_stars(request: Request, access: SeesWorkshop) -> list[StarAnswer]:
    """In the order of the stage. What was closed or removed meanwhile is left out."""
    async with request.app.state.database.reading() as session:
        found = await stars.load_stars(session, access.workshop.id)
    return [StarAnswer.model_validate(star) for star in found]


@pages.delete("/stars/{star_id}")
@api.delete("/stars/{star_id}", status_code=204, summary="Take a star away")
async def unstar(request: Request, access: RunsWorkshop, star_id: str) -> Response:
    """What it was on stays as it is."""
    async with request.app.state.database.writing() as session:
        star = await stars.the_star(session, star_id)
        await stars.remove_star(session, star_id)
        stars_changed(request.app, session, access.workshop.id, star.room_id)
    return Response(status_code=204)


@pages.post("/stars/{star_id}/move")
async def move_on_page(
    request: Request, access: RunsWorkshop, star_id: str, number: Annotated[int, Form(ge=1, le=1000)] = 1
) -> Response:
    """Another place in the order."""
    return await move(request, access, star_id, number)


@api.post("/stars/{star_id}/move", status_code=204, summary="Put a star in another place")
async def move_by_script(request: Request, access: RunsWorkshop, star_id: str, place: NewPlace) -> Response:
    """Past the end it is the last."""
    return await move(request, access, star_id, place.number)


async def move(request: Request, access: Access, star_id: str, number: int) -> Response:
    """Put it there."""
    async with request.app.state.database.writing() as session:
        await stars.move_star(session, star_id, number)
        stars_changed(request.app, session, access.workshop.id)
    return Response(status_code=204)


@pages.post("/stars/{star_id}/show")
@api.post("/stars/{star_id}/show", status_code=204, summary="Show a star on the stage")
async def show(request: Request, access: RunsWorkshop, star_id: str) -> Response:
    """Its words follow while they are written."""
    async with request.app.state.database.writing() as session:
        star = await stars.the_star(session, star_id)
        await show_room(session, access.workshop.id, star.room_id, star.item)
        stage_changed(request.app, session, access.workshop.id)
    return Response(status_code=204)
