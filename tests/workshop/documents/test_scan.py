"""What the scan finds in real updates, and what it refuses."""

import contextlib

import pycrdt
import pytest
from hypothesis import given
from hypothesis import strategies as some

from boathouse.workshop.documents import scan
from boathouse.workshop.documents.protocol import Malformed
from boathouse.workshop.documents.scan import KEYSTROKE, Foreign, root_names

NAME = "objective:4kq0abcdefgh:title"


def updates_of(work: list[tuple[str, int, str]]) -> list[bytes]:
    """Type or delete, step after step; the update of each."""
    document: pycrdt.Doc = pycrdt.Doc()
    updates: list[bytes] = []
    document.observe(lambda event: updates.append(event.update))
    for name, where, letters in work:
        text = document.get(name, type=pycrdt.Text)
        if letters:
            text.insert(len(text), letters)
        elif len(str(text).encode()) and str(text).isascii():
            del text[where % len(text)]
    return [*updates, document.get_update()]


steps = some.tuples(
    some.sampled_from(["a", "b:c", NAME]), some.integers(0, 99), some.text(some.characters(codec="utf-8"))
)


@given(some.lists(steps, max_size=30))
def test_every_real_update_of_texts_is_understood(work: list[tuple[str, int, str]]) -> None:
    used = {name for name, _, letters in work if letters}
    *updates, everything = updates_of(work)
    assert root_names(everything) == used
    assert set().union(*map(root_names, updates)) == used


def test_keystrokes_are_recognised_without_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others, _ = updates_of([(NAME, 0, letter) for letter in "Grüße 🚣 heute"])
    assert root_names(first) == {NAME}
    monkeypatch.setattr(scan, "_struct", None)
    assert all(KEYSTROKE.match(update) and root_names(update) == set() for update in others)


@given(some.binary(max_size=200))
def test_any_bytes_are_judged_or_refused(data: bytes) -> None:
    with contextlib.suppress(Malformed, Foreign):
        root_names(data)


def test_other_types_are_foreign() -> None:
    for root in (pycrdt.Map({"a": 1}), pycrdt.Array([1]), pycrdt.Array([pycrdt.Text("nested")])):
        document: pycrdt.Doc = pycrdt.Doc()
        document["draft"] = root
        with pytest.raises(Foreign):
            root_names(document.get_update())


def test_made_up_lengths_are_refused() -> None:
    huge = b"\xff\xff\xff\xff\xff\xff\xff\x0f"
    with pytest.raises(Malformed):
        root_names(b"\x01\x01\x05\x00\x00" + huge + b"\x00")  # nothing but garbage, very long
    with pytest.raises(Malformed):
        root_names(b"\x00\x01\x05\x01\x00" + huge)  # a very long deletion
    with pytest.raises(Malformed):
        root_names(b"\x00\x00more")
