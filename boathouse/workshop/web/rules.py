"""The ground rules of a workshop: its sheet for everybody in it, and taking over what leadership changed."""

from fastapi import APIRouter, FastAPI, Request
from pydantic import BaseModel, Field
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response

from boathouse.core.web.pages import page, partial
from boathouse.rollout.parameters import GroundRules, Key
from boathouse.rollout.snapshots import Difference, RuleSource
from boathouse.rollout.web.sheets import pdf
from boathouse.workshop.ground_rules import (
    STARTED,
    drafting_rules,
    program_of,
    sheet_of,
    snapshot_of,
    standing_of_rules,
    take_over,
)
from boathouse.workshop.steps import the_workshop
from boathouse.workshop.tables import Status, Workshop
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.permits import IsSeated, RunsWorkshop, SeesWorkshop
from boathouse.workshop.web.progress import push_to_rooms, show_progress

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])


def register_regions(app: FastAPI) -> None:
    """The rules in the lobby: leadership may decide something while it is open."""

    async def draw(session: AsyncSession, workshop_id: str, key: str) -> str:
        workshop = await session.get(Workshop, workshop_id)
        return await rules_html(session, workshop) if workshop else ""

    app.state.live.register("lobby", "rules", draw)


async def rules_html(session: AsyncSession, workshop: Workshop) -> str:
    """Region rules of the lobby."""
    rules = await standing_of_rules(session, workshop)
    return partial("workshops/_rules.html", workshop=workshop, drafting=drafting_rules(workshop), rules=rules)


async def rules_decided(app: FastAPI, session: AsyncSession, program_id: str) -> None:
    """Leadership has decided, proposed or reopened something: after the commit open lobbies say so."""
    query = select(Workshop.id).where(Workshop.program_id == program_id, Workshop.status != Status.ENDED)
    for workshop_id in await session.exec(query):
        app.state.live.changed(session, "lobby", workshop_id, "lobby-head", "rules")
        app.state.live.changed(session, "board", workshop_id, "board-bar")


@pages.get("/workshops/{workshop_id}/rules")
async def sheet(request: Request, access: IsSeated) -> Response:
    """What binds this workshop, and why; the same address for ever."""
    workshop = access.workshop
    async with request.app.state.database.reading() as session:
        made = sheet_of(workshop, await program_of(session, workshop))
        standing = await standing_of_rules(session, workshop)
    return page(
        request,
        "sheets/workshop.html",
        access=access,
        workshop=workshop,
        sheet=made,
        changes=standing.changes,
        started=STARTED if workshop.status != Status.SCHEDULED else "",
    )


@pages.get("/workshops/{workshop_id}/rules.pdf")
async def sheet_on_paper(request: Request, access: IsSeated) -> Response:
    """The same on paper."""
    async with request.app.state.database.reading() as session:
        made = sheet_of(access.workshop, await program_of(session, access.workshop))
    return await pdf(made)


async def renew(request: Request, workshop_id: str) -> Workshop:
    """Take over what the program says now, and show it in every room."""
    async with request.app.state.database.writing() as session:
        workshop = await the_workshop(session, workshop_id)
        await take_over(session, workshop)
        rooms = await room_ids(session, workshop_id)
        show_progress(request.app, session, workshop_id, rooms)
        push_to_rooms(request.app, session, rooms, "draft", "drawer-draft")
        request.app.state.live.changed(session, "lobby", workshop_id, "lobby-head", "rules")
    return workshop


@pages.post("/workshops/{workshop_id}/rules/take-over")
async def take_over_from_page(request: Request, access: RunsWorkshop) -> Response:
    """Bind the workshop to its program's rules as they are now."""
    await renew(request, access.workshop.id)
    return RedirectResponse(f"/workshops/{access.workshop.id}#rules", 303)


class DifferenceState(BaseModel):
    """A rule that its program decided otherwise since. before, after: in words."""

    key: Key
    before: str
    after: str


class RulesState(BaseModel):
    """The rules that bind a workshop. open: required ones that nobody has decided, while it has not started.

    program_id: null also once its program was deleted; the rules stay.
    """

    program_id: str | None
    on_recommended: bool
    rules: GroundRules
    sources: dict[Key, RuleSource]
    open: list[Key]
    differences: list[DifferenceState] = Field(description="Taken over with take-over before the start.")


def _said(difference: Difference) -> DifferenceState:
    return DifferenceState(key=difference.key, before=difference.before, after=difference.after)


async def rules_state(request: Request, workshop: Workshop) -> RulesState:
    """As scripts see them."""
    snapshot = snapshot_of(workshop)
    async with request.app.state.database.reading() as session:
        standing = await standing_of_rules(session, workshop)
    return RulesState(
        program_id=standing.program.id if standing.program else None,
        on_recommended=workshop.on_recommended,
        rules=snapshot.rules,
        sources={key: snapshot.source(key) for key in Key},
        open=list(standing.missing),
        differences=[_said(each) for each in standing.changes],
    )


@api.get("/workshops/{workshop_id}/rules", summary="Read the ground rules of a workshop")
async def show_by_script(request: Request, access: SeesWorkshop) -> RulesState:
    """The snapshot that binds it, where each rule comes from, and what has changed since."""
    return await rules_state(request, access.workshop)


@api.post("/workshops/{workshop_id}/rules/take-over", summary="Take over the program's rules as they are now")
async def take_over_by_script(request: Request, access: RunsWorkshop) -> RulesState:
    """Only before the start: a workshop that has started keeps its rules (409)."""
    return await rules_state(request, await renew(request, access.workshop.id))
