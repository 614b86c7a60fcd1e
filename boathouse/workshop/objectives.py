"""Objectives of a room: how many there may be."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.ids import new_id
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.items import bring_back, count_left, items_of, made_before, next_position, the_item
from boathouse.workshop.open_rooms import OpenRoom
from boathouse.workshop.tables import Objective

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five")


def objective_limit(rules: GroundRules) -> str:
    """The rule on how many, as a sentence that helps."""
    most = rules.max_objectives
    if most == 1:
        return "One objective is the limit here. Choosing it is the work."
    return f"{NUMBERS[most]} is the limit. {NUMBERS[most - 1]} done well beats {NUMBERS[most].lower()}."


async def add_objective(session: AsyncSession, place: OpenRoom, item_id: str | None = None) -> Objective:
    """A new empty objective at the end, once for an item_id.

    Errors: Problem 409 with the rule when there are enough.
    """
    if made := await made_before(session, Objective, item_id, place.room.id):
        return made
    rows = await items_of(session, Objective, place.room.id)
    _check_limit(rows, place.rules)
    row = Objective(
        id=item_id or new_id(), room_id=place.room.id, position=next_position(rows), created_by=place.by
    )
    session.add(row)
    return row


async def restore_objective(session: AsyncSession, place: OpenRoom, objective_id: str) -> Objective:
    """Bring it back with its key results. Errors: Problem 409 with the rule when there are enough."""
    row = await the_item(session, Objective, objective_id)
    if row.deleted_at:
        _check_limit(await items_of(session, Objective, place.room.id), place.rules)
        bring_back(row)
    return row


def _check_limit(rows: Sequence[Objective], rules: GroundRules) -> None:
    if count_left(rows) >= rules.max_objectives:
        raise Problem(409, objective_limit(rules))
