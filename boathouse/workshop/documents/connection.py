"""One socket on a room's document: reads the Yjs protocol, keeps to what its grant allows."""

from dataclasses import dataclass, field
from typing import Any

import structlog

from boathouse.core.sockets import SocketProtocol, binary_frame
from boathouse.workshop.documents.protocol import (
    AWARENESS,
    EMPTY_UPDATE,
    MISSING,
    QUERY_AWARENESS,
    STATE_VECTOR,
    SYNC,
    UPDATE,
    Malformed,
    awareness_message,
    missing_message,
    read_awareness,
    read_bytes,
    read_number,
    state_vector_message,
)
from boathouse.workshop.documents.room import Refused, RoomDocument

KEY = bytes((SYNC, UPDATE))  # how what somebody typed begins; its length follows
LARGEST_AWARENESS = 64 * 1024
LARGEST_SYNC = 1024 * 1024
PATIENCE = 15.0  # seconds a peer may take to read what waits for it
NO_WRITING = "You can read this draft but not change it."
log = structlog.get_logger()


@dataclass(eq=False)
class Grant:
    """What a connection may do, kept in memory so that no message needs a query.

    identities: whatever may end it, such as seat:ID, person:ID, session:HASH.
    """

    identity: str
    name: str
    seat: int = 0
    coach: bool = False
    may_write: bool = True
    identities: frozenset[str] = frozenset()
    user: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.user = {"id": self.identity, "name": self.name, "seat": self.seat, "coach": self.coach}


class Connection:
    """A receiver of a socket's messages. Known by being itself: a person may have several."""

    __slots__ = (
        "__weakref__",
        "clear_by",
        "grant",
        "keeps_up",
        "messages",
        "missed_from",
        "on_lost",
        "room",
        "socket",
        "wants_saved",
        "write",
    )

    def __init__(
        self, socket: SocketProtocol, room: RoomDocument, grant: Grant, wants_saved: bool, on_lost: Any
    ) -> None:
        self.socket, self.room, self.grant = socket, room, grant
        self.wants_saved, self.on_lost = wants_saved, on_lost
        self.write = socket.transport.write  # of prebuilt frames, by the room, while connected
        self.messages = 0  # sync-2 and update messages, all of them merged
        self.keeps_up = True
        self.missed_from = b""  # the state vector from which it lacks what was said
        self.clear_by: Any = None  # the timer that ends a peer who does not read

    def greet(self) -> None:
        """Ask for what the client has, and show who is here."""
        if self.grant.may_write:
            self.send(state_vector_message(self.room.words.vector()))
        if self.room.awareness.states:
            self.send(awareness_message(self.room.awareness.entries()))

    def send(self, message: bytes) -> None:
        """A message for this peer alone; none for one who does not keep up."""
        if self.keeps_up:
            self.socket.write(binary_frame(message))

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        self.socket.finish(code, reason)

    def received(self, message: bytes) -> int:
        """Handle one message; returns the bytes sent in answer."""
        try:
            return self._handle(message)
        except Refused as refusal:
            self.close(refusal.code, refusal.reason)
        except Malformed as problem:
            self.close(1007, f"That message could not be read: {problem}.")
        except Exception:
            log.exception("a document message failed", room=self.room.id)
            self.close(1011, "Something went wrong here.")
        return 0

    def _handle(self, message: bytes) -> int:
        if message[:2] == KEY and 3 < len(message) < 131 and message[2] + 3 == len(message):
            return self._update(message[3:], UPDATE)  # as below, for nearly all that comes
        kind, at = read_number(message, 0)
        if kind == SYNC:
            step, at = read_number(message, at)
            payload, _ = read_bytes(message, at)
            if step in (UPDATE, MISSING):
                return self._update(payload, step)
            if step == STATE_VECTOR:
                return self._answer(payload)
            raise Malformed("an unknown step")
        if kind == AWARENESS:
            if len(message) > LARGEST_AWARENESS:
                raise Refused(4413, "That is too much to say about oneself.")
            self._presence(read_bytes(message, at)[0])
        elif kind == QUERY_AWARENESS:
            self.send(awareness_message(self.room.awareness.entries()))
        else:
            raise Malformed("an unknown kind")
        return 0

    def _answer(self, vector: bytes) -> int:
        if not self.keeps_up:
            self.room.words.missing(vector)  # must at least be readable
            self.missed_from = vector
            return 0
        answer = missing_message(self.room.words.missing(vector))
        self.send(answer)
        return len(answer)

    def _update(self, update: bytes, step: int) -> int:
        cost = 0
        if len(update) > LARGEST_SYNC:
            raise Refused(4413, "That is too much at once: a megabyte is the most.")
        if update == EMPTY_UPDATE:
            pass  # the usual answer of a client that has nothing new
        elif not self.grant.may_write:
            raise Refused(4403, NO_WRITING)
        elif self.room.locked:
            # A client that comes back sends what it has; only words that are new to us are too late.
            if step == UPDATE or self.room.words.adds(update):
                raise Refused(*self.room.locked)
            cost = self.room.size
        self.messages += 1
        self.room.merge(update, self)
        return cost

    def _presence(self, payload: bytes) -> None:
        grant, awareness = self.grant, self.room.awareness
        changed, stale = awareness.hear(self, grant.identity, grant.user, read_awareness(payload))
        if stale:
            self.send(awareness_message(stale))
        self.room.show(changed)

    def stalled(self) -> None:
        """The peer does not read: stop sending, remember from where."""
        if self.keeps_up:
            self.keeps_up = False
            self.missed_from = self.room.words.vector()
            self.clear_by = self.socket.loop.call_later(PATIENCE, self._give_up)

    def drained(self) -> None:
        """It reads again: one message brings it up to date."""
        if self.keeps_up:
            return
        self.keeps_up = True
        self.clear_by.cancel()
        self.send(missing_message(self.room.words.missing(self.missed_from)))
        self.send(awareness_message(self.room.awareness.entries()))
        if self.wants_saved:
            self.room.unanswered[self] = None
            self.room.on_dirty(self.room)

    def lost(self) -> None:
        """The socket is closing."""
        if self.clear_by:
            self.clear_by.cancel()
        self.on_lost(self)

    def _give_up(self) -> None:
        self.socket.finish(1013, "Too slow, please come back.")
