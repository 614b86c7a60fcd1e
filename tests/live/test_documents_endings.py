"""How a connection or a document ends: revoked, stale, erased, locked, or not storable."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from boathouse.core.database import after_commit
from boathouse.workshop.tables import DocumentUpdate, Room
from tests.live.rig import Rig
from tests.live.yjs import Client


async def test_revoking_ends_the_sockets_of_one_person(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    room = rig.documents.rooms[rig.rooms[0].id]
    (hers,) = [each.grant.identity for each in room.connections if each.grant.name == "Ana"]
    rig.documents.revoke(hers, 4409, "/rooms/elsewhere", room_id=rig.rooms[1].id)
    rig.documents.revoke(hers, 4409, "/rooms/elsewhere")
    await ana.until(lambda: ana.closed)
    assert ana.closed == (4409, "/rooms/elsewhere")
    ben.field(rig.name()).insert(0, "alone")
    await ben.until(lambda: ben.is_saved)


async def test_a_stale_generation_is_gone(rig: Rig) -> None:
    ana = await rig.client("Ana", generation=rig.rooms[0].generation)
    stale = Client(rig.url(ana.url.split("token=")[1].split("&")[0], generation="before"))
    rig.clients.append(stale)
    await stale.open()
    assert await stale.ended() == 4410


async def test_an_erased_room_starts_empty_and_takes_nothing_old(rig: Rig) -> None:
    ana = await rig.client("Ana")
    ana.field(rig.name()).insert(0, "erase me")
    await ana.until(lambda: ana.is_saved)
    async with rig.database.writing() as session:
        for row in (await session.exec(select(DocumentUpdate))).all():
            await session.delete(row)
        room = await session.get_one(Room, rig.rooms[0].id)
        room.generation = "new"
        session.add(room)
        ana.field(rig.name()).insert(0, "too late, ")
        after_commit(session, lambda: rig.documents.discard(room.id))
    assert await ana.ended() == 4410
    ben = await rig.client("Ben")
    assert ben.text(rig.name()) == ""


async def test_a_locked_room_is_read_and_late_words_are_refused(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    ana.field(rig.name()).insert(0, "in time")
    del ana.field(rig.name())[0:3]
    await ben.until(lambda: ben.text(rig.name()) == "time")
    await rig.documents.flush()
    rig.documents.lock(rig.rooms[0].id)
    ana.field(rig.name()).insert(0, "too late: ")
    assert await ana.ended() == 4423
    await ben.close()
    await (await ben.open()).synchronised()  # it sends all it has; that is nothing new
    await ben.until(lambda: ben.is_saved)
    assert ben.text(rig.name()) == "time"
    rig.documents.unlock(rig.rooms[0].id)
    await (await ana.open()).synchronised()
    await ben.until(lambda: ben.text(rig.name()) == "too late: time")


async def test_a_failed_commit_drops_the_room_and_loses_nothing(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, cleo = await rig.client("Ana"), await rig.client("Cleo", room=1)
    await cleo.until(lambda: cleo.is_saved)
    await ana.until(lambda: ana.is_saved)
    working = rig.database.write_bulks

    def broken(_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk is full"))

    monkeypatch.setattr(rig.database, "write_bulks", broken)
    ana.field(rig.name()).insert(0, "kept by Ana")
    assert await ana.ended() == 1011
    assert rig.rooms[0].id not in rig.documents.rooms
    assert not cleo.closed
    monkeypatch.setattr(rig.database, "write_bulks", working)
    await (await ana.open()).synchronised()
    await ana.until(lambda: ana.is_saved)
    async with rig.database.reading() as session:
        rows = await session.exec(
            select(DocumentUpdate).where(col(DocumentUpdate.room_id) == rig.rooms[0].id)
        )
        assert len(rows.all()) == 1


async def test_a_deleted_room_fails_alone(rig: Rig) -> None:
    ana, cleo = await rig.client("Ana"), await rig.client("Cleo", room=1)
    async with rig.database.writing() as session:
        await session.delete(await session.get_one(Room, rig.rooms[0].id))
        ana.field(rig.name()).insert(0, "nowhere to go")
        cleo.field(rig.name(room=1)).insert(0, "unharmed")
    await ana.until(lambda: ana.closed)
    await cleo.until(lambda: cleo.is_saved)
    assert not cleo.closed
