"""Words that were deleted are forgotten: in every row, in the file, and without losing one that was not."""

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlmodel import SQLModel, col, select, text

from boathouse.core.clock import now
from boathouse.workshop.tables import DocumentUpdate, KeyResult, Objective, Question, Status, Workshop
from tests.live.club import Club
from tests.live.rig import Rig
from tests.live.yjs import Client

SECRET = "Quillfeather"


async def stored(rig: Rig) -> bytes:
    """Every cell of every table."""
    async with rig.database.reading() as session:
        connection = await session.connection()
        rows = [
            row
            for table in SQLModel.metadata.sorted_tables
            for row in await connection.execute(select(table))
        ]
    return b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row)


def in_file(rig: Rig) -> bytes:
    """The database as it lies on disk."""
    return Path(rig.app.state.settings.directory / "boathouse.db").read_bytes()


async def typed_and_deleted(rig: Rig) -> Client:
    """Somebody writes a name and takes it out again, each stored."""
    ana = await rig.client()
    words = ana.field(rig.name())
    words.insert(0, "Crews see their harbour")
    await ana.until(lambda: ana.is_saved)
    words.insert(10, f"{SECRET} ")
    await ana.until(lambda: ana.is_saved)
    assert SECRET.encode() in await stored(rig)
    del words[10 : 10 + len(SECRET) + 1]
    await ana.until(lambda: ana.is_saved)
    return ana


async def end(rig: Rig, ago: timedelta = timedelta(hours=25)) -> None:
    """The workshop is over."""
    async with rig.database.writing() as session:
        workshop = await session.get_one(Workshop, rig.workshop.id)
        workshop.status, workshop.ended_at = Status.ENDED, now() - ago


async def test_a_deleted_word_is_nowhere_a_day_after_the_end(rig: Rig) -> None:
    ana = await typed_and_deleted(rig)
    await rig.documents.flush()
    await rig.app.state.housekeeping.forget_history()
    assert SECRET.encode() in await stored(rig)  # it goes on: nothing is touched
    await end(rig)
    await rig.app.state.housekeeping.forget_history()
    assert SECRET.encode() not in await stored(rig)
    assert ana.text(rig.name()) == "Crews see their harbour"
    rig.documents.discard(rig.rooms[0].id)
    again = await rig.client("Ben")
    assert again.text(rig.name()) == "Crews see their harbour"


async def test_nor_is_it_in_the_file(rig: Rig) -> None:
    await typed_and_deleted(rig)
    await rig.documents.flush()
    await rig.documents.compact(rig.rooms[0].id)
    async with rig.database.engine.connect() as connection:
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    file = in_file(rig)
    assert b"harbour" in file
    assert SECRET.encode() not in file


async def test_what_one_row_holds_is_forgotten_too(rig: Rig) -> None:
    ana = await rig.client()
    ana.field(rig.name()).insert(0, SECRET)
    del ana.field(rig.name())[0 : len(SECRET)]
    await ana.until(lambda: ana.is_saved)
    async with rig.database.reading() as session:
        assert len((await session.exec(select(DocumentUpdate))).all()) == 1
    await end(rig)
    await rig.app.state.housekeeping.forget_history()
    assert SECRET.encode() not in await stored(rig)


async def test_removed_items_keep_their_words_until_a_day_after_the_end(rig: Rig) -> None:
    ana = await rig.client()
    line = KeyResult(objective_id=rig.objectives[0].id, room_id=rig.rooms[0].id)
    gone = Question(workshop_id=rig.workshop.id, author_name="Ana", body=SECRET, removed_at=now())
    await rig.add(line, gone)
    rig.documents.learn(rig.rooms[0].id, [f"key_result:{line.id}:statement"])
    ana.field(rig.name()).insert(0, SECRET)
    ana.field(f"key_result:{line.id}:statement").insert(0, SECRET)
    await ana.until(lambda: ana.is_saved)
    await rig.documents.flush()
    async with rig.database.writing() as session:
        (await session.get_one(Objective, rig.objectives[0].id)).deleted_at = now()
    await rig.app.state.housekeeping.forget_history()
    assert (await rig.get(Objective, rig.objectives[0].id)).title == SECRET
    assert (await rig.get(Question, gone.id)).body == SECRET
    await end(rig, timedelta(hours=23))  # whoever ended it by mistake still finds everything
    await rig.app.state.housekeeping.forget_history()
    assert (await rig.get(Objective, rig.objectives[0].id)).title == SECRET
    assert (await rig.get(Question, gone.id)).body == SECRET
    await end(rig)
    await rig.app.state.housekeeping.forget_history()
    assert SECRET.encode() not in await stored(rig)
    assert (await rig.get(Objective, rig.objectives[0].id)).title == ""
    await ana.until(lambda: ana.text(rig.name()) == "")
    async with rig.database.reading() as session:
        query = select(Objective.id).where(col(Objective.deleted_at).is_not(None))
        found = list(await session.exec(query))
    assert found == [rig.objectives[0].id]  # comments on it still have their place


async def test_typing_while_history_is_forgotten_loses_nothing(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    room_id, name, why = rig.rooms[0].id, rig.name(), rig.name("why")

    async def write(who: Client, field: str, letters: str) -> None:
        for letter in letters:
            who.field(field).insert(len(who.text(field).encode()), letter)
            await who.until(lambda: who.stored > 0)
            await asyncio.sleep(0)
        await who.until(lambda: who.is_saved)

    async def forget() -> None:
        for n in range(20):
            await rig.documents.compact(room_id)
            await rig.documents.edit(room_id, {rig.name("why", 0): f"edit {n}"} if n == 10 else {})

    words = "steady as she goes " * 10
    await asyncio.gather(write(ana, name, words), write(ben, name, words), forget())
    assert sorted(ana.text(name)) == sorted(words * 2)
    await ben.until(lambda: ben.text(name) == ana.text(name) and ben.text(why) == "edit 10")
    rig.documents.discard(room_id)
    again = await rig.client("Cleo")
    assert (again.text(name), again.text(why)) == (ana.text(name), "edit 10")


async def test_with_a_person_the_deleted_words_of_their_room_are_erased(club: Club) -> None:
    field = f"objective:{club.cast.objective}:title"
    ana, ben = club.document("Ana"), club.document("Ben")
    await (await ana.open()).synchronised()
    await (await ben.open()).synchronised()
    ana.field(field).insert(0, SECRET)
    await ana.until(lambda: ana.is_saved)
    del ana.field(field)[0 : len(SECRET)]
    await ana.until(lambda: ana.is_saved)
    await club.rig.documents.flush()
    assert SECRET.encode() in await stored(club.rig)
    assert await club.post("Tom", f"/seats/{club.cast.seats['Ana']}/erase") == 303
    assert await ana.ended() == 4403
    assert SECRET.encode() not in await stored(club.rig)
    ben.field(field).insert(0, "Still here. ")
    await ben.until(lambda: ben.is_saved)
