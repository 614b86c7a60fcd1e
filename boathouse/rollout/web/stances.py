"""What each unit does in a cycle: the list to answer in, and the picture of the tree."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.plans import PlanState
from boathouse.rollout.stances import (
    LAST_CYCLE,
    MEANINGS,
    WORDS,
    Answer,
    is_engaged,
    stances_of,
    take_stance,
    tally,
)
from boathouse.rollout.tables.stances import Stance, StanceKind
from boathouse.rollout.unit_map import draw_map
from boathouse.rollout.units import MOST_UNITS
from boathouse.rollout.waves import PlannedUnit
from boathouse.rollout.web.frames import Mistyped, program_page, read_form, whole
from boathouse.rollout.web.permits import PlansProgram, SeesProgram
from boathouse.rollout.web.plan_lists import show_units
from boathouse.rollout.web.plan_news import tell_planners
from boathouse.rollout.web.plan_views import load_state

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
Ids = Annotated[list[str], Form(default_factory=list, max_length=MOST_UNITS)]
SENTENCES = {
    "reason": "A reason has at most 500 letters.",
    "kind": "Choose one of the stances.",
    "cycle": "Choose one of the cycles.",
    "units": "Tick the units first.",
}


def units_that(state: PlanState, stances: Mapping[str, Stance], cycle: int, only: str) -> list[PlannedUnit]:
    """All units, those that have "started" by the cycle, or those whose answer is still "open"."""
    started = started_by(state, cycle)
    return [
        unit
        for unit in state.around.units.values()
        if (only != "started" or unit.id in started)
        and (only != "open" or not is_engaged(stances.get(unit.id)))
    ]


def started_by(state: PlanState, cycle: int) -> set[str]:
    """Ids of units whose wave has started by that cycle."""
    waves = {wave.row.id for wave in state.waves if wave.row.cycle <= cycle}
    return {unit_id for unit_id, place in state.places.items() if place.wave_id in waves}


async def _state_and_stances(
    request: Request, access: ProgramAccess, asked: int
) -> tuple[PlanState, int, dict[str, Stance]] | None:
    """The plan, the cycle that is shown, and its stances by unit; None without a plan."""
    async with request.app.state.database.reading() as session:
        state = await load_state(session, access)
        if state is None:
            return None
        cycle = _cycle(state, asked)
        return state, cycle, await stances_of(session, access.program.id, cycle)


def _cycle(state: PlanState, asked: int) -> int:
    return asked if 1 <= asked <= LAST_CYCLE else state.around.program.cycles_done + 1


def _cycles(state: PlanState, cycle: int) -> list[int]:
    now = state.around.program.cycles_done + 1
    return list(range(1, max([now, cycle, *(wave.row.cycle for wave in state.waves)]) + 1))


@pages.get("/programs/{program_id}/plan/stances")
async def stances_page(
    request: Request,
    access: SeesProgram,
    cycle: int = 0,
    q: str = "",
    only: str = "",
    start: int = 0,
) -> Response:
    """Every unit with its stance in a cycle."""
    return await _page(request, access, cycle, q[:100], only[:10], start, {}, {}, [])


async def _page(
    request: Request,
    access: ProgramAccess,
    cycle: int,
    q: str,
    only: str,
    start: int,
    typed: dict[str, str],
    errors: dict[str, str],
    ticked: list[str],
) -> Response:
    found = await _state_and_stances(request, access, cycle)
    if found is None:
        return RedirectResponse(f"/programs/{access.program.id}/plan", 303)
    state, cycle, stances = found
    return program_page(
        request,
        access,
        "plans/stances.html",
        "plan",
        status=422 if errors else 200,
        cycle=cycle,
        cycles=_cycles(state, cycle),
        list=show_units(units_that(state, stances, cycle, only), q, only, start),
        stances=stances,
        tally=tally(state.around.units, stances),
        started=tally(started_by(state, cycle), stances),
        WORDS=WORDS,
        MEANINGS=MEANINGS,
        typed={"kind": StanceKind.OKRS.value, "reason": "", **typed},
        errors=errors,
        ticked=set(ticked),
        view="stances",
    )


@pages.post("/programs/{program_id}/plan/stances")
async def note(
    request: Request,
    access: PlansProgram,
    units: Ids,
    cycle: Text = "",
    kind: Text = "",
    reason: Text = "",
    back: Text = "",
) -> Response:
    """The ticked units take this stance in that cycle."""
    number = whole(cycle) or 0
    errors = {} if units else {"units": SENTENCES["units"]}
    answer = Answer(cycle=1)
    try:
        answer = read_form(Answer, {"kind": kind or None, "reason": reason, "cycle": number}, SENTENCES)
    except Mistyped as mistake:
        errors |= mistake.errors
    if errors:
        typed = {"kind": kind, "reason": reason}
        return await _page(request, access, number, "", "", 0, typed, errors, units)
    async with request.app.state.database.writing() as session:
        await take_stance(session, access.program.id, units, answer, access.person.name)
    tell_planners(request.app, access)
    query = back if back and not {"\n", "\r"} & set(back) else f"cycle={number}"
    return RedirectResponse(f"/programs/{access.program.id}/plan/stances?{query}", 303)


@pages.get("/programs/{program_id}/plan/map")
async def map_page(request: Request, access: SeesProgram, cycle: int = 0) -> Response:
    """The tree of units, coloured by wave, marked by stance."""
    found = await _state_and_stances(request, access, cycle)
    if found is None:
        return RedirectResponse(f"/programs/{access.program.id}/plan", 303)
    state, cycle, stances = found
    return program_page(
        request,
        access,
        "plans/map.html",
        "plan",
        state=state,
        map=draw_map(state, stances),
        cycle=cycle,
        cycles=_cycles(state, cycle),
        WORDS=WORDS,
        view="map",
    )
