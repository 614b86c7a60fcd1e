"""Keeping the trainings of a program on record."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from boathouse.core.errors import Problem
from boathouse.rollout.programs import MOST_PEOPLE
from boathouse.rollout.trainings import TrainingPlan, record_training, remove_training
from boathouse.rollout.web.frames import Mistyped, errors_of, go_on, number, read_form
from boathouse.rollout.web.people import people_page, typed_in
from boathouse.rollout.web.permits import PlansProgram

pages = APIRouter(include_in_schema=False)

SENTENCES = {
    "audience": "Choose whom it was for.",
    "topics": "Choose what they were trained in.",
    "people": f"A number from 1 to {MOST_PEOPLE:,}, please.",
    "held_on": "On which day was it?",
    "who": "At most 200 letters, please.",
}


@pages.post("/programs/{program_id}/trainings")
async def record(request: Request, access: PlansProgram) -> Response:
    """Keep a training that was held."""
    typed = await typed_in(request)
    try:
        people = number(str(typed.get("people", "")))
        plan = read_form(TrainingPlan, typed | {"people": 1 if people is None else people}, SENTENCES)
        async with request.app.state.database.writing() as session:
            await record_training(session, access.program.id, plan)
    except (Mistyped, Problem) as mistake:
        return await people_page(request, access, "new-training", typed, errors_of(mistake, "name"))
    return go_on(request, f"/programs/{access.program.id}/people#training")


@pages.post("/trainings/{training_id}/delete")
async def forget(request: Request, access: PlansProgram, training_id: str) -> Response:
    """Take a wrong record out."""
    async with request.app.state.database.writing() as session:
        await remove_training(session, training_id)
    return go_on(request, f"/programs/{access.program.id}/people#training")
