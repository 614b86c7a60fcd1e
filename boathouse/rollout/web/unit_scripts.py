"""Units for scripts: list, add, change, remove, import."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from boathouse.rollout.programs import Headcount, Name, PersonName
from boathouse.rollout.tables.programs import Unit, UnitKind
from boathouse.rollout.trees import in_order, tree_of
from boathouse.rollout.unit_import import import_units, look_at_units
from boathouse.rollout.unit_nodes import Import
from boathouse.rollout.units import (
    UnitPlan,
    add_unit,
    change_unit,
    remove_unit,
    the_unit,
    units_of,
)
from boathouse.rollout.web.permits import PlansProgram, SeesProgram

api = APIRouter(tags=["units"])


class UnitState(UnitPlan):
    """A unit of the organisation."""

    id: str


class UnitChange(BaseModel):
    """What shall be different; what is left out stays."""

    name: Name = ""
    kind: UnitKind = UnitKind.TEAM
    parent_id: str | None = Field(default=None, max_length=12)
    headcount: Headcount | None = None
    leader: PersonName = ""
    sponsor: PersonName = ""
    leader_is_bought_in: bool | None = None
    leader_is_sceptical: bool = False
    had_one_to_one: bool = False
    only_maintains: bool = False


class UnitTable(BaseModel):
    """A list of units as text."""

    text: str = Field(max_length=4_000_000, description="CSV, or cells with tabs; first line: column names.")
    check_only: bool = Field(default=False, description="Only say what would happen.")


class LineTrouble(BaseModel):
    """What is wrong with a line."""

    line: int
    name: str
    detail: str


class ImportState(BaseModel):
    """What an import did, or would do."""

    added: int
    changed: int
    unchanged: int
    troubles: list[LineTrouble]


def state_of(unit: Unit) -> UnitState:
    """As scripts see it."""
    return UnitState.model_validate(unit, from_attributes=True)


@api.get("/programs/{program_id}/units", summary="List units")
async def list_by_script(request: Request, access: SeesProgram) -> list[UnitState]:
    """All units, each after the one it belongs below."""
    async with request.app.state.database.reading() as session:
        tree = tree_of(await units_of(session, access.program.id))
    return [state_of(branch.unit) for branch in in_order(tree)]


@api.post("/programs/{program_id}/units", status_code=201, summary="Add a unit")
async def add_by_script(request: Request, access: PlansProgram, plan: UnitPlan) -> UnitState:
    """A new unit, the last among its neighbours."""
    async with request.app.state.database.writing() as session:
        return state_of(await add_unit(session, access.program.id, plan))


@api.post("/programs/{program_id}/units/import", summary="Import units")
async def import_by_script(request: Request, access: PlansProgram, table: UnitTable) -> ImportState:
    """All of the lines or none: 422 names the first line that is wrong. With check_only every one is told."""
    work = look_at_units if table.check_only else import_units
    return _outcome(await work(request.app.state.database, access.program.id, table.text))


@api.patch("/units/{unit_id}", summary="Change or move a unit")
async def change_by_script(
    request: Request, access: PlansProgram, unit_id: str, change: UnitChange
) -> UnitState:
    """It moves with everything below it."""
    async with request.app.state.database.writing() as session:
        unit = await the_unit(session, unit_id)
        wanted = unit.model_dump() | change.model_dump(exclude_unset=True)
        return state_of(await change_unit(session, unit_id, UnitPlan.model_validate(wanted)))


@api.delete("/units/{unit_id}", status_code=204, summary="Remove a unit")
async def remove_by_script(request: Request, access: PlansProgram, unit_id: str) -> None:
    """With everything below it."""
    async with request.app.state.database.writing() as session:
        await remove_unit(session, unit_id)


def _outcome(result: Import) -> ImportState:
    added, changed = len(result.added), len(result.changed)
    return ImportState(
        added=added,
        changed=changed,
        unchanged=len(result.nodes) - added - changed,
        troubles=[
            LineTrouble(line=each.number, name=each.name, detail=each.words) for each in result.troubles
        ],
    )
