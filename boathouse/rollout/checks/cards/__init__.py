"""A short card for each finding: why it matters, what to ask yourselves, how to rework it step by step."""

from boathouse.rollout.checks.cards.key_results import FOR_KEY_RESULTS
from boathouse.rollout.checks.cards.objectives import FOR_OBJECTIVES
from boathouse.rollout.checks.cards.paths import Card
from boathouse.rollout.checks.cards.todos import FOR_TODOS

CARDS: dict[str, Card] = {**FOR_KEY_RESULTS, **FOR_OBJECTIVES, **FOR_TODOS}

__all__ = ["CARDS", "Card"]
