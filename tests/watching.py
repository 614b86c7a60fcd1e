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


def pushed(socket: WebSocketTestSession, **having: str) -> None:
    """Read until each of these regions (dashes as underscores) was pushed with these words in it.

    Regions are drawn side by side, so that their order means nothing.
    """
    waiting = {name.replace("_", "-"): words for name, words in having.items()}
    while waiting:
        message = socket.receive_json()
        for push in message.get("regions", [message]):
            words = waiting.get(push.get("region", ""))
            if words and words in push["content"]:
                del waiting[push["region"]]
