"""Stances: what each unit does in a cycle, and why. Reasoned counts as engaged, OKRs or not (S43, S61)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.rollout.programs import NO_ZEROS, lock_program
from boathouse.rollout.surroundings import units_here
from boathouse.rollout.tables.stances import Stance, StanceKind

LAST_CYCLE = 100  # of a program
WORDS = {
    StanceKind.OKRS: "OKRs",
    StanceKind.HEALTH_METRICS: "Health metrics",
    StanceKind.JUST_DO_ITS: "Just-do-its",
    StanceKind.NOT_NOW: "Not this cycle",
}
MEANINGS = {
    StanceKind.OKRS: "Something has to get better, and it is worth drafting.",
    StanceKind.HEALTH_METRICS: "All is well and has to stay so: watch it, and draft when it does not.",
    StanceKind.JUST_DO_ITS: "The work is known: a list, a champion, done or not done.",
    StanceKind.NOT_NOW: "There is no room for it in this cycle. Say what has to happen first.",
}
Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=NO_ZEROS)]


class Answer(BaseModel):
    """What units do in a cycle. kind: empty takes the answer back."""

    kind: StanceKind | None = None
    reason: Why = ""
    cycle: int = Field(ge=1, le=LAST_CYCLE)


@dataclass(frozen=True)
class Tally:
    """How many of these units have which stance, and how many have said why."""

    units: int
    engaged: int
    kinds: Mapping[StanceKind, int]

    @property
    def share(self) -> int:
        """Engaged units, in per cent."""
        return round(100 * self.engaged / self.units) if self.units else 0


def is_engaged(stance: Stance | None) -> bool:
    """Whether a unit has answered with a reason."""
    return stance is not None and bool(stance.reason.strip())


def tally(unit_ids: Iterable[str], stances: Mapping[str, Stance]) -> Tally:
    """Of these units. stances: of one cycle, by unit."""
    ids = list(unit_ids)
    answered = [stances[unit_id] for unit_id in ids if unit_id in stances]
    kinds = {kind: sum(each.kind == kind for each in answered) for kind in StanceKind}
    return Tally(len(ids), sum(is_engaged(each) for each in answered), kinds)


async def stances_of(session: AsyncSession, program_id: str, cycle: int) -> dict[str, Stance]:
    """The stances of one cycle, by unit."""
    return (await stances_by_cycle(session, program_id, [cycle]))[cycle]


async def stances_by_cycle(
    session: AsyncSession, program_id: str, cycles: Iterable[int]
) -> dict[int, dict[str, Stance]]:
    """The stances of several cycles, each by unit."""
    found: dict[int, dict[str, Stance]] = {cycle: {} for cycle in cycles}
    query = select(Stance).where(Stance.program_id == program_id, col(Stance.cycle).in_(found))
    for stance in await session.exec(query):
        found[stance.cycle][stance.unit_id] = stance
    return found


async def take_stance(
    session: AsyncSession, program_id: str, unit_ids: Sequence[str], answer: Answer, by: str
) -> int:
    """Write the same answer for these units, or take theirs back. Returns how many.

    Errors: Problem 422 for a unit of another program.
    """
    await lock_program(session, program_id)
    ids = await units_here(session, program_id, unit_ids)
    here = (col(Stance.unit_id).in_(ids), col(Stance.cycle) == answer.cycle)
    await session.exec(delete(Stance).where(*here))
    if answer.kind is not None:
        session.add_all(
            Stance(
                unit_id=unit_id,
                cycle=answer.cycle,
                program_id=program_id,
                kind=answer.kind,
                reason=answer.reason,
                by=by,
                at=now(),
            )
            for unit_id in ids
        )
    return len(ids)
