"""A line between clients and the server that misbehaves as real ones do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.serving import free_port


@dataclass
class Proxy:
    """Passes bytes on. delay: seconds each way; idle: seconds of silence after which it cuts a line."""

    to_port: int
    port: int = field(default_factory=free_port)
    delay: float = 0.0
    idle: float | None = None
    answers: int = 0  # pieces that came from the server
    flows: asyncio.Event = field(default_factory=asyncio.Event)
    lines: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """End every line without a goodbye."""
        for line in tuple(self.lines):
            line.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One line, until either side is gone or nobody said anything for too long."""
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.to_port)
        ends = {writer, server_writer}
        self.lines |= ends
        said = asyncio.Event()
        pumps = [
            asyncio.create_task(self._pump(reader, server_writer, said)),
            asyncio.create_task(self._pump(server_reader, writer, said, answers=1)),
            asyncio.create_task(self._watch(said)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            for end in ends:
                end.transport.abort()
            self.lines -= ends

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        said: asyncio.Event,
        answers: int = 0,
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                said.set()
                self.answers += answers
                await asyncio.sleep(self.delay)
                await self.flows.wait()
                writer.write(data)
                await writer.drain()

    async def _watch(self, said: asyncio.Event) -> None:
        with suppress(TimeoutError):
            while True:
                async with asyncio.timeout(self.idle):
                    await said.wait()
                said.clear()


@asynccontextmanager
async def proxied(to_port: int, **habits: float) -> AsyncIterator[Proxy]:
    """A proxy before a port for the length of a block. habits: delay, idle."""
    proxy = Proxy(to_port, **habits)  # type: ignore[arg-type]
    proxy.flows.set()
    async with await asyncio.start_server(proxy.serve, "127.0.0.1", proxy.port):
        yield proxy
        proxy.cut()
