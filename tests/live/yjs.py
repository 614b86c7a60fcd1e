"""A stock Yjs client for tests: a pycrdt document on a WebSocket, keeping what the server tells it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pycrdt
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from boathouse.workshop.documents import protocol as wire

PATIENCE = 10.0


class Client:
    """Somebody with the document open. The document outlives its connections, as in a browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.document: pycrdt.Doc = pycrdt.Doc()
        self.texts: dict[str, pycrdt.Text] = {}
        self.people: dict[int, dict[str, Any] | None] = {}  # awareness as the server tells it
        self.sent = self.stored = 0  # sync-2 and update messages of this connection, and message 100's count
        self.stored_vector = self.needed = b"\x00"
        self.synced = False
        self.closed: tuple[int, str] | None = None
        self.heard = asyncio.Condition()
        self.socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._applying = False
        self.document.observe(lambda event: self._typed(event.update))

    async def open(self, **options: Any) -> "Client":
        """Connect and exchange documents."""
        socket = await connect(self.url, max_size=None, compression=None, **options)
        self.sent = self.stored = 0
        self.synced, self.closed, self.socket = False, None, socket
        self._reader = asyncio.create_task(self._read())
        await self.send(wire.state_vector_message(self.document.get_state()))
        return self

    async def synchronised(self) -> "Client":
        """Wait for the server's answer."""
        await self.until(lambda: self.synced or self.closed)
        assert self.synced, self.closed
        return self

    def field(self, name: str) -> pycrdt.Text:
        """A root text."""
        if name not in self.texts:
            self.texts[name] = self.document.get(name, type=pycrdt.Text)
        return self.texts[name]

    def text(self, name: str) -> str:
        """Its words."""
        return str(self.field(name))

    @property
    def is_saved(self) -> bool:
        """As our browser judges it: all that left is stored, with all that stood here when it left."""
        if self.sent != self.stored or self.sent == 0:
            return False
        stored = vector(self.stored_vector)
        return all(stored.get(who, 0) >= clock for who, clock in vector(self.needed).items())

    async def until(self, true: Callable[[], Any], patience: float = PATIENCE) -> None:
        """Wait until something the server told makes it true."""
        async with asyncio.timeout(patience), self.heard:
            await self.heard.wait_for(true)

    async def ended(self) -> int:
        """Wait until the server closes; its code."""
        await self.until(lambda: self.closed)
        assert self.closed
        return self.closed[0]

    async def send(self, message: bytes) -> None:
        """Any bytes."""
        assert self.socket
        await self.socket.send(message)

    async def show(self, state: dict[str, Any] | None, clock: int = 1, client: int | None = None) -> None:
        """Awareness."""
        entry = (client or self.document.client_id, clock, json.dumps(state))
        await self.send(wire.awareness_message([entry]))

    async def close(self) -> None:
        """Leave properly."""
        if self.socket and self._reader:
            await self.socket.close()
            await self._reader

    def abort(self) -> None:
        """Cut the line."""
        assert self.socket
        self.socket.transport.abort()

    def _typed(self, update: bytes) -> None:
        if self._applying or self.socket is None or self.closed:
            return
        self.sent += 1
        task = asyncio.ensure_future(self._send_counted(wire.update_message(update)))
        task.add_done_callback(lambda done: done.exception())

    async def _send_counted(self, message: bytes) -> None:
        self.needed = self.document.get_state()
        await self.send(message)

    async def _read(self) -> None:
        assert self.socket
        try:
            async for message in self.socket:
                assert isinstance(message, bytes)
                await self._hear(message)
                async with self.heard:
                    self.heard.notify_all()
        except ConnectionClosed:
            pass
        self.closed = (self.socket.close_code or 1006, self.socket.close_reason or "")
        async with self.heard:
            self.heard.notify_all()

    async def _hear(self, message: bytes) -> None:
        kind, at = wire.read_number(message, 0)
        if kind == wire.SYNC:
            step, at = wire.read_number(message, at)
            payload, _ = wire.read_bytes(message, at)
            if step == wire.STATE_VECTOR:
                self.sent += 1
                await self._send_counted(wire.missing_message(self.document.get_update(payload)))
            else:
                self._applying = True
                self.document.apply_update(payload)
                self._applying = False
                self.synced = self.synced or step == wire.MISSING
        elif kind == wire.AWARENESS:
            for client, _, state in wire.read_awareness(wire.read_bytes(message, at)[0]):
                self.people[client] = json.loads(state)
        elif kind == wire.SAVED:
            self.stored_vector, at = wire.read_bytes(message, at)
            self.stored, _ = wire.read_number(message, at)


def vector(encoded: bytes) -> dict[int, int]:
    """A state vector: client id to the number of its letters."""
    count, at = wire.read_number(encoded, 0)
    clocks = {}
    for _ in range(count):
        who, at = wire.read_number(encoded, at)
        clocks[who], at = wire.read_number(encoded, at)
    return clocks
