"""A logistic model over named marks: adds up what speaks for a finding and what against.

The weights are a few dozen numbers in a JSON file beside this one, made by `python -m bench checks train`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from math import exp


@dataclass(frozen=True)
class Model:
    """bias and weights in log odds, by the name of the mark."""

    bias: float
    weights: dict[str, float]

    def likelihood(self, marks: Iterable[str]) -> float:
        """How likely the finding is, from 0 to 1, if a text bears these marks."""
        total = self.bias + sum(self.weights.get(mark, 0.0) for mark in marks)
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def reasons(self, marks: Iterable[str]) -> list[tuple[str, float]]:
        """The marks with their weights, those that speak loudest first: why the model says what it says."""
        weighed = [(mark, self.weights.get(mark, 0.0)) for mark in marks]
        return sorted(weighed, key=lambda pair: -abs(pair[1]))


@dataclass(frozen=True)
class Models:
    """The two models: work done or outcome, and one result or several."""

    work: Model
    bundle: Model


def load_model(name: str) -> Model:
    """The model kept under a name, such as "work"."""
    kept = json.loads(files("boathouse.rollout.checks").joinpath(f"{name}_weights.json").read_text())
    return Model(kept["bias"], kept["weights"])
