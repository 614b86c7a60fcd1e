"""Roles, training and members of a program: one page with all of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from boathouse.core.clock import now
from boathouse.core.web.pages import partial
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.members import members_of
from boathouse.rollout.plans import current_plan, state_of_plan
from boathouse.rollout.roles import (
    MODEL_WORDS,
    POINTS,
    Reach,
    gaps,
    holders_of,
    missing_points,
    model_of,
    reach_of,
    with_duty,
)
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.tables.programs import Part
from boathouse.rollout.tables.roles import Duty, Holder
from boathouse.rollout.trainings import (
    AUDIENCES,
    TOPICS,
    coverage,
    trainings_of,
)
from boathouse.rollout.web import people_scripts
from boathouse.rollout.web.frames import AtHome, Step, program_page
from boathouse.rollout.web.permits import SeesProgram

pages = APIRouter(include_in_schema=False)
api = people_scripts.api

Text = Annotated[str, Form()]
Keys = Annotated[list[str], Form(default_factory=list)]
PARTS = {
    Part.LEADER: "Leads: decides, and lets people in",
    Part.AMBASSADOR: "Ambassador: plans",
    Part.COACH: "Coach: sees it, and runs workshops under its rules",
    Part.VIEWER: "Looks on",
}
LISTS = {  # what the forms of the page offer
    "points": POINTS,
    "missing_points": missing_points,
    "audiences": AUDIENCES,
    "topics": TOPICS,
    "parts": PARTS,
}


async def at_home(session: AsyncSession, access: ProgramAccess) -> AtHome:
    """The roles, and whether somebody drives it."""
    holders = await holders_of(session, access.program.id)
    found = gaps(holders, now().date())
    coaches = with_duty(holders, Duty.COACH)
    ambassadors = with_duty(holders, Duty.AMBASSADOR)
    card = partial(
        "people/_home_card.html",
        program=access.program,
        holders=holders,
        gaps=found,
        coaches=coaches,
        ambassadors=ambassadors,
    )
    return AtHome(card, None if ambassadors else _next_step(access))


def _next_step(access: ProgramAccess) -> Step:
    """Somebody has to drive it before it is planned (S1)."""
    who = access.program.led_by or "Whoever leads the organisation"
    here = f"/programs/{access.program.id}/people#ambassadors"
    return Step("Name an ambassador: somebody who drives it day by day.", who, here, "Choose somebody")


@pages.get("/programs/{program_id}/people")
async def people(request: Request, access: SeesProgram) -> Response:
    """The page."""
    return await people_page(request, access)


async def people_page(
    request: Request,
    access: ProgramAccess,
    form: str = "",
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    invitation: str = "",
) -> Response:
    """The page. form: the id of the form that could not be taken, with what was typed and what is wrong.

    invitation: a fresh link, shown this once.
    """
    program_id = access.program.id
    async with request.app.state.database.reading() as session:
        holders, trainings = await holders_of(session, program_id), await trainings_of(session, program_id)
        members = await members_of(session, program_id)
        reaches = await _reaches(session, access, with_duty(holders, Duty.COACH))
    return program_page(
        request,
        access,
        "people/page.html",
        "people",
        status=422 if errors else 200,
        **LISTS,
        **_duties(holders),
        reaches=reaches,
        covered=coverage(trainings),
        trainings=trainings,
        members=members,
        today=now().date(),
        invitation=invitation,
        form=form,
        typed=typed or {},
        errors=errors or {},
    )


def _duties(holders: list[Holder]) -> dict[str, Any]:
    """Who has which, and which nobody has."""
    coaches = with_duty(holders, Duty.COACH)
    return {
        "sponsors": [(duty, with_duty(holders, duty)) for duty in (Duty.EXECUTIVE_SPONSOR, Duty.HR_SPONSOR)],
        "ambassadors": with_duty(holders, Duty.AMBASSADOR),
        "coaches": coaches,
        "model_words": MODEL_WORDS[model_of(coaches)],
        "gaps": gaps(holders, now().date()),
    }


async def _reaches(session: AsyncSession, access: ProgramAccess, coaches: list[Holder]) -> list[Reach]:
    """Internal coaches against everybody, and against each wave of the plan with those before it."""
    program = access.program
    reaches = []
    if plan := await current_plan(session, program.id):
        state = await state_of_plan(session, plan, await surroundings_of(session, program))
        people = 0
        for wave in state.waves:
            people += wave.effort.people
            words = f"Wave {wave.row.number}" if wave.row.number == 1 else f"Waves 1 to {wave.row.number}"
            reaches.append(reach_of(words, people, coaches))
    if program.headcount:
        reaches.append(reach_of("Everybody", program.headcount, coaches))
    return [reach for reach in reaches if reach.people]


async def typed_in(request: Request) -> dict[str, Any]:
    """What a form of this page holds."""
    sent = await request.form()
    return {**dict(sent.items()), "strengths": sent.getlist("strengths"), "topics": sent.getlist("topics")}
