"""Units: the organisation as a tree. Added, changed, moved and removed, never into a circle."""

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.rollout.programs import Headcount, Name, PersonName, lock_program
from boathouse.rollout.tables.programs import Unit, UnitKind
from boathouse.rollout.trees import in_order, tree_of

MOST_UNITS = 5000
DEEPEST = 12
LEVELS = list(UnitKind)  # from the widest to the narrowest
KIND_WORDS = {
    UnitKind.COMPANY: "company",
    UnitKind.BUSINESS_UNIT: "business unit",
    UnitKind.DEPARTMENT: "department",
    UnitKind.TEAM: "team",
}


class UnitPlan(BaseModel):
    """A unit as it shall be."""

    name: Name
    kind: UnitKind = UnitKind.TEAM
    parent_id: Annotated[str, Field(max_length=12)] | None = Field(
        default=None, description="The unit it belongs below; none: at the top."
    )
    headcount: Headcount | None = None
    leader: PersonName = ""
    sponsor: PersonName = Field(default="", description="The executive behind this unit's objectives.")
    leader_is_bought_in: bool | None = Field(default=None, description="None: not asked yet.")
    leader_is_sceptical: bool = False
    had_one_to_one: bool = Field(default=False, description="A sceptical leader coached on an own goal.")
    only_maintains: bool = Field(default=False, description="Needs no OKRs: health metrics do.")


def described(unit: Unit) -> str:
    """Level, leader and sponsor in words."""
    words = [KIND_WORDS[unit.kind].capitalize()]
    if unit.leader:
        words.append(f"led by {unit.leader}")
    if unit.sponsor:
        words.append(f"sponsored by {unit.sponsor}")
    return ", ".join(words)


def folded(name: str) -> str:
    """A name as people mean it: large and small letters and spaces aside."""
    return re.sub(r"\s+", " ", name).strip().casefold()


async def units_of(session: AsyncSession, program_id: str) -> list[Unit]:
    """All units of a program in their order."""
    query = select(Unit).where(Unit.program_id == program_id)
    return list(await session.exec(query.order_by(col(Unit.position), col(Unit.name))))


def path_of(units: dict[str, Unit], unit: Unit) -> list[Unit]:
    """The units above it, from the top. units: by id."""
    path: list[Unit] = []
    above = unit.parent_id
    while above and above in units:
        path.insert(0, units[above])
        above = units[above].parent_id
    return path


def may_stand_below(kind: UnitKind, above: UnitKind) -> bool:
    """Whether the levels are in order: a department cannot stand below a team."""
    return LEVELS.index(kind) >= LEVELS.index(above)


def order_words(kind: UnitKind, above: UnitKind) -> str:
    """Why that cannot be."""
    return f"A {KIND_WORDS[kind]} cannot stand below a {KIND_WORDS[above]}."


async def the_unit(session: AsyncSession, unit_id: str) -> Unit:
    """The row to change. Errors: Problem 404."""
    return await the_row(session, Unit, unit_id, "This unit")


async def add_unit(session: AsyncSession, program_id: str, plan: UnitPlan) -> Unit:
    """A new unit, the last among its neighbours. Errors: Problem 409 or 422 naming the field."""
    await lock_program(session, program_id)
    units = await units_of(session, program_id)
    if len(units) >= MOST_UNITS:
        raise Problem(409, f"A program holds at most {MOST_UNITS:,} units. Leave out the lowest level.")
    unit = Unit(program_id=program_id, name=plan.name)
    _check(units, unit, plan)
    last = await session.exec(select(func.max(Unit.position)).where(Unit.program_id == program_id))
    unit.position = (last.one() or 0) + 1
    return _take(session, unit, plan)


async def change_unit(session: AsyncSession, unit_id: str, plan: UnitPlan) -> Unit:
    """Change or move it, with everything below it. Errors: Problem 404, or 422 naming the field."""
    unit = await the_unit(session, unit_id)
    await lock_program(session, unit.program_id)  # two moves together could close a circle
    _check(await units_of(session, unit.program_id), unit, plan)
    return _take(session, unit, plan)


async def remove_unit(session: AsyncSession, unit_id: str) -> Unit:
    """Take it out with everything below it."""
    unit = await the_unit(session, unit_id)
    await session.delete(unit)
    return unit


def _take(session: AsyncSession, unit: Unit, plan: UnitPlan) -> Unit:
    for name, value in plan.model_dump().items():
        setattr(unit, name, value)
    session.add(unit)
    return unit


def _check(units: Sequence[Unit], unit: Unit, plan: UnitPlan) -> None:
    """Errors: Problem 422 naming the field."""
    by_id = {each.id: each for each in units}
    if plan.parent_id:
        _check_place(by_id, unit, plan)
    below = next((branch for branch in in_order(tree_of(units)) if branch.unit.id == unit.id), None)
    for child in below.below if below else ():
        if not may_stand_below(child.unit.kind, plan.kind):
            words = order_words(child.unit.kind, plan.kind)
            raise Problem(422, f"{words} Change {child.unit.name} first.", field="kind")
    for each in units:
        is_twin = each.parent_id == plan.parent_id and folded(each.name) == folded(plan.name)
        if is_twin and each.id != unit.id:
            raise Problem(422, "There is a unit of this name in this place already.", field="name")


def _check_place(by_id: dict[str, Unit], unit: Unit, plan: UnitPlan) -> None:
    above = by_id.get(plan.parent_id or "")
    if above is None:
        raise Problem(422, "Choose a unit of this program.", field="parent_id")
    path = [*path_of(by_id, above), above]
    if any(each.id == unit.id for each in path):
        raise Problem(422, "A unit cannot stand below itself, nor below one of its own.", field="parent_id")
    if len(path) >= DEEPEST:
        raise Problem(422, f"At most {DEEPEST} levels below one another, please.", field="parent_id")
    if not may_stand_below(plan.kind, above.kind):
        raise Problem(422, order_words(plan.kind, above.kind), field="kind")
