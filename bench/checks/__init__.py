"""How good the coach checks are on labelled OKRs of sources never seen, and how long one takes."""

import argparse
import sys
from pathlib import Path

WEIGHTS = Path(__file__).parents[2] / "boathouse" / "rollout" / "checks"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("path", nargs="?", type=Path, help="labelled OKRs, a JSON line each")
    parser.add_argument(
        "--train", action="store_true", help="train on them and our sentences, and keep the weights"
    )
    parser.add_argument("--misread", action="store_true", help="show the texts that were judged wrongly")


def main(options: argparse.Namespace) -> None:
    """Print the table; with --train keep new weights first."""
    from bench.checks.evaluation import MEASURED, across, evaluate
    from bench.checks.examples import labelled, own_examples
    from bench.checks.training import keep_models, train_models

    if options.path is None:
        print("checks: give the path of labelled OKRs, a JSON line each", file=sys.stderr)
        return
    lines, objectives = labelled(options.path)
    if options.train:
        keep_models(train_models([*lines, *own_examples()]), WEIGHTS)
    result = evaluate(lines, objectives)
    print("| Label | right | wrong | missed | precision | recall | F1 |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for label in MEASURED:
        score = result.scores[label]
        counts = f"{score.right} | {score.wrong} | {score.missed}"
        print(f"| {label} | {counts} | {score.precision:.2f} | {score.recall:.2f} | {score.f1:.2f} |")
    print(f"\nGood key results flagged fix: {len(result.good_flagged)} of {result.good}")
    for label, score in across(lines).items():
        print(f"Trained on our own sentences only, {label}: F1 {score.f1:.2f}")
    print(f"Time for one key result: {result.milliseconds:.2f} ms")
    if options.misread:
        print(*(f"{label}: {text}" for label in MEASURED for text in result.scores[label].misread), sep="\n")
        print(*(f"good, flagged fix: {text}" for text in result.good_flagged), sep="\n")
