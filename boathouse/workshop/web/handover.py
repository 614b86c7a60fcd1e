"""Handing drafts over to the units of a program: all rooms on one page, and what a second time changes."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.names import listed
from boathouse.core.web.pages import page
from boathouse.rollout.programs import lock_program
from boathouse.rollout.tables.programs import Unit
from boathouse.workshop.access import Access
from boathouse.workshop.handover import Handing, check_unit, choose_unit, hand_over
from boathouse.workshop.rooms import label
from boathouse.workshop.web import handover_scripts
from boathouse.workshop.web.handover_choices import Choices, read_choices
from boathouse.workshop.web.handover_desk import Desk, check_seen, load_desk, load_handing
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = handover_scripts.api

ALL = "all"  # an error about no room
NOTHING = "Nothing was handed over. Choose the unit of a room first."


@pages.get("/workshops/{workshop_id}/hand-over")
async def show(request: Request, access: RunsWorkshop, done: int = 0) -> Response:
    """All rooms with their units. done: drafts that were handed over just now."""
    return desk_page(request, access, await load_desk(request, access), Choices(), done)


def desk_page(request: Request, access: Access, desk: Desk, choices: Choices, done: int = 0) -> Response:
    """The page, with what was typed and what is wrong with it."""
    return page(
        request,
        "handover/page.html",
        status=422 if choices.errors else 200,
        person=access.person,
        access=access,
        workshop=access.workshop,
        desk=desk,
        label=label,
        empty=listed([label(room) for room in desk.empty]) if desk.empty else "",
        typed=choices.typed,
        errors=choices.errors,
        done=done,
        waiting=sum(each.is_new for each in desk.handings),
    )


@pages.post("/workshops/{workshop_id}/hand-over")
async def save(request: Request, access: RunsWorkshop) -> Response:
    """Keep the units that this person chose; with the other button also hand over what is new."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    desk = await load_desk(request, access)
    choices = read_choices(desk, form)
    if choices.errors:
        return desk_page(request, access, desk, choices)
    hands_over = form.get("do") == "hand-over"
    done = await _keep(request, access, desk, choices, hands_over=hands_over)
    did_nothing = hands_over and not (done or choices.wanted or choices.errors)
    if did_nothing and any(each.is_new for each in desk.handings):
        choices.errors[ALL] = NOTHING
    if choices.errors:
        return desk_page(request, access, await load_desk(request, access), choices, done)
    query = f"?done={done}" if done else ""
    return RedirectResponse(f"/workshops/{access.workshop.id}/hand-over{query}", 303)


async def _keep(request: Request, access: Access, desk: Desk, choices: Choices, *, hands_over: bool) -> int:
    """Write it down, and say how many drafts were handed over; into `choices` goes what could not be, such as
    what a colleague handed over.
    """
    done = 0
    async with request.app.state.database.writing() as session:
        await lock_program(session, desk.program.id)
        for each in desk.handings:
            room_id = each.room.id
            goes = hands_over and each.is_new and room_id in choices.seen
            try:
                if goes or room_id in choices.wanted:
                    await check_unit(session, each)
                if room_id in choices.wanted:
                    await choose_unit(session, desk.program.id, room_id, choices.wanted[room_id])
                if goes:
                    unit = await session.get(Unit, choices.seen[room_id])
                    await hand_over(session, access, desk.program.id, replace(each, unit=unit))
                    done += 1
            except Problem as problem:
                choices.errors[room_id] = problem.message
    return done


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
    return RedirectResponse(f"/workshops/{access.workshop.id}/hand-over#room-{handing.room.id}", 303)
