"""A whole draft checked: every line by itself, and what only shows when they stand side by side.

Most of a draft has not changed since it was checked last, so what a line says is remembered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from boathouse.rollout.checks.findings import Finding, finding
from boathouse.rollout.checks.key_results import check_key_result
from boathouse.rollout.checks.objectives import check_objective
from boathouse.rollout.checks.reading import read
from boathouse.rollout.parameters import RECOMMENDED, GroundRules

_ALIKE = 0.8  # share of telling words in common
_REMEMBERED = 20_000  # lines: those of more than a thousand rooms, at about a kilobyte each


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
    key_results: tuple[KeyResultLine, ...] = ()
    why: str | None = None
    sponsor: str | None = None


@dataclass(frozen=True)
class Checked:
    """The findings of an objective, and those of its key results in their order."""

    objective: list[Finding]
    key_results: list[list[Finding]]


@dataclass(frozen=True)
class _Limits:
    """Of the ground rules, what the checks ask about."""

    objectives: int
    key_results: int
    types: tuple[str, ...]


def check_draft(draft: Sequence[ObjectiveLine], rules: GroundRules = RECOMMENDED) -> list[Checked]:
    """The findings of every objective and key result, in the draft's order; they are shared, so read only."""
    limits = _Limits(rules.max_objectives, rules.max_key_results, tuple(rules.key_result_types))
    return [_check(line, number > limits.objectives, limits) for number, line in enumerate(draft, 1)]


@lru_cache(_REMEMBERED)
def _check(line: ObjectiveLine, is_over: bool, limits: _Limits) -> Checked:
    found = list(_objective(line.title, line.why and line.why.strip()[:1], line.sponsor))
    if not line.key_results:
        found.append(finding("objective.no_key_results"))
    if is_over:
        found.append(finding("objective.too_many", message=f"The ground rules allow {limits.objectives}."))
    results: list[list[Finding]] = []
    for at, one in enumerate(line.key_results):
        own = list(_key_result(one, limits.types))
        if any(is_alike(one.statement, other.statement) for other in line.key_results[:at]):
            own.append(finding("kr.duplicate"))
        if at >= limits.key_results:
            allowed = f"The ground rules allow {limits.key_results} key results."
            own.append(finding("kr.too_many", message=allowed))
        results.append(own)
    return Checked(found, results)


@lru_cache(_REMEMBERED)
def _objective(title: str, why: str | None, sponsor: str | None) -> tuple[Finding, ...]:
    return tuple(check_objective(title, why=why, sponsor=sponsor))


@lru_cache(_REMEMBERED)
def _key_result(line: KeyResultLine, types: tuple[str, ...]) -> tuple[Finding, ...]:
    found = check_key_result(
        line.statement,
        kind=line.kind,
        start=line.start,
        target=line.target,
        unit=line.unit,
        owner=line.owner,
        rules=RECOMMENDED.model_copy(update={"key_result_types": list(types)}),
    )
    return tuple(found)


def check_line(line: KeyResultLine, rules: GroundRules = RECOMMENDED) -> tuple[Finding, ...]:
    """The findings of a key result by itself; what was said about the same one is remembered."""
    return _key_result(line, tuple(rules.key_result_types))


def is_alike(one: str, other: str) -> bool:
    """Whether two key results say the same, in much the same words."""
    mine, theirs = _telling_words(one), _telling_words(other)
    return bool(mine and theirs) and len(mine & theirs) >= _ALIKE * len(mine | theirs)


@lru_cache(_REMEMBERED)
def _telling_words(text: str) -> frozenset[str]:
    said = read(text)
    return frozenset(token.noun for token in said.tokens if token.tag in "NVJGPF") | frozenset(
        quantity.text for quantity in said.figures.quantities
    )
