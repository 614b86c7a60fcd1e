"""Handing drafts over to the units of a program: all rooms on one page, and what a second time changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page
from boathouse.rollout.tables.programs import Unit
from boathouse.workshop.access import Access
from boathouse.workshop.handover import Handing, choose_unit, hand_over
from boathouse.workshop.rooms import label
from boathouse.workshop.web import handover_scripts
from boathouse.workshop.web.handover_desk import Desk, check_seen, load_desk, load_handing
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = handover_scripts.api

UNKNOWN = "There is no unit of this name. Choose one from the list."


@pages.get("/workshops/{workshop_id}/hand-over")
async def show(request: Request, access: RunsWorkshop) -> Response:
    """All rooms with their units."""
    return desk_page(request, access, await load_desk(request, access), {}, {})


def desk_page(
    request: Request, access: Access, desk: Desk, typed: dict[str, str], errors: dict[str, str]
) -> Response:
    """The page, with what was typed and what is wrong with it."""
    return page(
        request,
        "handover/page.html",
        status=422 if errors else 200,
        person=access.person,
        access=access,
        workshop=access.workshop,
        desk=desk,
        label=label,
        typed=typed,
        errors=errors,
        waiting=sum(each.is_new for each in desk.handings),
    )


@pages.post("/workshops/{workshop_id}/hand-over")
async def save(request: Request, access: RunsWorkshop) -> Response:
    """Keep the units that were chosen; with the other button also hand over what is new."""
    typed = {name: str(value) for name, value in (await request.form()).items()}
    desk = await load_desk(request, access)
    names = {each.room.id: typed.get(f"unit-{each.room.id}", "").strip() for each in desk.handings}
    chosen = {room_id: desk.unit_called(name) if name else None for room_id, name in names.items()}
    errors = {room_id: UNKNOWN for room_id, name in names.items() if name and not chosen[room_id]}
    if errors:
        return desk_page(request, access, desk, typed, errors)
    if errors := await _keep(request, access, desk, chosen, hands_over=typed.get("do") == "hand-over"):
        return desk_page(request, access, await load_desk(request, access), typed, errors)
    return RedirectResponse(f"/workshops/{access.workshop.id}/hand-over", 303)


async def _keep(
    request: Request, access: Access, desk: Desk, chosen: Mapping[str, str | None], *, hands_over: bool
) -> dict[str, str]:
    """Write it down; says by room what could not be handed over, such as what a colleague handed over."""
    problems = {}
    async with request.app.state.database.writing() as session:
        for each in desk.handings:
            await choose_unit(session, desk.program.id, each.room.id, chosen[each.room.id])
            unit = await session.get(Unit, chosen[each.room.id] or "")
            if hands_over and each.is_new and unit:
                try:
                    await hand_over(session, access, desk.program.id, replace(each, unit=unit))
                except Problem as problem:
                    problems[each.room.id] = problem.message
    return problems


@pages.get("/rooms/{room_id}/hand-over")
async def compare(request: Request, access: RunsWorkshop) -> Response:
    """What handing this room's draft over would change."""
    return compare_page(request, access, *await load_handing(request, access))


def compare_page(
    request: Request, access: Access, desk: Desk, handing: Handing, problem: Problem | None = None
) -> Response:
    """The page."""
    return page(
        request,
        "handover/compare.html",
        status=problem.status if problem else 200,
        person=access.person,
        access=access,
        workshop=access.workshop,
        desk=desk,
        handing=handing,
        label=label(handing.room),
        problem=problem,
    )


@pages.post("/rooms/{room_id}/hand-over")
async def replace_on_page(
    request: Request, access: RunsWorkshop, seen: Annotated[str, Form()] = ""
) -> Response:
    """The draft as it is now is the unit's. seen: the stamp of the difference that was looked at; if there is
    another one now, that is shown first.
    """
    desk, handing = await load_handing(request, access)
    try:
        check_seen(handing, seen)
        async with request.app.state.database.writing() as session:
            await hand_over(session, access, desk.program.id, handing, replace=True)
    except Problem as problem:
        return compare_page(request, access, *await load_handing(request, access), problem)
    return RedirectResponse(f"/workshops/{access.workshop.id}/hand-over", 303)
