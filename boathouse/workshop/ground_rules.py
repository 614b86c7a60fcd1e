"""The ground rules of a workshop: a snapshot of its program's parameters, taken when it is made.

Rules do not change under people's hands. What leadership decides later shows as a difference, which a
workshop that has not started may take over. Where nothing was decided, a coach may run on what we
recommend, and the sheet says who chose that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.people import Person
from boathouse.rollout.access import ProgramAction, grant_program
from boathouse.rollout.decisions import decided_counts, load_parameters
from boathouse.rollout.parameter_questions import QUESTIONS
from boathouse.rollout.parameters import Key
from boathouse.rollout.programs import programs_of
from boathouse.rollout.recommendations import Situation
from boathouse.rollout.sheets import Rule, Sheet, make_sheet
from boathouse.rollout.snapshots import (
    Difference,
    Snapshot,
    differences,
    fill_gaps,
    recommended_snapshot,
    take_snapshot,
)
from boathouse.rollout.tables.programs import Program
from boathouse.workshop.tables import Status, Workshop

NO_PROGRAM = "There is no program with this id that you may see."
STARTED = "It has started, so it keeps the rules it started with."


@dataclass(frozen=True)
class ProgramChoice:
    """A program that a new workshop may belong to. words: how far its decisions are."""

    id: str
    name: str
    words: str


@dataclass(frozen=True)
class RulesStanding:
    """How a workshop's rules stand. missing: required ones that nobody decided, with what we recommend;
    changes: what its program says differently now.
    """

    program: Program | None
    missing: dict[Key, str]
    changes: list[Difference]

    @property
    def open(self) -> list[tuple[str, str]]:
        """The missing ones by title."""
        return [(QUESTIONS[key].title, recommended) for key, recommended in self.missing.items()]


async def program_choices(session: AsyncSession, person: Person) -> list[ProgramChoice]:
    """The programs this person may see."""
    programs = [line.program for line in await programs_of(session, person)]
    decided = await decided_counts(session, [program.id for program in programs])
    return [
        ProgramChoice(each.id, each.name, f"{decided.get(each.id, 0)} of {len(Key)} decided")
        for each in programs
    ]


async def first_snapshot(session: AsyncSession, program_id: str | None, person: Person) -> Snapshot:
    """The rules of a new workshop. Errors: Problem 422 for a program that this person may not see."""
    if not program_id:
        return recommended_snapshot(Situation())
    try:
        access = await grant_program(session, ProgramAction.SEE, program_id, person)
    except Problem:
        raise Problem(422, NO_PROGRAM, field="program_id") from None
    return take_snapshot(await load_parameters(session, access.program))


def snapshot_of(workshop: Workshop) -> Snapshot:
    """What the workshop keeps."""
    return Snapshot.model_validate({"rules": workshop.ground_rules, "sources": workshop.rule_sources})


def keep_snapshot(workshop: Workshop, snapshot: Snapshot) -> None:
    """From now on these rules bind it."""
    workshop.ground_rules = snapshot.rules.model_dump()
    workshop.rule_sources = snapshot.model_dump(mode="json")["sources"]


def rules_of_copy(workshop: Workshop) -> dict[str, Any]:
    """Where the rules of a copy come from: the same, except that nobody has accepted anything for it."""
    return {key: source | {"accepted_by": ""} for key, source in workshop.rule_sources.items()}


async def standing_of_rules(session: AsyncSession, workshop: Workshop) -> RulesStanding:
    """Whether it may start, and what has changed since its snapshot."""
    program = await program_of(session, workshop)
    if program is None or workshop.status == Status.ENDED:
        return RulesStanding(program, {}, [])
    current = take_snapshot(await load_parameters(session, program))
    mine = snapshot_of(workshop)
    ready = fill_gaps(mine, current)  # a start takes over what was open and is decided now
    is_scheduled = workshop.status == Status.SCHEDULED
    missing = {key: ready.words(key) for key in ready.open_required()} if is_scheduled else {}
    return RulesStanding(program, missing, differences(mine, current))


async def take_over(session: AsyncSession, workshop: Workshop) -> None:
    """Bind the workshop to what its program says now. Errors: Problem 409 once it has started."""
    program = await program_of(session, workshop)
    if program is None:
        raise Problem(409, "This workshop belongs to no program.")
    if workshop.status != Status.SCHEDULED:
        raise Problem(409, STARTED)
    keep_snapshot(workshop, take_snapshot(await load_parameters(session, program)))


async def settle_for_start(session: AsyncSession, workshop: Workshop, accepted_by: str) -> None:
    """Make the rules whole before the start. accepted_by: the coach who runs on our recommendations, or "".

    Rules that were open and are decided by now are taken over: there was nothing yet to keep.
    Errors: Problem 409 when required ones are open and nobody accepted the recommendations.
    """
    program = await program_of(session, workshop)
    if program is None:
        workshop.on_recommended = bool(accepted_by)
        return
    snapshot = fill_gaps(snapshot_of(workshop), take_snapshot(await load_parameters(session, program)))
    missing = snapshot.open_required()
    if missing and not accepted_by:
        titles = ", ".join(QUESTIONS[key].inside for key in missing)
        raise Problem(
            409, f"Leadership has not decided: {titles}. Wait for that, or start on what we recommend."
        )
    for source in snapshot.sources.values():
        if missing and not source.decided:
            source.accepted_by = accepted_by
    workshop.on_recommended = bool(missing)
    keep_snapshot(workshop, snapshot)


def sheet_of(workshop: Workshop, program: Program | None) -> Sheet:
    """The workshop's sheet: what binds it, and why."""
    why, why_by = (program.why, program.led_by) if program else ("", "")
    return make_sheet(workshop.title, snapshot_of(workshop), why=why, why_by=why_by, workshop=True)


def drafting_rules(workshop: Workshop) -> Sequence[Rule]:
    """Those that bind a draft, for the room itself."""
    return sheet_of(workshop, None).groups[0][1]


async def program_of(session: AsyncSession, workshop: Workshop) -> Program | None:
    """The program whose rules these are, if there is one and it still exists."""
    return await session.get(Program, workshop.program_id) if workshop.program_id else None
