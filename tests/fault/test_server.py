"""A server in a process of its own: what it logs, whom it believes, how it ends."""

import asyncio
import re
import socket
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.limits import within
from tests.serving import LINE, Server, serving

PATIENCE = 60.0


@dataclass
class House:
    """A server with a running workshop of one room."""

    server: Server
    token: str = ""
    workshop: str = ""
    code: str = ""
    room: str = ""
    seats: list[str] = field(default_factory=list)  # participants' tokens

    def call(self, method: str, path: str, token: str = "", **body: object) -> httpx.Response:
        """A request to the API."""
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return LINE.request(method, f"{self.server.address}/api/v1{path}", json=body, headers=headers)

    def database(self) -> AbstractContextManager[sqlite3.Connection]:
        """What the server has open, too."""
        return closing(sqlite3.connect(self.server.folder / "boathouse.db"))

    def room_of(self, seat: str) -> str:
        """Where the seat of a token is."""
        with self.database() as database:
            query = "SELECT room_id FROM seat WHERE id = ?"
            return database.execute(query, [seat.partition(".")[0]]).fetchone()[0]

    def furnish(self, people: int) -> "House":
        """The workshop, and that many seats in it."""
        self.token = self.server.token()
        made = self.call("POST", "/workshops", title="Pilot", rooms=max(1, people // 5), room_size=10).json()
        self.workshop, self.code, self.room = made["id"], made["code"], made["rooms"][0]["id"]
        self.call("POST", f"/workshops/{self.workshop}/start", use_recommended=True).raise_for_status()
        with httpx.Client(base_url=self.server.address, timeout=30) as line:
            for number in range(people):
                joined = line.post("/api/v1/join", json={"code": self.code, "name": f"P{number}"})
                self.seats.append(joined.raise_for_status().json()["token"])
        return self


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Two participants. One server for all tests here but those that end it."""
    with serving(tmp_path_factory.mktemp("server")) as server:
        yield House(server).furnish(2)


async def test_no_secret_reaches_the_log(house: House):
    secrets = {house.token, *house.seats}
    for kind in ("live", "doc"):
        async with connect(
            f"{house.server.sockets}/rooms/{house.room}/{kind}?token={house.seats[0]}"
        ) as line:
            await line.send(b"\x99garbage")
            assert await ending(line) in (1003, 1007)
    for path in (f"/rooms/{house.room}/doc", f"/rooms/{house.room}/nowhere", "/workshops/x/board/live"):
        url = f"{house.server.sockets}{path}?token={house.token}"
        with pytest.raises(InvalidStatus):
            await connect(url, additional_headers={"Origin": "https://evil.example"})
    with httpx.Client(base_url=house.server.address, follow_redirects=False) as browser:
        setup = re.search(r"/setup/([\w-]+)", house.server.log.read_text())
        assert setup
        form = {"name": "Mara", "email": "mara@alder.example", "password": "a long enough password"}
        session = browser.post(f"/setup/{setup[1]}", data=form).cookies["boathouse_session"]
        invited = browser.post("/people/invitations", data={"role": "coach"}).text
        secrets |= {session, *re.findall(r"/invitations/([\w-]+)", invited)}
        for secret in secrets:
            browser.get(f"/invitations/{secret}")
            browser.get(f"/seat/{secret}")
            browser.get(f"/sign-in/{secret}")
            browser.get(f"/new-password/{secret}")
            browser.get("/workshops", params={"token": secret})
        browser.post("/sign-in", data={"email": "mara@alder.example", "password": "a wrong password here"})
    provoke_an_error(house)
    written = house.server.log.read_text()
    assert written.count("[error ") == 1, "the error was to be logged, once"
    assert "Traceback" in written
    for secret in [*secrets, "a long enough password", "a wrong password here", "boathouse_session"]:
        assert secret not in written
    assert "words that are nobody's business" not in written


def provoke_an_error(house: House) -> None:
    """A request that fails inside, with a token in its address and words in its body."""
    words, path = "words that are nobody's business", f"/rooms/{house.room}/comments?token={house.token}"
    with house.database() as database:
        database.execute("ALTER TABLE comment RENAME TO elsewhere")
        database.commit()
        answer = house.call("POST", path, body=words)
        database.execute("ALTER TABLE elsewhere RENAME TO comment")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "comment" not in answer.json()["detail"]


def guess(server: Server, number: int, **headers: str) -> httpx.Response:
    """A wrong code, from somewhere else each time if the header is believed."""
    forged = {
        "X-Forwarded-For": f"10.1.{number // 250}.{number % 250}",
        "X-Forwarded-Proto": "https",
        **headers,
    }
    code = "ZZZZZZ" + "ABCDEFGHJKMNPQRSTVWXYZ"[number // 22] + "ABCDEFGHJKMNPQRSTVWXYZ"[number % 22]
    return LINE.post(f"{server.address}/join", data={"code": code}, headers=forged)


def test_forged_forwarded_headers_are_not_believed(house: House):
    statuses = [guess(house.server, number).status_code for number in range(103)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    joined = LINE.post(
        f"{house.server.address}/join/{house.code}",
        data={"name": "Dora"},
        headers={"X-Forwarded-Proto": "https"},
    )
    assert "secure" not in joined.headers.get("set-cookie", "").lower()


def test_a_trusted_proxy_is_believed_about_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    trusting = Server.environment.fget  # type: ignore[attr-defined]
    trusted = {"BOATHOUSE_TRUSTED_PROXIES": "127.0.0.1"}
    monkeypatch.setattr(Server, "environment", property(lambda server: trusting(server) | trusted))
    with serving(tmp_path) as server:
        house = House(server).furnish(0)
        assert {guess(server, number).status_code for number in range(103)} == {404}
        proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.9.9"}
        joined = LINE.post(f"{server.address}/join/{house.code}", data={"name": "Dora"}, headers=proxied)
        assert "secure" in joined.headers["set-cookie"].lower()
        assert "max-age" in joined.headers["strict-transport-security"]


def dawdle(server: Server, beginning: bytes) -> socket.socket:
    """Somebody who sends the beginning of a request and no more."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    line.sendall(beginning)
    return line


BEGINNINGS = [
    b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nco",
    b"GET /join HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    b"POST /api/v1/join HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
]


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"GET /join HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /rooms/x/doc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(house: House, request_: bytes):
    before = len(house.server.log.read_text())
    with dawdle(house.server, request_) as line:
        answer = line.recv(1000)
    assert not answer or re.match(rb"HTTP/1.1 4\d\d ", answer)
    assert b"Traceback" not in answer
    assert LINE.get(f"{house.server.address}/healthz").status_code == 200
    assert "Traceback" not in house.server.log.read_text()[before:]


@pytest.mark.parametrize("path", ["/join", "/sign-in", "/api/v1/join"])
def test_who_leaves_in_the_middle_of_a_request_leaves_no_trace(house: House, path: str):
    before = len(house.server.log.read_text())
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json"):
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 99\r\n\r\n--b"
        line = dawdle(house.server, head.encode())
        assert LINE.get(f"{house.server.address}/healthz").status_code == 200
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # cut, no goodbye
        line.close()
    assert LINE.get(f"{house.server.address}/healthz").status_code == 200
    assert house.server.log.read_text()[before:] == ""


@pytest.mark.parametrize("kind", ["live", "doc"])
async def test_a_socket_cut_at_any_moment_leaves_no_trace(house: House, kind: str):
    before = len(house.server.log.read_text())
    for pause in [0.0] * 5 + [number / 1000 for number in range(25)]:
        line = socket.create_connection(("127.0.0.1", house.server.port), timeout=30)
        line.sendall(
            f"GET /rooms/{house.room}/{kind}?token={house.seats[0]} HTTP/1.1\r\nHost: x\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        await asyncio.sleep(pause)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
    assert await asyncio.to_thread(house.call, "POST", "/join", code=house.code, name=f"After {kind}")
    assert house.server.log.read_text()[before:] == ""


def test_dawdlers_hold_nobody_up_and_not_the_end_either(house: House):
    lines = [dawdle(house.server, beginning) for beginning in BEGINNINGS for _ in range(60)]
    assert LINE.get(f"{house.server.address}/readyz").status_code == 200
    assert house.call("POST", "/join", code=house.code, name="Dora").status_code == 201
    assert house.server.stop() == 0
    for line in lines:
        line.close()
    house.server.start()


async def test_the_end_is_clean_and_quick_and_everybody_comes_back(tmp_path: Path, soak: bool):
    people = 500 if soak else 100
    with serving(tmp_path) as server:
        house = House(server)
        await asyncio.to_thread(house.furnish, people)
        urls = [
            f"{server.sockets}/rooms/{house.room_of(token)}/{kind}?token={token}"
            for token in house.seats
            for kind in ("live", "doc")
        ]
        lines = await asyncio.gather(*(connect(url, open_timeout=PATIENCE) for url in urls))
        endings = asyncio.gather(*(ending(line) for line in lines))
        began = asyncio.get_running_loop().time()
        assert await asyncio.to_thread(server.stop) == 0
        assert asyncio.get_running_loop().time() - began < within(2, busy=5)
        assert set(await endings) <= {1001, 1012}
        await asyncio.to_thread(server.start)
        back = await asyncio.gather(*(connect(url, open_timeout=PATIENCE) for url in urls))
        for line in back:
            await line.ping()
            line.transport.abort()
        assert "Traceback" not in server.log.read_text()


async def ending(line: ClientConnection) -> int:
    """How it is closed."""
    try:
        async for _ in line:
            pass
    except ConnectionClosed:
        pass
    return line.close_code or 1006
