"""A restored backup: every word is there, and no browser's older copy flows back in."""

from sqlmodel import select

from boathouse.core.database import Database
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.generations import renew_generations
from boathouse.workshop.tables import Objective, Room, Workshop

TITLE = "objective:a:title"


async def test_words_stay_under_a_new_generation(database: Database) -> None:
    async with database.writing() as session:
        workshop = Workshop(title="Pilot")
        session.add(workshop)
        await session.flush()
        session.add(Room(id="room", workshop_id=workshop.id, number=1, name="Room 1", generation="before"))
        await session.flush()
        session.add(Objective(id="a", room_id="room"))
    typing = Documents(database, lambda _: None)
    for words in ("Returns", "Returns are easy"):
        await typing.edit("room", {TITLE: words})
    await typing.stop()
    async with database.writing() as session:
        await renew_generations(session)
    restored = Documents(database, lambda _: None)
    assert (await restored.open("room")).words.text(TITLE) == "Returns are easy"
    await restored.flush({"room"})
    async with database.reading() as session:
        assert (await session.exec(select(Objective.title))).one() == "Returns are easy"
        assert (await session.exec(select(Room.generation))).one() != "before"
