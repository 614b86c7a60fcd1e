"""Measures the checks on labelled OKRs, each source judged by models that have never seen it."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bench.checks.examples import Example, own_examples
from bench.checks.training import train_models
from boathouse.rollout.checks import Finding, check_key_result, check_objective
from boathouse.rollout.checks.model import Models

MEASURED = (
    "work-not-outcome",
    "has_number",
    "has_from_to",
    "bundled",
    "objective has_metric",
    "objective task",
)


@dataclass
class Score:
    """How often a label was found rightly, wrongly, or missed; and the texts that went wrong."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    misread: list[str] = field(default_factory=list)

    def count(self, truth: bool, found: bool, text: str) -> None:
        """Add one text."""
        self.right += truth and found
        self.wrong += found and not truth
        self.missed += truth and not found
        if truth != found:
            self.misread.append(("missed: " if truth else "wrong: ") + text)

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the true that is found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass
class Result:
    """The scores by label; good key results and those of them flagged fix; milliseconds for a key result."""

    scores: dict[str, Score]
    good: int
    good_flagged: list[str]
    milliseconds: float


def evaluate(lines: Sequence[Example], objectives: Iterable[dict[str, object]]) -> Result:
    """Judge the key results source by source, the models trained on our sentences and the other sources."""
    scores: dict[str, Score] = defaultdict(Score)
    good, flagged = 0, list[str]()
    for family in sorted({line.family for line in lines}):
        models = train_models([line for line in lines if line.family != family] + own_examples())
        for line in [line for line in lines if line.family == family]:
            found = check_key_result(line.text, models=models)
            _count(scores, line, {one.code for one in found})
            if is_good(line):
                good += 1
                flagged += [line.text] * any(one.severity == "fix" for one in found)
    for objective in objectives:
        text, codes = str(objective["text"]), {one.code for one in check_objective(str(objective["text"]))}
        scores["objective has_metric"].count(
            bool(objective["contains_metric"]), "objective.has_metric" in codes, text
        )
        scores["objective task"].count(bool(objective["is_task"]), "objective.task" in codes, text)
    return Result(scores, good, flagged, milliseconds([line.text for line in lines], check_key_result))


def _count(scores: dict[str, Score], line: Example, codes: set[str]) -> None:
    number = "kr.no_number" not in codes
    scores["has_number"].count(bool(line.labels["has_number"]), number, line.text)
    scores["has_from_to"].count(
        bool(line.labels["has_from_to"]), number and "kr.no_baseline" not in codes, line.text
    )
    scores["work-not-outcome"].count(line.work, bool(codes & {"kr.output", "kr.milestone"}), line.text)
    scores["bundled"].count(line.bundled, "kr.bundled" in codes, line.text)


def is_good(line: Example) -> bool:
    """A metric with a number, no output and not bundled."""
    labels = line.labels
    return labels["type"] == "metric" and bool(labels["has_number"]) and not line.work and not line.bundled


def milliseconds(texts: Sequence[str], check: Callable[[str], list[Finding]], rounds: int = 5) -> float:
    """Mean processor time of one check, over several rounds."""
    began = time.process_time()
    for _ in range(rounds):
        for text in texts:
            check(text)
    return 1000 * (time.process_time() - began) / max(1, rounds * len(texts))


def across(lines: Sequence[Example]) -> dict[str, Score]:
    """The learned labels when the models have seen only our own sentences, none of the file."""
    models: Models = train_models(own_examples())
    scores: dict[str, Score] = defaultdict(Score)
    for line in lines:
        _count(scores, line, {one.code for one in check_key_result(line.text, models=models)})
    return {label: scores[label] for label in ("work-not-outcome", "bundled")}
