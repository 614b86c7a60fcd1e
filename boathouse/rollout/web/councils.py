"""Deciding together, from the facilitator's desk: ask, show the answers, record what was agreed, go on."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response
from starlette.websockets import WebSocket

from boathouse.core.clock import now
from boathouse.core.errors import Problem, not_found
from boathouse.core.regions import Topic
from boathouse.core.web.sockets import serve_live
from boathouse.rollout import councils
from boathouse.rollout.council_access import STOOD_UP
from boathouse.rollout.council_table import load_table
from boathouse.rollout.decisions import NO_RATIONALE, Answer, load_parameters, tally
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.parameters import Attendee
from boathouse.rollout.web import council_regions
from boathouse.rollout.web.answer_forms import read_answer
from boathouse.rollout.web.chairs import socket_desk
from boathouse.rollout.web.council_regions import DESK, joining, show
from boathouse.rollout.web.frames import program_page
from boathouse.rollout.web.permits import DecidesProgram, SeesProgram

pages = APIRouter(include_in_schema=False)
REGIONS = (*council_regions.ALL, *council_regions.OF_DESK)


def register_regions(app: FastAPI) -> None:
    """Those of the table and the desk."""
    council_regions.register_regions(app)


def presence_changed(app: FastAPI, topic: Topic) -> None:
    """A leader came or left."""
    council_regions.presence_changed(app, topic)


@pages.get("/programs/{program_id}/councils")
async def list_councils(request: Request, access: DecidesProgram) -> Response:
    """What a council is, the way to a new one, and to those there were."""
    async with request.app.state.database.reading() as session:
        earlier = await councils.councils_of(session, access.program.id)
        progress = tally(await load_parameters(session, access.program))
    return program_page(request, access, "councils/list.html", "decisions", councils=earlier, tally=progress)


@pages.post("/programs/{program_id}/councils")
async def open_council(request: Request, access: DecidesProgram) -> Response:
    """A new table; its desk has the link to send."""
    async with request.app.state.database.writing() as session:
        council = await councils.open_council(session, access.program.id)
    return RedirectResponse(f"/councils/{council.id}", 303)


@pages.get("/councils/{council_id}")
async def desk(request: Request, access: SeesProgram, council_id: str) -> Response:
    """The facilitator's page, made to be shared on a screen: it shows what everybody may see."""
    app = request.app
    async with app.state.database.reading() as session:
        table = await load_table(session, council_id)
        if table is None:
            raise not_found("This table")
        regions = await council_regions.drawn(app, session, DESK, council_id, REGIONS)
    return program_page(
        request,
        access,
        "councils/desk.html",
        "decisions",
        council=table.council,
        regions=regions,
        **joining(app.state.address(request), table),
    )


@pages.websocket("/councils/{council_id}/desk/live")
async def desk_live(websocket: WebSocket, council_id: str) -> None:
    """Pushes what happens at the table."""
    if access := await socket_desk(websocket):
        person = f"person:{access.person.id}"
        session = websocket.state.visitor.session
        identities = {person, f"program:{access.program.id}", *({f"session:{session}"} if session else ())}
        await serve_live(websocket, (DESK, council_id), person, frozenset(identities))


@pages.post("/councils/{council_id}/questions/{key}")
async def ask(request: Request, access: DecidesProgram, council_id: str, key: Key) -> Response:
    """Put a question on the table."""
    async with request.app.state.database.writing() as session:
        await councils.ask(session, council_id, key, now())
        show(request.app, session, council_id)
    return Response(status_code=204)


@pages.post("/councils/{council_id}/questions/{key}/again")
async def ask_again(request: Request, access: DecidesProgram, council_id: str, key: Key) -> Response:
    """Choose anew: what was chosen is dropped."""
    async with request.app.state.database.writing() as session:
        await councils.ask_again(session, council_id, key, now())
        show(request.app, session, council_id)
    return Response(status_code=204)


@pages.post("/councils/{council_id}/questions/{key}/reveal")
async def reveal(request: Request, access: DecidesProgram, council_id: str, key: Key) -> Response:
    """Show how the answers lie."""
    async with request.app.state.database.writing() as session:
        await councils.reveal(session, council_id, key)
        show(request.app, session, council_id)
    return Response(status_code=204)


@pages.post("/councils/{council_id}/decisions/{key}")
async def settle(request: Request, access: DecidesProgram, council_id: str, key: Key) -> Response:
    """Record what the table agreed on."""
    form = await request.form()
    try:
        answer = Answer(value=read_answer(key, form), rationale=str(form.get("rationale", "")))
    except ValidationError:
        raise Problem(422, NO_RATIONALE, field="rationale") from None
    async with request.app.state.database.writing() as session:
        await councils.settle(session, council_id, key, answer, access.person.name)
        await request.app.state.on_decided(session, access.program.id)
        show(request.app, session, council_id)
    return Response(status_code=204)


@pages.post("/councils/{council_id}/end")
async def end(request: Request, access: DecidesProgram, council_id: str) -> Response:
    """The council is over; what was decided stays."""
    async with request.app.state.database.writing() as session:
        await councils.end_council(session, council_id, now())
        show(request.app, session, council_id)
    return Response(status_code=204)


@pages.post("/councils/{council_id}/attendees/remove")
async def remove(
    request: Request, access: DecidesProgram, council_id: str, attendee_id: Annotated[str, Form()] = ""
) -> Response:
    """End somebody's seat at the table."""
    async with request.app.state.database.writing() as session:
        attendee = await session.get(Attendee, attendee_id)
        if attendee is None or attendee.council_id != council_id:
            raise not_found("This seat")
        await councils.stand_up(session, attendee_id, now())
        show(request.app, session, council_id)
    request.app.state.end_connections(f"attendee:{attendee_id}", 4403, STOOD_UP)
    return Response(status_code=204)
