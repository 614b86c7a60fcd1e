"""A whole draft checked: every line by itself, and what only shows when they stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from boathouse.rollout.checks.findings import Finding, finding
from boathouse.rollout.checks.key_results import check_key_result
from boathouse.rollout.checks.objectives import check_objective
from boathouse.rollout.checks.reading import read
from boathouse.rollout.parameters import RECOMMENDED, GroundRules

_ALIKE = 0.8  # share of telling words in common


@dataclass(frozen=True)
class KeyResultLine:
    """A key result of a draft; fields as in check_key_result."""

    statement: str
    kind: str | None = None
    start: str = ""
    target: str = ""
    unit: str = ""
    owner: str | None = None


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective of a draft with its key results; fields as in check_objective."""

    title: str
    key_results: Sequence[KeyResultLine] = ()
    why: str | None = None
    sponsor: str | None = None


@dataclass(frozen=True)
class Checked:
    """The findings of an objective, and those of its key results in their order."""

    objective: list[Finding]
    key_results: list[list[Finding]]


def check_draft(draft: Sequence[ObjectiveLine], rules: GroundRules = RECOMMENDED) -> list[Checked]:
    """The findings of every objective and key result, in the draft's order."""
    return [_check(line, number, rules) for number, line in enumerate(draft, 1)]


def _check(line: ObjectiveLine, number: int, rules: GroundRules) -> Checked:
    found = check_objective(line.title, why=line.why, sponsor=line.sponsor)
    if not line.key_results:
        found.append(finding("objective.no_key_results"))
    if number > rules.max_objectives:
        found.append(
            finding("objective.too_many", message=f"Your ground rules allow {rules.max_objectives}.")
        )
    results: list[list[Finding]] = []
    for at, one in enumerate(line.key_results):
        own = check_key_result(
            one.statement,
            kind=one.kind,
            start=one.start,
            target=one.target,
            unit=one.unit,
            owner=one.owner,
            rules=rules,
        )
        if any(is_alike(one.statement, other.statement) for other in line.key_results[:at]):
            own.append(finding("kr.duplicate"))
        if at >= rules.max_key_results:
            own.append(
                finding(
                    "kr.too_many", message=f"Your ground rules allow {rules.max_key_results} key results."
                )
            )
        results.append(own)
    return Checked(found, results)


def is_alike(one: str, other: str) -> bool:
    """Whether two key results say the same, in much the same words."""
    mine, theirs = _telling_words(one), _telling_words(other)
    return bool(mine and theirs) and len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _telling_words(text: str) -> frozenset[str]:
    said = read(text)
    return frozenset(token.noun for token in said.tokens if token.tag in "NVJGPF") | frozenset(
        quantity.text for quantity in said.figures.quantities
    )
