"""Draft OKRs of a unit, with what the coach checks found: handed over once, then compared and replaced."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.rollout.drafted import DraftedObjective
from boathouse.rollout.okr_differences import differences
from boathouse.rollout.programs import lock_program
from boathouse.rollout.tables.okrs import OkrDraft
from boathouse.rollout.tables.programs import Unit


@dataclass(frozen=True)
class GivenDraft:
    """What is handed over. room_id: where it was drafted; by: who hands it over."""

    room_id: str
    workshop_title: str
    objectives: Sequence[DraftedObjective]
    by: str


def objectives_of(draft: OkrDraft) -> list[DraftedObjective]:
    """As they were handed over."""
    return [DraftedObjective.model_validate(each) for each in draft.objectives]


async def okrs_of_unit(session: AsyncSession, unit_id: str) -> Sequence[OkrDraft]:
    """Its drafts, the latest first: more than one if several rooms drafted for it."""
    query = select(OkrDraft).where(OkrDraft.unit_id == unit_id)
    return (await session.exec(query.order_by(col(OkrDraft.handed_over_at).desc(), col(OkrDraft.id)))).all()


async def drafts_of_rooms(session: AsyncSession, room_ids: Sequence[str]) -> dict[str, OkrDraft]:
    """What was handed over from these rooms, by room."""
    query = select(OkrDraft).where(col(OkrDraft.room_id).in_(room_ids))
    return {draft.room_id: draft for draft in await session.exec(query)}


async def take_draft(
    session: AsyncSession, program_id: str, unit_id: str, given: GivenDraft, *, replace: bool
) -> OkrDraft:
    """The unit's draft from now on. replace: the difference was looked at, so an earlier one may go.

    Errors: Problem 422 for a unit of another program, or a draft without words; 409 for a second hand-over
    that changes something, while replace is false.
    """
    await lock_program(session, program_id)  # two coaches at once hand it over once
    unit = await session.get(Unit, unit_id)
    if unit is None or unit.program_id != program_id:
        raise Problem(422, "Choose a unit of this program.", field="unit_id")
    if not given.objectives:
        raise Problem(422, "There is nothing to hand over: this draft has no objective yet.")
    before = (await drafts_of_rooms(session, [given.room_id])).get(given.room_id)
    if before is not None:
        changes = list(differences(objectives_of(before), given.objectives))
        if before.unit_id == unit_id and not changes:
            return before
        if not replace:
            raise Problem(409, "It was handed over before. Look at what has changed, then replace it.")
    row = before or OkrDraft(
        program_id=program_id,
        unit_id=unit_id,
        room_id=given.room_id,
        workshop_title=given.workshop_title,
        handed_over_by=given.by,
    )
    row.unit_id, row.workshop_title = unit_id, given.workshop_title
    row.objectives = [each.model_dump(mode="json") for each in given.objectives]
    row.handed_over_by, row.handed_over_at = given.by, now()
    session.add(row)
    return row
