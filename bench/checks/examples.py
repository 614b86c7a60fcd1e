"""Labelled statements to train and measure with: our own sentences, and a file of labelled OKRs."""

import json
from dataclasses import dataclass, field
from pathlib import Path

OWN = Path(__file__).with_name("sentences.txt")


@dataclass(frozen=True)
class Example:
    """A key result and what is true of it. family: where it comes from; work: a task, deliverable or
    milestone."""

    text: str
    family: str
    work: bool
    bundled: bool
    labels: dict[str, object] = field(default_factory=dict)


def own_examples() -> list[Example]:
    """Our own sentences from sentences.txt."""
    lines = [line.partition("|") for line in OWN.read_text().splitlines() if "|" in line and line[0] != "#"]
    return [Example(text.strip(), "own", "w" in kind, "b" in kind) for kind, _, text in lines]


def labelled(path: Path) -> tuple[list[Example], list[dict[str, object]]]:
    """The key results of a file of labelled OKRs as examples, and its objectives as they stand."""
    rows = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    lines = [
        Example(
            row["text"],
            row["family"],
            bool(row["is_output"]) or row["type"] in ("task", "milestone"),
            bool(row["bundled"]),
            row,
        )
        for row in rows
        if row["kind"] == "key_result"
    ]
    return lines, [row for row in rows if row["kind"] == "objective"]
