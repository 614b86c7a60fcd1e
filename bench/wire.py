"""Frames and messages as a client writes and reads them, and keystrokes made by real Yjs documents."""

import random
import string

import pycrdt

from boathouse.workshop.document_protocol import read_bytes, read_number, update_message, write_bytes

LETTERS = string.ascii_lowercase + "    "


def client_frame(message: bytes) -> bytes:
    """A masked binary frame."""
    size = len(message)
    if size < 126:
        head = bytes((0x82, 0x80 | size))
    elif size < 65536:
        head = b"\x82\xfe" + size.to_bytes(2, "big")
    else:
        head = b"\x82\xff" + size.to_bytes(8, "big")
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


def saved_count(message: bytes) -> int:
    """The count at the end of message 100."""
    _, at = read_bytes(message, 1)
    return read_number(message, at)[0]


def addressed(room: str, message: bytes) -> bytes:
    """Hocuspocus puts the document's name before every message."""
    return write_bytes(room.encode()) + message
