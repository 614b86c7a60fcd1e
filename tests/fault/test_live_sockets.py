"""Live sockets under pressure: garbage, floods, slow readers, a full disk, everybody at once."""

import asyncio
import json
import random
import socket

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from boathouse.core.settings import Settings
from boathouse.core.web import sockets
from boathouse.workshop.documents.store import UPDATES
from boathouse.workshop.tables import Seat
from tests.live.rig import Rig, rigged
from tests.live.yjs import Client

PATIENCE = 60.0


async def tokens(rig: Rig, count: int) -> list[str]:
    """That many participants, in turns in each room."""
    rooms = rig.rooms
    seats = [
        Seat(workshop_id=rig.workshop.id, room_id=rooms[n % len(rooms)].id, number=n, name=f"P{n}")
        for n in range(count)
    ]
    await rig.add(*seats)
    return [rig.app.state.seat_seals.seal(seat.id) for seat in seats]


def live(rig: Rig, token: str, number: int = 0, **options: object) -> connect:
    """A live socket of the room that the participant of this number sits in."""
    room = rig.rooms[number % len(rig.rooms)].id
    url = f"ws://127.0.0.1:{rig.port}/rooms/{room}/live?token={token}"
    return connect(url, compression=None, max_size=None, **options)


async def until(line: ClientConnection, word: str) -> str:
    """The next message that has the word in it."""
    async with asyncio.timeout(PATIENCE):
        while word not in (message := str(await line.recv())):
            pass
    return message


async def ended(line: ClientConnection) -> int:
    """Read to the end; the code."""
    async with asyncio.timeout(PATIENCE):
        try:
            while True:
                await line.recv()
        except ConnectionClosed:
            return line.close_code or 0


GARBAGE = [
    ("no json", 1007),
    ("[1, 2]", 1007),
    ("1", 1007),
    ("[" * 4000, 1007),
    ('{"t0": ' + "1" * 5000 + "}", 1007),
    (b'{"t0": 1}', 1003),
]


async def test_a_message_that_is_no_use_ends_its_sender_alone(rig: Rig):
    ana, mallory = await tokens(rig, 2)
    async with live(rig, ana) as hers:
        await until(hers, "roster")
        for message, code in GARBAGE:
            async with live(rig, mallory, 1) as line:
                await line.send(message)
                assert await ended(line) == code, message[:40]
        chance = random.Random(5)
        async with live(rig, mallory, 1) as line:
            for _ in range(20):
                await line.send(
                    json.dumps({chance.choice("abt"): chance.random(), "t1": None, "looking": [1]})
                )
            await line.send('{"t0": "still here"}')
            await until(line, '"still here"')
        await hers.send('{"t0": 4}')
        await until(hers, '"t0": 4')


async def test_a_flood_of_heartbeats_is_answered_at_the_servers_pace(rig: Rig, monkeypatch):
    monkeypatch.setattr(sockets, "BURST", 5.0)
    ana, flooder = await tokens(rig, 2)
    async with live(rig, ana) as hers, live(rig, flooder, 1) as line:
        await until(line, "notes")
        for number in range(60):
            await line.send(f'{{"t0": {number}}}')
        await until(line, '"t0": 4,')
        await hers.send('{"t0": 4}')
        await until(hers, '"t0": 4')
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await until(line, '"t0": 59,')


async def test_a_page_that_falls_silent_is_gone_and_a_program_that_only_listens_is_not(rig: Rig, monkeypatch):
    monkeypatch.setattr(sockets, "SILENCE", 0.5)
    reader, page = await tokens(rig, 2)
    async with live(rig, reader) as listening, live(rig, page, 1) as beating:
        await beating.send('{"t0": 1}')
        assert await ended(beating) == 1001
        await until(listening, "notes")
        await listening.send('{"t0": "still here"}')
        await until(listening, '"still here"')


async def test_who_reads_too_slowly_is_closed_1013_and_bounded_meanwhile(rig: Rig, monkeypatch):
    monkeypatch.setattr(sockets, "BOUND", 200_000)
    ana, _, slow = await tokens(rig, 3)
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    small.connect(("127.0.0.1", rig.port))
    small.setblocking(False)
    topic = ("room", rig.rooms[0].id)
    async with live(rig, ana) as hers:
        await until(hers, "notes")
        line = await live(rig, slow, 0, sock=small, ping_interval=None)
        await until(line, "notes")
        line.transport.pause_reading()
        outboxes = {send.__self__ for send in rig.app.state.live.watchers[topic]}
        for number in range(400):
            rig.app.state.live.broadcast(
                topic, json.dumps({"region": "x", "number": number, "content": "x" * 20_000})
            )
            await until(hers, f'"number": {number},')
        assert max(box.size for box in outboxes) < 200_000 + 30_000
        assert [box.closing for box in outboxes].count(True) == 1
        line.transport.resume_reading()
        assert await ended(line) == 1013
        await hers.send('{"t0": 4}')
        await until(hers, '"t0": 4')


async def test_three_hundred_live_sockets_hold_no_connection_to_the_database(settings: Settings):
    async with rigged(settings, rooms=60) as rig:
        seats = await tokens(rig, 300)
        lines = await asyncio.gather(*(arrived(rig, token, number) for number, token in enumerate(seats)))
        pool = rig.database.engine.sync_engine.pool
        assert pool.size() < 10 < len(lines)  # type: ignore[attr-defined]
        async with asyncio.timeout(PATIENCE):
            while pool.checkedout():  # type: ignore[attr-defined]  # noqa: ASYNC110 -- the last pushes
                await asyncio.sleep(0.01)
        for line in lines:  # now all are cut at once, and come back at once
            line.transport.abort()
        back = await asyncio.gather(*(arrived(rig, token, number) for number, token in enumerate(seats)))
        for line in back:
            line.transport.abort()


async def arrived(rig: Rig, token: str, number: int) -> ClientConnection:
    """A live socket that has been sent everything."""
    line = await live(rig, token, number, open_timeout=60)
    await until(line, '"region": "notes"')
    return line


async def test_a_region_that_fails_is_logged_and_the_others_live(rig: Rig, monkeypatch, caplog):
    async def broken(session: object, topic_id: str, keys: object) -> dict[str, str]:
        raise ZeroDivisionError

    (ana,) = await tokens(rig, 1)
    monkeypatch.setitem(rig.app.state.live.renders, ("room", "roster"), broken)
    async with live(rig, ana) as hers:
        await until(hers, '"region": "notes"')
        rig.app.state.live.touch("room", rig.rooms[0].id, "roster", "hand")
        await hers.send('{"t0": 4}')
        await until(hers, '"t0": 4')
        async with rig.database.writing() as session:
            room = await session.get_one(type(rig.rooms[0]), rig.rooms[0].id)
            room.help_since = room.help_since or rig.workshop.created_at
            session.add(room)
            rig.app.state.live.changed(session, "room", room.id, "roster", "hand")
        await until(hers, '"region": "hand"')


async def allow_pages(rig: Rig, pages: str) -> None:
    """Let SQLite's file grow to so many pages and no further, as a full disk does, for words on their way."""
    database = rig.database

    def limit() -> None:
        connection = database._bulk_connection
        (count,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages.format(count=count)}").close()

    await asyncio.get_running_loop().run_in_executor(database._bulk_thread, limit)


async def test_a_full_disk_acknowledges_nothing_and_keeps_the_words_in_the_browser(rig: Rig):
    ana = await rig.client("Ana")
    ana.field(rig.name()).insert(0, "before")
    await ana.until(lambda: ana.is_saved)
    told = ana.stored
    await allow_pages(rig, "{count}")
    ana.field(rig.name()).insert(6, " " + "much " * 20_000)
    assert await ana.ended() == 1011
    assert ana.closed
    assert "kept here" in ana.closed[1]
    assert ana.stored == told
    await allow_pages(rig, "4294967294")
    await (await ana.open()).synchronised()
    await ana.until(lambda: ana.is_saved)
    witness = await rig.client("Ben")
    assert witness.text(rig.name()) == ana.text(rig.name())


async def test_a_store_that_refuses_hits_its_own_room_only(rig: Rig):
    ana, cleo = await rig.client("Ana"), await rig.client("Cleo", room=1)
    name = UPDATES.name
    async with rig.database.engine.begin() as connection:
        await connection.exec_driver_sql(
            f"CREATE TRIGGER refuse BEFORE INSERT ON {name} WHEN NEW.room_id = '{rig.rooms[0].id}' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    ana.field(rig.name()).insert(0, "refused")
    cleo.field(rig.name(room=1)).insert(0, "taken")
    assert await ana.ended() == 1011
    await cleo.until(lambda: cleo.is_saved)
    assert not ana.is_saved
    async with rig.database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TRIGGER refuse")
    again = Client(ana.url)
    rig.clients.append(again)
    await (await again.open()).synchronised()
    assert again.text(rig.name()) == ""
    await (await ana.open()).synchronised()
    await again.until(lambda: again.text(rig.name()) == "refused")
