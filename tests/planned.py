"""The plan of the cast's program: two waves with a gate between them, a rule set aside, a raised hand."""

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.guardrail_rules import Severity
from boathouse.rollout.overrides import SetAside, set_aside
from boathouse.rollout.planning import PlanWish, create_plan
from boathouse.rollout.plans import state_of_plan
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.tables.stances import Hand


async def make_plan(session: AsyncSession, program: Program) -> dict[str, str]:
    """Write it. Returns ids by the names that paths give them; the wave is the second one."""
    around = await surroundings_of(session, program)
    plan = await create_plan(session, around, PlanWish(), "Leo")
    state = await state_of_plan(session, plan, around)
    wish = SetAside(code="plan.no_ambassador", severity=Severity.FIX, reason="Nora starts in May.")
    override = set_aside(session, state, wish, "Leo")
    hand = Hand(program_id=program.id, name="Kai", team="Returns")
    session.add(hand)
    await session.flush()
    (gate,) = state.gates
    return {
        "plan_id": plan.id,
        "wave_id": state.waves[1].row.id,
        "gate_id": gate.gate.id,
        "criterion_id": gate.criteria[0].id,
        "override_id": override.id,
        "hand_id": hand.id,
    }
