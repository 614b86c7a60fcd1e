"""Draft OKRs of a unit, with what the coach checks found: handed over once, then compared and replaced."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.rollout.checks.findings import Finding, Severity
from boathouse.rollout.programs import lock_program
from boathouse.rollout.tables.okrs import OkrDraft
from boathouse.rollout.tables.programs import Unit

# What a line says, in the order in which a difference is read.
OF_OBJECTIVE = {"title": "title", "why": "why now"}
OF_KEY_RESULT = {
    "statement": "statement",
    "type": "type",
    "start": "starting point",
    "commit": "commitment",
    "target": "target",
    "stretch": "stretch",
    "unit": "unit",
    "owner": "owner",
}


class CheckResult(BaseModel):
    """What the checks found in a line when it was handed over. meant: the crew keeps it on purpose."""

    code: str
    severity: Severity
    message: str
    question: str
    meant: bool = False

    @classmethod
    def of(cls, finding: Finding, *, meant: bool) -> "CheckResult":
        """From a finding."""
        return cls(**finding.as_json(), meant=meant)

    @property
    def is_open(self) -> bool:
        """Whether it deserves a question."""
        return not self.meant and self.severity != Severity.INFO


class DraftedKeyResult(BaseModel):
    """A key result of a draft. owner: a name."""

    id: str
    type: str
    statement: str
    start: str = ""
    target: str = ""
    commit: str = ""
    stretch: str = ""
    unit: str = ""
    owner: str = ""
    findings: list[CheckResult] = Field(default_factory=list)


class DraftedObjective(BaseModel):
    """An objective of a draft."""

    id: str
    title: str
    why: str = ""
    findings: list[CheckResult] = Field(default_factory=list)
    key_results: list[DraftedKeyResult] = Field(default_factory=list)


@dataclass(frozen=True)
class GivenDraft:
    """What is handed over. room_id: where it was drafted; by: who hands it over."""

    room_id: str
    workshop_title: str
    objectives: Sequence[DraftedObjective]
    by: str


@dataclass(frozen=True)
class Difference:
    """What a second hand-over changes. change: new, gone or other; what: such as key result or target of
    key result; called: the line it is about; before and after: words, empty where there were none.
    """

    change: str
    what: str
    called: str
    before: str = ""
    after: str = ""


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


def differences(
    before: Sequence[DraftedObjective], after: Sequence[DraftedObjective]
) -> Iterator[Difference]:
    """Line by line, in the order of the new draft; what went comes last. Pure."""
    earlier = {each.id: each for each in before}
    for objective in after:
        known = earlier.pop(objective.id, None)
        if known is None:
            yield Difference("new", "objective", objective.title, after=objective.title)
        else:
            yield from _changes("objective", known.title, known, objective, OF_OBJECTIVE)
        yield from _key_results(known.key_results if known else (), objective.key_results)
    for gone in earlier.values():
        yield Difference("gone", "objective", gone.title, before=gone.title)


def _key_results(
    before: Sequence[DraftedKeyResult], after: Sequence[DraftedKeyResult]
) -> Iterator[Difference]:
    earlier = {each.id: each for each in before}
    for key_result in after:
        known = earlier.pop(key_result.id, None)
        if known is None:
            yield Difference("new", "key result", key_result.statement, after=in_words(key_result))
        else:
            yield from _changes("key result", known.statement, known, key_result, OF_KEY_RESULT)
    for gone in earlier.values():
        yield Difference("gone", "key result", gone.statement, before=in_words(gone))


def _changes(
    what: str,
    called: str,
    before: DraftedObjective | DraftedKeyResult,
    after: DraftedObjective | DraftedKeyResult,
    fields: dict[str, str],
) -> Iterator[Difference]:
    is_same = True
    for name, words in fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if old.strip() != new.strip():
            is_same = False
            yield Difference("other", f"{words} of {what}", called, old, new)
    asked, asks = _asked(before), _asked(after)
    if is_same and asked != asks:  # other words raise other questions: that needs no line of its own
        yield Difference("other", f"open questions of {what}", called, asked, asks)


def _asked(line: DraftedObjective | DraftedKeyResult) -> str:
    """The open questions of a line, one below the other."""
    return "\n".join(sorted(each.message for each in line.findings if each.is_open))


def in_words(key_result: DraftedKeyResult) -> str:
    """A key result in a line."""
    return f"{key_result.statement or '(no words yet)'}: {measured(key_result)}"


def measured(key_result: DraftedKeyResult) -> str:
    """From what to what."""
    if key_result.type == "baseline":
        return f"find {key_result.unit or 'the number'} for the first time"
    if key_result.type == "milestone":
        return f"reached by {key_result.target or '?'}"
    return f"from {key_result.start or '?'} to {key_result.target or '?'} {key_result.unit}".rstrip()


def open_questions(objectives: Sequence[DraftedObjective]) -> int:
    """How many findings were open when it was handed over."""
    lines: list[Any] = [*objectives, *(each for one in objectives for each in one.key_results)]
    return sum(result.is_open for line in lines for result in line.findings)
