"""What was open is closed within a second once it is not allowed any more."""

import asyncio

import pytest
from sqlmodel import col, select
from websockets.asyncio.client import ClientConnection

from boathouse.core.accounts import remove_person
from boathouse.core.people import ApiToken, Person, Session
from boathouse.workshop.access import PERMITS
from boathouse.workshop.documents import protocol as wire
from tests.live.club import NEEDS, NEXT_DOOR, PATIENCE, Club, closed, first, outcome
from tests.matrix import STANDINGS


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
