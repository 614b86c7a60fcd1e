"""The sockets of a council and a plan: a chair for the table, a part in the program for desk and plan."""

import asyncio
import json
from urllib.parse import quote

import httpx2 as httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from boathouse.rollout.access import PERMITS, ProgramAction, ProgramStanding
from boathouse.rollout.web.chairs import chair_cookie
from tests.live.club import PATIENCE, Club, closed, first
from tests.matrix import ORDER, PROGRAM_STANDINGS, SEATED

TABLE, DESK = "/councils/{council_id}/table/live", "/councils/{council_id}/desk/live"
PLAN = "/programs/{program_id}/plan/live"


def path(club: Club, route: str) -> str:
    return route.format(council_id=club.cast.council, program_id=club.cast.program)


def may(route: str, name: str) -> bool:
    if route == TABLE:
        return name in SEATED
    return PROGRAM_STANDINGS.get(name, ProgramStanding.STRANGER) in PERMITS[ProgramAction.SEE]


@pytest.mark.parametrize("route", [TABLE, DESK, PLAN])
async def test_a_socket_serves_those_who_may_and_nobody_else(club: Club, route: str):
    found = {}
    for name in ORDER:
        async with club.connect(path(club, route), name) as socket:
            found[name] = await first(socket) == "data"
    assert found == {name: may(route, name) for name in ORDER}


async def test_a_chair_is_a_token_too_and_an_account_is_no_chair(club: Club):
    chair = club.cast.chairs["Vera"]
    uri = f"ws://{club.host}{path(club, TABLE)}?token="
    async with connect(uri + quote(chair)) as socket:
        assert await first(socket) == "data"
    for token in (club.cast.tokens["Mara"], club.cast.tokens["Ana"], chair + "x", "x" * 4000, "%00"):
        async with connect(uri + quote(token)) as socket:
            assert await first(socket) == "4403"
    async with connect(f"ws://{club.host}{path(club, DESK)}?token={quote(chair)}") as socket:
        assert await first(socket) == "4401"


@pytest.mark.parametrize("route", [TABLE, DESK, PLAN])
async def test_a_foreign_page_opens_nothing(club: Club, route: str):
    for origin in ("https://evil.example", "null", None):
        with pytest.raises(InvalidStatus) as refused:
            async with club.connect(path(club, route), "Vera", origin=origin):
                pass
        assert refused.value.response.status_code == 403


async def test_a_table_that_does_not_exist_is_closed_for_good(club: Club):
    for route in (TABLE, DESK, PLAN):
        nowhere = route.format(council_id="000000000000", program_id="000000000000")
        async with club.connect(nowhere, "Vera") as socket:
            assert await first(socket) == "4404"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "null",
        "[]",
        "{",
        '{"t0":',
        "[" * 3000,
        '{"value": 3}',
        '{"looking": "x"}',
        "x" * 5000,
        b"\x00\x01",
    ],
)
async def test_whatever_a_page_sends_the_others_go_on(club: Club, message: str | bytes):
    cookie = f"{chair_cookie(club.cast.council)}={club.cast.chairs['Vera']}"
    headers = {"Cookie": cookie, "Origin": f"http://{club.host}"}
    async with (
        connect(f"ws://{club.host}{path(club, TABLE)}", additional_headers=headers) as hostile,
        club.connect(path(club, DESK), "Leo") as desk,
    ):
        assert await first(hostile) == "data"
        await hostile.send(message)
        await desk.send('{"t0": 7}')
        async with asyncio.timeout(PATIENCE):
            while json.loads(await desk.recv()).get("t0") != 7:
                pass


async def test_somebody_taken_off_the_table_is_gone_within_a_second(club: Club):
    seat = club.rig.app.state.chair_seals.read(club.cast.chairs["Vera"])
    async with club.connect(path(club, TABLE), "Vera") as socket:
        assert await first(socket) == "data"
        removed = f"/councils/{club.cast.council}/attendees/remove"
        assert await club.post("Leo", removed, attendee_id=seat) == 204
        assert await closed({"table": socket}) == {"table": 4403}
    async with club.connect(path(club, TABLE), "Vera") as socket:
        assert await first(socket) == "4403"


async def test_deleting_the_program_ends_a_council_in_session(club: Club):
    async with (
        club.connect(path(club, TABLE), "Vera") as table,
        club.connect(path(club, DESK), "Tom") as desk,
    ):
        assert await first(table) == await first(desk) == "data"
        program = f"http://{club.host}/api/v1/programs/{club.cast.program}"
        bearer = {"Authorization": f"Bearer {club.cast.tokens['Leo']}"}
        assert (await asyncio.to_thread(httpx.delete, program, headers=bearer)).status_code == 204
        assert await closed({"table": table, "desk": desk}) == {"table": 4410, "desk": 4410}


async def test_signing_out_closes_the_desk(club: Club):
    async with club.connect(path(club, DESK), "Tom") as socket:
        assert await first(socket) == "data"
        assert await club.post("Tom", "/sign-out") == 303
        assert await closed({"desk": socket}) == {"desk": 4401}
