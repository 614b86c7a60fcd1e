"""Live sockets of the cast, on the loop that the app runs on."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.testclient import TestClient, WebSocketTestSession

from tests.cast import Cast


@contextmanager
def watch(server: TestClient, cast: Cast, name: str, path: str) -> Iterator[WebSocketTestSession]:
    """This person's live socket; it has ended when the block has."""
    cookie = "; ".join(f"{key}={value}" for key, value in cast.cookies(name).items())
    headers = {"origin": "http://testserver", "cookie": cookie}
    with server.websocket_connect(path, headers=headers) as socket:
        yield socket
        socket.close()
        assert server.portal is not None
        server.portal.call(asyncio.sleep, 0.05)  # the test client cancels what has not ended by itself


def pushed(socket: WebSocketTestSession, region: str, having: str) -> str:
    """Read until this region is pushed with these words in it: its html."""
    while True:
        message = socket.receive_json()
        for push in message.get("regions", [message]):
            if push.get("region") == region and having in push["content"]:
                return str(push["content"])
