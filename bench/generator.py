"""The load: one process on an epoll loop that types as thousands of people and times what comes back.

Run by bench.documents, which gives it a plan on standard input and reads figures from standard output.
All clocks are this process's own, so a latency is from the write of a keystroke to the read at each peer.
"""

import gc
import json
import os
import random
import resource
import select
import socket
import sys
import time
from array import array
from dataclasses import dataclass, field

from bench.wire import addressed, client_frame, keystrokes, saved_count, server_frames
from boathouse.workshop.document_protocol import SAVED, missing_message, state_vector_message

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: http://{host}\r\n\r\n"
)
EMPTY = b"\x00\x00"
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
        self.ready = self.lost_sockets = 0

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
        first = random.randrange(2**28, 2**29)
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
                client.seen.append(number)
                client.seen_at.append(now)
            elif opcode == 2:
                self._hear(client, message, now)
            elif opcode == 8:
                return self._lose(client)

    def _opened(self, client: Client) -> None:
        client.is_open = True
        if self.plan.kind == "relay":
            self._is_ready(client)
            return
        if self.plan.kind == "hocuspocus":
            self._say(
                client, b"\x02\x00" + bytes((1,)) + b"x" + bytes((5,)) + b"4.0.0"
            )  # a token and a version
        self._say(client, state_vector_message(b"\x00"))

    def _is_ready(self, client: Client) -> None:
        if not client.is_ready:
            client.is_ready = True
            self.ready += 1

    def _hear(self, client: Client, message: bytes, now: float) -> None:
        if self.plan.kind == "hocuspocus":
            message = message[len(addressed(client.room, b"")) :]
        if message[:2] == b"\x00\x00":
            client.answered += 1
            self._say(client, missing_message(EMPTY))
        elif message[:2] == b"\x00\x01":
            self._is_ready(client)
        elif message[0] == SAVED:
            stored = max(0, saved_count(message) - client.answered)
            client.stored_at.extend([now] * (stored - client.stored))
            client.stored = stored


def usage(process: int) -> tuple[float, int]:
    """CPU seconds and resident bytes of a process and its children."""
    with open(f"/proc/{process}/stat") as stat:
        values = stat.read().rsplit(")", 1)[1].split()
    cpu = (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")
    return cpu, int(values[21]) * resource.getpagesize()


def run(plan: Plan) -> dict[str, float]:
    """Connect, type, and report."""
    load = Load(plan)
    resident = usage(plan.server)[1]
    connecting = load.connect()
    wait_until(load, clock() + 1)
    per_socket = (usage(plan.server)[1] - resident) / len(load.everyone)
    load.prepare()
    gc.collect()
    gc.disable()
    sent = array("d", [0.0]) * (load.each * len(load.everyone))
    marks = type_all(load, sent)
    wait_until(load, clock() + 3)
    return {"connecting_s": connecting, "bytes_per_socket": per_socket, **figures(load, sent, *marks)}


def wait_until(load: Load, moment: float) -> None:
    """Only listen."""
    while clock() < moment:
        load.listen(0.05)


def type_all(load: Load, sent: array) -> list[tuple[float, float, float]]:
    """Everybody types at their rate. Returns (time, server's CPU, own CPU) when measuring begins and ends."""
    plan, step = load.plan, 1 / load.plan.rate
    due = [
        (random.random() * step + index * step, client, index)
        for client in load.everyone
        for index in range(load.each)
    ]
    due.sort(key=lambda key: key[0])
    marks: list[tuple[float, float, float]] = []
    began = clock() + 0.1
    for at, client, index in due:
        while (wait := began + at - clock()) > 0:
            load.listen(wait)
        if not marks and at >= plan.warmup:
            marks.append((clock(), usage(plan.server)[0], time.process_time()))
        sent[client.number * load.each + index] = clock()
        load.type(client, index)
        if index % 8 == 0:
            load.listen(0)
    marks.append((clock(), usage(plan.server)[0], time.process_time()))
    return marks


def figures(
    load: Load, sent: array, start: tuple[float, float, float], end: tuple[float, float, float]
) -> dict[str, float]:
    """What the measured seconds showed."""
    rooms: dict[str, int] = {}
    for client in load.everyone:
        rooms[client.room] = rooms.get(client.room, 0) + 1
    expected = sum(load.each * (rooms[client.room] - 1) for client in load.everyone)
    arrived = sum(len(set(client.seen)) for client in load.everyone)
    waits = [
        at - sent[key]
        for c in load.everyone
        for key, at in zip(c.seen, c.seen_at, strict=True)
        if start[0] <= sent[key] <= end[0]
    ]
    acks = [
        at - sent[c.number * load.each + key]
        for c in load.everyone
        for key, at in enumerate(c.stored_at)
        if start[0] <= sent[c.number * load.each + key] <= end[0]
    ]
    within = sum(start[0] <= at <= end[0] for c in load.everyone for at in c.seen_at)
    cpu = end[1] - start[1]
    return {
        "lost": expected - arrived,
        "unacknowledged": sum(load.each - c.stored for c in load.everyone),
        "lost_sockets": load.lost_sockets,
        "deliveries_per_s": within / (end[0] - start[0]),
        "cpu_us_per_delivery": cpu / within * 1e6 if within else 0,
        "server_cpu": cpu / (end[0] - start[0]),
        "generator_cpu": (end[2] - start[2]) / (end[0] - start[0]),
        **percentiles("key", waits),
        **percentiles("ack", acks),
    }


def percentiles(name: str, seconds: list[float]) -> dict[str, float]:
    """In milliseconds."""
    ordered = sorted(seconds) or [0.0]
    return {
        f"{name}_p{share}_ms": ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1000
        for share in (50, 99)
    } | {f"{name}_max_ms": ordered[-1] * 1000}


if __name__ == "__main__":
    print(json.dumps(run(Plan(**json.load(sys.stdin)))))
