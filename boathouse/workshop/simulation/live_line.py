"""The live socket of a page: keeps presence, and hears which parts of the page changed."""

import json
import time
from collections.abc import Callable

from boathouse.workshop.simulation.line import Line

Notice = Callable[[str, str], None]  # a region's element id, its html


class LiveLine(Line):
    """Keeps a live socket. notice: called with every region that arrives."""

    def __init__(self, address: str, notice: Notice) -> None:
        super().__init__(address)
        self.notice = notice

    async def opened(self) -> None:
        """Ask for the server's clock, as a page does."""
        await self.beat()

    async def beat(self) -> None:
        """The server ends sockets that are silent for a minute."""
        await self.send(json.dumps({"t0": time.time() * 1000}))

    async def hear(self, message: str | bytes) -> None:
        """Take one message in."""
        said = json.loads(message)
        for push in said.get("regions", [said]):
            if "region" in push:
                self.notice(push["region"], push.get("content", ""))
