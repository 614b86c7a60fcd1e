"""A participant's line to the room's document: synchronises it and counts what is stored.

It speaks the standard protocol with message 100 asked for, as a browser does: on a cut the words stay in
the participant's copy, and the next connection brings what the server lacks.
"""

import json
import time
from collections import deque

from boathouse.workshop.documents.protocol import (
    AWARENESS,
    SAVED,
    STATE_VECTOR,
    SYNC,
    UPDATE,
    awareness_message,
    missing_message,
    read_awareness,
    read_bytes,
    read_number,
    state_vector_message,
    update_message,
)
from boathouse.workshop.simulation.line import Line
from boathouse.workshop.simulation.tally import Tally
from boathouse.workshop.simulation.words import Words

NOTHING = b"\x00"  # an empty state vector
Sent = dict[tuple[int, int], float]  # client and clock of a change, to when it was sent


class DocumentLine(Line):
    """Keeps a copy in touch. sent: shared by a room's people, to measure how fast changes travel."""

    def __init__(self, address: str, tally: Tally, sent: Sent) -> None:
        super().__init__(address)
        self.tally, self.sent = tally, sent
        self.words = Words()
        self.writers: set[int] = set()  # client ids that were seen with a pen in a field
        self.is_open = False  # whether what is typed now travels now
        self._on_the_way: deque[float] = deque()  # when each message that is not stored yet was sent
        self._counted = 0  # messages of this connection that are stored
        self._stored = NOTHING  # the vector of what is stored
        self._clock = 0  # of our awareness
        self._was_open = False

    @property
    def is_saved(self) -> bool:
        """Whether everything in this copy is stored on the server."""
        return self.is_open and not self._on_the_way and self.words.is_within(self._stored)

    async def pass_on(self) -> None:
        """Send what was typed since, if the line is open; otherwise the next connection brings it."""
        changes, self.words.fresh = self.words.fresh, []
        for change in changes:
            if self.is_open:
                if key := first_of(change):
                    self.sent[key] = time.perf_counter()
                await self._send_words(update_message(change))

    async def show(self, field: str | None) -> None:
        """Tell the others which field the pen is in."""
        self._clock += 1
        state = json.dumps({"field": field})
        await self.send(awareness_message([(self.words.client, self._clock, state)]))

    async def opened(self) -> None:
        """Ask for what was missed."""
        self._on_the_way.clear()
        self._counted = 0
        await self.send(state_vector_message(self.words.vector()))

    async def beat(self) -> None:
        """Others forget who was silent for half a minute."""
        await self.show(None)

    def closed(self) -> None:
        """What is typed now stays here."""
        self.is_open = False

    async def hear(self, message: str | bytes) -> None:
        """Take one message in."""
        if isinstance(message, str):
            return
        kind = message[0]
        if kind == SYNC and message[1] == STATE_VECTOR:
            await self._answer(read_bytes(message, 2)[0])
        elif kind == SYNC:
            update, _ = read_bytes(message, 2)
            self.words.hear(update)
            if message[1] == UPDATE:
                self._measure(update)
        elif kind == SAVED:
            self._stored, at = read_bytes(message, 1)
            self._count(read_number(message, at)[0])
        elif kind == AWARENESS:
            entries = read_awareness(read_bytes(message, 1)[0])
            self.writers |= {client for client, _, state in entries if '"field":"' in state}

    async def _answer(self, vector: bytes) -> None:
        """Bring what the server lacks; from now on changes go out as they are typed."""
        self.words.fresh.clear()
        self.is_open = True
        self.tally.reconnects += self._was_open
        self._was_open = True
        await self._send_words(missing_message(self.words.missing(vector)))
        await self.show(None)

    async def _send_words(self, message: bytes) -> None:
        self._on_the_way.append(time.perf_counter())
        await self.send(message)

    def _count(self, stored: int) -> None:
        """The server has stored so many messages of this connection."""
        now = time.perf_counter()
        while self._counted < stored and self._on_the_way:
            self.tally.saved.append(now - self._on_the_way.popleft())
            self._counted += 1

    def _measure(self, update: bytes) -> None:
        self.tally.deliveries += 1
        sent_at = self.sent.get(first_of(update) or (0, 0))
        if sent_at is not None:
            self.tally.seen.append(time.perf_counter() - sent_at)


def first_of(update: bytes) -> tuple[int, int] | None:
    """Client and clock of the first insertion in an update; None for one that only deletes."""
    clients, at = read_number(update, 0)
    if not clients:
        return None
    _, at = read_number(update, at)
    client, at = read_number(update, at)
    return client, read_number(update, at)[0]
