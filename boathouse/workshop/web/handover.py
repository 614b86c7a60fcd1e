"""Handing drafts over to the units of a program: all rooms on one page, and what a second time changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page
from boathouse.rollout.tables.programs import Program, Unit
from boathouse.rollout.units import folded, units_of
from boathouse.rollout.web.okrs import OkrDraftState, draft_state
from boathouse.workshop.access import Access
from boathouse.workshop.handover import (
    Handing,
    choose_unit,
    hand_over,
    handings,
    handings_of,
    program_to_receive,
)
from boathouse.workshop.rooms import label
from boathouse.workshop.tables import Room
from boathouse.workshop.wall import room_ids
from boathouse.workshop.web.permits import RunsWorkshop

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])

UNKNOWN = "There is no unit of this name. Choose one from the list."


def unit_names(units: Sequence[Unit]) -> dict[str, str]:
    """Names by which units can be told apart, by id: those that share one also name what they are below."""
    by_id = {unit.id: unit for unit in units}
    names = [folded(unit.name) for unit in units]
    found = {}
    for unit in units:
        above = by_id.get(unit.parent_id or "")
        is_shared = names.count(folded(unit.name)) > 1
        found[unit.id] = f"{unit.name}, below {above.name}" if is_shared and above else unit.name
    return found


@dataclass(frozen=True)
class Desk:
    """What can be handed over, and to whom. names: of units, by id."""

    program: Program
    handings: Sequence[Handing]
    names: Mapping[str, str]

    def unit_called(self, name: str) -> str | None:
        """Its id."""
        ids = {folded(each): unit_id for unit_id, each in self.names.items()}
        return ids.get(folded(name))


async def load_desk(request: Request, access: Access) -> Desk:
    """With every word that has reached the server. Errors: Problem 403, 409."""
    state, room = request.app.state, access.room
    async with state.database.reading() as session:
        receiving = await program_to_receive(session, access)
        rooms = [room.id] if room else await room_ids(session, access.workshop.id)
    await state.documents.flush(rooms)
    async with state.database.reading() as session:
        program = receiving.program
        names = unit_names(await units_of(session, program.id))
        if room is None:
            return Desk(program, await handings_of(session, access.workshop, program.id), names)
        rows = [await session.get_one(Room, room.id)]
        return Desk(program, await handings(session, access.workshop, program.id, rows), names)


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
    async with request.app.state.database.writing() as session:
        for each in desk.handings:
            await choose_unit(session, desk.program.id, each.room.id, chosen[each.room.id])
            unit = await session.get(Unit, chosen[each.room.id] or "")
            if typed.get("do") == "hand-over" and each.is_new and unit:
                await hand_over(session, access, desk.program.id, replace(each, unit=unit))
    return RedirectResponse(f"/workshops/{access.workshop.id}/hand-over", 303)


async def load_handing(request: Request, access: Access) -> tuple[Desk, Handing]:
    """One room's. Errors: Problem 409 without an objective."""
    desk = await load_desk(request, access)
    if not desk.handings:
        raise Problem(409, "There is nothing to hand over: this room has no objective yet.")
    return desk, desk.handings[0]


@pages.get("/rooms/{room_id}/hand-over")
async def compare(request: Request, access: RunsWorkshop) -> Response:
    """What handing this room's draft over would change."""
    desk, handing = await load_handing(request, access)
    return page(
        request,
        "handover/compare.html",
        person=access.person,
        access=access,
        workshop=access.workshop,
        desk=desk,
        handing=handing,
        label=label(handing.room),
    )


@pages.post("/rooms/{room_id}/hand-over")
async def replace_on_page(request: Request, access: RunsWorkshop) -> Response:
    """The difference was looked at: the draft as it is now is the unit's."""
    desk, handing = await load_handing(request, access)
    async with request.app.state.database.writing() as session:
        await hand_over(session, access, desk.program.id, handing, replace=True)
    return RedirectResponse(f"/workshops/{access.workshop.id}/hand-over", 303)


class DifferenceInDraft(BaseModel):
    """What a second hand-over changes: new, gone or other; before and after in words."""

    change: str
    what: str
    called: str
    before: str
    after: str


class HandOverState(BaseModel):
    """Where a room's draft goes, and what handing it over again would change."""

    room_id: str
    unit_id: str | None
    handed_over: OkrDraftState | None
    differences: list[DifferenceInDraft]


class HandOver(BaseModel):
    """unit_id: left out, the unit chosen before. replace: needed once it was handed over and has changed."""

    unit_id: str | None = Field(default=None, max_length=12, pattern=r"^[0-9a-z]*$")
    replace: bool = False


@api.get("/rooms/{room_id}/hand-over", summary="Compare a room's draft with what was handed over")
async def compare_by_script(request: Request, access: RunsWorkshop) -> HandOverState:
    """409 for a workshop without a program, and for a room without an objective."""
    _, handing = await load_handing(request, access)
    return HandOverState(
        room_id=handing.room.id,
        unit_id=handing.unit.id if handing.unit else None,
        handed_over=draft_state(handing.before) if handing.before else None,
        differences=[DifferenceInDraft(**vars(each)) for each in handing.changes],
    )


@api.post("/rooms/{room_id}/hand-over", summary="Hand a room's draft over to its unit")
async def hand_over_by_script(request: Request, access: RunsWorkshop, wanted: HandOver) -> OkrDraftState:
    """The draft with its check results becomes the unit's draft OKRs. Later changes need `replace` (409)."""
    desk, handing = await load_handing(request, access)
    async with request.app.state.database.writing() as session:
        if wanted.unit_id:
            await choose_unit(session, desk.program.id, handing.room.id, wanted.unit_id)
            handing = replace(handing, unit=await session.get(Unit, wanted.unit_id))
        row = await hand_over(session, access, desk.program.id, handing, replace=wanted.replace)
        return draft_state(row)
