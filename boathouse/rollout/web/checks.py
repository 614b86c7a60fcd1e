"""The coach checks for those who draft elsewhere."""

import asyncio
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, model_validator
from starlette.responses import HTMLResponse, Response

from boathouse.core.errors import Problem, UsageProblem, not_found
from boathouse.core.web.pages import page, partial, wants_fragment
from boathouse.core.web.visitors import identify, signed_in
from boathouse.rollout.checks import Severity
from boathouse.rollout.checks.cards import CARDS
from boathouse.rollout.checks.papers import Kind, Line, Paper, read_paper
from boathouse.rollout.checks.reports import check_paper
from boathouse.rollout.parameters import GroundRules
from boathouse.rollout.web.papers import rules_of

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["coach checks"], dependencies=[Depends(signed_in)])
MOST_LINES = 200
LONGEST_TEXT = 100_000


@pages.get("/checks/{code}")
async def card(request: Request, code: str) -> Response:
    """Why we ask: the card of a finding, inside a room's page or by itself."""
    if code not in CARDS:
        raise not_found("This card")
    if wants_fragment(request):
        return HTMLResponse(partial("checks/_card.html", card=CARDS[code]))
    visitor = await identify(request)
    return page(request, "checks/card.html", card=CARDS[code], person=visitor.person)


class DraftLine(BaseModel):
    """One line to check."""

    id: Annotated[str, Field(max_length=200)] | int = Field(description="Comes back with the findings.")
    kind: Kind
    text: str = Field(max_length=10_000)


class Draft(BaseModel):
    """Either lines, or a whole draft as text."""

    lines: list[DraftLine] = Field(default=[], max_length=MOST_LINES)
    text: str = Field(default="", max_length=LONGEST_TEXT, description="Plain text, Markdown or CSV.")
    program_id: str = Field(default="", max_length=20, description="By whose ground rules, if not ours.")

    @model_validator(mode="after")
    def either(self) -> Self:
        """One of both, not none and not both."""
        if bool(self.lines) == bool(self.text.strip()):
            raise ValueError("Give either lines or a text.")
        return self


class FindingState(BaseModel):
    """One finding: what it is, how much it weighs, what it says, what a coach would ask."""

    code: str
    severity: Severity
    message: str
    question: str


class CheckedLine(BaseModel):
    """A line as it was read, with its findings. id: its own, or its line number in the text."""

    id: str | int
    kind: Kind
    text: str
    findings: list[FindingState]


class CheckedDraft(BaseModel):
    """Every line in its order."""

    lines: list[CheckedLine]


@api.post("/check")
async def check(request: Request, draft: Draft) -> CheckedDraft:
    """Reads drafts as a coach would. Lines are judged one by one; the lines of a text also side by side."""
    rules = await rules_of(request, draft.program_id)
    return await asyncio.to_thread(_checked, _paper(draft), rules)


def _checked(paper: Paper, rules: GroundRules) -> CheckedDraft:
    return CheckedDraft(
        lines=[
            CheckedLine(
                id=line.id,
                kind=line.kind,
                text=line.text,
                findings=[FindingState(**one.as_json()) for one in findings],
            )
            for line, findings in zip(paper.lines, check_paper(paper, rules), strict=True)
        ]
    )


def _paper(draft: Draft) -> Paper:
    """What to check. Errors: Problem 422 for too many lines or a text that cannot be read."""
    if draft.lines:
        return Paper([Line(line.id, line.kind, line.text) for line in draft.lines], is_whole=False)
    try:
        paper = read_paper(draft.text, "text")
    except UsageProblem as wrong:
        raise Problem(422, str(wrong), field="text") from None
    if len(paper.lines) > MOST_LINES:
        raise Problem(422, f"At most {MOST_LINES} lines at once, please.", field="text")
    return paper
