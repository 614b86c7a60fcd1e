"""The cast on a real server, and what becomes of the sockets they open."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from boathouse.workshop.access import Action
from boathouse.workshop.documents import protocol as wire
from tests.cast import Cast
from tests.limits import within
from tests.live.rig import Rig
from tests.live.yjs import Client
from tests.serving import LINE

NEEDS = {
    "/rooms/{room_id}/doc": Action.SEE_ROOM,
    "/rooms/{room_id}/live": Action.SEE_ROOM,
    "/rooms/{room_id}/drawer/live": Action.SEE_WORKSHOP,
    "/workshops/{workshop_id}/lobby/live": Action.SEE_WORKSHOP,
    "/workshops/{workshop_id}/board/live": Action.SEE_WORKSHOP,
    "/workshops/{workshop_id}/stage/live": Action.SEE_WORKSHOP,
    "/workshops/{workshop_id}/stage/desk/live": Action.RUN_WORKSHOP,
}
OWN, NEXT_DOOR, ELSEWHERE = "their room 1", "room 2", "Ines's workshop"
PATIENCE = 10.0


@dataclass
class Club:
    """The cast on a real server."""

    rig: Rig
    cast: Cast
    elsewhere: str  # a room of Ines's workshop

    @property
    def host(self) -> str:
        """As browsers name it."""
        return f"127.0.0.1:{self.rig.port}"

    def path(self, route: str, place: str = OWN) -> str:
        """A socket's path at a place."""
        room = {OWN: self.cast.rooms[1], NEXT_DOOR: self.cast.rooms[2], ELSEWHERE: self.elsewhere}[place]
        workshop = self.cast.other_workshop if place == ELSEWHERE else self.cast.workshop
        return route.format(room_id=room, workshop_id=workshop)

    def connect(self, path: str, name: str, sent: str = "cookie", origin: str | None = "own") -> connect:
        """A socket of somebody. origin: "own" is this server's, None is none."""
        cookie = "; ".join(f"{key}={value}" for key, value in self.cast.cookies(name).items())
        headers = {"Cookie": cookie} if sent == "cookie" and cookie else {}
        if origin:
            headers["Origin"] = f"http://{self.host}" if origin == "own" else origin
        token = (
            f"?token={quote(self.cast.tokens[name])}" if sent == "token" and name in self.cast.tokens else ""
        )
        return connect(
            f"ws://{self.host}{path}{token}", additional_headers=headers, compression=None, max_size=None
        )

    def document(self, name: str, place: str = OWN) -> Client:
        """Somebody's Yjs client on a room's document."""
        path, token = self.path("/rooms/{room_id}/doc", place), quote(self.cast.tokens[name])
        client = Client(f"ws://{self.host}{path}?saved=1&token={token}")
        self.rig.clients.append(client)
        return client

    async def post(self, name: str, path: str, **form: str) -> int:
        """A page's form, sent by somebody's browser; its status."""
        async with asyncio.timeout(PATIENCE):
            return await asyncio.to_thread(self._post, name, path, form)

    def _post(self, name: str, path: str, form: dict[str, str]) -> int:
        answer = LINE.post(f"http://{self.host}{path}", data=form, cookies=self.cast.cookies(name))
        return answer.status_code


async def first(socket: ClientConnection) -> str:
    """ "data" if the server sends any, else the code it closes with."""
    try:
        async with asyncio.timeout(PATIENCE):
            await socket.recv()
    except ConnectionClosed:
        return str(socket.close_code)
    return "data"


async def outcome(club: Club, path: str, name: str, sent: str) -> str:
    """What becomes of a socket. A reader's document is silent until asked, as the protocol has it."""
    async with club.connect(path, name, sent) as socket:
        if path.endswith("/doc"):
            try:
                await socket.send(wire.state_vector_message(b"\x00"))
            except ConnectionClosed:
                return str(socket.close_code)
        return await first(socket)


async def closed(sockets: dict[str, ClientConnection]) -> dict[str, int]:
    """The codes with which these are closed, all of them at once: within a second in a soak.

    What is still sent before is read.
    """

    async def drain(socket: ClientConnection) -> int:
        with suppress(ConnectionClosed):
            async for _ in socket:
                pass
        return socket.close_code or 0

    async with asyncio.timeout(within(1, busy=5)):
        codes = await asyncio.gather(*map(drain, sockets.values()))
    return dict(zip(sockets, codes, strict=True))
