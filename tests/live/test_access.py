"""Every socket, every member of the cast, their own and somebody else's place, cookie and token.

Generated from the routes: a new socket fails here until it says what it needs.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from sqlmodel import col, select
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from boathouse.core.accounts import remove_person
from boathouse.core.people import ApiToken, Person, Session
from boathouse.core.settings import Settings
from boathouse.workshop import document_protocol as wire
from boathouse.workshop.access import PERMITS, Action, Standing
from boathouse.workshop.tables import Room
from tests.cast import Cast
from tests.furnished import Furnished
from tests.live.rig import Rig, rigged
from tests.live.yjs import Client
from tests.matrix import ORDER, STANDINGS, socket_paths
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
# What the cast are to the other two places; to room 1 see the matrix.
STANDING_AT = {
    OWN: STANDINGS,
    NEXT_DOOR: STANDINGS | {"Ana": Standing.GUEST, "Ben": Standing.GUEST, "Cleo": Standing.MEMBER},
    ELSEWHERE: STANDINGS
    | {"Tom": Standing.STRANGER, "Ines": Standing.FACILITATOR}
    | dict.fromkeys(("Ana", "Ben", "Cleo"), Standing.STRANGER),
}
PATIENCE = 10.0
AT_ONCE = 1.0  # seconds within which a revoked socket is closed
SENT = ("cookie", "token")


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


@pytest.fixture
async def club(settings: Settings, furnished: Furnished) -> AsyncIterator[Club]:
    """Everybody, and a room in the workshop of Ines."""
    async with rigged(settings) as rig:
        cast = furnished.cast.on(rig.app)
        room = Room(workshop_id=cast.other_workshop, number=1, name="Elsewhere")
        await rig.add(room)
        yield Club(rig, cast, room.id)


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


def expected(route: str, place: str, name: str, sent: str) -> str:
    """By the one table of permissions; a stranger nobody knows is asked to identify."""
    if STANDING_AT[place][name] in PERMITS[NEEDS[route]]:
        return "data"
    # A browser shows the seat of the workshop that is asked for, and of no other.
    unknown = name == "nobody" or (sent == "cookie" and place == ELSEWHERE and name in ("Ana", "Ben", "Cleo"))
    return "4401" if unknown else "4403"


def test_every_socket_says_what_it_needs():
    of_programs = {path for path in socket_paths() if path.startswith(("/councils/", "/programs/"))}
    assert set(NEEDS) | of_programs == socket_paths()  # those are in test_council_access.py


@pytest.mark.parametrize("route", NEEDS)
async def test_a_socket_serves_those_who_may_and_nobody_else(club: Club, route: str):
    tried = [(place, name, sent) for place in STANDING_AT for name in ORDER for sent in SENT]
    found = {
        (place, name, sent): await outcome(club, club.path(route, place), name, sent)
        for place, name, sent in tried
    }
    assert found == {case: expected(route, *case) for case in tried}


async def test_a_place_that_does_not_exist_is_accepted_and_closed_for_good(club: Club):
    for route in NEEDS:
        path = route.format(room_id="000000000000", workshop_id="000000000000")
        for name in ("Mara", "nobody"):
            assert await outcome(club, path, name, "token") == "4404"


ORIGINS = [  # what is sent along, and where the page that opens the socket is from
    ("cookie", "https://evil.example"),
    ("token", "https://evil.example"),
    ("cookie", "null"),
    ("token", "null"),
    ("cookie", None),
    ("nothing", None),
    ("cookie and an empty token", None),
    ("cookie and another authorization", None),
]


@pytest.mark.parametrize(("sent", "origin"), ORIGINS)
async def test_a_foreign_or_missing_origin_is_refused_before_accept(
    club: Club, sent: str, origin: str | None
):
    for route in NEEDS:
        opening = club.connect(club.path(route), "Mara", sent.partition(" ")[0], origin)
        headers = opening.additional_headers
        if "empty token" in sent:
            opening = connect(f"{opening.uri}?token=", additional_headers=headers)
        if "authorization" in sent:
            opening = connect(opening.uri, additional_headers={**headers, "Authorization": "Basic eDp4"})
        with pytest.raises(InvalidStatus) as refused:
            async with opening:
                pass
        assert refused.value.response.status_code == 403


async def test_a_program_needs_no_origin(club: Club):
    for route in NEEDS:
        async with club.connect(club.path(route), "Mara", "token", None) as socket:
            await socket.send(wire.state_vector_message(b"\x00") if route.endswith("/doc") else '{"t0": 1}')
            assert await first(socket) == "data"


async def test_a_token_that_nobody_gave_is_nobody(club: Club):
    for route in NEEDS:
        for token in ("nonsense", "x" * 4000, "%00", "%F0%9F%9A%A3", "000000000000.forged"):
            async with connect(f"ws://{club.host}{club.path(route)}?token={token}") as socket:
                assert await first(socket) == "4401"


async def closed(sockets: dict[str, ClientConnection]) -> dict[str, int]:
    """The codes with which these are closed, all of them at once; what is still sent before is read."""

    async def drain(socket: ClientConnection) -> int:
        with suppress(ConnectionClosed):
            async for _ in socket:
                pass
        return socket.close_code or 0

    async with asyncio.timeout(AT_ONCE):
        codes = await asyncio.gather(*map(drain, sockets.values()))
    return dict(zip(sockets, codes, strict=True))


async def opened(club: Club, name: str, sent: str = "cookie") -> dict[str, ClientConnection]:
    """Everything somebody may have open in room 1, each answering already."""
    found = {}
    for route, action in NEEDS.items():
        if STANDINGS[name] in PERMITS[action]:
            socket = await club.connect(club.path(route), name, sent)
            if route.endswith("/doc"):
                await socket.send(wire.state_vector_message(b"\x00"))
            assert await first(socket) == "data"
            found[route] = socket
    return found


async def works(sockets: dict[str, ClientConnection]) -> None:
    """These are still served."""
    for route, socket in sockets.items():
        await socket.ping()
        if route.endswith("/live"):
            await socket.send('{"t0": 77}')
            async with asyncio.timeout(PATIENCE):
                while '"t0": 77' not in await socket.recv():
                    pass


async def test_a_removed_participant_is_out_at_once_and_stays_out(club: Club):
    ana, ben = await opened(club, "Ana"), await opened(club, "Ben")
    assert await club.post("Tom", f"/seats/{club.cast.seats['Ana']}/remove") == 303
    assert set((await closed(ana)).values()) == {4403}
    await works(ben)
    for route in ana:
        assert await outcome(club, club.path(route), "Ana", "token") == "4403"


async def test_signing_out_closes_what_that_browser_had_open(club: Club):
    tom, program, mara = (
        await opened(club, "Tom"),
        await opened(club, "Tom", "token"),
        await opened(club, "Mara"),
    )
    assert await club.post("Tom", "/sign-out") == 303
    assert set((await closed(tom)).values()) == {4401}
    await works(program)
    await works(mara)
    assert await outcome(club, club.path("/rooms/{room_id}/live"), "Tom", "cookie") == "4401"


async def test_removing_an_account_closes_its_sockets_and_ends_its_token(club: Club):
    tom, mara = await opened(club, "Tom", "token"), await opened(club, "Mara")
    assert await club.post("Mara", f"/people/{club.cast.people['Tom']}/remove") == 303
    assert set((await closed(tom)).values()) == {4401}
    await works(mara)
    for route in NEEDS:
        assert await outcome(club, club.path(route), "Tom", "token") == "4401"


async def test_a_moved_participants_pages_are_told_where_and_their_token_follows(club: Club):
    ana = await opened(club, "Ana")
    assert await club.post("Tom", f"/seats/{club.cast.seats['Ana']}/move", room_id=club.cast.rooms[2]) == 303
    assert set((await closed(ana)).values()) == {4409}
    assert {socket.close_reason for socket in ana.values()} == {f"/rooms/{club.cast.rooms[2]}"}
    for route in ana:
        assert await outcome(club, club.path(route), "Ana", "token") == "4403"
        assert await outcome(club, club.path(route, NEXT_DOOR), "Ana", "token") == "data"


async def test_a_deleted_workshop_is_gone_for_everybody(club: Club):
    everybody = {name: await opened(club, name) for name in ("Mara", "Leo", "Ana")}
    assert (
        await club.post("Tom", f"/workshops/{club.cast.workshop}/delete", title="Alder & Finch, wave 1")
        == 303
    )
    for sockets in everybody.values():
        assert set((await closed(sockets)).values()) == {4410}


@pytest.mark.parametrize("name", ["Leo", "Vera"])
async def test_an_observers_words_are_refused(club: Club, name: str):
    field = f"objective:{club.cast.objective}:title"
    ana, observer = club.document("Ana"), club.document(name)
    await (await ana.open()).synchronised()
    await (await observer.open()).synchronised()
    before = ana.text(field)
    observer.field(field).insert(0, "I own this. ")
    assert await observer.ended() == 4403
    ana.field(field).insert(0, "We: ")
    await ana.until(lambda: ana.is_saved)
    assert ana.text(field) == f"We: {before}"


async def test_a_session_or_token_that_has_ended_opens_nothing(club: Club):
    async with club.rig.database.writing() as session:
        query = select(Session).where(Session.person_id == club.cast.people["Tom"])
        for row in await session.exec(query):
            row.expires_at = row.created_at
            session.add(row)
        query_ = select(ApiToken).where(col(ApiToken.person_id) == club.cast.people["Mara"])
        for token in await session.exec(query_):
            token.revoked_at = token.created_at
            session.add(token)
        person = await session.get(Person, club.cast.people["Leo"])
        assert person
        await remove_person(session, person)
    for route in NEEDS:
        assert await outcome(club, club.path(route), "Tom", "cookie") == "4401"
        assert await outcome(club, club.path(route), "Mara", "token") == "4401"
        assert await outcome(club, club.path(route), "Leo", "cookie") == "4401"
        assert await outcome(club, club.path(route), "Leo", "token") == "4401"
