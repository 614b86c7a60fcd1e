"""Two rooms become one: everything comes along under new ids, and the old document stays readable."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.core.errors import Problem
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.drafts import load_draft
from boathouse.workshop.merging import Merger, merge_rooms
from boathouse.workshop.rooms import add_rooms, ask_help, keep_note
from boathouse.workshop.seats import crew
from boathouse.workshop.tables import (
    Comment,
    KeyResult,
    Objective,
    Room,
    RoomNote,
    Seat,
    Status,
    Todo,
    Workshop,
)


class Pair:
    """A workshop with two rooms that have people and words."""

    def __init__(self, database: Database, documents: Documents) -> None:
        self.database, self.documents = database, documents
        self.workshop = Workshop(title="Pilot")
        self.source = self.target = Room(workshop_id="", number=0, name="")
        self.ana = Seat(workshop_id="", room_id="", number=1, name="Ana")
        self.items: dict[str, Objective | KeyResult | Todo] = {}

    async def set_up(self) -> "Pair":
        async with self.database.writing() as session:
            session.add(self.workshop)
            await session.flush()
            self.source, self.target = await add_rooms(session, self.workshop.id, 2)
            await session.flush()
            self.ana = Seat(workshop_id=self.workshop.id, room_id=self.source.id, number=1, name="Ana")
            others = [
                Seat(workshop_id=self.workshop.id, room_id=self.target.id, number=n, name=name)
                for n, name in ((1, "ana"), (2, "Eva"))
            ]
            session.add_all([self.ana, *others])
        await self.write(self.source, "source")
        await self.write(self.target, "target")
        return self

    async def write(self, room: Room, word: str) -> None:
        """An objective, a removed one, a key result and a converted to-do, with words in the document."""
        objective = Objective(room_id=room.id, position=0)
        gone = Objective(room_id=room.id, position=1, title="gone", deleted_at=now(), deleted_by="Ana")
        key_result = KeyResult(room_id=room.id, objective_id=objective.id)
        todo = Todo(room_id=room.id, converted_to=f"key_result:{key_result.id}")
        async with self.database.writing() as session:
            session.add_all([objective, gone, todo])
            await session.flush()
            session.add(key_result)
        await self.documents.edit(
            room.id,
            {
                f"objective:{objective.id}:title": f"{word} title 🚣",
                f"objective:{objective.id}:why": f"{word} why",
                f"key_result:{key_result.id}:start": "34",
                f"todo:{todo.id}:text": f"{word} to-do",
            },
        )
        self.items |= {f"{word} objective": objective, f"{word} gone": gone}
        self.items |= {f"{word} key_result": key_result, f"{word} todo": todo}

    async def merge(self, source: Room | None = None, target: Room | None = None) -> Merger:
        return await merge_rooms(
            self.database,
            self.documents,
            self.workshop,
            (source or self.source).id,
            (target or self.target).id,
            lambda session: None,
        )

    async def all(self, table: type, room: Room) -> list:
        async with self.database.reading() as session:
            return list(await session.exec(select(table).where(table.room_id == room.id)))


@pytest.fixture
async def documents(database: Database) -> AsyncIterator[Documents]:
    """The engine without sockets."""
    documents = Documents(database, lambda rooms: None)
    yield documents
    await documents.stop()


@pytest.fixture
async def pair(database: Database, documents: Documents) -> Pair:
    """Two rooms, ready to be merged."""
    return await Pair(database, documents).set_up()


async def test_texts_come_along_under_new_ids_behind_those_of_the_target(pair):
    merger = await pair.merge()
    await pair.documents.flush()
    async with pair.database.reading() as session:
        draft = await load_draft(session, pair.target.id)
    assert [objective.title for objective in draft.objectives] == ["target title 🚣", "source title 🚣"]
    second = draft.objectives[1]
    assert (second.why, second.key_results[0].start) == ("source why", "34")
    assert second.id == merger.new_ids[pair.items["source objective"].id]
    assert [todo.text for todo in draft.todos] == ["target to-do", "source to-do"]
    assert draft.todos[1].converted_to == f"key_result:{second.key_results[0].id}"


async def test_the_document_of_the_target_holds_the_words(pair):
    merger = await pair.merge()
    room = await pair.documents.open(pair.target.id)
    new = merger.new_ids[pair.items["source objective"].id]
    assert room.words.text(f"objective:{new}:title") == "source title 🚣"
    assert room.words.text(f"objective:{pair.items['target objective'].id}:title") == "target title 🚣"


async def test_the_old_room_is_closed_and_keeps_its_draft_for_reading(pair):
    await pair.merge()
    async with pair.database.reading() as session:
        source = await session.get_one(Room, pair.source.id)
        draft = await load_draft(session, pair.source.id)
    assert (source.merged_into, source.closed_at is not None) == (pair.target.id, True)
    assert [objective.title for objective in draft.objectives] == ["source title 🚣"]
    room = await pair.documents.open(pair.source.id)
    assert room.words.text(f"objective:{pair.items['source objective'].id}:title") == "source title 🚣"
    assert room.locked is not None


async def test_people_follow_and_namesakes_are_told_apart(pair):
    merger = await pair.merge()
    assert [seat.id for seat in merger.moved] == [pair.ana.id]
    async with pair.database.reading() as session:
        people = {seat.id: seat for seat in await crew(session, pair.target.id)}
        assert await crew(session, pair.source.id) == []
    assert (people[pair.ana.id].name, people[pair.ana.id].number) == ("Ana (2)", 3)


async def test_threads_keep_their_pins_and_removed_things_stay_removed(pair):
    at = {
        "objective": pair.items["source objective"].id,
        "key_result": pair.items["source key_result"].id,
        "gone": pair.items["source gone"].id,
    }
    first = Comment(
        room_id=pair.source.id, objective_id=at["objective"], field="why", body="1", author_name="M"
    )
    reply = Comment(room_id=pair.source.id, parent_id=first.id, body="2", author_name="A")
    pinned = Comment(room_id=pair.source.id, key_result_id=at["key_result"], body="3", author_name="M")
    orphan = Comment(room_id=pair.source.id, objective_id=at["gone"], body="4", author_name="M")
    general = Comment(room_id=pair.source.id, body="5", author_name="M")
    async with pair.database.writing() as session:
        session.add_all([first, reply, pinned, orphan, general])
        await keep_note(session, pair.source.id, "Ana", "unsent")
    merger = await pair.merge()
    moved = {comment.body: comment for comment in await pair.all(Comment, pair.target)}
    assert len(moved) == 5
    assert (moved["1"].objective_id, moved["1"].field) == (merger.new_ids[at["objective"]], "why")
    assert moved["2"].parent_id == first.id
    assert moved["3"].key_result_id == merger.new_ids[at["key_result"]]
    assert moved["4"].objective_id == at["gone"]  # shown as pinned to something that was removed
    assert [note.body for note in await pair.all(RoomNote, pair.target)] == ["unsent"]
    assert at["gone"] not in merger.new_ids


async def test_the_longest_waiting_hand_stays_up(pair):
    async with pair.database.writing() as session:
        raised = (await ask_help(session, pair.source.id, True)).help_since
    async with pair.database.writing() as session:
        await ask_help(session, pair.target.id, True)
    await pair.merge()
    async with pair.database.reading() as session:
        assert (await session.get_one(Room, pair.target.id)).help_since == raised


async def test_over_a_limit_nothing_is_deleted(pair):
    for n in range(4):
        await pair.write(pair.source, f"more {n}")
    await pair.merge()
    async with pair.database.reading() as session:
        assert len((await load_draft(session, pair.target.id)).objectives) == 6


async def test_both_directions_at_once_end_in_one_open_room(pair):
    results = await asyncio.gather(pair.merge(), pair.merge(pair.target, pair.source), return_exceptions=True)
    problems = [result for result in results if isinstance(result, Problem)]
    assert len(problems) == 1
    assert problems[0].status == 409
    async with pair.database.reading() as session:
        rooms = [await session.get_one(Room, room.id) for room in (pair.source, pair.target)]
        kept = next(room for room in rooms if room.closed_at is None)
        assert len(await crew(session, kept.id)) == 3
    assert (await pair.documents.open(kept.id)).locked is None


async def test_what_fails_leaves_both_rooms_as_they_were(pair):
    def broken(session: AsyncSession) -> None:
        raise RuntimeError("cut")

    with pytest.raises(RuntimeError):
        await merge_rooms(
            pair.database, pair.documents, pair.workshop, pair.source.id, pair.target.id, broken
        )
    await pair.documents.flush()
    async with pair.database.reading() as session:
        assert (await session.get_one(Room, pair.source.id)).closed_at is None
        assert len(await crew(session, pair.source.id)) == 1
        assert len((await load_draft(session, pair.target.id)).objectives) == 1
    assert (await pair.documents.open(pair.source.id)).locked is None


async def test_drafts_locked_meanwhile_stay_locked_when_merging_fails(pair):
    def broken(session: AsyncSession) -> None:
        raise RuntimeError("cut")

    async with pair.database.writing() as session:
        (await session.get_one(Workshop, pair.workshop.id)).locked = True
    assert not pair.workshop.locked  # as it was when the request began
    with pytest.raises(RuntimeError):
        await merge_rooms(
            pair.database, pair.documents, pair.workshop, pair.source.id, pair.target.id, broken
        )
    assert (await pair.documents.open(pair.source.id)).locked is not None


async def test_only_two_open_rooms_of_one_running_workshop_are_merged(pair):
    other = await Pair(pair.database, pair.documents).set_up()
    for source, target, status in (
        (pair.source, pair.source, 409),
        (pair.source, other.target, 404),
        (other.source, pair.target, 404),
    ):
        with pytest.raises(Problem) as caught:
            await pair.merge(source, target)
        assert caught.value.status == status
    await pair.merge()
    with pytest.raises(Problem) as caught:
        await pair.merge()
    assert caught.value.status == 409
    other.workshop.status = Status.ENDED
    with pytest.raises(Problem):
        await other.merge()
