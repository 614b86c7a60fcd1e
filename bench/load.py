"""Thousands of people on one epoll loop: connecting, typing, and noting what comes back when."""

import os
import random
import select
import socket
import time
from array import array
from dataclasses import dataclass, field

from bench.wire import addressed, client_frame, keystrokes, letters, saved_count, server_frames
from boathouse.workshop.documents.protocol import (
    SAVED,
    missing_message,
    read_bytes,
    state_vector_message,
    write_bytes,
)

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: http://{host}\r\n\r\n"
)
EMPTY = b"\x00\x00"
HELLO = b"\x02\x00" + write_bytes(b"") + write_bytes(b"4.0.0")  # Hocuspocus: a token and a version
clock = time.perf_counter


@dataclass
class Plan:
    """kind: yjs, hocuspocus or relay. places: [room name, path, field] of each client."""

    kind: str
    port: int
    places: list[list[str]]
    rate: float  # keystrokes a second and client
    seconds: float
    warmup: float
    server: int  # its process id
    together: int = 100  # connections under way at once


@dataclass(eq=False)
class Client:
    """One socket and what it has seen."""

    number: int
    room: str
    sock: socket.socket
    rest: bytes = b""
    is_open: bool = False  # the HTTP handshake is over
    is_ready: bool = False
    answered: int = 0  # sync-2 messages it sent, which message 100 counts too
    stored: int = 0  # keystrokes acknowledged
    seen: array = field(default_factory=lambda: array("l"))  # keystrokes of others
    seen_at: array = field(default_factory=lambda: array("d"))
    stored_at: array = field(default_factory=lambda: array("d"))
    frames: list[bytes] = field(default_factory=list)


class Load:
    """All clients of one run."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.each = round(plan.rate * (plan.warmup + plan.seconds))
        self.poll = select.epoll()
        self.clients: dict[int, Client] = {}  # by file descriptor
        self.everyone: list[Client] = []
        self.known: dict[bytes, int] = {}  # a message as the server sends it: number of the keystroke
        self.ready = self.lost_sockets = self.first = 0

    def connect(self) -> float:
        """Open and synchronise all clients; returns the seconds it took."""
        began, places = clock(), iter(enumerate(self.plan.places))
        under_way = len(self.plan.places)
        while self.ready < under_way and not self.lost_sockets:
            while len(self.everyone) - self.ready < self.plan.together:
                number, place = next(places, (0, None))
                if place is None:
                    break
                self._dial(number, *place[:2])
            self.listen(0.05)
        if self.lost_sockets:
            raise SystemExit("the server closed a socket while people were connecting")
        return clock() - began

    def prepare(self) -> None:
        """Write all keystrokes beforehand, so that typing costs next to nothing."""
        first = self.first = random.randrange(2**28, 2**29)
        for client, (room, _, name) in zip(self.everyone, self.plan.places, strict=True):
            for index, message in enumerate(keystrokes(first + client.number, name, self.each)):
                full = addressed(room, message) if self.plan.kind == "hocuspocus" else message
                client.frames.append(client_frame(full))
                self.known[full] = client.number * self.each + index
            self.listen(0)

    def listen(self, timeout: float) -> None:
        """Read whatever has come."""
        for descriptor, _ in self.poll.poll(timeout, 512):
            client = self.clients.get(descriptor)
            if client is None:
                continue
            try:
                data = os.read(descriptor, 65536)
            except OSError:
                data = b""
            if data:
                self._read(client, client.rest + data if client.rest else data, clock())
            else:
                self._lose(client)

    def type(self, client: Client, index: int) -> None:
        """Send one keystroke."""
        self._send(client, client.frames[index])

    def _dial(self, number: int, room: str, path: str) -> None:
        sock = socket.create_connection(("127.0.0.1", self.plan.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = Client(number, room, sock)
        self.everyone.append(client)
        self.clients[sock.fileno()] = client
        self.poll.register(sock.fileno(), select.EPOLLIN)
        sock.sendall(HANDSHAKE.format(path=path, host=f"127.0.0.1:{self.plan.port}").encode())

    def _send(self, client: Client, frame: bytes) -> None:
        try:
            client.sock.sendall(frame)
        except OSError:
            self._lose(client)

    def _say(self, client: Client, message: bytes) -> None:
        full = addressed(client.room, message) if self.plan.kind == "hocuspocus" else message
        self._send(client, client_frame(full))

    def _lose(self, client: Client) -> None:
        if self.clients.pop(client.sock.fileno(), None):
            self.lost_sockets += 1
            client.sock.close()

    def _read(self, client: Client, data: bytes, now: float) -> None:
        if not client.is_open:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                client.rest = head
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                raise SystemExit(f"refused: {head[:80]!r}")
            self._opened(client)
        frames, client.rest = server_frames(data)
        for opcode, message in frames:
            number = self.known.get(message)
            if number is not None:
                self._see(client, number, now)
            elif opcode == 2:
                self._hear(client, message, now)
            elif opcode == 9:
                self._send(client, client_frame(message, 10))
            elif opcode == 8:
                return self._lose(client)

    def _see(self, client: Client, number: int, now: float) -> None:
        if number // self.each != client.number:  # some servers send one's own keys back
            client.seen.append(number)
            client.seen_at.append(now)

    def _opened(self, client: Client) -> None:
        client.is_open = True
        if self.plan.kind == "relay":
            self._is_ready(client)
            return
        if self.plan.kind == "hocuspocus":
            self._say(client, HELLO)  # it answers that we may, and only then takes more
        else:
            self._say(client, state_vector_message(b"\x00"))

    def _is_ready(self, client: Client) -> None:
        if not client.is_ready:
            client.is_ready = True
            self.ready += 1

    def _hear(self, client: Client, message: bytes, now: float) -> None:
        if self.plan.kind == "hocuspocus":
            message = message[len(addressed(client.room, b"")) :]
            if message[:2] == b"\x02\x02":
                self._say(client, state_vector_message(b"\x00"))
            if message[0] == 4:  # sync, as a reply
                message = b"\x00" + message[1:]
        if message[:2] == b"\x00\x00":
            client.answered += 1
            self._say(client, missing_message(EMPTY))
        elif message[:2] == b"\x00\x01":
            self._is_ready(client)
        elif message[:2] == b"\x00\x02":  # several keystrokes in one
            for who, index in letters(read_bytes(message, 2)[0]):
                self._see(client, (who - self.first) * self.each + index, now)
        elif message[0] == SAVED:
            stored = max(0, saved_count(message) - client.answered)
            client.stored_at.extend([now] * (stored - client.stored))
            client.stored = stored
