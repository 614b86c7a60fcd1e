"""Draft OKRs as they are handed over: their words, and what the coach checks found in them."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from boathouse.rollout.checks.findings import Finding, Severity


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
