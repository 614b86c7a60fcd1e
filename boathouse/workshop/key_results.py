"""Key results of an objective: how many and of which types, and whose they are."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.ids import new_id
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.items import bring_back, count_left, items_of, made_before, next_position, the_item
from boathouse.workshop.objectives import NUMBERS
from boathouse.workshop.open_rooms import OpenRoom
from boathouse.workshop.tables import KeyResult, KeyResultType, Objective, Seat

TYPE_WORDS = {
    KeyResultType.METRIC: "Change a number",
    KeyResultType.BASELINE: "Find a number",
    KeyResultType.MILESTONE: "Reach a state",
}


class KeyResultShape(BaseModel, from_attributes=True):
    """What every answer about one has. commit and stretch: where the program scores by commit, target and
    stretch.
    """

    id: str
    type: KeyResultType
    statement: str
    start: str
    commit: str
    target: str
    stretch: str
    unit: str


def key_result_limit(rules: GroundRules) -> str:
    """The rule on how many, as a sentence that helps."""
    most = rules.max_key_results
    if most == 1:
        return "One key result is the limit for an objective here. Pick what you would look at first."
    return f"{NUMBERS[most]} is the limit for one objective. Keep those you would look at first."


def allowed_types(rules: GroundRules) -> list[KeyResultType]:
    """The types a key result may have; a metric always."""
    return [kind for kind in KeyResultType if kind == KeyResultType.METRIC or kind in rules.key_result_types]


async def add_key_result(
    session: AsyncSession,
    place: OpenRoom,
    objective_id: str,
    kind: KeyResultType = KeyResultType.METRIC,
    item_id: str | None = None,
) -> KeyResult:
    """A new empty key result at the end of its objective, once for an item_id.

    Errors: Problem 409 with the rule: too many, a type that is not used, or an objective that was removed.
    """
    if made := await made_before(session, KeyResult, item_id, place.room.id):
        return made
    _check_type(place.rules, kind)
    rows = await _room_for_one_more(session, place, objective_id)
    row = KeyResult(
        id=item_id or new_id(),
        objective_id=objective_id,
        room_id=place.room.id,
        type=kind,
        position=next_position(rows),
        created_by=place.by,
    )
    session.add(row)
    return row


async def change_type(
    session: AsyncSession, place: OpenRoom, key_result_id: str, kind: KeyResultType
) -> KeyResult:
    """Make it another type; its words stay. Errors: Problem 409 with the rule."""
    row = await the_item(session, KeyResult, key_result_id)
    if row.type != kind:
        _check_type(place.rules, kind)
        row.type = kind
    return row


async def change_owner(
    session: AsyncSession, place: OpenRoom, key_result_id: str, owner_id: str | None
) -> KeyResult:
    """Put one name on it, or none. Errors: Problem 409 for somebody who does not sit in this room."""
    row = await the_item(session, KeyResult, key_result_id)
    if owner_id and owner_id != row.owner_id:
        seat = await session.get(Seat, owner_id)
        if seat is None or seat.room_id != place.room.id or seat.removed_at:
            raise Problem(409, "An owner has to sit in this room.")
    row.owner_id = owner_id or None
    return row


async def restore_key_result(session: AsyncSession, place: OpenRoom, key_result_id: str) -> KeyResult:
    """Bring it back. Errors: Problem 409 with the rule, or when its objective is removed."""
    row = await the_item(session, KeyResult, key_result_id)
    if row.deleted_at:
        await _room_for_one_more(session, place, row.objective_id)
        bring_back(row)
    return row


def _check_type(rules: GroundRules, kind: KeyResultType) -> None:
    if kind not in allowed_types(rules):
        words = " or ".join(f"“{TYPE_WORDS[allowed]}”" for allowed in allowed_types(rules))
        raise Problem(409, f"“{TYPE_WORDS[kind]}” is not used here. The ground rules allow {words}.")


async def _room_for_one_more(
    session: AsyncSession, place: OpenRoom, objective_id: str
) -> Sequence[KeyResult]:
    objective = await the_item(session, Objective, objective_id)
    if objective.deleted_at:
        raise Problem(409, "Its objective was removed. Bring that back first.")
    rows = await items_of(session, KeyResult, objective_id)
    if count_left(rows) >= place.rules.max_key_results:
        raise Problem(409, key_result_limit(place.rules))
    return rows
