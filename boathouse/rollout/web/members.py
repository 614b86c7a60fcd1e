"""Who may open a program: letting accounts in, changing their part, inviting with a link."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.rollout.members import admit, change_part, dismiss, invite_member
from boathouse.rollout.tables.programs import Part
from boathouse.rollout.web.frames import go_on
from boathouse.rollout.web.people import people_page
from boathouse.rollout.web.people_scripts import CHANGED
from boathouse.rollout.web.permits import DecidesProgram

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
ChosenPart = Annotated[Part, Form()]


@pages.post("/programs/{program_id}/members")
async def let_in(
    request: Request, access: DecidesProgram, who: Text = "", part: ChosenPart = Part.VIEWER
) -> Response:
    """An account takes part."""
    try:
        async with request.app.state.database.writing() as session:
            await admit(session, access.program.id, who, part)
    except Problem as problem:
        typed = {"who": who, "part": part.value}
        return await people_page(request, access, "new-member", typed, {"who": problem.message})
    return go_on(request, f"/programs/{access.program.id}/people#members")


@pages.post("/programs/{program_id}/members/{person_id}")
async def change(request: Request, access: DecidesProgram, person_id: str, part: ChosenPart) -> Response:
    """Another part."""
    async with request.app.state.database.writing() as session:
        await change_part(session, access.program.id, person_id, part)
    request.app.state.end_connections(f"person:{person_id}", 1012, CHANGED)
    return go_on(request, f"/programs/{access.program.id}/people#members")


@pages.post("/programs/{program_id}/members/{person_id}/delete")
async def send_away(request: Request, access: DecidesProgram, person_id: str) -> Response:
    """They see the program no more; their open pages end."""
    async with request.app.state.database.writing() as session:
        await dismiss(session, access.program.id, person_id)
    request.app.state.end_connections(f"person:{person_id}", 1012, CHANGED)
    is_me = access.person.id == person_id
    return go_on(request, "/programs" if is_me else f"/programs/{access.program.id}/people#members")


@pages.post("/programs/{program_id}/invitations")
async def invite(request: Request, access: DecidesProgram, part: ChosenPart = Part.VIEWER) -> Response:
    """A link for a colleague, shown once."""
    async with request.app.state.database.writing() as session:
        secret = invite_member(session, access.program.id, part, access.person)
    link = f"{request.app.state.address(request)}/invitations/{secret}"
    return await people_page(request, access, "new-invitation", {"part": part.value}, invitation=link)
