"""The words themselves: every script, server edits that leave carets alone, and bytes from anybody."""

import subprocess
import sys

import pycrdt
import pytest
from hypothesis import given
from hypothesis import strategies as some

from boathouse.workshop.documents.crdt import Words
from boathouse.workshop.documents.protocol import EMPTY_UPDATE, Malformed

TEXTS = ["", "Grüße 🚣‍♀️ an alle", "مرحبا بالعالم", "e\u0301 n\u0303", "👨‍👩‍👧‍👦👩🏽‍🚀", "a\r\nb\tc"]
any_text = some.one_of(some.sampled_from(TEXTS), some.text(some.characters(codec="utf-8"), max_size=20))


@given(any_text, any_text)
def test_an_edit_gives_exactly_these_words(before: str, after: str) -> None:
    words = Words()
    words.apply(words.edit({"a": before}))
    words.apply(words.edit({"a": after}))
    assert words.text("a") == after


def test_an_edit_changes_only_what_differs() -> None:
    words, peer = Words(), pycrdt.Doc()
    words.apply(words.edit({"a": "From 12 to 20 crews"}))
    peer.apply_update(words.missing())
    text = peer.get("a", type=pycrdt.Text)
    text.insert(0, "Now: ")
    update = words.edit({"a": "From 12 to 25 crews"})
    peer.apply_update(update)
    assert str(text) == "Now: From 12 to 25 crews"


def test_an_edit_that_changes_nothing_is_empty() -> None:
    words = Words()
    words.apply(words.edit({"a": "same"}))
    assert words.edit({"a": "same"}) == EMPTY_UPDATE


def test_each_edit_is_written_by_somebody_new() -> None:
    words = Words()
    first, second = words.edit({"a": "x"}), words.edit({"a": "y"})
    words.apply(second)
    words.apply(first)  # had it been the same client id, one of them would now be lost
    assert sorted(words.text("a")) == ["x", "y"]


def test_what_waits_for_a_missing_piece_comes_out_with_it() -> None:
    author, updates = pycrdt.Doc(), []
    author.observe(lambda event: updates.append(event.update))
    text = author.get("a", type=pycrdt.Text)
    for place, letter in enumerate("abc"):
        text.insert(place, letter)
    words = Words()
    assert words.apply(updates[2]) == b""
    assert words.apply(updates[0]) == updates[0]
    assert words.apply(updates[0]) == b""
    assert words.apply(updates[1]) not in (b"", updates[1])
    assert words.text("a") == "abc"


def test_what_adds_is_told_from_what_is_known() -> None:
    words = Words()
    update = words.edit({"a": "x"})
    assert words.adds(update)
    words.apply(update)
    assert not words.adds(update)
    assert not words.adds(words.missing())


def test_malformed_updates_and_vectors_harm_nothing() -> None:
    words = Words()
    words.apply(words.edit({"a": "still here"}))
    for junk in (b"", b"\xff" * 5, b"\x01\x01\x01", b"\x00\x05"):
        with pytest.raises(Malformed):
            words.apply(junk)
    with pytest.raises(Malformed):
        words.missing(b"\xff" * 5)
    assert words.text("a") == "still here"


FUZZ = """
import random, pycrdt
from hypothesis import given, settings, strategies as some
from boathouse.workshop.documents.crdt import Words
from boathouse.workshop.documents.protocol import Malformed
from boathouse.workshop.documents.scan import Foreign, root_names

start = Words()
start.apply(start.edit({"a": "Harbour \\U0001f6a3", "b": "Crews row"}))
valid = [start.missing(), start.vector(), start.edit({"a": "Harbours", "c": "new"})]

def bent(data):
    flips = some.lists(some.tuples(some.integers(0, len(data) - 1), some.integers(0, 255)), max_size=4)
    def bend(at):
        out = bytearray(data)
        for place, value in at:
            out[place] = value
        return bytes(out)
    return flips.map(bend)

@settings(max_examples=EXAMPLES, database=None, deadline=None)
@given(some.one_of(some.binary(max_size=80), *map(bent, valid)))
def fuzz(data):
    words = Words()
    words.apply(valid[0])
    for attempt in (root_names, words.apply, words.missing):
        try:
            attempt(data)
        except (Malformed, Foreign):
            pass
    str(words.texts(["a", "b", "c"])), words.vector(), words.missing()

fuzz()
"""


def test_no_bytes_end_the_process(soak: bool) -> None:
    script = FUZZ.replace("EXAMPLES", "100_000" if soak else "300")
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
