"""What a table of units would do to a program: every line judged, nothing written until all are right."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import Database
from boathouse.core.errors import Problem
from boathouse.core.ids import new_id
from boathouse.rollout.programs import lock_program
from boathouse.rollout.tables.programs import Unit, UnitKind
from boathouse.rollout.unit_lines import values_of
from boathouse.rollout.unit_nodes import Import, Node, exact
from boathouse.rollout.unit_places import place
from boathouse.rollout.unit_tables import Line, read_table
from boathouse.rollout.units import MOST_UNITS, folded, units_of

TRIES = 4  # when others change the units meanwhile
BUSY = "Somebody else is changing the units just now. Nothing was imported; please try again."
# What a table is judged against; the position first.
SEEN = ("position", "id", "parent_id", "name", "kind", "headcount", "leader", "sponsor")


def judge(text: str, existing: Sequence[Unit]) -> Import:
    """Read a table and say what it would do. Pure. Errors: Problem 422 for what is no table at all."""
    table = read_table(text)
    if not table.lines:
        raise Problem(422, "There is no unit in this. Paste one line a unit.", field="text")
    result = Import(left_out=table.left_out)
    names = _names(existing)
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for line in table.lines:
        _take(result, names, seen, line)
    place(result, names)
    if len(result.added) > MOST_UNITS - len(existing):
        words = (
            f"With this the program would have more than {MOST_UNITS:,} units. Leave out the lowest level."
        )
        raise Problem(422, words, field="text")
    result.troubles.sort(key=lambda trouble: trouble.number)
    return result


async def import_units(database: Database, program_id: str, text: str) -> Import:
    """Write all of it, or nothing. A long list takes seconds to judge, and no writer waits for that.

    Errors: Problem 422 with the first line that is wrong; 409 when others keep changing the units.
    """
    for _ in range(TRIES):
        result = await look_at_units(database, program_id, text)
        if result.troubles:
            first, *others = result.troubles
            more = f" And {len(others)} more." if others else ""
            words = f"Nothing was imported. Line {first.number}: {first.words}{more}"
            raise Problem(422, words, field="text")
        async with database.writing() as session:
            if await _write(session, program_id, result):
                return result
    raise Problem(409, BUSY, field="text")


async def look_at_units(database: Database, program_id: str, text: str) -> Import:
    """What a table would do to a program, judged in a thread. Errors: Problem 422."""
    async with database.reading() as session:
        existing = await units_of(session, program_id)
    result = await asyncio.to_thread(judge, text, existing)
    result.judged_against = frozenset(tuple(getattr(unit, name) for name in SEEN) for unit in existing)
    return result


async def _write(session: AsyncSession, program_id: str, result: Import) -> bool:
    """False, with nothing written, if the units have changed since they were looked at."""
    await lock_program(session, program_id)
    columns = [getattr(Unit, name) for name in SEEN]
    present = await session.exec(select(*columns).where(Unit.program_id == program_id))
    if frozenset(tuple(row) for row in present) != result.judged_against:
        return False
    last = max((unit[0] for unit in result.judged_against), default=0)
    for position, node in enumerate(result.nodes, last + 1):
        unit = node.unit or Unit(id=node.id, program_id=program_id, position=position, name=node.name)
        for name, value in node.values.items():
            setattr(unit, name, value)
        if node.unit is None:
            unit.parent_id = node.above.id if node.above else None
            unit.kind = node.kind or UnitKind.TEAM
        session.add(unit)
    return True


def _names(existing: Sequence[Unit]) -> dict[str, list[Node]]:
    """The units that are there, by folded name, standing where they stand."""
    nodes = {unit.id: Node(unit.id, unit.name, unit.kind, unit=unit) for unit in existing}
    names: dict[str, list[Node]] = defaultdict(list)
    for node in nodes.values():
        assert node.unit
        node.above = nodes.get(node.unit.parent_id or "")
        if node.above:
            node.above.below.append(node)
        names[folded(node.name)].append(node)
    for node in nodes.values():
        path: list[str] = []
        above = node.above
        while above:
            path.insert(0, folded(above.name))
            above = above.above
        node.wanted = tuple(path)
    return names


def _take(
    result: Import, names: dict[str, list[Node]], seen: dict[tuple[str, tuple[str, ...]], int], line: Line
) -> None:
    """Judge a line for itself; a good one becomes a node."""
    values, troubles = values_of(line)
    for words in troubles:
        result.wrong(line, words)
    if troubles:
        return
    wanted = tuple(folded(part) for part in line.parent.split(">") if part.strip())
    name = folded(line.name)
    there = exact([node for node in names[name] if node.unit and _stands(node, wanted)], wanted)
    twin = there[0].line.number if there and there[0].line else seen.setdefault((name, wanted), line.number)
    if twin != line.number:
        result.wrong(line, f"This is the unit of line {twin} once more. Leave one of the two out.")
    elif len(there) > 1:
        result.wrong(line, f"Several units are called “{line.name}”. Write what it belongs to.")
    elif there:
        there[0].line, there[0].values = line, values
        result.nodes.append(there[0])
    else:
        node = Node(new_id(), line.name, values.get("kind"), wanted, line, values=values)
        names[name].append(node)
        result.nodes.append(node)


def _stands(node: Node, wanted: tuple[str, ...]) -> bool:
    """Whether a unit that is there stands where the line says."""
    return node.wanted[-len(wanted) :] == wanted if wanted else not node.wanted
