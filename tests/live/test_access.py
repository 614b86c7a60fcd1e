"""Every socket, every member of the cast, their own and somebody else's place, cookie and token.

Generated from the routes: a new socket fails here until it says what it needs.
"""

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from boathouse.workshop.access import PERMITS, Standing
from boathouse.workshop.documents import protocol as wire
from tests.live.club import ELSEWHERE, NEEDS, NEXT_DOOR, OWN, Club, first, outcome
from tests.matrix import ORDER, STANDINGS, socket_paths

# What the cast are to the other two places; to room 1 see the matrix.
STANDING_AT = {
    OWN: STANDINGS,
    NEXT_DOOR: STANDINGS | {"Ana": Standing.GUEST, "Ben": Standing.GUEST, "Cleo": Standing.MEMBER},
    ELSEWHERE: STANDINGS
    | {"Tom": Standing.STRANGER, "Ines": Standing.FACILITATOR}
    | dict.fromkeys(("Ana", "Ben", "Cleo"), Standing.STRANGER),
}
SENT = ("cookie", "token")


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
