"""Hand-over: a room's draft becomes its unit's draft OKRs in the program, with what the checks found.

Who runs the workshop and sees its program hands over. Flush the rooms' words before.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.ids import fingerprint
from boathouse.rollout.access import ProgramAccess, ProgramAction, grant_program
from boathouse.rollout.drafted import CheckResult, DraftedKeyResult, DraftedObjective
from boathouse.rollout.okr_differences import Difference, differences
from boathouse.rollout.okrs import GivenDraft, drafts_of_rooms, objectives_of, take_draft
from boathouse.rollout.parameters import GroundRules
from boathouse.rollout.programs import lock_program
from boathouse.rollout.tables.okrs import OkrDraft
from boathouse.rollout.tables.programs import Unit
from boathouse.rollout.units import folded, units_of
from boathouse.workshop.access import Access
from boathouse.workshop.drafts import Draft, load_drafts
from boathouse.workshop.findings import findings_of, load_meant
from boathouse.workshop.ground_rules import snapshot_of
from boathouse.workshop.tables import Room, Workshop

NO_PROGRAM = "This workshop belongs to no program, so there is no unit to hand its drafts to."
NOT_IN_PROGRAM = "You run this workshop, but its program is not open to you. Ask its leader to let you in."
NO_UNIT = "Choose the unit first."
MEANWHILE = "Somebody else chose {unit} for this room meanwhile. Save once more to have yours instead."
CHANGED = "This has changed since you looked. Here is what would be different now."


@dataclass(frozen=True)
class Handing:
    """A room whose draft can be handed over. unit: chosen before; suggested: one that has the room's name;
    before: what was handed over already; changes: what handing over again would change; left_out: key
    results that say nothing yet.
    """

    room: Room
    objectives: Sequence[DraftedObjective]
    unit: Unit | None
    suggested: Unit | None
    before: OkrDraft | None
    changes: Sequence[Difference]
    left_out: int = 0

    @property
    def stamp(self) -> str:
        """Another one as soon as the draft, its unit, or what was handed over is another."""
        words = [each.model_dump(mode="json") for each in self.objectives]
        at = self.before.handed_over_at.isoformat() if self.before else ""
        return fingerprint(json.dumps([at, self.unit.id if self.unit else "", words]))

    @property
    def is_new(self) -> bool:
        """Nothing was handed over yet."""
        return self.before is None

    @property
    def has_moved(self) -> bool:
        """Whether another unit was chosen since it was handed over."""
        return bool(self.before and self.unit and self.before.unit_id != self.unit.id)


async def program_to_receive(session: AsyncSession, access: Access) -> ProgramAccess:
    """The workshop's program, if this coach sees it. Errors: Problem 409 without one, 403, 404."""
    if access.workshop.program_id is None:
        raise Problem(409, NO_PROGRAM)
    try:
        return await grant_program(session, ProgramAction.SEE, access.workshop.program_id, access.person)
    except Problem as problem:
        if problem.status == 403:
            raise Problem(403, NOT_IN_PROGRAM) from None
        raise


async def drafting_rooms(session: AsyncSession, workshop_id: str) -> Sequence[Room]:
    """All that may have a draft, by number: closed ones too, but none that went into another."""
    query = select(Room).where(Room.workshop_id == workshop_id, col(Room.merged_into).is_(None))
    return (await session.exec(query.order_by(col(Room.number)))).all()


async def handings(
    session: AsyncSession, workshop: Workshop, program_id: str, rooms: Sequence[Room]
) -> list[Handing]:
    """These rooms, as far as they have an objective."""
    ids = [room.id for room in rooms]
    drafts, meant = await load_drafts(session, ids), await load_meant(session, ids)
    before, rules = await drafts_of_rooms(session, ids), snapshot_of(workshop).rules
    units = await units_of(session, program_id)
    by_id, by_name = {unit.id: unit for unit in units}, _by_name(units)
    found = []
    for room in rooms:
        await asyncio.sleep(0)  # checking a draft takes milliseconds: everybody else has their turn
        objectives = drafted(drafts[room.id], rules, meant[room.id])
        earlier = before.get(room.id)
        changes = list(differences(objectives_of(earlier), objectives)) if earlier else []
        unit = by_id.get(room.unit_id or "") or by_id.get(earlier.unit_id if earlier else "")
        if objectives:
            suggested = by_name.get(folded(room.name))
            left_out = sum(not each.statement.strip() for each in drafts[room.id].key_results())
            found.append(Handing(room, objectives, unit, suggested, earlier, changes, left_out))
    return found


def _by_name(units: Sequence[Unit]) -> Mapping[str, Unit]:
    """Units by their names, those with one of their own."""
    names = [folded(unit.name) for unit in units]
    return {name: unit for name, unit in zip(names, units, strict=True) if names.count(name) == 1}


def drafted(draft: Draft, rules: GroundRules, meant: set[tuple[str, str]]) -> list[DraftedObjective]:
    """What is handed over: objectives and key results with words, and what the checks found. Pure."""
    found = findings_of(draft, rules, meant)

    def results(item: str) -> list[CheckResult]:
        return [CheckResult.of(each.finding, meant=each.meant) for each in found.get(item, ())]

    return [
        DraftedObjective(
            id=objective.id,
            title=objective.title,
            why=objective.why,
            findings=results(f"objective:{objective.id}"),
            key_results=[
                DraftedKeyResult(
                    id=each.id,
                    type=each.type.value,
                    statement=each.statement,
                    start=each.start,
                    target=each.target,
                    commit=each.commit,
                    stretch=each.stretch,
                    unit=each.unit,
                    owner=each.owner or "",
                    findings=results(f"key_result:{each.id}"),
                )
                for each in objective.key_results
                if each.statement.strip()
            ],
        )
        for objective in draft.objectives
        if objective.title.strip() or any(each.statement.strip() for each in objective.key_results)
    ]


def _moment_of(draft: OkrDraft | None) -> datetime | None:
    """When it was handed over last."""
    return draft.handed_over_at if draft else None


async def check_unit(session: AsyncSession, handing: Handing) -> None:
    """Errors: Problem 422 when somebody else has chosen a unit since this was read."""
    room = await session.get_one(Room, handing.room.id)
    if room.unit_id != handing.room.unit_id:
        unit = await session.get(Unit, room.unit_id or "")
        raise Problem(422, MEANWHILE.format(unit=unit.name if unit else "no unit"))


async def choose_unit(session: AsyncSession, program_id: str, room_id: str, unit_id: str | None) -> Room:
    """Whose draft this is; None: nobody's yet. Errors: Problem 422."""
    room = await session.get_one(Room, room_id)
    if unit_id:
        unit = await session.get(Unit, unit_id)
        if unit is None or unit.program_id != program_id:
            raise Problem(422, "Choose a unit of this program.", field="unit_id")
    room.unit_id = unit_id or None
    return room


async def hand_over(
    session: AsyncSession, access: Access, program_id: str, handing: Handing, *, replace: bool = False
) -> OkrDraft:
    """The draft becomes the unit's. replace: the difference was looked at.

    Errors: Problem 422 without a unit; 409 when somebody else has handed it over meanwhile; see take_draft.
    """
    if handing.unit is None:
        raise Problem(422, NO_UNIT, field="unit_id")
    await lock_program(session, program_id)
    now_there = (await drafts_of_rooms(session, [handing.room.id])).get(handing.room.id)
    if replace and _moment_of(now_there) != _moment_of(handing.before):
        raise Problem(409, CHANGED)
    title = access.workshop.title
    given = GivenDraft(handing.room.id, title, handing.objectives, access.name)
    return await take_draft(session, program_id, handing.unit.id, given, replace=replace)
