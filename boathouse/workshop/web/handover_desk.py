"""What can be handed over, and to whom: what the pages and the routes for scripts both begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request

from boathouse.core.errors import Problem
from boathouse.rollout.tables.programs import Program, Unit
from boathouse.rollout.units import folded, units_of
from boathouse.workshop.access import Access
from boathouse.workshop.handover import CHANGED, Handing, drafting_rooms, handings, program_to_receive
from boathouse.workshop.tables import Room
from boathouse.workshop.wall import room_ids


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
    """What can be handed over, and to whom. names: of units, by id; empty: rooms without an objective."""

    program: Program
    handings: Sequence[Handing]
    names: Mapping[str, str]
    empty: Sequence[Room] = ()

    def unit_called(self, name: str) -> str | None:
        """Its id."""
        ids = {folded(each): unit_id for unit_id, each in self.names.items()}
        return ids.get(folded(name))

    def chosen(self, handing: Handing) -> str:
        """The name of the unit that was chosen for a room; empty without one."""
        return self.names.get(handing.unit.id, "") if handing.unit else ""

    def suggested(self, handing: Handing) -> str:
        """What its field begins with while nobody has chosen."""
        return self.names.get(handing.suggested.id, "") if handing.suggested else ""


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
        if room:
            rows: Sequence[Room] = [await session.get_one(Room, room.id)]
        else:
            rows = await drafting_rooms(session, access.workshop.id)
        found = await handings(session, access.workshop, program.id, rows)
        drafted = {each.room.id for each in found}
        empty = [each for each in rows if each.id not in drafted and not each.closed_at]
        return Desk(program, found, names, empty)


async def load_handing(request: Request, access: Access) -> tuple[Desk, Handing]:
    """One room's. Errors: Problem 409 without an objective."""
    desk = await load_desk(request, access)
    if not desk.handings:
        raise Problem(409, "There is nothing to hand over: this room has no objective yet.")
    return desk, desk.handings[0]


def check_seen(handing: Handing, seen: str) -> None:
    """seen: the stamp of what somebody looked at, if they did. Errors: Problem 409 for another one."""
    if seen and seen != handing.stamp:
        raise Problem(409, CHANGED)
