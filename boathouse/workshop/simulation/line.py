"""A line to the server that comes back when it is cut, as a browser's sockets do."""

import asyncio
import math
import random
from collections.abc import Callable
from contextlib import suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

FIRST_WAIT, LONGEST_WAIT = 0.1, 1.5  # seconds, the bound before the first and any later attempt
BEAT = 15.0  # seconds between two signs of life
FINAL = range(4400, 4500)


def full_jitter(attempt: int) -> float:
    """Seconds to wait before an attempt, the first of which is 0: anything up to a growing bound."""
    return random.uniform(0, min(FIRST_WAIT * 2**attempt, LONGEST_WAIT))  # noqa: S311


async def until(condition: Callable[[], bool], patience: float = math.inf) -> bool:
    """Wait for a condition, at most so many seconds; whether it came true."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    # Polled: what is waited for is spread over many sockets.
    while not condition() and loop.time() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    return condition()


class Line:
    """Keeps one socket. Its kinds say what happens on it: opened, hear, beat, closed."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.final: tuple[int, str] | None = None  # the close code and reason that ended it for good
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._connection: ClientConnection | None = None

    async def keep(self) -> None:
        """Stay in touch until a final close or until cancelled."""
        attempt = 0
        while self.final is None:
            await self._wanted.wait()
            try:
                # A stalled peer shows by silence; the library's own pings find that out.
                async with connect(
                    self.address, compression=None, max_size=None, proxy=None, ping_interval=20
                ) as connection:
                    attempt = 0 if await self._talk(connection) else attempt + 1
            except (OSError, WebSocketException, TimeoutError):
                attempt += 1  # nobody answers, or not as agreed: the next attempt will tell
            if self.final is None:
                await asyncio.sleep(full_jitter(attempt))

    def drop(self) -> None:
        """The line is cut without a goodbye, as when a laptop is closed."""
        self._wanted.clear()
        if self._connection:
            self._connection.transport.abort()

    def come_back(self) -> None:
        """The network is there again."""
        self._wanted.set()

    async def opened(self) -> None:
        """The first thing to say."""

    async def hear(self, message: str | bytes) -> None:
        """A message came."""

    async def beat(self) -> None:
        """A sign of life."""

    def closed(self) -> None:
        """The line is cut."""

    async def send(self, message: str | bytes) -> None:
        """Say something; on a closed line it is lost."""
        if self._connection:
            with suppress(ConnectionClosed):  # the reader sees it too, and knows what to do
                await self._connection.send(message)

    async def _talk(self, connection: ClientConnection) -> bool:
        """Until the line is cut; whether anything was heard."""
        heard = False
        self._connection = connection
        beating = asyncio.create_task(self._beat_on())
        try:
            if not self._wanted.is_set():
                connection.transport.abort()
            await self.opened()
            async for message in connection:
                heard = True
                await self.hear(message)
        except ConnectionClosed:
            pass  # the code says more than the exception
        finally:
            beating.cancel()
            self._connection = None
            self.closed()
        if connection.close_code in FINAL:
            self.final = (int(connection.close_code or 0), connection.close_reason or "")
        return heard

    async def _beat_on(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await self.beat()
