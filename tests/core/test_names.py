"""Several names in one sentence."""

import pytest

from boathouse.core.names import listed


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_names_are_listed_as_one_says_them(names: list[str], words: str):
    assert listed(names) == words
