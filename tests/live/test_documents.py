"""Stock clients on a real server: words, acknowledgements, people, permissions, locks, erasure."""

import asyncio

import pycrdt
import pytest
from sqlmodel import select

from boathouse.core.database import after_commit
from boathouse.workshop.tables import DocumentUpdate, Objective, Room
from tests.live.rig import Rig
from tests.live.yjs import Client

LINE = "Crews see their own harbour 🚣 مرحبا e\u0301"


async def test_words_reach_the_others_and_the_rows(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    ana.field(rig.name()).insert(0, LINE)
    await ben.until(lambda: ben.text(rig.name()) == LINE)
    await ana.until(lambda: ana.is_saved)
    await rig.documents.flush({rig.rooms[0].id})
    assert (await rig.get(Objective, rig.objectives[0].id)).title == LINE
    assert (await rig.get(Room, rig.rooms[0].id)).last_activity_at is not None
    assert set(rig.documents.writers(rig.rooms[0].id)) < rig.documents.online(rig.rooms[0].id)


async def test_rows_follow_without_being_asked(rig: Rig) -> None:
    written: asyncio.Queue[set[str]] = asyncio.Queue()
    rig.documents.copier.on_written = written.put_nowait
    ana = await rig.client()
    ana.field(rig.name("why")).insert(0, "Because the season ends")
    async with asyncio.timeout(10):
        assert await written.get() == {rig.rooms[0].id}
    assert (await rig.get(Objective, rig.objectives[0].id)).why == "Because the season ends"


async def test_rooms_do_not_mix(rig: Rig) -> None:
    ana, cleo = await rig.client("Ana"), await rig.client("Cleo", room=1)
    ana.field(rig.name()).insert(0, "ours")
    await ana.until(lambda: ana.is_saved)
    cleo.field(rig.name(room=1)).insert(0, "theirs")
    await cleo.until(lambda: cleo.is_saved)
    assert (cleo.text(rig.name()), ana.text(rig.name(room=1))) == ("", "")


async def test_operators_see_who_is_at_the_drafts(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    ana.field(rig.name()).insert(0, LINE)
    await ana.until(lambda: ana.is_saved)
    figures = rig.app.state.metrics.text().decode().splitlines()
    assert "boathouse_documents 1.0" in figures
    assert "boathouse_document_sockets 2.0" in figures
    assert "boathouse_unstored_changes 0.0" in figures
    await ben.close()
    assert b"boathouse_document_sockets 1.0" in rig.app.state.metrics.text()


async def test_saved_counts_a_deletion_which_moves_no_vector(rig: Rig) -> None:
    ana = await rig.client()
    text = ana.field(rig.name())
    text.insert(0, "abc")
    await ana.until(lambda: ana.is_saved)
    before, vector = ana.stored, ana.stored_vector
    del text[0:2]
    assert not ana.is_saved
    await ana.until(lambda: ana.is_saved)
    assert (ana.stored, ana.stored_vector) == (before + 1, vector)


async def test_only_who_asks_is_told_what_is_saved(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben", saved="")
    ben.field(rig.name()).insert(0, "quiet")
    await ana.until(lambda: ana.text(rig.name()) == "quiet")
    await rig.documents.flush()
    ana.field(rig.name()).insert(0, "not ")
    await ana.until(lambda: ana.is_saved)
    await ben.until(lambda: ben.text(rig.name()) == "not quiet")
    assert ben.stored == 0


async def test_everything_is_there_after_leaving_memory(rig: Rig) -> None:
    ana = await rig.client("Ana")
    for word in ("one ", "two ", "three"):
        ana.field(rig.name()).insert(len(ana.field(rig.name())), word)
        await ana.until(lambda: ana.is_saved)
    await ana.close()
    rig.documents.memory.idle_after = 0
    await rig.documents.flush()
    await rig.documents.memory.sweep()
    assert not rig.documents.rooms
    async with rig.database.reading() as session:
        assert len((await session.exec(select(DocumentUpdate))).all()) == 1  # a snapshot in three rows' place
    ben = await rig.client("Ben")
    assert ben.text(rig.name()) == "one two three"
    await (await ana.open()).synchronised()
    assert ana.text(rig.name()) == "one two three"


async def test_loading_brings_rows_up_to_date(rig: Rig) -> None:
    ana = await rig.client()
    ana.field(rig.name()).insert(0, "stored, then a crash")
    await ana.until(lambda: ana.is_saved)
    rig.documents.discard(rig.rooms[0].id)
    await rig.documents.flush({rig.rooms[0].id})
    assert (await rig.get(Objective, rig.objectives[0].id)).title == "stored, then a crash"


async def test_people_are_shown_as_the_server_knows_them(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    await ana.show({"field": rig.name(), "user": {"name": "The coach"}})
    await ben.until(lambda: ana.document.client_id in ben.people)
    await ana.until(lambda: ana.document.client_id in ana.people)  # the echo that keeps a lone client alive
    state = ben.people[ana.document.client_id]
    assert state
    assert (state["field"], state["user"]["name"]) == (rig.name(), "Ana")
    assert state["user"]["id"] in rig.documents.online(rig.rooms[0].id)
    await ben.show({"field": "hers"}, clock=9, client=ana.document.client_id)
    await ben.show({"field": "his"})
    await ana.until(lambda: ben.document.client_id in ana.people)
    assert ana.people[ana.document.client_id] == state
    cleo = await rig.client("Cleo")
    await cleo.until(lambda: len(cleo.people) == 2)
    ana.abort()
    await ben.until(lambda: ben.people[ana.document.client_id] is None)


async def test_the_late_close_of_an_old_socket_ends_nothing(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    await ana.show({"field": "a"})
    again = Client(ana.url)
    rig.clients.append(again)
    await (await again.open()).synchronised()
    await again.show({"field": "b"}, clock=2, client=ana.document.client_id)
    await ben.until(lambda: (ben.people.get(ana.document.client_id) or {}).get("field") == "b")
    ana.abort()
    await ana.until(lambda: ana.closed)
    again.field(rig.name()).insert(0, "still here")
    await ben.until(lambda: ben.text(rig.name()) == "still here")
    assert ben.people[ana.document.client_id]


async def test_the_server_edits_with_its_rows_or_not_at_all(rig: Rig) -> None:
    ana = await rig.client()
    ana.field(rig.name()).insert(0, "typed")
    fresh = Objective(room_id=rig.rooms[0].id)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 -- the block is the transaction
        async with rig.database.writing() as session:
            await rig.documents.prepare_edit(session, rig.rooms[0].id, {rig.name(): "never"})
            raise ZeroDivisionError
    async with rig.database.writing() as session:
        session.add(fresh)
        name = f"objective:{fresh.id}:title"
        await rig.documents.prepare_edit(
            session, rig.rooms[0].id, {name: "converted", rig.name(): "typed, edited"}
        )
        assert ana.text(name) == ""
        told: list[str] = []
        after_commit(session, lambda: told.append("committed"))
    assert told
    await ana.until(lambda: ana.text(name) == "converted" and ana.text(rig.name()) == "typed, edited")
    ana.field(name).insert(0, "Well ")
    await ana.until(lambda: ana.is_saved)
    rig.documents.discard(rig.rooms[0].id, 1012)
    await rig.documents.flush({rig.rooms[0].id})
    assert (await rig.get(Objective, fresh.id)).title == "Well converted"


async def test_new_fields_are_learned_and_unknown_ones_close_their_sender(rig: Rig) -> None:
    ana, ben, cleo = await rig.client("Ana"), await rig.client("Ben"), await rig.client("Cleo")
    rig.documents.learn(rig.rooms[0].id, ["todo:new:text"])
    ana.field("todo:new:text").insert(0, "known now")
    await ben.until(lambda: ben.text("todo:new:text") == "known now")
    ana.field("todo:other:text").insert(0, "smuggled")
    assert await ana.ended() == 4403
    cleo.document["map"] = pycrdt.Map({"a": 1})
    assert await cleo.ended() == 4403
    ben.field(rig.name()).insert(0, "undisturbed")
    await ben.until(lambda: ben.is_saved)
    assert ben.text("todo:other:text") == ""


async def test_a_reader_sees_and_is_seen_but_writes_nothing(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    (connection,) = [
        each for each in rig.documents.rooms[rig.rooms[0].id].connections if each.grant.name == "Ben"
    ]
    connection.grant.may_write = False
    ana.field(rig.name()).insert(0, "read me")
    await ben.until(lambda: ben.text(rig.name()) == "read me")
    await ben.show({"field": None})
    await ana.until(lambda: ben.document.client_id in ana.people)
    ben.field(rig.name()).insert(0, "I was here ")
    assert await ben.ended() == 4403
    ana.field(rig.name()).insert(0, "Please ")
    await ana.until(lambda: ana.is_saved)
    assert ana.text(rig.name()) == "Please read me"
