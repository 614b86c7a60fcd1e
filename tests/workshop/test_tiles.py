"""What fits on a tile: times and words in short."""

from datetime import timedelta

import pytest

from boathouse.workshop.board import elapsed, measure, shorten


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "just now"), (59, "just now"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (3900, "1 h 5 min")],
)
def test_elapsed(seconds, words):
    assert elapsed(timedelta(seconds=seconds)) == words


def test_words_in_short():
    assert shorten("  Sending a sofa\nback ", 40) == "Sending a sofa back"
    assert shorten("Sending a sofa back is easy", 20) == "Sending a sofa back…"
    assert len(shorten("x" * 500, 20)) == 20
    assert measure("34", "75", "% of large returns") == "34 → 75 % of large…"
    assert measure("", "5", "") == "? → 5"
    assert measure("", "", "%") == ""
