"""Moved, removed, merged: what happens to open sockets, on a real server."""

import asyncio
import json
import time
from typing import Any

import httpx2 as httpx
import pytest
from sqlmodel import select
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from boathouse.core.accounts import create_token
from boathouse.core.people import Role
from boathouse.workshop.joining import Joiner, take_seat
from boathouse.workshop.tables import Seat, Workshop
from tests.limits import within
from tests.live.rig import Rig
from tests.live.yjs import Client, vector


@pytest.fixture
async def coach(rig: Rig) -> Any:
    """A program of the owner's."""
    async with rig.database.writing() as session:
        token = await create_token(session, "Mara", Role.OWNER)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{rig.port}/api/v1", headers=headers) as client:
        yield client


async def live(rig: Rig, seat: Seat) -> ClientConnection:
    """The live socket of somebody's room, after its first region."""
    token = rig.app.state.seat_seals.seal(seat.id)
    socket = await connect(f"ws://127.0.0.1:{rig.port}/rooms/{seat.room_id}/live?token={token}")
    await socket.recv()
    return socket


async def end_of(socket: ClientConnection) -> tuple[int | None, str | None]:
    """How it was closed: within a second in a soak."""
    async with asyncio.timeout(within(1, busy=5)):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed:
            return socket.close_code, socket.close_reason


async def seat_of(rig: Rig, name: str) -> Seat:
    """Somebody who has joined, by name."""
    async with rig.database.reading() as session:
        return (await session.exec(select(Seat).where(Seat.name == name))).one()


async def online(rig: Rig, coach) -> int:
    """How many the board says are in the first room."""
    rooms = (await coach.get(f"/workshops/{rig.workshop.id}/board")).json()["rooms"]
    return rooms[0]["online"]


async def test_a_client_that_knows_only_the_document_is_there_too(rig: Rig, coach) -> None:
    assert await online(rig, coach) == 0
    client = await rig.client("Ana")
    assert await online(rig, coach) == 1
    socket = await live(rig, await seat_of(rig, "Ana"))
    await socket.close()
    assert await online(rig, coach) == 1  # one person, with one socket of two
    stale = Client(rig.url(rig.app.state.seat_seals.seal((await rig.seat("Ben")).id), generation="old"))
    await stale.open()
    assert await stale.ended() == 4410
    assert await online(rig, coach) == 1
    await client.close()
    async with asyncio.timeout(within(1, busy=5)):
        while await online(rig, coach):
            pass


async def test_a_removed_person_is_out_soon_and_cannot_return(rig: Rig, coach) -> None:
    client = await rig.client("Ana")
    ana = await seat_of(rig, "Ana")
    socket = await live(rig, ana)
    began = time.monotonic()
    assert (await coach.post(f"/seats/{ana.id}/remove")).status_code == 204
    code, reason = await end_of(socket)
    assert await client.ended() == 4403
    assert time.monotonic() - began < within(1, busy=5)
    assert (code, "coach has ended your seat" in (reason or "")) == (4403, True)
    again = await live_refusal(rig, ana)
    assert again in (4401, 4403)
    await client.open()
    assert await client.ended() in (4401, 4403)


async def live_refusal(rig: Rig, seat: Seat) -> int | None:
    token = rig.app.state.seat_seals.seal(seat.id)
    socket = await connect(f"ws://127.0.0.1:{rig.port}/rooms/{seat.room_id}/live?token={token}")
    return (await end_of(socket))[0]


async def test_a_moved_person_is_sent_to_the_new_room_and_stays_out_of_the_old(rig: Rig, coach) -> None:
    client, other = await rig.client("Ana"), await rig.client("Ben")
    ana = await seat_of(rig, "Ana")
    socket = await live(rig, ana)
    moved = await coach.post(f"/seats/{ana.id}/move", json={"room_id": rig.rooms[1].id})
    assert moved.status_code == 200
    assert await end_of(socket) == (4409, f"/rooms/{rig.rooms[1].id}")
    assert await client.ended() == 4409
    assert client.closed == (4409, f"/rooms/{rig.rooms[1].id}")
    await client.open()
    assert await client.ended() == 4403
    assert other.closed is None
    there = Client(rig.url(rig.app.state.seat_seals.seal(ana.id), 1))
    rig.clients.append(there)
    await (await there.open()).synchronised()


async def test_a_merger_takes_people_and_words_and_nothing_typed_before_is_missing(rig: Rig, coach) -> None:
    ana, eva = await rig.client("Ana", 0), await rig.client("Eva", 1)
    ana.field(rig.name("title")).insert(0, "typed a moment ago")
    await ana.until(lambda: ana.is_saved)
    watcher = await live(rig, await seat_of(rig, "Eva"))
    answer = await coach.post(f"/rooms/{rig.rooms[0].id}/merge", json={"into": rig.rooms[1].id})
    assert answer.status_code == 200, answer.text
    assert await ana.ended() == 4409
    draft = (await coach.get(f"/rooms/{rig.rooms[1].id}/draft")).json()
    assert [objective["title"] for objective in draft["objectives"]] == ["", "typed a moment ago"]
    name = f"objective:{draft['objectives'][1]['id']}:title"
    await eva.until(lambda: eva.text(name) == "typed a moment ago")
    eva.field(name).insert(0, "we ")
    await eva.until(lambda: eva.is_saved)
    async with asyncio.timeout(5):
        while "Ana" not in await watcher.recv():
            pass
    await watcher.close()


async def test_typing_through_a_merger_loses_nothing_that_was_acknowledged(rig: Rig, coach) -> None:
    ana = await rig.client("Ana", 0)
    name = rig.name("title")

    async def type_on() -> None:
        while not ana.closed:
            ana.field(name).insert(len(ana.text(name)), "x")
            await asyncio.sleep(0.002)

    typing = asyncio.create_task(type_on())
    await ana.until(lambda: ana.stored > 11)
    answer = await coach.post(f"/rooms/{rig.rooms[0].id}/merge", json={"into": rig.rooms[1].id})
    assert answer.status_code == 200
    await typing
    assert ana.closed == (4409, f"/rooms/{rig.rooms[1].id}")
    acknowledged = vector(ana.stored_vector)[ana.document.client_id]
    draft = (await coach.get(f"/rooms/{rig.rooms[1].id}/draft")).json()
    assert len(draft["objectives"][1]["title"]) >= acknowledged > 10


async def test_the_people_of_a_closed_room_go_on_and_onlookers_are_told(rig: Rig, coach) -> None:
    ana = await rig.client("Ana", 0)
    socket = await live(rig, await seat_of(rig, "Ana"))
    bearer = coach.headers["authorization"].removeprefix("Bearer ")
    onlooker = await connect(f"ws://127.0.0.1:{rig.port}/rooms/{rig.rooms[0].id}/live?token={bearer}")
    await onlooker.recv()
    assert (await coach.post(f"/rooms/{rig.rooms[0].id}/close", json={})).status_code == 204
    assert await end_of(socket) == (4409, f"/rooms/{rig.rooms[1].id}")
    assert await ana.ended() == 4409
    code, reason = await end_of(onlooker)
    assert (code, "was closed" in (reason or "")) == (4410, True)


async def test_coming_and_going_shows_on_the_roster_and_is_remembered(rig: Rig, coach) -> None:
    ana, ben = await rig.seat("Ana"), await rig.seat("Ben")
    watcher = await live(rig, ana)
    other = await live(rig, ben)

    roster = ""

    async def hears(words: str) -> None:
        nonlocal roster
        async with asyncio.timeout(20):
            while words not in roster:
                message = json.loads(await watcher.recv())
                if message.get("region") == "roster":
                    roster = message["content"]

    await hears("Who is here: 2 of 2")
    await other.close()
    await hears("Who is here: 1 of 2")
    await hears("data-since")  # a moment later, when the leaving is stored
    assert (await rig.get(Seat, ben.id)).last_seen_at is not None
    await watcher.close()


async def test_two_hundred_and_fifty_join_at_once_quickly_and_evenly(rig: Rig) -> None:
    async with rig.database.writing() as session:
        workshop = await session.get_one(Workshop, rig.workshop.id)
        workshop.room_size = 125
        session.add(workshop)
    address = f"http://127.0.0.1:{rig.port}/api/v1/join"
    began = time.monotonic()
    async with httpx.AsyncClient(timeout=60) as client:
        answers = await asyncio.gather(
            *(client.post(address, json={"code": rig.workshop.code, "name": f"P{n}"}) for n in range(250))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert time.monotonic() - began < 30
    rooms = [answer.json()["room_id"] for answer in answers]
    assert {rooms.count(room.id) for room in rig.rooms} == {125}
    seats = await asyncio.gather(*(rig.get(Seat, answer.json()["participant_id"]) for answer in answers))
    assert len({(seat.room_id, seat.number) for seat in seats}) == 250


async def test_a_seat_is_found_in_a_few_milliseconds_in_a_large_workshop(rig: Rig) -> None:
    async with rig.database.writing() as session:
        workshop = await session.get_one(Workshop, rig.workshop.id)
        workshop.room_size = 500
        for n in range(300):
            await take_seat(session, workshop, Joiner(f"P{n}"), lambda room_id: ())
            await session.flush()
    began = time.monotonic()
    async with rig.database.writing() as session:
        workshop = await session.get_one(Workshop, rig.workshop.id)
        await take_seat(session, workshop, Joiner("Last"), lambda room_id: ())
    assert time.monotonic() - began < within(0.5, busy=2)
