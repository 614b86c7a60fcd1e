"""The floor to compare with: uvicorn repeats each message to the others in the room. Nothing else."""

import sys
from collections import defaultdict

import uvicorn

rooms: dict[str, set] = defaultdict(set)


async def app(scope, receive, send) -> None:
    """Plain ASGI: accept, then repeat."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    room = rooms[scope["path"]]
    room.add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            for other in room:
                if other is not send:
                    await other({"type": "websocket.send", "bytes": message["bytes"]})
    finally:
        room.discard(send)


if __name__ == "__main__":
    config = uvicorn.Config(
        app,
        port=int(sys.argv[1]),
        ws="websockets-sansio",
        loop="uvloop",
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="warning",
        backlog=4096,
    )
    uvicorn.Server(config).run()
