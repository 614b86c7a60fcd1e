"""The list of programs with the form for a new one, a program's settings, and their API."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.core.people import Person
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import Visitor, signed_in, with_role
from boathouse.rollout.fit import Fit, FitAnswers, answer_fit, fit_of_program
from boathouse.rollout.programs import (
    LONGEST_NAME,
    MAY_CREATE,
    MOST_PEOPLE,
    Headcount,
    Name,
    PersonName,
    ProgramPlan,
    Words,
    change_program,
    create_program,
    delete_program,
    programs_of,
)
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.time_zones import known_zones
from boathouse.rollout.web.frames import Mistyped, go_on, number, read_form
from boathouse.rollout.web.permits import DecidesProgram, SeesProgram
from boathouse.rollout.why import Reasons

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["programs"])

SignedIn = Annotated[Visitor, Depends(signed_in)]
Creates = Annotated[Visitor, Depends(with_role(*MAY_CREATE))]
Text = Annotated[str, Form()]
EMPTY = {"name": "", "headcount": "", "led_by": ""}
GONE = "This program was deleted."
SENTENCES = {
    "name": f"Give it a name of at most {LONGEST_NAME} letters.",
    "headcount": f"A number from 1 to {MOST_PEOPLE:,}, or nothing yet.",
    "led_by": "A name of at most 80 letters, please.",
    "cycles_done": "A number from 0 to 400, please.",
}


def the_person(visitor: Visitor) -> Person:
    """Whoever asked; the dependency has made sure there is one."""
    assert visitor.person
    return visitor.person


@pages.get("/programs")
async def programs(request: Request, visitor: SignedIn) -> Response:
    """The programs one takes part in, and the form for a new one."""
    return await programs_page(request, visitor, EMPTY, {})


async def programs_page(
    request: Request, visitor: Visitor, typed: dict[str, str], errors: dict[str, str]
) -> Response:
    """The page, with what was typed and what is wrong with it."""
    async with request.app.state.database.reading() as session:
        lines = await programs_of(session, the_person(visitor))
    return page(
        request,
        "programs/list.html",
        status=422 if errors else 200,
        person=visitor.person,
        may_create=visitor.has_role(*MAY_CREATE),
        lines=lines,
        typed=typed,
        errors=errors,
    )


@pages.post("/programs")
async def create_from_page(
    request: Request,
    visitor: Creates,
    name: Text = "",
    headcount: Text = "",
    led_by: Text = "",
    time_zone: Text = "",
) -> Response:
    """A new program; its home says what comes first. Its calendar begins in the zone of the browser."""
    typed = {"name": name, "headcount": headcount, "led_by": led_by}
    zone = {"time_zone": time_zone} if time_zone in known_zones() else {}
    try:
        plan = read_form(ProgramPlan, typed | {"headcount": number(headcount)} | zone, SENTENCES)
    except Mistyped as mistake:
        return await programs_page(request, visitor, typed, mistake.errors)
    async with request.app.state.database.writing() as session:
        program = await create_program(session, plan, the_person(visitor))
    return go_on(request, f"/programs/{program.id}")


@pages.post("/programs/{program_id}/settings")
async def settings(
    request: Request,
    access: DecidesProgram,
    name: Text = "",
    headcount: Text = "",
    led_by: Text = "",
    cycles_done: Text = "0",
) -> Response:
    """Another name, size or leader, or a cycle more behind it."""
    typed = {"name": name, "headcount": number(headcount), "led_by": led_by, "cycles_done": cycles_done}
    try:
        plan = read_form(ProgramPlan, typed, SENTENCES)
    except Mistyped as mistake:
        field, sentence = next(iter(mistake.errors.items()))
        raise Problem(422, sentence, field=field) from None
    async with request.app.state.database.writing() as session:
        await change_program(session, access.program.id, plan.model_dump(exclude_unset=True))
    return go_on(request, f"/programs/{access.program.id}")


@pages.post("/programs/{program_id}/delete")
async def delete(request: Request, access: DecidesProgram, name: Text = "") -> Response:
    """Delete everything; the name is typed once more, so that it does not happen by accident."""
    if name.strip() != access.program.name.strip():
        raise Problem(422, "That is not the name of this program, so nothing was deleted.", field="name")
    await _delete(request, access.program.id)
    return go_on(request, "/programs")


async def _delete(request: Request, program_id: str) -> None:
    """And end what lives in it: a council may be in session."""
    async with request.app.state.database.writing() as session:
        await delete_program(session, program_id)
    request.app.state.end_connections(f"program:{program_id}", 4410, GONE)


class NewProgram(ProgramPlan):
    """A new program, with the answers of the fit check if there are any."""

    fit: FitAnswers | Words | None = Field(default=None, description="Answers, or a note in your words.")


class ProgramChange(BaseModel):
    """What shall be different; what is left out stays."""

    name: Name | None = None
    headcount: Headcount | None = None
    led_by: PersonName | None = None
    why: Words | None = None
    reasons: Reasons | None = None
    cycles_done: int | None = Field(default=None, ge=0, le=400)
    fit: FitAnswers | Words | None = None


class ProgramState(BaseModel):
    """A program."""

    id: str
    name: str
    headcount: int | None
    led_by: str
    why: str
    reasons: list[str] = Field(description="Keys of the reasons given, wrong ones included.")
    fit: Fit
    cycles_done: int = Field(description="OKR cycles behind it; 0: this is the first.")
    time_zone: str


def state_of(program: Program) -> ProgramState:
    """As scripts see it."""
    return ProgramState(**program.model_dump(exclude={"fit"}), fit=fit_of_program(program))


@api.post("/programs", status_code=201, summary="Create a program")
async def create_by_script(request: Request, visitor: Creates, plan: NewProgram) -> ProgramState:
    """A new program that the token's account leads."""
    async with request.app.state.database.writing() as session:
        basics = ProgramPlan.model_validate(plan.model_dump(exclude={"fit"}))
        program = await create_program(session, basics, the_person(visitor))
        return state_of(await _with_fit(session, program, plan.fit))


@api.get("/programs", summary="List programs")
async def list_by_script(request: Request, visitor: SignedIn) -> list[ProgramState]:
    """Those you take part in, the newest first."""
    async with request.app.state.database.reading() as session:
        return [state_of(line.program) for line in await programs_of(session, the_person(visitor))]


@api.get("/programs/{program_id}", summary="Read a program")
async def show_by_script(request: Request, access: SeesProgram) -> ProgramState:
    """What it is and why."""
    return state_of(access.program)


@api.patch("/programs/{program_id}", summary="Change a program")
async def change_by_script(request: Request, access: DecidesProgram, change: ProgramChange) -> ProgramState:
    """Its name, size, leader, why, fit, or the count of cycles."""
    wanted = change.model_dump(exclude_none=True, exclude={"fit"})
    async with request.app.state.database.writing() as session:
        program = await change_program(session, access.program.id, wanted)
        return state_of(await _with_fit(session, program, change.fit))


@api.delete("/programs/{program_id}", status_code=204, summary="Delete a program")
async def delete_by_script(request: Request, access: DecidesProgram) -> None:
    """With everything in it. Workshops that ran under it stay."""
    await _delete(request, access.program.id)


async def _with_fit(session: AsyncSession, program: Program, fit: FitAnswers | str | None) -> Program:
    if fit is None:
        return program
    return await answer_fit(session, program.id, FitAnswers(note=fit) if isinstance(fit, str) else fit)
