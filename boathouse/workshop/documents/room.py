"""One room's document in memory: its words, its connections, and what is not stored yet.

A change is relayed to the peers the moment it is merged; the acknowledgement waits for the commit.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from boathouse.core.sockets import binary_frame
from boathouse.workshop.documents.awareness import Awareness
from boathouse.workshop.documents.crdt import Words
from boathouse.workshop.documents.protocol import (
    EMPTY_UPDATE,
    awareness_message,
    saved_head,
    update_message,
    write_number,
)
from boathouse.workshop.documents.scan import Foreign, root_names

if TYPE_CHECKING:
    from boathouse.workshop.documents.connection import Connection

CURSOR_PAUSE = 0.1  # seconds between two relays of who is where
LARGEST_DOCUMENT = 2 * 1024 * 1024


class Refused(Exception):
    """A message that ends its sender's connection. code: of the close; reason: a sentence."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass
class Batch:
    """What one commit holds of one room, and whom to tell afterwards."""

    room: "RoomDocument"
    updates: list[bytes]
    vector: bytes
    counts: list[tuple["Connection", int]]  # messages of each socket that it covers

    def stored(self) -> None:
        """The commit is durable: acknowledge to those who asked."""
        self.room.being_stored = []
        self.room.rows += bool(self.updates)
        head = saved_head(self.vector)
        for connection, count in self.counts:
            connection.send(head + write_number(count))


@dataclass(eq=False)
class RoomDocument:
    """A room whose document is loaded.

    on_dirty: there is something to store or to answer. on_typed: words changed. on_failed: a commit failed.
    """

    id: str
    on_dirty: Callable[["RoomDocument"], None]
    on_typed: Callable[["RoomDocument"], None]
    on_failed: Callable[["RoomDocument"], None]
    generation: str = ""
    copies: dict[str, str | None] = field(default_factory=dict)  # of each known field, as the rows have it
    locked: tuple[int, str] | None = None  # the close code and sentence for whoever writes
    lock_is_told: bool = False  # locked or unlocked in memory: newer than what loading read
    connections: dict["Connection", None] = field(default_factory=dict)
    writers: dict[str, float] = field(default_factory=dict)  # identity: monotonic time of the last key
    unstored: list[bytes] = field(default_factory=list)
    being_stored: list[bytes] = field(default_factory=list)
    unanswered: dict["Connection", None] = field(default_factory=dict)
    rows: int = 0  # in the store
    size: int = 0  # bytes, an upper bound
    typed_at: float = 0.0  # monotonic, of the last change
    activity_written: float = 0.0  # typed_at as it was when last_activity_at was written
    edited_at: float = float("-inf")  # monotonic, of the last edit by the server
    idle_since: float = field(default_factory=time.monotonic)
    dropped: bool = False

    def __post_init__(self) -> None:
        self.words = Words()
        self.awareness = Awareness()
        self._to_show: set[int] = set()
        self._shown_at = 0.0
        self._show_timer: asyncio.TimerHandle | None = None

    def load(self, generation: str, updates: list[bytes], rows: int, copies: dict[str, str]) -> None:
        """Fill with what the database holds."""
        self.generation, self.rows = generation, rows
        self.copies = {**copies, **self.copies}
        self.words.load(updates)
        self.size = len(self.words.missing()) if updates else 0

    def merge(self, update: bytes, sender: "Connection") -> None:
        """Take a client's update: judge it, merge it, relay it. Errors: Malformed, Refused."""
        self._judge(update)
        changed = self.words.apply(update)
        self.unanswered[sender] = None
        if changed and changed != EMPTY_UPDATE:
            self.unstored.append(changed)
            # What waited for a missing piece comes out together with it, and its sender lacks the rest.
            self._relay(changed, sender if changed == update else None)
            self.writers[sender.grant.identity] = self.typed_at
        self.on_dirty(self)

    def merge_stored(self, update: bytes) -> None:
        """Take an edit of the server's that is committed already, and relay it."""
        changed = self.words.apply(update)
        if changed and changed != EMPTY_UPDATE:
            self._relay(changed, None)

    def take(self) -> Batch:
        """What to store now."""
        self.being_stored, self.unstored = self.unstored, []
        asked = [connection for connection in self.unanswered if connection.wants_saved]
        self.unanswered = {}
        vector = self.words.vector() if asked else b""
        return Batch(self, self.being_stored, vector, [(each, each.messages) for each in asked])

    def failed(self) -> None:
        """The commit failed."""
        self.on_failed(self)

    def not_stored(self) -> list[bytes]:
        """What no commit has made durable yet."""
        return [*self.being_stored, *self.unstored]

    def changed_texts(self) -> dict[str, str]:
        """The known fields whose rows are behind."""
        texts = self.words.texts(self.copies)
        return {name: text for name, text in texts.items() if text != self.copies[name]}

    def learn(self, names: tuple[str, ...]) -> None:
        """Fields of rows that are new."""
        for name in names:
            self.copies.setdefault(name, None)

    def broadcast(self, message: bytes, leave_out: "Connection | None" = None) -> None:
        """One frame, built once, to everybody who keeps up."""
        frame = binary_frame(message)
        for connection in self.connections:
            if connection is not leave_out and connection.keeps_up:
                connection.write(frame)

    def drop(self) -> None:
        """The room leaves memory."""
        self.dropped = True
        if self._show_timer:
            self._show_timer.cancel()

    def show(self, clients: set[int]) -> None:
        """Relay where these are now, to themselves too, at most ten times a second."""
        if not clients or self.dropped:
            return
        self._to_show |= clients
        if self._show_timer is None:
            loop = asyncio.get_running_loop()
            wait = self._shown_at + CURSOR_PAUSE - loop.time()
            if wait <= 0:
                self._show()
            else:
                self._show_timer = loop.call_later(wait, self._show)

    def _show(self) -> None:
        self._show_timer = None
        self._shown_at = asyncio.get_running_loop().time()
        clients, self._to_show = self._to_show, set()
        self.broadcast(awareness_message(self.awareness.entries(clients)))

    def _judge(self, update: bytes) -> None:
        try:
            foreign = root_names(update).difference(self.copies)
        except Foreign as problem:
            raise Refused(4403, f"A draft holds text only, and this was {problem}.") from None
        if foreign:
            raise Refused(4403, "This draft has no such field.")
        if self.size + len(update) > LARGEST_DOCUMENT:
            self.size = len(self.words.missing())
            if self.size + len(update) > LARGEST_DOCUMENT:
                raise Refused(4413, "This draft is full: it holds two megabytes of words and their history.")

    def _relay(self, changed: bytes, leave_out: "Connection | None") -> None:
        self.size += len(changed)
        self.typed_at = time.monotonic()
        self.broadcast(update_message(changed), leave_out)
        self.on_typed(self)
