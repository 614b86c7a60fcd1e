"""The tree of units, and adding, changing, moving and removing one."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.rollout.access import ProgramAccess
from boathouse.rollout.programs import LONGEST_NAME, MOST_PEOPLE
from boathouse.rollout.stances import WORDS as STANCES
from boathouse.rollout.tables.programs import Unit, UnitKind
from boathouse.rollout.trees import Branch, in_order, tree_of, with_ends
from boathouse.rollout.unit_course import course_of
from boathouse.rollout.unit_export import table_of
from boathouse.rollout.units import (
    KIND_WORDS,
    UnitPlan,
    add_unit,
    change_unit,
    described,
    folded,
    path_of,
    remove_unit,
    the_unit,
    units_of,
)
from boathouse.rollout.web import unit_scripts
from boathouse.rollout.web.frames import Mistyped, errors_of, go_on, number, program_page, read_form
from boathouse.rollout.web.okrs import shown_drafts
from boathouse.rollout.web.permits import PlansProgram, SeesProgram

pages = APIRouter(include_in_schema=False)
api = unit_scripts.api

Text = Annotated[str, Form()]
FIELDS = ("name", "kind", "parent_id", "headcount", "leader", "sponsor", "leader_is_bought_in")
TICKS = ("leader_is_sceptical", "had_one_to_one", "only_maintains")
YES_NO = {"yes": True, "no": False}
SENTENCES = {
    "name": f"Give it a name of at most {LONGEST_NAME} letters.",
    "kind": "Choose a level.",
    "parent_id": "Choose a unit of this program.",
    "headcount": f"A number from 1 to {MOST_PEOPLE:,}, or nothing yet.",
    "leader": "A name of at most 80 letters, please.",
    "sponsor": "A name of at most 80 letters, please.",
}


@pages.get("/programs/{program_id}/units")
async def units(request: Request, access: SeesProgram, find: str = "", at: str = "") -> Response:
    """The tree. find: only units with these letters; at: the unit to open the tree at."""
    async with request.app.state.database.reading() as session:
        found = await units_of(session, access.program.id)
    by_id = {unit.id: unit for unit in found}
    tree = tree_of(found)
    wanted = folded(find[:80])
    matches = [branch for branch in in_order(tree) if wanted in _letters_of(branch.unit)] if wanted else []
    opened = {unit.id for unit in path_of(by_id, by_id[at])} if at in by_id else set()
    return program_page(
        request,
        access,
        "units/page.html",
        "units",
        walk=with_ends(tree),
        total=len(found),
        people=_people_in(tree),
        opened=opened,
        find=find,
        matches=[(branch, path_of(by_id, branch.unit)) for branch in matches],
        described=described,
    )


def _letters_of(unit: Unit) -> str:
    return folded(f"{unit.name} {unit.leader} {unit.sponsor}")


def _people_in(tree: list[Branch]) -> int:
    """People in the units: the widest that say a number count, those below them are in it."""
    return sum(branch.unit.headcount or _people_in(branch.below) for branch in tree)


@pages.get("/programs/{program_id}/units/new")
async def new_unit(request: Request, access: PlansProgram, under: str = "") -> Response:
    """The form for a new unit. under: the unit it shall belong below."""
    typed = {"parent_id": under, "kind": UnitKind.TEAM.value}
    return await unit_page(request, access, None, typed, {})


@pages.post("/programs/{program_id}/units")
async def add(request: Request, access: PlansProgram) -> Response:
    """A new unit."""
    typed = dict((await request.form()).items())
    try:
        plan = read_unit(typed)
        async with request.app.state.database.writing() as session:
            unit = await add_unit(session, access.program.id, plan)
    except (Mistyped, Problem) as mistake:
        return await unit_page(request, access, None, typed, errors_of(mistake, "all"))
    return go_on(request, _in_tree(unit))


@pages.get("/units/{unit_id}")
async def show(request: Request, access: SeesProgram, unit_id: str) -> Response:
    """One unit, with the form to change it for those who may."""
    async with request.app.state.database.reading() as session:
        unit = await the_unit(session, unit_id)
    return await unit_page(request, access, unit, {}, {})


async def unit_page(
    request: Request,
    access: ProgramAccess,
    unit: Unit | None,
    typed: dict[str, Any],
    errors: dict[str, str],
) -> Response:
    """A unit or a new one, with what was typed and what is wrong with it."""
    async with request.app.state.database.reading() as session:
        found = await units_of(session, access.program.id)
        okrs = await shown_drafts(session, unit.id) if unit else []
        course = await course_of(session, access.program, unit.id) if unit else None
    branches = in_order(tree_of(found))
    mine = next((branch for branch in branches if unit and branch.unit.id == unit.id), None)
    own = {branch.unit.id for branch in mine} if mine else set()
    stored = {name: getattr(unit, name) for name in (*FIELDS, *TICKS)} if unit else _nothing()
    return program_page(
        request,
        access,
        "units/unit.html",
        "units",
        status=422 if errors else 200,
        unit=unit,
        way=path_of({each.id: each for each in found}, unit) if unit else [],
        below=mine.below if mine else [],
        count_below=len(own) - 1,
        names={each.id: each.name for each in found},
        places=[branch for branch in branches if branch.unit.id not in own],
        typed=stored | typed,
        errors=errors,
        kinds=KIND_WORDS,
        described=described,
        okrs=okrs,
        course=course,
        STANCES=STANCES,
    )


@pages.post("/units/{unit_id}")
async def change(request: Request, access: PlansProgram, unit_id: str) -> Response:
    """Change it, or move it with everything below it."""
    typed = dict((await request.form()).items())
    try:
        plan = read_unit(typed)
        async with request.app.state.database.writing() as session:
            unit = await change_unit(session, unit_id, plan)
    except (Mistyped, Problem) as mistake:
        async with request.app.state.database.reading() as session:
            unit = await the_unit(session, unit_id)
        ticks = {name: name in typed for name in TICKS}
        return await unit_page(request, access, unit, typed | ticks, errors_of(mistake, "all"))
    return go_on(request, _in_tree(unit))


@pages.post("/units/{unit_id}/delete")
async def delete(request: Request, access: PlansProgram, unit_id: str) -> Response:
    """Take it out with everything below it."""
    async with request.app.state.database.writing() as session:
        unit = await remove_unit(session, unit_id)
    at = f"?at={unit.parent_id}#unit-{unit.parent_id}" if unit.parent_id else ""
    return go_on(request, f"/programs/{access.program.id}/units{at}")


@pages.get("/programs/{program_id}/units.csv")
async def download(request: Request, access: SeesProgram) -> Response:
    """All units as a table that can be imported again."""
    async with request.app.state.database.reading() as session:
        text = table_of(await units_of(session, access.program.id))
    headers = {"Content-Disposition": 'attachment; filename="units.csv"'}
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)


def read_unit(typed: dict[str, Any]) -> UnitPlan:
    """The plan of a unit. Errors: Mistyped."""
    values = {name: str(typed.get(name, "")) for name in FIELDS}
    answers = {
        "parent_id": values["parent_id"] or None,
        "headcount": number(values["headcount"]),
        "leader_is_bought_in": YES_NO.get(values["leader_is_bought_in"]),
    }
    return read_form(UnitPlan, values | answers | {name: name in typed for name in TICKS}, SENTENCES)


def _nothing() -> dict[str, Any]:
    return {**dict.fromkeys(FIELDS, ""), **dict.fromkeys(TICKS, False)}


def _in_tree(unit: Unit) -> str:
    return f"/programs/{unit.program_id}/units?at={unit.id}#unit-{unit.id}"
