"""Changing the waves of a plan, and which units start in which: by list, by keyboard and by dragging."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.plans import PlanState, plan_to_change
from boathouse.rollout.stances import LAST_CYCLE
from boathouse.rollout.units import MOST_UNITS
from boathouse.rollout.wave_changes import (
    WaveSettings,
    accompany,
    add_wave,
    change_wave,
    move_units,
    remove_wave,
    the_wave,
)
from boathouse.rollout.waves import PlannedUnit
from boathouse.rollout.web.frames import go_on, program_page, whole
from boathouse.rollout.web.permits import PlansProgram, SeesProgram
from boathouse.rollout.web.plan_lists import show_units
from boathouse.rollout.web.plan_news import tell_planners
from boathouse.rollout.web.plan_views import answer, load_state

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
Ids = Annotated[list[str], Form(default_factory=list, max_length=MOST_UNITS)]


def units_in(state: PlanState, place: str) -> list[PlannedUnit]:
    """Units of a wave, of no wave ("none"), or all."""
    places = {unit_id: there.wave_id for unit_id, there in state.places.items()}
    wanted = "" if place == "none" else place
    return [unit for unit in state.around.units.values() if not place or places.get(unit.id, "") == wanted]


@pages.get("/programs/{program_id}/plan/units")
async def units(
    request: Request, access: SeesProgram, q: str = "", place: str = "", start: int = 0
) -> Response:
    """Every unit with its wave and coach, to search and to move."""
    return await units_page(request, access, q, place, start)


async def units_page(
    request: Request, access: ProgramAccess, q: str = "", place: str = "", start: int = 0, error: str = ""
) -> Response:
    """The list, with what was wrong with the last move."""
    async with request.app.state.database.reading() as session:
        state = await load_state(session, access)
    if state is None:
        return go_on(request, f"/programs/{access.program.id}/plan")
    shown = show_units(units_in(state, place), q[:100], place[:12], start)
    waves = {wave.row.id: wave for wave in state.waves}
    return program_page(
        request,
        access,
        "plans/units.html",
        "plan",
        status=422 if error else 200,
        state=state,
        shown=shown,
        waves=waves,
        error=error,
        view="units",
    )


@pages.post("/plans/{plan_id}/units")
async def move(
    request: Request,
    access: PlansProgram,
    plan_id: str,
    units: Ids,
    wave: Text = "",
    coach: Text = "",
    below: Text = "",
    do: Text = "move",
    back: Text = "",
) -> Response:
    """Move the ticked units to a wave or out of all, or give them a coach.

    below: with all that is below them. back: the query of the list, to come back to it.
    """
    if not units:
        asked = dict(parse_qsl(back))
        here = (asked.get("q", ""), asked.get("place", ""), whole(asked.get("start", "")) or 0)
        return await units_page(request, access, *here, error="Tick the units first, then move them.")
    async with request.app.state.database.writing() as session:
        plan = await plan_to_change(session, plan_id)
        state = await load_state(session, access, plan_id)
        assert state
        chosen = _with_below(state, units) if below else units
        if do == "coach":
            if coach and coach not in state.around.coaches:
                raise Problem(422, "Choose one of the program's coaches.", field="coach")
            await accompany(session, plan, chosen, coach or None)
        else:
            await move_units(session, plan, chosen, wave if wave != "none" else "")
    tell_planners(request.app, access)
    query = f"?{back}" if back and "\n" not in back and "\r" not in back else ""
    return go_on(request, f"/programs/{access.program.id}/plan/units{query}")


def _with_below(state: PlanState, units: list[str]) -> list[str]:
    every = [one for unit_id in units for one in (unit_id, *state.around.below(unit_id))]
    return list(dict.fromkeys(every))


@pages.post("/plans/{plan_id}/waves")
async def add(request: Request, access: PlansProgram, plan_id: str) -> Response:
    """One more wave at the end."""
    async with request.app.state.database.writing() as session:
        wave = await add_wave(session, await plan_to_change(session, plan_id))
    return await answer(request, access, plan_id, f"Added wave {wave.number}", "#waves")


@pages.post("/waves/{wave_id}")
async def change(
    request: Request,
    access: PlansProgram,
    wave_id: str,
    cycle: Text = "",
    sponsor: Annotated[str, Form(max_length=80)] = "",
    executives_draft: Text = "",
    includes_individuals: Text = "",
    sheet_is_compulsory: Text = "",
) -> Response:
    """Another cycle, another sponsor, other ways."""
    settings = WaveSettings(
        sponsor=sponsor.replace("\0", ""),
        executives_draft=bool(executives_draft),
        includes_individuals=bool(includes_individuals),
        sheet_is_compulsory=bool(sheet_is_compulsory),
    )
    number = whole(cycle)
    if number is None or not 1 <= number <= LAST_CYCLE:
        raise Problem(422, f"Cycle: a number from 1 to {LAST_CYCLE}, please.", field="cycle")
    async with request.app.state.database.writing() as session:
        wave = await the_wave(session, wave_id)
        await change_wave(session, wave, settings, number)
    return await answer(request, access, wave.plan_id, f"Changed wave {wave.number}", f"#wave-{wave_id}")


@pages.post("/waves/{wave_id}/remove")
async def remove(request: Request, access: PlansProgram, wave_id: str) -> Response:
    """Take a wave out; its units wait then."""
    async with request.app.state.database.writing() as session:
        wave = await the_wave(session, wave_id)
        plan_id, number = wave.plan_id, wave.number
        await remove_wave(session, wave)
    return await answer(request, access, plan_id, f"Removed wave {number}", "#waves")
