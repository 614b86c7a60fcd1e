"""What a second hand-over changes, line by line."""

import pytest

from boathouse.rollout.drafted import DraftedKeyResult, DraftedObjective
from boathouse.rollout.okr_differences import Difference, differences


def key_result(**fields: str) -> DraftedKeyResult:
    """One from 2 to 4."""
    plain = {"id": "k", "type": "metric", "statement": "Answered calls", "start": "2", "target": "4"}
    return DraftedKeyResult(**{**plain, **fields})


def objective(*results: DraftedKeyResult, **fields: str) -> DraftedObjective:
    """One with these key results."""
    return DraftedObjective(
        **{"id": "o", "title": "Calls", "why": "Now.", **fields}, key_results=list(results)
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([objective(key_result())], [objective(key_result())], []),
        ([objective(title="Calls ")], [objective(title="Calls")], []),
        (
            [objective()],
            [objective(title="Talks")],
            [("other", "title of objective", "Calls", "Calls", "Talks")],
        ),
        (
            [objective(key_result(start=""))],
            [objective(key_result())],
            [("other", "starting point of key result", "Answered calls", "", "2")],
        ),
        (
            [objective()],
            [objective(key_result())],
            [("new", "key result", "Answered calls", "", "Answered calls: from 2 to 4")],
        ),
        (
            [objective(key_result())],
            [objective()],
            [("gone", "key result", "Answered calls", "Answered calls: from 2 to 4", "")],
        ),
        (
            [objective(id="a", title="Old")],
            [objective(id="b", title="New")],
            [("new", "objective", "New", "", "New"), ("gone", "objective", "Old", "Old", "")],
        ),
        (
            [objective(key_result(owner="Ana"))],
            [objective(key_result(owner="Ben", type="baseline"))],
            [
                ("other", "type of key result", "Answered calls", "metric", "baseline"),
                ("other", "owner of key result", "Answered calls", "Ana", "Ben"),
            ],
        ),
    ],
)
def test_the_difference_is_told_line_by_line(before: list, after: list, expected: list):
    assert list(differences(before, after)) == [Difference(*each) for each in expected]
