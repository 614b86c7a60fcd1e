"""The live socket: one loop for every page that lives."""

import asyncio
import json
import time
from collections.abc import Callable

from starlette.websockets import WebSocket, WebSocketDisconnect

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.live import Live
from boathouse.core.presence import Connection, Presence
from boathouse.core.regions import Topic

BOUND = 2 * 1024 * 1024  # bytes waiting for one slow reader
LONGEST = 4096  # characters in a message from a page
GOODBYE = 5.0  # seconds a page may take to read what comes before a close
RATE, BURST = 5.0, 50.0  # messages a second a page may send for long, and at once
SILENCE = 60.0  # seconds without a heartbeat: the page is gone. Of a program the server's pings tell

Listen = Callable[[dict[str, object]], None]


async def refuse(websocket: WebSocket, problem: Problem) -> None:
    """Accept, then close for good: browsers show a refusal before accept only as 1006."""
    await websocket.accept()
    await websocket.close(problem.close_code, problem.message[:120])


class Outbox:
    """What waits for one page. Over the bound the socket closes 1013 and the page comes back afresh."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[str | tuple[int, str]] = asyncio.Queue()
        self.size = 0
        self.closing = False
        self.has_room = asyncio.Event()  # for a long page, which must not fill the queue by itself
        self.has_room.set()

    def send(self, message: str) -> None:
        """Queue a message; never waits."""
        if self.closing:
            return
        self.size += len(message)
        if self.size > BOUND // 2:
            self.has_room.clear()
        if self.size > BOUND:
            self.close(1013, "Too slow, please come back.")
        else:
            self.messages.put_nowait(message)

    def close(self, code: int, reason: str) -> None:
        """Close after what is queued now, once."""
        if self.closing:
            return
        self.closing = True
        self.messages.put_nowait((code, reason))

    async def deliver(self, websocket: WebSocket) -> None:
        """Write until a close is taken, or the page is gone."""
        try:
            while isinstance(message := await self.messages.get(), str):
                await websocket.send_text(message)
                self.size -= len(message)
                if self.size <= BOUND // 2:
                    self.has_room.set()
            await websocket.close(message[0], message[1][:120])
        finally:
            self.has_room.set()


async def serve_live(
    websocket: WebSocket,
    topic: Topic,
    identity: str,
    identities: frozenset[str],
    listen: Listen | None = None,
) -> None:
    """Serve a permitted live socket until it ends: presence, all regions, pushes, heartbeats.

    listen: receives the page's own messages other than heartbeats, already bounded and decoded.
    """
    live: Live = websocket.app.state.live
    presence: Presence = websocket.app.state.presence
    await websocket.accept()
    outbox = Outbox()
    connection = Connection(topic, identity, identities | {":".join(topic)}, outbox.close)
    live.watch(topic, outbox.send)
    presence.arrive(connection)
    if presence.endings != websocket.state.endings:
        # Somebody lost a permission after this one's was checked: come back and be judged again.
        outbox.close(1012, "Please come back.")
    writer = asyncio.create_task(outbox.deliver(websocket))
    reader = asyncio.create_task(_read(websocket, outbox, listen))
    try:
        async for message in live.greetings.everything(topic):
            await outbox.has_room.wait()
            outbox.send(message)
        await asyncio.wait({writer, reader}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({writer}, timeout=GOODBYE if outbox.closing else 0)
    finally:
        live.unwatch(topic, outbox.send)
        presence.leave(connection)
        for task in (writer, reader):
            task.cancel()
        await asyncio.gather(writer, reader, return_exceptions=True)


async def _read(websocket: WebSocket, outbox: Outbox, listen: Listen | None) -> None:
    may_send, at, beats = BURST, time.monotonic(), False
    while True:
        try:
            async with asyncio.timeout(SILENCE if beats else None):
                text = await websocket.receive_text()
        except KeyError:
            return outbox.close(1003, "This socket takes text only.")
        except (WebSocketDisconnect, RuntimeError):
            return
        except TimeoutError:
            return outbox.close(1001, "No sign of life.")
        message = _decoded(text)
        if message is None:
            return outbox.close(1007, "That message could not be read.")
        if "t0" in message:
            beats = True
            outbox.send(json.dumps({"t0": message["t0"], "now": now().timestamp() * 1000}))
        elif listen:
            listen(message)
        may_send, at = min(BURST, may_send + (time.monotonic() - at) * RATE) - 1, time.monotonic()
        if may_send < 0:
            await asyncio.sleep(-may_send / RATE)  # who sends faster is read later


def _decoded(text: str) -> dict[str, object] | None:
    if len(text) > LONGEST:
        return None
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
