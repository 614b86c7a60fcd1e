"""A leader's own screen at a council: sitting down by link, choosing privately, following the table."""

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response
from starlette.websockets import WebSocket

from boathouse.core.errors import Problem, not_found
from boathouse.core.web.pages import page
from boathouse.core.web.sockets import serve_live
from boathouse.rollout import councils
from boathouse.rollout.council_access import ChairAccess, grant_chair
from boathouse.rollout.council_table import load_table
from boathouse.rollout.decisions import load_parameter
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.parameters import Council
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.web.answer_forms import read_answer
from boathouse.rollout.web.chairs import HasChair, chair_cookie, remember_chair, socket_chair
from boathouse.rollout.web.council_regions import ALL, TABLE, drawn, show_people

pages = APIRouter(include_in_schema=False)
VOTES = "60 per 1 minute"  # of one leader; nobody chooses faster than that
SITTERS = "120 per 10 minute"  # who sit down with one link


@pages.get("/table/{secret}")
async def door(request: Request, secret: str) -> Response:
    """The way in: who are you? Somebody who sits there already goes on to the table."""
    async with request.app.state.database.reading() as session:
        council = await councils.council_of_link(session, secret)
        token = request.cookies.get(chair_cookie(council.id), "")
        with suppress(Problem):  # no chair, or one that was ended: sit down
            await grant_chair(session, request.app.state.chair_seals, council.id, token)
            return RedirectResponse(f"/councils/{council.id}/table", 303)
    return await door_page(request, council, "")


async def door_page(
    request: Request, council: Council, name: str, problem: Problem | None = None
) -> Response:
    """The page, with what was typed and what is wrong with it."""
    async with request.app.state.database.reading() as session:
        program = await session.get_one(Program, council.program_id)
    return page(
        request,
        "councils/door.html",
        status=problem.status if problem else 200,
        council=council,
        program=program,
        name=name,
        problem=problem,
    )


@pages.post("/table/{secret}")
async def sit_down(request: Request, secret: str, name: Annotated[str, Form()] = "") -> Response:
    """Sit down with a name."""
    await request.app.state.limits.spend(SITTERS, "table", secret)
    async with request.app.state.database.reading() as session:
        council = await councils.council_of_link(session, secret)
    try:
        async with request.app.state.database.writing() as session:
            attendee = await councils.sit_down(session, council.id, name)
            show_people(request.app, session, council.id)
    except Problem as problem:
        return await door_page(request, council, name, problem)
    answer = RedirectResponse(f"/councils/{council.id}/table", 303)
    remember_chair(request, answer, attendee)
    return answer


@pages.get("/councils/{council_id}/table")
async def table(request: Request, access: HasChair) -> Response:
    """The leader's page."""
    app, council = request.app, access.council
    async with app.state.database.reading() as session:
        seen = await load_table(session, council.id)
        if seen is None:
            raise not_found("This table")
        regions = await drawn(app, session, TABLE, council.id, ALL)
    return page(
        request,
        "councils/table.html",
        access=access,
        program=seen.program,
        regions=regions,
    )


@pages.websocket("/councils/{council_id}/table/live")
async def table_live(websocket: WebSocket, council_id: str) -> None:
    """Pushes what everybody at the table sees."""
    if access := await socket_chair(websocket):
        await serve_live(websocket, (TABLE, council_id), access.identity, access.identities)


@pages.get("/councils/{council_id}/choice")
async def my_choice(request: Request, access: HasChair) -> Response:
    """One's own answer to the question on the table: nobody else's is here."""
    return await choice(request, access, changing="change" in request.query_params)


async def choice(
    request: Request,
    access: ChairAccess,
    *,
    changing: bool = False,
    typed: dict[str, Any] | None = None,
    problem: Problem | None = None,
) -> Response:
    """The form, or what was chosen. typed: value and line as they were filled in."""
    async with request.app.state.database.reading() as session:
        council = await session.get_one(Council, access.council.id)
        if not council.key or council.key in council.revealed or council.ended_at:
            return Response(status_code=204)
        program = await session.get_one(Program, council.program_id)
        parameter = await load_parameter(session, program, Key(council.key))
        vote = await councils.my_vote(session, access.attendee, council.key)
    return page(
        request,
        "councils/choice.html",
        status=problem.status if problem else 200,
        council=council,
        parameter=parameter,
        chosen=typed["value"] if typed else vote.value if vote else None,
        line=typed["line"] if typed else vote.line if vote else "",
        words=in_words(parameter.key, vote.value) if vote and not changing and not problem else "",
        problem=problem,
    )


@pages.post("/councils/{council_id}/votes")
async def vote(request: Request, access: HasChair) -> Response:
    """Choose, privately; until the answers are shown one may choose again."""
    await request.app.state.limits.spend(VOTES, "vote", access.attendee.id)
    form = await request.form()
    key, line = str(form.get("key", "")), str(form.get("line", ""))
    if key not in set(Key):
        raise Problem(422, "Choose an answer to the question on the table.", field="key")
    value = read_answer(Key(key), form)
    try:
        async with request.app.state.database.writing() as session:
            await councils.choose(session, access.attendee, Key(key), value, line)
            show_people(request.app, session, access.council.id)
    except Problem as problem:
        if problem.status != 422:
            raise
        return await choice(request, access, typed={"value": value, "line": line}, problem=problem)
    return await choice(request, access)
