"""The server's WebSocket protocol: ordinary ASGI until a socket is handed over, then straight ahead.

A document socket relays thousands of small frames a second, and ASGI's queue, task and coroutine cost more
than the work itself. So accepting and authorising stay ordinary ASGI; afterwards hand_over() ends the ASGI
call, and every message goes synchronously from the transport to the receiver. What ASGI's backpressure gave
is done here: a pace for what a peer may send, and a bound in bytes on what waits for it.
"""

import logging
import struct
from collections.abc import MutableMapping
from typing import Any, Protocol

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import apply_mask
from websockets.protocol import OPEN

EXTENSION = "boathouse.socket"
UNREAD = 256 * 1024  # bytes waiting for a peer before nothing more is sent to it
SLICE = 4096  # bytes of one peer that are worked on before the others have their turn
RATE = 1_000_000  # bytes a second a peer may send for long
BURST = 4_000_000  # bytes it may send at once
SMALLEST = 1_000  # bytes that even an empty message counts as
GOODBYE = 1.0  # seconds to answer our close


log = logging.getLogger("boathouse.sockets")
log.setLevel(logging.WARNING)  # a line a socket helps nobody, and costs


class Receiver(Protocol):
    """What takes the messages of a socket that was handed over."""

    def received(self, message: bytes) -> int:
        """Handle one binary message; returns how many bytes were sent in answer, for the peer's pace."""

    def stalled(self) -> None:
        """Too much waits for the peer: send nothing until it has drained."""

    def drained(self) -> None:
        """The peer has read what waited."""

    def lost(self) -> None:
        """The socket is closed or closing; called once."""


def binary_frame(message: bytes) -> bytes:
    """A whole unmasked frame, to be built once and written to many sockets."""
    size = len(message)
    if size < 126:
        return bytes((0x82, size)) + message
    if size < 65536:
        return struct.pack("!BBH", 0x82, 126, size) + message
    return struct.pack("!BBQ", 0x82, 127, size) + message


def is_small_message(data: bytes) -> bool:
    """Whether these bytes are one masked binary frame of a whole message of at most 125 bytes.

    Nearly every key somebody presses arrives so, and the general parser costs more than the merge.
    """
    return len(data) > 6 and data[0] == 0x82 and data[1] == 0x80 | len(data) - 6 and len(data) <= 131


def socket_of(scope: MutableMapping[str, Any]) -> "SocketProtocol":
    """The protocol below an ASGI WebSocket. Errors: TypeError when another server runs the app."""
    found = scope["extensions"].get(EXTENSION)
    if not isinstance(found, SocketProtocol):
        raise TypeError("Serve with uvicorn and ws=boathouse.core.sockets.SocketProtocol.")
    return found


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own protocol; a socket may leave ASGI once it is accepted."""

    receiver: Receiver | None = None
    backlog: bytes = b""  # read from the peer and not yet worked on
    allowance: float = BURST
    refilled: float = 0.0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.logger = self.conn.logger = log

    def hand_over(self, receiver: Receiver) -> None:
        """From now on messages go to the receiver, and the ASGI call may return."""
        self.receiver = receiver
        self.refilled = self.loop.time()
        early = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        if self.disconnected or self.transport.is_closing():
            return self._release()  # gone while it was authorised; a closed transport takes no limits either
        self.transport.set_write_buffer_limits(high=UNREAD, low=UNREAD // 4)
        for event in early:
            if event["type"] == "websocket.receive":
                self._take(event.get("bytes"))
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def write(self, frame: bytes) -> None:
        """Send a prebuilt frame. Callers hold back while the receiver is stalled."""
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(frame)

    def finish(self, code: int, reason: str) -> None:
        """Close with a code and a sentence, and cut the line if the peer does not answer."""
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code, fit_reason(reason))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        self.close_timer = self.loop.call_later(GOODBYE, self.transport.abort)
        self._release()

    async def run_asgi(self) -> None:
        """As uvicorn's, except that a socket handed over outlives its ASGI call."""
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[EXTENSION] = self
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except BaseException:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
        finally:
            del extensions[EXTENSION]
        if self.receiver is None and self.close_timer is None:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """A little at once: somebody's megabyte must not hold up everybody's keystrokes."""
        if self.receiver is None:
            super().data_received(data)
        elif is_small_message(data) and self._is_between_messages():
            self._take(apply_mask(data[6:], data[2:6]))
            if self.allowance < 0:
                self._refill()
        elif self.backlog or len(data) > SLICE:
            waiting = bool(self.backlog)
            self.backlog += data
            if not waiting:
                self.transport.pause_reading()
                self._work()
        else:
            self._feed(data)
            if self.allowance < 0:
                self._refill()

    def _is_between_messages(self) -> bool:
        """Nothing waits: neither here, nor half a frame or message in the parser."""
        conn = self.conn
        return not (self.backlog or conn.reader.buffer or self.frames) and conn.state is OPEN

    def _feed(self, data: bytes) -> None:
        self.conn.receive_data(data)
        if self.conn.parser_exc is None:
            self.handle_events()
        else:
            self._release()
            self.handle_parser_exception()

    def _work(self) -> None:
        now, self.backlog = self.backlog[:SLICE], self.backlog[SLICE:]
        self._feed(now)
        self._refill()

    def _refill(self) -> None:
        """Go on at once, later if the peer is over its pace, or read again if all is done."""
        now = self.loop.time()
        self.allowance = min(BURST, self.allowance + (now - self.refilled) * RATE)
        self.refilled = now
        if self.disconnected or self.transport.is_closing():
            self.backlog = b""
        elif self.allowance < 0:
            self.transport.pause_reading()
            self.loop.call_later(-self.allowance / RATE, self._refill)
        elif self.backlog:
            self.loop.call_soon(self._work)
        else:
            self.transport.resume_reading()

    def send_receive_event_to_app(self) -> None:
        """A whole message has come."""
        if self.receiver is None:
            return super().send_receive_event_to_app()
        message = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        self._take(message if self.curr_msg_data_type == "bytes" else None)

    def _take(self, message: bytes | bytearray | None) -> None:
        if self.receiver is None:
            return
        if message is None:
            return self.finish(1003, "This socket takes binary messages only.")
        self.allowance -= max(SMALLEST, len(message)) + self.receiver.received(bytes(message))

    def pause_writing(self) -> None:
        """The transport holds more than the bound."""
        super().pause_writing()
        if self.receiver:
            self.receiver.stalled()

    def resume_writing(self) -> None:
        """The transport holds little again."""
        super().resume_writing()
        if self.receiver:
            self.receiver.drained()

    def handle_close(self, event: Any) -> None:
        """The peer says goodbye, or answers ours."""
        self._release()
        super().handle_close(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is cut."""
        self._release()
        super().connection_lost(exc)
        self.conn.parser.close()  # a suspended generator would keep everything here alive in a circle

    def shutdown(self) -> None:
        """The server stops: 1012 tells the peer to come back. It may answer before the line is cut."""
        if self.receiver is None:
            super().shutdown()
        else:
            self.finish(1012, "The server restarts.")

    def _release(self) -> None:
        receiver, self.receiver = self.receiver, None
        self.backlog = b""
        if receiver:
            receiver.lost()


def fit_reason(reason: str) -> str:
    """A close frame holds 123 bytes of reason."""
    return reason.encode()[:123].decode(errors="ignore")
