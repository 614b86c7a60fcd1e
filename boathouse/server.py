"""How uvicorn runs the app: one process, document sockets without ASGI's cost, a quick clean end."""

import signal
from typing import Any

import uvicorn

from boathouse.app import create_app
from boathouse.core.pauses import shorten_pauses
from boathouse.core.settings import Settings
from boathouse.core.sockets import SocketProtocol

SHUTDOWN = 2  # seconds


class Server(uvicorn.Server):
    """uvicorn's, except that at the end nothing more is drawn for pages that are about to be closed."""

    async def shutdown(self, *arguments: Any, **options: Any) -> None:
        """Close everything, within SHUTDOWN."""
        await self.config.app.state.live.stop()  # type: ignore[union-attr]
        await super().shutdown(*arguments, **options)


def server(settings: Settings, host: str, port: int) -> uvicorn.Server:
    """A server that has not started."""
    config = uvicorn.Config(
        create_app(settings),
        host=host,
        port=port,
        http="h11",  # unlike httptools it bounds the size of headers
        ws=SocketProtocol,
        ws_per_message_deflate=False,
        ws_max_size=2 * 1024 * 1024,
        ws_ping_interval=20,
        ws_ping_timeout=40,
        loop="uvloop",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        log_config=None,
        backlog=4096,
        timeout_graceful_shutdown=SHUTDOWN,
    )
    return Server(config)


def run_server(settings: Settings, host: str, port: int) -> None:
    """Serve until told to stop. SIGTERM and Ctrl-C are the usual ends, so they are no failure."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: None)  # uvicorn takes them over and raises them again at its end
    serving = server(settings, host, port)
    shorten_pauses()
    serving.run()
