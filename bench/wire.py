"""Frames and messages as a client writes and reads them, and keystrokes made by real Yjs documents."""

import random
import string
from collections.abc import Iterator

import pycrdt

from boathouse.workshop.documents.protocol import read_bytes, read_number, update_message, write_bytes

LETTERS = string.ascii_lowercase + "    "


def client_frame(message: bytes, opcode: int = 2) -> bytes:
    """A masked frame; 2 is binary, 10 a pong."""
    size = len(message)
    first = bytes((0x80 | opcode,))
    if size < 126:
        head = first + bytes((0x80 | size,))
    elif size < 65536:
        head = first + b"\xfe" + size.to_bytes(2, "big")
    else:
        head = first + b"\xff" + size.to_bytes(8, "big")
    mask = random.randbytes(4)
    pad = (mask * (size // 4 + 1))[:size]
    masked = int.from_bytes(message, "big") ^ int.from_bytes(pad, "big")
    return head + mask + masked.to_bytes(size, "big")


def server_frames(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames at the start of the data, as (opcode, payload), and the rest."""
    frames, at = [], 0
    while len(data) - at >= 2:
        size, start = data[at + 1] & 127, at + 2
        if size == 126:
            size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
        elif size == 127:
            size, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
        if len(data) < start + size:
            break
        frames.append((data[at] & 15, data[start : start + size]))
        at = start + size
    return frames, data[at:]


def keystrokes(client_id: int, field: str, count: int) -> list[bytes]:
    """Update messages of somebody typing at the end of a field, one letter each."""
    document: pycrdt.Doc = pycrdt.Doc(client_id=client_id)
    updates: list[bytes] = []
    text = document.get(field, type=pycrdt.Text)
    document.observe(lambda event: updates.append(event.update))
    for position in range(count):
        text.insert(position, random.choice(LETTERS))
    return [update_message(update) for update in updates]


def letters(update: bytes) -> Iterator[tuple[int, int]]:
    """(client id, clock) of every letter in an update of plain typing; some servers merge what they relay."""
    clients, at = read_number(update, 0)
    for _ in range(clients):
        structs, at = read_number(update, at)
        client, at = read_number(update, at)
        clock, at = read_number(update, at)
        for _ in range(structs):
            info, at = update[at], at + 1
            for _ in range(2 * bool(info & 0x80) + 2 * bool(info & 0x40)):  # what it stands beside
                _, at = read_number(update, at)
            if not info & 0xC0:
                _, at = read_bytes(update, at + 1)  # the field
            text, at = read_bytes(update, at)
            yield from ((client, clock + place) for place in range(len(text)))
            clock += len(text)


def saved_count(message: bytes) -> int:
    """The count at the end of message 100."""
    _, at = read_bytes(message, 1)
    return read_number(message, at)[0]


def addressed(room: str, message: bytes) -> bytes:
    """Hocuspocus puts the document's name before every message."""
    return write_bytes(room.encode()) + message
