"""Trains the two small models: logistic regression with a penalty on large weights, in plain Python."""

import json
from collections import Counter
from collections.abc import Sequence
from math import exp
from pathlib import Path

from bench.checks.examples import Example
from boathouse.rollout.checks.bundle_features import bundle_features
from boathouse.rollout.checks.model import Model, Models
from boathouse.rollout.checks.reading import read
from boathouse.rollout.checks.work_features import work_features

ROUNDS = 300
SEEN_AT_LEAST = 3  # a mark of fewer examples is not weighed


def train(marks: Sequence[Sequence[str]], truths: Sequence[bool], penalty: float) -> Model:
    """Fit a model by gradient descent with a step of its own for each mark; the same input gives the same
    model."""
    seen = Counter(mark for one in marks for mark in set(one))
    names = sorted(mark for mark, times in seen.items() if times >= SEEN_AT_LEAST)
    place = {name: at for at, name in enumerate(names)}
    rows = [[place[mark] for mark in one if mark in place] for one in marks]
    weights, bias = [0.0] * len(names), 0.0
    squares, bias_square = [1e-8] * len(names), 1e-8
    for _ in range(ROUNDS):
        slopes, bias_slope = [penalty * weight for weight in weights], 0.0
        for row, truth in zip(rows, truths, strict=True):
            error = _sigmoid(bias + sum(weights[at] for at in row)) - truth
            bias_slope += error
            for at in row:
                slopes[at] += error
        bias_square += bias_slope**2
        bias -= 0.3 * bias_slope / bias_square**0.5
        for at, slope in enumerate(slopes):
            squares[at] += slope**2
            weights[at] -= 0.3 * slope / squares[at] ** 0.5
    return Model(round(bias, 3), {name: round(weights[at], 3) for name, at in place.items()})


def _sigmoid(value: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def train_models(examples: Sequence[Example]) -> Models:
    """Both models from labelled key results."""
    said = [read(one.text) for one in examples]
    work = train([work_features(one) for one in said], [one.work for one in examples], penalty=1.0)
    bundle = train([bundle_features(one) for one in said], [one.bundled for one in examples], penalty=0.5)
    return Models(work, bundle)


def keep_models(models: Models, folder: Path) -> None:
    """Write both models into a folder as the JSON that the checks read."""
    for name, model in (("work", models.work), ("bundle", models.bundle)):
        kept = json.dumps({"bias": model.bias, "weights": model.weights}, indent=1, sort_keys=True)
        (folder / f"{name}_weights.json").write_text(kept + "\n")
