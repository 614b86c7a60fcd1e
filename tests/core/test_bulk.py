"""Many rows in one statement: what is written, by whom it is refused, on both databases."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlmodel import col, delete, select

from boathouse.core import bulk
from boathouse.core.bulk import NewRows, NewTexts, RowIsGone
from boathouse.core.database import Database
from boathouse.core.migrate import migrate
from boathouse.core.settings import Settings
from boathouse.workshop.tables import DocumentUpdate, Objective, Room, Workshop
from tests.postgres import postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """One PostgreSQL for this file."""
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
async def filled(request: pytest.FixtureRequest, server: str, settings: Settings) -> AsyncIterator[Database]:
    """A database with a workshop, a room and two objectives, of either make."""
    database = Database(settings.database_url if request.param == "sqlite" else server)
    await migrate(database)
    async with database.writing() as session:
        await session.exec(delete(Workshop))  # an earlier test's, with all that hangs on it
        session.add(Workshop(id="workshop", title="Bulk"))
        await session.flush()
        session.add(Room(id="room", workshop_id="workshop", number=1, name="One"))
        await session.flush()
        session.add_all([Objective(id=name, room_id="room", title=f"old {name}") for name in ("a", "b")])
    yield database
    await database.close()


async def titles(database: Database) -> dict[str, str]:
    async with database.reading() as session:
        return {row.id: row.title for row in await session.exec(select(Objective))}


async def bodies(database: Database) -> list[bytes]:
    async with database.reading() as session:
        rows = await session.exec(select(DocumentUpdate).order_by(col(DocumentUpdate.id)))
        return [row.body for row in rows]


async def test_rows_are_added_and_texts_changed_in_one_transaction(filled: Database) -> None:
    added = NewRows("document_update", ("room_id", "body"), [("room", b"\x00one"), ("room", b"two")])
    changed = NewTexts("objective", ("id", "title"), [("a", 'it\'s "new" é 🚣'), ("gone", "nobody's")])
    await filled.write_bulks(lambda: [added, changed])
    assert await bodies(filled) == [b"\x00one", b"two"]
    assert await titles(filled) == {"a": 'it\'s "new" é 🚣', "b": "old b"}


async def test_a_row_of_a_deleted_room_undoes_the_transaction(filled: Database) -> None:
    changed = NewTexts("objective", ("id", "title"), [("a", "new")])
    lost = NewRows("document_update", ("room_id", "body"), [("room", b"kept?"), ("no room", b"lost")])
    with pytest.raises(RowIsGone):
        await filled.write_bulks(lambda: [changed, lost])
    assert await bodies(filled) == []
    assert (await titles(filled))["a"] == "old a"
    await filled.write_bulks(lambda: [changed])  # and the next one is not hindered
    assert (await titles(filled))["a"] == "new"


async def test_a_long_bulk_is_cut_into_statements(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_VALUES", 6)
    rows = [("room", bytes([n])) for n in range(8)]
    await filled.write_bulks(lambda: [NewRows("document_update", ("room_id", "body"), rows)])
    assert await bodies(filled) == [body for _, body in rows]


async def test_nothing_to_write_is_no_error(filled: Database) -> None:
    await filled.write_bulks(lambda: [NewRows("document_update", ("room_id", "body"), [])])
    await filled.write_bulks(list)
    assert await bodies(filled) == []
