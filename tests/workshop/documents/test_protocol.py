"""The bytes: what is written can be read, and nothing else is taken for it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from boathouse.workshop.documents import protocol as wire

numbers = some.integers(0, wire.LARGEST_NUMBER)


@given(numbers)
def test_numbers_come_back(number: int) -> None:
    written = wire.write_number(number)
    assert wire.read_number(b"x" + written + b"y", 1) == (number, 1 + len(written))


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xff" * 8 + b"\x01", b"\xff" * 7 + b"\x7f"])
def test_numbers_cut_short_or_too_large_are_refused(data: bytes) -> None:
    with pytest.raises(wire.Malformed):
        wire.read_number(data, 0)


@given(some.binary())
def test_bytes_come_back(data: bytes) -> None:
    assert wire.read_bytes(wire.write_bytes(data), 0)[0] == data


@given(some.binary(max_size=50))
def test_nothing_else_than_malformed_is_raised(data: bytes) -> None:
    for read in (wire.read_bytes, wire.read_text):
        with contextlib.suppress(wire.Malformed):
            read(data, 0)
    with contextlib.suppress(wire.Malformed):
        wire.read_awareness(data)


@given(some.lists(some.tuples(numbers, numbers, some.text(some.characters(codec="utf-8")))))
def test_awareness_comes_back(entries: list[tuple[int, int, str]]) -> None:
    message = wire.awareness_message(entries)
    assert message[0] == wire.AWARENESS
    assert wire.read_awareness(wire.read_bytes(message, 1)[0]) == entries


def test_awareness_of_a_crowd_is_refused() -> None:
    with pytest.raises(wire.Malformed):
        wire.read_awareness(wire.write_number(wire.MOST_ENTRIES + 1))


def test_saved_holds_the_vector_and_the_count() -> None:
    assert wire.saved_head(b"\x01\x02\x03") + wire.write_number(300) == b"\x64\x03\x01\x02\x03\xac\x02"


@given(some.lists(some.binary()))
def test_stored_rows_come_back(updates: list[bytes]) -> None:
    body = wire.join_updates("4kq0", updates)
    assert wire.split_updates("4kq0", body) == updates


def test_rows_of_another_generation_are_void() -> None:
    assert wire.split_updates("new", wire.join_updates("old", [b"words"])) == []
