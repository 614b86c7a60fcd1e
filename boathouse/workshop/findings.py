"""What the coach checks find in a room's draft, as rooms, wall and exports read it.

Nothing is stored but what a crew means on purpose: findings follow from the words and the ground rules.
Checking a line costs about half a millisecond, so checks/drafts.py remembers what it said about a wording.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.checks import Finding, Severity, finding
from boathouse.rollout.checks.drafts import KeyResultLine, ObjectiveLine, check_draft
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft
from boathouse.workshop.tables import Meant


@dataclass(frozen=True)
class ItemFinding:
    """A finding on one item of a draft. item: objective:ID or key_result:ID; field: where it is asked,
    such as start; meant: the crew said "we meant it", so nobody is asked any more.
    """

    item: str
    field: str
    finding: Finding
    meant: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it deserves a question now: of weight, and not meant so."""
        return not self.meant and self.finding.severity != Severity.INFO


def findings_of(
    draft: Draft, rules: GroundRules, meant: Collection[tuple[str, str]] = ()
) -> dict[str, list[ItemFinding]]:
    """Item → its findings, the meant ones marked; items without findings are left out.

    meant: (item, code) of what the crew keeps on purpose. An item without words yet has no findings: a
    group that has not begun is not questioned.
    """
    found: dict[str, list[ItemFinding]] = {}
    written = [objective for objective in draft.objectives if objective.number]
    checks = check_draft([_line(objective) for objective in written], rules)
    for objective, checked in zip(written, checks, strict=True):
        items = {f"objective:{objective.id}": (objective.title, checked.objective)}
        left = [key_result for key_result in objective.key_results if key_result.number]
        for key_result, findings in zip(left, checked.key_results, strict=True):
            items[f"key_result:{key_result.id}"] = (key_result.statement, findings)
        for item, (words, findings) in items.items():
            if words.strip() and findings:
                found[item] = [
                    ItemFinding(item, FIELDS[each.code], each, (item, each.code) in meant)
                    for each in findings
                ]
        for key_result in left:
            _believe(key_result, found.get(f"key_result:{key_result.id}", []))
    return found


def _believe(key_result: KeyResultDraft, found: list[ItemFinding]) -> None:
    """Whoever writes "not measured yet" as the starting point has answered the question for it."""
    start = key_result.start.strip()
    if not start or any(sign.isdigit() for sign in start):
        return
    for at, one in enumerate(found):
        if one.finding.code == "kr.no_baseline":
            honest = finding("kr.no_baseline", Severity.INFO, f"The starting point is “{start}”.")
            found[at] = replace(one, finding=honest)


def counts_of(found: Mapping[str, list[ItemFinding]]) -> dict[str, int]:
    """Code → how many items of the draft have it open; the contract's `findings` of a room."""
    return dict(Counter(each.finding.code for some in found.values() for each in some if each.is_open))


async def load_meant(session: AsyncSession, room_ids: Collection[str]) -> dict[str, set[tuple[str, str]]]:
    """What these rooms keep on purpose: room id → (item, code). Every room asked for has an entry."""
    meant: dict[str, set[tuple[str, str]]] = {room_id: set() for room_id in room_ids}
    query = select(Meant.room_id, Meant.item, Meant.code).where(col(Meant.room_id).in_(room_ids))
    for room_id, item, code in (await session.exec(query)).all():
        meant[room_id].add((item, code))
    return meant


# Where in the item the question is asked.
FIELDS = {
    "kr.no_number": "target",
    "kr.no_baseline": "start",
    "kr.output": "statement",
    "kr.milestone": "statement",
    "kr.bundled": "statement",
    "kr.vague": "statement",
    "kr.health_metric": "statement",
    "kr.no_owner": "owner",
    "kr.duplicate": "statement",
    "kr.too_many": "statement",
    "kr.type_not_allowed": "type",
    "objective.has_metric": "title",
    "objective.task": "title",
    "objective.vague": "title",
    "objective.no_why": "why",
    "objective.no_key_results": "title",
    "objective.too_many": "title",
    "objective.no_sponsor": "title",
}


def _line(objective: ObjectiveDraft) -> ObjectiveLine:
    lines = tuple(
        KeyResultLine(each.statement, each.type.value, each.start, each.target, each.unit, each.owner or "")
        for each in objective.key_results
        if each.number
    )
    return ObjectiveLine(objective.title, lines, objective.why)
