"""Gates between waves: what is asked for, what was seen, and what was decided."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.rollout.gate_rules import (
    CRITERIA,
    USUAL,
    YES,
    Evidence,
    GateState,
    GateVerdict,
    checked_threshold,
)
from boathouse.rollout.tables.gates import Criterion, Gate, GateDecision, Verdict
from boathouse.rollout.tables.plans import Wave


async def add_gate(session: AsyncSession, wave: Wave) -> Gate:
    """A gate before this wave that asks for what is usual."""
    gate = Gate(program_id=wave.program_id, wave_id=wave.id)
    session.add(gate)
    await session.flush()
    for key in USUAL:
        add_criterion(session, gate, key)
    return gate


def add_criterion(session: AsyncSession, gate: Gate, key: str, threshold: int | None = None) -> Criterion:
    """Ask for one thing more. Errors: Problem 422 for a key that is not in the list."""
    if key not in CRITERIA:
        raise Problem(422, "Choose one of the criteria in the list.", field="key")
    criterion = Criterion(
        program_id=gate.program_id, gate_id=gate.id, key=key, threshold=checked_threshold(key, threshold)
    )
    session.add(criterion)
    return criterion


async def the_criterion(session: AsyncSession, criterion_id: str) -> Criterion:
    """The row to change. Errors: Problem 404."""
    return await the_row(session, Criterion, criterion_id, "This criterion")


def note_evidence(criterion: Criterion, evidence: Evidence, by: str) -> None:
    """What was seen, by whom, now. Errors: Problem 422."""
    if not CRITERIA[criterion.key].is_share and evidence.seen > YES:
        raise Problem(422, "This one is answered with yes or no.", field="seen")
    criterion.seen, criterion.note = evidence.seen, evidence.note
    criterion.seen_by, criterion.seen_at = by, now()


async def decide(
    session: AsyncSession, state: GateState, verdict: GateVerdict, by: str, after: str = ""
) -> GateDecision:
    """Record what was decided, and on what grounds. To repeat moves this and all later waves a cycle on.

    after: the id of the decision it follows, empty for the first. Errors: Problem 409 when there is a newer
    one: of two leaders who decide at once, the second looks at the first one's reason.
    """
    if after != (state.decision.id if state.decision else ""):
        raise Problem(409, "Somebody has decided here just now. Look at it first, then decide again.")
    decision = GateDecision(
        gate_id=state.gate.id,
        verdict=verdict.verdict,
        reason=verdict.reason,
        by=by,
        met=state.met,
        criteria=len(state.criteria),
    )
    session.add(decision)
    if verdict.verdict == Verdict.REPEAT:
        later = select(Wave).where(
            Wave.plan_id == state.before.plan_id, col(Wave.number) >= state.before.number
        )
        for wave in await session.exec(later):
            wave.cycle += 1
    return decision


async def gates_of(session: AsyncSession, waves: Sequence[Wave]) -> dict[str, GateState]:
    """The gates before these waves, by the wave's id, lettered in their order."""
    ids = [wave.id for wave in waves]
    gates = {
        gate.wave_id: gate for gate in await session.exec(select(Gate).where(col(Gate.wave_id).in_(ids)))
    }
    gate_ids = [gate.id for gate in gates.values()]
    criteria = await session.exec(select(Criterion).where(col(Criterion.gate_id).in_(gate_ids)))
    asked: dict[str, list[Criterion]] = {}
    for criterion in sorted(criteria, key=lambda each: list(CRITERIA).index(each.key)):
        asked.setdefault(criterion.gate_id, []).append(criterion)
    decided: dict[str, list[GateDecision]] = {}
    query = select(GateDecision).where(col(GateDecision.gate_id).in_(gate_ids))
    for decision in await session.exec(query.order_by(col(GateDecision.at).desc())):
        decided.setdefault(decision.gate_id, []).append(decision)
    between = [wave for wave in waves if wave.id in gates]
    return {
        wave.id: GateState(
            gate=(gate := gates[wave.id]),
            before=wave,
            criteria=tuple(asked.get(gate.id, ())),
            decisions=tuple(decided.get(gate.id, ())),
            letter=chr(ord("A") + place),
        )
        for place, wave in enumerate(between)
    }
