"""The coach checks: read a draft as a coach would, offline, and ask the coach's questions.

`check_objective` and `check_key_result` judge one line, `check_draft` a whole draft. All are pure functions;
how each finding is found is told in docs/coach-checks.md.
"""

from boathouse.rollout.checks.drafts import (
    Checked,
    KeyResultLine,
    ObjectiveLine,
    check_draft,
    check_line,
)
from boathouse.rollout.checks.findings import CODES, Finding, Severity, finding
from boathouse.rollout.checks.key_results import check_key_result
from boathouse.rollout.checks.objectives import check_objective

__all__ = [
    "CODES",
    "Checked",
    "Finding",
    "KeyResultLine",
    "ObjectiveLine",
    "Severity",
    "check_draft",
    "check_key_result",
    "check_line",
    "check_objective",
    "finding",
]
