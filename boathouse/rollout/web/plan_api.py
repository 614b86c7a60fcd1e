"""The recommendation and plans for scripts."""

from fastapi import APIRouter, Request

from boathouse.rollout.approaches import recommend_start
from boathouse.rollout.hands import units_that_ask
from boathouse.rollout.planning import PlanWish, create_plan
from boathouse.rollout.plans import plans_of, state_of_plan, the_plan
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.web.permits import PlansProgram, SeesProgram
from boathouse.rollout.web.plan_shapes import (
    PlanInList,
    PlanOfProgram,
    RecommendedApproach,
    plan_state,
    recommendation_state,
)

api = APIRouter(tags=["programs"])


@api.get("/programs/{program_id}/recommendation", summary="Where to begin")
async def recommendation_by_script(request: Request, access: SeesProgram) -> RecommendedApproach:
    """Top-down, pilot or organic, with the reasons, and why not the two others."""
    async with request.app.state.database.reading() as session:
        around = await surroundings_of(session, access.program)
    return recommendation_state(recommend_start(around.situation))


@api.post("/programs/{program_id}/plans", status_code=201, summary="Make a plan")
async def create_plan_by_script(
    request: Request, access: PlansProgram, wish: PlanWish | None = None
) -> PlanOfProgram:
    """A new plan, which takes the place of the one before. What is left out we propose."""
    async with request.app.state.database.writing() as session:
        around = await surroundings_of(session, access.program)
        asked = await units_that_ask(session, access.program.id)
        plan = await create_plan(session, around, wish or PlanWish(), access.person.name, asked)
        return plan_state(await state_of_plan(session, plan, around))


@api.get("/programs/{program_id}/plans", summary="List plans")
async def list_plans_by_script(request: Request, access: SeesProgram) -> list[PlanInList]:
    """The newest first: it is the one that counts."""
    async with request.app.state.database.reading() as session:
        plans = await plans_of(session, access.program.id)
    return [PlanInList.model_validate(plan, from_attributes=True) for plan in plans]


@api.get("/plans/{plan_id}", summary="Read a plan")
async def show_plan_by_script(request: Request, access: SeesProgram, plan_id: str) -> PlanOfProgram:
    """Waves of units and cycles, gates, what the guardrails find, and the forecast."""
    async with request.app.state.database.reading() as session:
        plan = await the_plan(session, plan_id)
        return plan_state(await state_of_plan(session, plan, await surroundings_of(session, access.program)))
