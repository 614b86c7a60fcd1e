"""The findings of a paper: line by line, and put together for people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from boathouse.rollout.checks.drafts import KeyResultLine, ObjectiveLine, check_draft
from boathouse.rollout.checks.findings import Finding, Severity
from boathouse.rollout.checks.key_results import check_key_result
from boathouse.rollout.checks.objectives import check_objective
from boathouse.rollout.checks.papers import Kind, Line, Paper
from boathouse.rollout.parameters import RECOMMENDED, GroundRules


@dataclass(frozen=True)
class Judged:
    """A line with what was found in it."""

    line: Line
    findings: list[Finding]

    @property
    def open(self) -> list[Finding]:
        """What deserves a question, the weightiest first."""
        return sorted(
            (one for one in self.findings if one.severity != Severity.INFO),
            key=lambda one: one.severity != Severity.FIX,
        )


@dataclass(frozen=True)
class Section:
    """An objective with its key results; those before the first one have none."""

    objective: Judged | None
    key_results: list[Judged]


@dataclass(frozen=True)
class Report:
    """A paper read, put in order and checked."""

    sections: list[Section]
    left_out: Sequence[str]

    @property
    def objectives(self) -> list[Judged]:
        """All of them."""
        return [section.objective for section in self.sections if section.objective]

    @property
    def key_results(self) -> list[Judged]:
        """Those of all objectives."""
        return [one for section in self.sections for one in section.key_results]

    @property
    def from_to(self) -> int:
        """How many key results say from where to where."""
        missing = {"kr.no_number", "kr.no_baseline"}
        return sum(not missing & {one.code for one in each.findings} for each in self.key_results)

    @property
    def good(self) -> int:
        """How many lines nobody has to ask about."""
        return sum(not each.open for each in (*self.objectives, *self.key_results))

    @property
    def commonest(self) -> list[tuple[Finding, int]]:
        """The questions that come up most, with how many lines they concern: where to begin."""
        found = [one for each in (*self.objectives, *self.key_results) for one in each.open]
        counts = Counter(one.code for one in found)
        first = {one.code: one for one in reversed(found)}
        return [(first[code], count) for code, count in counts.most_common(3) if count > 1]


def make_report(paper: Paper, rules: GroundRules = RECOMMENDED) -> Report:
    """Check a paper and put it in order."""
    sections: list[Section] = []
    below: dict[int | None, Section] = {}
    for at, (line, findings) in enumerate(zip(paper.lines, check_paper(paper, rules), strict=True)):
        judged = Judged(line, findings)
        if line.kind is Kind.OBJECTIVE:
            below[at] = Section(judged, [])
            sections.append(below[at])
            continue
        if line.of not in below:
            below[line.of] = Section(None, [])
            sections.append(below[line.of])
        below[line.of].key_results.append(judged)
    return Report(sections, paper.left_out)


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
    return check_key_result(
        line.text, start=line.start, target=line.target, unit=line.unit, owner=line.owner, rules=rules
    )


def _objective(lines: Sequence[Line], place: int, own: Sequence[int]) -> ObjectiveLine:
    key_results = tuple(
        KeyResultLine(one.text, start=one.start, target=one.target, unit=one.unit, owner=one.owner)
        for one in (lines[at] for at in own)
    )
    return ObjectiveLine(lines[place].text, key_results)
