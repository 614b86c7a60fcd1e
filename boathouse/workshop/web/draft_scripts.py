"""A room's draft for scripts, with what the coach checks find in it."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.drafts import Draft, load_draft
from boathouse.workshop.findings import ItemFinding, findings_of, load_meant
from boathouse.workshop.key_results import KeyResultShape
from boathouse.workshop.web.permits import SeesRoom

api = APIRouter(tags=["drafts"])


class Finding(BaseModel):
    """A coach check's question. field: where it is asked; meant: the crew keeps the words on purpose."""

    code: str
    severity: Literal["info", "ask", "fix"]
    message: str
    question: str
    field: str
    meant: bool


class KeyResultAnswer(KeyResultShape):
    """A key result with its words. owner: a name; owner_id: that participant."""

    owner: str | None
    owner_id: str | None
    findings: list[Finding] = Field(default_factory=list)


class ObjectiveAnswer(BaseModel, from_attributes=True):
    """An objective with its words and key results."""

    id: str
    title: str
    why: str
    findings: list[Finding] = Field(default_factory=list)
    key_results: list[KeyResultAnswer]


class TodoAnswer(BaseModel, from_attributes=True):
    """A to-do. converted_to: objective:ID or key_result:ID once it was turned round."""

    id: str
    text: str
    outcome: str
    converted_to: str | None


class DraftAnswer(BaseModel, from_attributes=True):
    """Everything a room has drafted, in its order. updated_at: the last activity, null before the first."""

    room_id: str
    objectives: list[ObjectiveAnswer]
    todos: list[TodoAnswer]
    updated_at: datetime | None


@api.get("/rooms/{room_id}/draft", summary="Read a room's draft")
async def read_draft(request: Request, access: SeesRoom) -> DraftAnswer:
    """With every word that has reached the server, and what the coach checks find in it."""
    room_id = access.the_room().id
    await request.app.state.documents.flush([room_id])
    async with request.app.state.database.reading() as session:
        draft = await load_draft(session, room_id)
        meant = (await load_meant(session, [room_id]))[room_id]
    rules = GroundRules.model_validate(access.workshop.ground_rules)
    return _answer(draft, findings_of(draft, rules, meant))


def _answer(draft: Draft, found: dict[str, list[ItemFinding]]) -> DraftAnswer:
    answer = DraftAnswer.model_validate(draft)
    for objective in answer.objectives:
        objective.findings = _findings(found.get(f"objective:{objective.id}", []))
        for key_result in objective.key_results:
            key_result.findings = _findings(found.get(f"key_result:{key_result.id}", []))
    return answer


def _findings(found: list[ItemFinding]) -> list[Finding]:
    return [
        Finding.model_validate({**one.finding.as_json(), "field": one.field, "meant": one.meant})
        for one in found
    ]
