"""Did coaching work: what the drafts looked like from moment to moment, and before and after comments.

Pure rules on drafts. "From X to Y" is a matter of metrics: a baseline has no X yet and a
milestone never will, so both are left out of the shares.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from boathouse.rollout.checks.key_results import check_key_result
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.drafts import Draft
from boathouse.workshop.findings import ItemFinding, counts_of, findings_of
from boathouse.workshop.tables import KeyResultType

WORK = {"kr.output", "kr.milestone"}
NO_FROM_TO = {"kr.no_number", "kr.no_baseline"}
Meanings = Mapping[str, set[tuple[str, str]]]  # room id to (item, code) that its crew keeps on purpose


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    of: int

    @property
    def percent(self) -> int | None:
        """Whole per cent; None of nothing."""
        return round(100 * self.part / self.of) if self.of else None


@dataclass(frozen=True)
class Moment:
    """How all drafts stood when a phase ended, or at the end. findings: open ones by code."""

    title: str
    minute: int
    objectives: int
    key_results: int
    from_to: Share  # of the metrics
    work: int  # key results that are work, or done or not done
    findings: Mapping[str, int]

    @property
    def questions(self) -> int:
        """How many findings were open."""
        return sum(self.findings.values())


@dataclass(frozen=True)
class Change:
    """How many of the same key results had from X to Y before, and after."""

    before: int
    after: int
    of: int

    @property
    def shares(self) -> tuple[Share, Share]:
        """Before and after."""
        return Share(self.before, self.of), Share(self.after, self.of)


def has_from_to(words: Mapping[str, str], rules: GroundRules) -> bool:
    """Whether a metric says from what to what. words: statement, start, target, unit."""
    start, target, unit = (words.get(name, "") for name in ("start", "target", "unit"))
    said = words.get("statement", "")
    found = check_key_result(said, kind="metric", start=start, target=target, unit=unit, rules=rules)
    return bool(said.strip()) and not any(each.code in NO_FROM_TO for each in found)


def moment_of(
    title: str, minute: int, drafts: Iterable[Draft], rules: GroundRules, meant: Meanings
) -> Moment:
    """How these drafts stood."""
    objectives = key_results = metrics = from_to = work = 0
    findings: Counter[str] = Counter()
    for draft in drafts:
        found = findings_of(draft, rules, meant.get(draft.room_id, ()))
        findings.update(counts_of(found))
        objectives += sum(bool(objective.title.strip()) for objective in draft.objectives)
        for each in draft.key_results():
            if not each.statement.strip():
                continue
            codes = {one.finding.code for one in found.get(f"key_result:{each.id}", ())}
            is_metric = each.type == KeyResultType.METRIC
            key_results += 1
            metrics += is_metric
            from_to += is_metric and not codes & NO_FROM_TO
            work += bool(codes & WORK) and is_metric
    return Moment(title, minute, objectives, key_results, Share(from_to, metrics), work, findings)


def changes(
    first: Mapping[str, Mapping[str, str]],
    commented: Mapping[str, Mapping[str, str] | None],
    last: Iterable[Draft],
    rules: GroundRules,
) -> tuple[Change, Change]:
    """Metrics that a coach commented on, and the others; before and at the end.

    first: key results by id as they were first kept. commented: as they stood at the first comment, None
    where that is not known. A key result that is not known from before is in neither group.
    """
    counts = {True: [0, 0, 0], False: [0, 0, 0]}
    for each in (each for draft in last for each in draft.key_results()):
        is_commented = each.id in commented
        before = commented[each.id] if is_commented else None
        before = before or first.get(each.id)
        if before is None or each.type != KeyResultType.METRIC or not each.statement.strip():
            continue
        group, after = counts[is_commented], words_of(each)
        had = has_from_to(before, rules)
        group[0] += had
        # Most words are the same as before, and reading them takes a millisecond.
        group[1] += had if after == words_in(before) else has_from_to(after, rules)
        group[2] += 1
    return Change(*counts[True]), Change(*counts[False])


def words_of(key_result: object) -> dict[str, str]:
    """The fields of a key result that say from what to what."""
    return words_in(vars(key_result))


def words_in(fields: Mapping[str, object]) -> dict[str, str]:
    """The same of one that was kept."""
    return {name: str(fields.get(name) or "") for name in ("statement", "start", "target", "unit")}


def first_kept(copies: Iterable[Draft]) -> dict[str, dict[str, str]]:
    """Key results with words by id, as they stood in the first of these copies that has them."""
    first: dict[str, dict[str, str]] = {}
    for draft in copies:
        for each in draft.key_results():
            if each.statement.strip():
                first.setdefault(each.id, words_of(each))
    return first


def most_common(moments: Sequence[Moment], most: int = 8) -> list[tuple[str, int, int]]:
    """Codes, the most frequent first: how often at most in one moment, and how often at the end."""
    peaks: Counter[str] = Counter()
    for moment in moments:
        for code, count in moment.findings.items():
            peaks[code] = max(peaks[code], count)
    last = moments[-1].findings if moments else {}
    ordered = sorted(peaks.items(), key=lambda item: (-item[1], -last.get(item[0], 0), item[0]))
    return [(code, peak, last.get(code, 0)) for code, peak in ordered[:most]]


def open_findings(found: Mapping[str, Sequence[ItemFinding]], item: str) -> list[ItemFinding]:
    """What is asked about an item at the end."""
    return [each for each in found.get(item, ()) if each.is_open]
