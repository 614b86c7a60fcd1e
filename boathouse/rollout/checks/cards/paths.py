"""What a card is made of.

Every card leads along a path. Most follow the one from a task to a number: task, intended outcome, measure,
from X to Y. The examples are of an invented furniture house and its returns.
"""

from dataclasses import dataclass

TASK, OUTCOME, MEASURE, FROM_TO = "Task", "Intended outcome", "Measure", "From X to Y"


@dataclass(frozen=True)
class Step:
    """One step of the path: what it is called, and how the example reads there."""

    name: str
    words: str


@dataclass(frozen=True)
class Card:
    """here: index of the step on which the draft stands now. keep: when it is right to leave it as it is."""

    title: str
    why: str
    ask: tuple[str, ...]
    path: tuple[Step, ...]
    here: int
    keep: str


def path(*steps: tuple[str, str]) -> tuple[Step, ...]:
    return tuple(Step(name, words) for name, words in steps)


PORTAL = path(
    (TASK, "Build a returns portal"),
    (OUTCOME, "Customers arrange the pick-up themselves"),
    (MEASURE, "Share of large returns that are booked without a call"),
    (FROM_TO, "from 20 to 70 % of large returns"),
)
REFUND = path(
    (TASK, "New refund workflow with Finance"),
    (OUTCOME, "People have their money back soon"),
    (MEASURE, "Refunds paid within a week of the pick-up"),
    (FROM_TO, "from 34 to 75 % of refunds"),
)
