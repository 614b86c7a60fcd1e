"""The findings of a paper, in its order."""

from collections.abc import Sequence

from boathouse.rollout.checks.drafts import KeyResultLine, ObjectiveLine, check_draft
from boathouse.rollout.checks.findings import Finding
from boathouse.rollout.checks.key_results import check_key_result
from boathouse.rollout.checks.objectives import check_objective
from boathouse.rollout.checks.papers import Kind, Line, Paper
from boathouse.rollout.parameters import RECOMMENDED, GroundRules


def check_paper(paper: Paper, rules: GroundRules = RECOMMENDED) -> list[list[Finding]]:
    """The findings of each line. In a whole draft the lines are also judged side by side."""
    if not paper.is_whole:
        return [check_line(line, rules) for line in paper.lines]
    found: list[list[Finding]] = [[] for _ in paper.lines]
    places = [at for at, line in enumerate(paper.lines) if line.kind is Kind.OBJECTIVE]
    below = [[at for at, line in enumerate(paper.lines) if line.of == place] for place in places]
    draft = [_objective(paper.lines, place, own) for place, own in zip(places, below, strict=True)]
    for place, own, checked in zip(places, below, check_draft(draft, rules), strict=True):
        found[place] = checked.objective
        for at, findings in zip(own, checked.key_results, strict=True):
            found[at] = findings
    for at, line in enumerate(paper.lines):
        if line.kind is Kind.KEY_RESULT and line.of is None:
            found[at] = check_line(line, rules)
    return found


def check_line(line: Line, rules: GroundRules = RECOMMENDED) -> list[Finding]:
    """The findings of one line by itself."""
    if line.kind is Kind.OBJECTIVE:
        return check_objective(line.text)
    return check_key_result(line.text, start=line.start, target=line.target, unit=line.unit, rules=rules)


def _objective(lines: Sequence[Line], place: int, own: Sequence[int]) -> ObjectiveLine:
    key_results = tuple(
        KeyResultLine(lines[at].text, start=lines[at].start, target=lines[at].target, unit=lines[at].unit)
        for at in own
    )
    return ObjectiveLine(lines[place].text, key_results)
