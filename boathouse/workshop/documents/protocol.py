"""The bytes on a document's socket: y-protocols sync and awareness, and our own message 100.

Everything here is pure. Varuints are lib0's: seven bits a byte, the lowest first.
"""

from collections.abc import Iterable
from typing import Final

SYNC: Final = 0
AWARENESS: Final = 1
QUERY_AWARENESS: Final = 3
SAVED: Final = 100

STATE_VECTOR: Final = 0  # sync step 1: what the sender has
MISSING: Final = 1  # sync step 2: what the other lacked
UPDATE: Final = 2

EMPTY_UPDATE: Final = b"\x00\x00"
MOST_ENTRIES: Final = 1000  # in one awareness message; a room holds a few dozen
LARGEST_NUMBER: Final = 2**53 - 1  # JavaScript's integers


class Malformed(ValueError):
    """The peer sent bytes that mean nothing."""


def write_number(number: int) -> bytes:
    """A varuint. number: 0 or more."""
    if number < 128:
        return bytes((number,))
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """The varuint at an offset, and the offset after it. Errors: Malformed."""
    number = shift = 0
    try:
        if data[at] < 128:
            return data[at], at + 1
        while True:
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
            if shift > 49:
                raise Malformed("a number is too large")
    except IndexError:
        raise Malformed("a number is cut short") from None
    if number > LARGEST_NUMBER:
        raise Malformed("a number is too large")
    return number, at


def write_bytes(data: bytes) -> bytes:
    """A varUint8Array: the length, then the bytes."""
    return write_number(len(data)) + data


def read_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    """The varUint8Array at an offset, and the offset after it. Errors: Malformed."""
    length, at = read_number(data, at)
    if at + length > len(data):
        raise Malformed("bytes are cut short")
    return data[at : at + length], at + length


def read_text(data: bytes, at: int) -> tuple[str, int]:
    """The varString at an offset, and the offset after it. Errors: Malformed."""
    raw, at = read_bytes(data, at)
    try:
        return raw.decode(), at
    except UnicodeDecodeError:
        raise Malformed("a text is not UTF-8") from None


def state_vector_message(vector: bytes) -> bytes:
    """Sync step 1: asks the peer for what this vector lacks."""
    return b"\x00\x00" + write_bytes(vector)


def missing_message(update: bytes) -> bytes:
    """Sync step 2: the answer to step 1."""
    return b"\x00\x01" + write_bytes(update)


def update_message(update: bytes) -> bytes:
    """A change as it happens."""
    return b"\x00\x02" + write_bytes(update)


def awareness_message(entries: Iterable[tuple[int, int, str]]) -> bytes:
    """Who is here. entries: client id, clock, state as JSON ("null" once gone)."""
    listed = list(entries)
    parts = [write_number(len(listed))]
    for client, clock, state in listed:
        parts += (write_number(client), write_number(clock), write_bytes(state.encode()))
    return b"\x01" + write_bytes(b"".join(parts))


def read_awareness(payload: bytes) -> list[tuple[int, int, str]]:
    """The entries of an awareness update: client id, clock, state as JSON. Errors: Malformed."""
    count, at = read_number(payload, 0)
    if count > MOST_ENTRIES:
        raise Malformed("too many people")
    entries = []
    for _ in range(count):
        client, at = read_number(payload, at)
        clock, at = read_number(payload, at)
        state, at = read_text(payload, at)
        entries.append((client, clock, state))
    return entries


def saved_head(vector: bytes) -> bytes:
    """Message 100 but for its end: how many messages of the socket are stored so far, a varuint.

    vector: of what is stored, the same for all who are told.
    """
    return bytes((SAVED,)) + write_bytes(vector)


def join_updates(generation: str, updates: Iterable[bytes]) -> bytes:
    """The body of a stored row. The generation makes a row that outlived an erase void."""
    return write_bytes(generation.encode()) + b"".join(write_bytes(update) for update in updates)


def split_updates(generation: str, body: bytes) -> list[bytes]:
    """The updates of a stored row; none if it belongs to another generation. Errors: Malformed."""
    owner, at = read_text(body, 0)
    updates = []
    while owner == generation and at < len(body):
        update, at = read_bytes(body, at)
        updates.append(update)
    return updates
