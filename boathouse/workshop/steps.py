"""Takes a step of the workshop in the database: the rules of phases.py around the rows they need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import not_found
from boathouse.workshop import phases
from boathouse.workshop.agenda import items_of
from boathouse.workshop.copies import keep_copies
from boathouse.workshop.drafts import Draft
from boathouse.workshop.ground_rules import settle_for_start
from boathouse.workshop.rooms import open_rooms
from boathouse.workshop.tables import AgendaItem, Workshop
from boathouse.workshop.wall import room_ids

Rule = Callable[[Workshop, Sequence[AgendaItem], datetime], None]


class Step(StrEnum):
    """What a coach can do to the whole workshop, as it is called in addresses."""

    START = "start"
    NEXT = "next"
    PREVIOUS = "previous"
    PAUSE = "pause"
    RESUME = "resume"
    LOCK = "lock"
    UNLOCK = "unlock"
    END = "end"
    REOPEN = "reopen"


RULES: dict[Step, Rule] = {
    Step.START: phases.start,
    Step.NEXT: phases.next_phase,
    Step.PREVIOUS: phases.previous_phase,
    Step.PAUSE: phases.pause,
    Step.RESUME: phases.resume,
    Step.LOCK: phases.lock,
    Step.UNLOCK: phases.unlock,
    Step.END: phases.end,
    Step.REOPEN: phases.reopen,
}
# Before these every room's draft is kept as it stands; None: under the title of the phase that ends.
KEPT: dict[Step, str | None] = {Step.NEXT: None, Step.PREVIOUS: None, Step.LOCK: "Locked", Step.END: "End"}


@dataclass(frozen=True)
class Taken:
    """A step that was taken. rooms: ids of all rooms; open_rooms: of those that were not closed."""

    workshop: Workshop
    rooms: list[str]
    open_rooms: list[str]
    was_locked: bool  # before the step


async def take_step(
    session: AsyncSession,
    workshop_id: str,
    step: Step,
    drafts: Sequence[Draft] = (),
    accepted_by: str = "",
) -> Taken:
    """Change the workshop. drafts: what the rooms have written until now, kept where that is due.
    accepted_by: the coach who starts on recommended ground rules where none were decided.

    Errors: Problem 409 where the step is not possible, 404.
    """
    workshop = await the_workshop(session, workshop_id)
    items = await items_of(session, workshop_id)
    taken = await _taken(session, workshop)
    phase = phases.current_phase(workshop, items)
    RULES[step](workshop, items, now())
    if step == Step.START:
        await settle_for_start(session, workshop, accepted_by)
    if step in KEPT:
        await keep_copies(session, drafts, KEPT[step] or (phase.title if phase else ""))
    return taken


async def extend(session: AsyncSession, workshop_id: str, seconds: int) -> Taken:
    """More or less time for the phase in progress. Errors: Problem 409, 404."""
    workshop = await the_workshop(session, workshop_id)
    phases.extend(workshop, now(), seconds)
    return await _taken(session, workshop)


async def _taken(session: AsyncSession, workshop: Workshop) -> Taken:
    open_ids = [room.id for room in await open_rooms(session, workshop.id)]
    return Taken(workshop, await room_ids(session, workshop.id), open_ids, workshop.locked)


async def the_workshop(session: AsyncSession, workshop_id: str) -> Workshop:
    """The row, locked until the transaction ends, as it is now. Errors: Problem 404."""
    query = select(Workshop).where(Workshop.id == workshop_id).with_for_update()
    workshop = (await session.exec(query.execution_options(populate_existing=True))).first()
    if workshop is None:
        raise not_found("This workshop")
    return workshop
