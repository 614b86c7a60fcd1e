"""People and programs that misbehave: each harms itself only."""

import asyncio
import random
import socket
import sqlite3

import pytest

from boathouse.core import sockets
from boathouse.workshop.documents import connection as connections
from boathouse.workshop.documents import protocol as wire
from boathouse.workshop.documents import room as rooms
from boathouse.workshop.documents.connection import Connection
from tests.live.rig import Rig
from tests.live.yjs import Client

EMPTY_UPDATE = wire.update_message(wire.EMPTY_UPDATE)


async def works(rig: Rig, *clients: Client) -> None:
    """These still write to each other and are stored."""
    for client in clients:
        client.field(rig.name()).insert(0, "+")
    for client in clients:
        await client.until(lambda client=client: client.is_saved)
    texts = {client.text(rig.name()) for client in clients}
    while len(texts) > 1:
        await clients[0].until(lambda: True)
        await asyncio.sleep(0)
        texts = {client.text(rig.name()) for client in clients}


def connection_of(rig: Rig, name: str) -> Connection:
    """The server's end."""
    (found,) = [each for each in rig.documents.rooms[rig.rooms[0].id].connections if each.grant.name == name]
    return found


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"", 1007),
        (b"\x07", 1007),
        (b"\x00\x09\x00", 1007),
        (b"\x00\x02\x05ab", 1007),
        (b"\x00\x02\x03\x01\x01\x01", 1007),
        (b"\x00\x00\x05" + b"\xff" * 5, 1007),
        (b"\x01\x02\xff\xff", 1007),
        (wire.awareness_message([(1, 1, "no json")]), 1007),
        (wire.awareness_message([(1, 1, '"' + "x" * 65_536 + '"')]), 4413),
        (wire.update_message(b"\x00" * (1024 * 1024 + 1)), 4413),
        (b"\x00" * (2 * 1024 * 1024 + 1), 1009),
    ],
)
async def test_a_malformed_or_oversized_message_ends_its_sender(rig: Rig, message: bytes, code: int) -> None:
    ana, ben, mallory = await rig.client("Ana"), await rig.client("Ben"), await rig.client("Mallory")
    await mallory.send(message)
    assert await mallory.ended() == code
    await works(rig, ana, ben)


async def test_text_frames_are_refused(rig: Rig) -> None:
    mallory = await rig.client("Mallory")
    assert mallory.socket
    await mallory.socket.send("words")
    assert await mallory.ended() == 1003


async def test_random_bytes_end_nobody_else(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    chance = random.Random(4)
    for number in range(30):
        mallory = await rig.client(f"Mallory {number}")
        kind = chance.choice([b"", b"\x00\x00", b"\x00\x01", b"\x00\x02", b"\x01"])
        await mallory.send(kind + wire.write_bytes(chance.randbytes(chance.randrange(60))) + b"\xff")
        if kind:
            assert await mallory.ended() in (1007, 4403)
        await mallory.close()  # a kind that nobody knows is passed over
    await works(rig, ana, ben)


async def test_a_full_document_refuses_more_and_says_why(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "LARGEST_DOCUMENT", 20_000)
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    for _ in range(5):  # typed and deleted again: the document stays small
        ana.field(rig.name()).insert(0, "x" * 9_000)
        del ana.field(rig.name())[0:9_000]
    await ana.until(lambda: ana.is_saved)
    ana.field(rig.name()).insert(0, "x" * 15_000)
    ana.field(rig.name()).insert(0, "y" * 15_000)
    assert await ana.ended() == 4413
    assert ana.closed
    assert "full" in ana.closed[1]
    await ben.until(lambda: ben.text(rig.name()) == "x" * 15_000)
    ben.field(rig.name()).insert(0, "+")
    await ben.until(lambda: ben.is_saved)


async def test_a_flood_is_slowed_and_the_others_are_not(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "BURST", 100_000)
    monkeypatch.setattr(sockets.SocketProtocol, "allowance", 100_000)
    monkeypatch.setattr(sockets, "RATE", 500_000)
    ana, ben, flooder = await rig.client("Ana"), await rig.client("Ben"), await rig.client("Flooder")
    assert flooder.socket
    before = flooder.sent
    flooder.sent += 1_000
    flood = asyncio.gather(*(flooder.send(EMPTY_UPDATE) for _ in range(1_000)))
    server_side = connection_of(rig, "Flooder")
    ana.field(rig.name()).insert(0, "meanwhile")
    await ben.until(lambda: ben.text(rig.name()) == "meanwhile")
    await ana.until(lambda: ana.is_saved)
    assert server_side.messages < before + 1_000
    await flood
    await flooder.until(lambda: flooder.stored == flooder.sent)


async def stalled(rig: Rig, name: str) -> tuple[Client, Connection]:
    """Somebody who stopped reading, and the server's end."""
    seat = await rig.seat(name)
    slow = Client(rig.url(rig.app.state.seat_seals.seal(seat.id)))
    rig.clients.append(slow)
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    small.connect(("127.0.0.1", rig.port))
    small.setblocking(False)
    await (await slow.open(sock=small)).synchronised()
    assert slow.socket
    slow.socket.transport.pause_reading()
    return slow, connection_of(rig, name)


async def fill(rig: Rig, writer: Client, connection: Connection) -> None:
    """Write until the connection is behind."""
    text = writer.field(rig.name())
    for _ in range(400):
        if not connection.keeps_up:
            return
        text.insert(0, "x" * 60_000)
        del text[0:60_000]
        await writer.until(lambda: writer.is_saved)
    raise AssertionError("the peer never fell behind")


async def test_a_slow_reader_is_brought_up_to_date_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "RATE", 1e9)
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    slow, connection = await stalled(rig, "Slow")
    await fill(rig, ana, connection)
    waiting = connection.socket.transport.get_write_buffer_size()
    for _ in range(5):
        ana.field(rig.name()).insert(0, "x" * 60_000)
        del ana.field(rig.name())[0:60_000]
    ana.field(rig.name()).insert(0, "the end")
    await ben.until(lambda: ben.text(rig.name()) == "the end")
    assert connection.socket.transport.get_write_buffer_size() <= waiting < 2 * sockets.UNREAD
    assert slow.socket
    slow.socket.transport.resume_reading()
    await slow.until(lambda: slow.text(rig.name()) == "the end")
    await works(rig, ana, ben, slow)


async def test_who_never_reads_is_closed(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "RATE", 1e9)
    monkeypatch.setattr(connections, "PATIENCE", 0.01)
    ana = await rig.client("Ana")
    slow, connection = await stalled(rig, "Slow")
    await fill(rig, ana, connection)
    while connection in rig.documents.rooms[rig.rooms[0].id].connections:
        await ana.until(lambda: True)
        await asyncio.sleep(0)
    assert slow.socket
    slow.socket.transport.resume_reading()
    await slow.ended()
    await works(rig, ana)


async def test_nineteen_type_on_while_one_after_another_crashes(rig: Rig) -> None:
    crew = [await rig.client(f"P{number}") for number in range(20)]
    for number, client in enumerate(crew[1:]):
        for other in crew[number + 1 :]:
            other.field(rig.name()).insert(0, "x")
        if number < 15:
            crew[number].abort()
        await client.until(lambda client=client: client.is_saved)
    *_, ana, ben = crew
    assert ana.text(rig.name()) == ben.text(rig.name())
    await works(rig, ana, ben)


async def test_another_process_may_hold_the_database_for_a_while(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    await ana.until(lambda: ana.is_saved)
    other = sqlite3.connect(rig.database.url.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ana.field(rig.name()).insert(0, "seen at once, stored later")
    await ben.until(lambda: ben.text(rig.name()) == "seen at once, stored later")
    assert not ana.is_saved
    other.execute("COMMIT")
    other.close()
    await ana.until(lambda: ana.is_saved)


async def test_a_burst_is_stored_to_the_last_letter(rig: Rig, soak: bool) -> None:
    crew = [await rig.client(f"P{number}") for number in range(14)]
    each = 5_000 if soak else 200
    for client in crew:
        for _ in range(each):
            client.field(rig.name()).insert(0, "x")
    for client in crew:
        await client.until(lambda client=client: client.is_saved, patience=120)
    rig.documents.discard(rig.rooms[0].id, 1012)
    late = await rig.client("Late")
    assert late.text(rig.name()) == "x" * each * len(crew)
