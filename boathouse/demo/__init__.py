"""Demo data with a named cast: two programs, and one workshop in full swing, to look around in.

Mara owns the installation, Tom coaches the workshop, Ines coaches another one, Leo leads both programs, Vera
looks on; Ana, Ben and Cleo are among the participants. Everything happens at fixed distances from now.
"""

import itertools
import os
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core import accounts
from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.core.people import Person, Role
from boathouse.core.settings import Settings
from boathouse.demo.large import found_large_program
from boathouse.demo.small import found_small_program
from boathouse.workshop import phases
from boathouse.workshop.agenda import items_of
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.documents.fields import read_columns
from boathouse.workshop.facilitators import add_facilitator
from boathouse.workshop.rooms import open_rooms
from boathouse.workshop.simulation.cast import people
from boathouse.workshop.simulation.script import Line, Story, script
from boathouse.workshop.tables import (
    Comment,
    DocumentUpdate,
    KeyResult,
    KeyResultType,
    Objective,
    Room,
    Seat,
    Todo,
    Workshop,
)
from boathouse.workshop.workshops import WorkshopPlan, create_workshop

OWNER = "mara@boathouse.example"
CAST = {"Tom": Role.COACH, "Ines": Role.COACH, "Leo": Role.LEADER, "Vera": Role.VIEWER}
TITLE = "Alder & Finch, wave 1"
LATER = "Nordhafen, Portal and Timetable"
ROOMS = 12
CREW_SIZES = (4, 5, 5, 3, 5, 4, 5, 2, 5, 4, 5, 3)
FIRST = {0: ("Ana", "Ben"), 1: ("Cleo",)}  # the named participants, by place of their room
QUIET = {3: 14, 8: 7}  # minutes since the last word, by place; a minute elsewhere
HANDS = {2: 6, 8: 2}  # minutes since a hand went up
DONE = 4  # the crew that has finished
QUESTION = "If this number came true and nothing else, would you say the objective is reached?"


async def seed_demo(database: Database, settings: Settings) -> None:
    """The command: write it all once, then print a link that signs Mara in."""
    async with database.writing() as session:
        mara = (await session.exec(select(Person).where(Person.email == OWNER))).first()
        if mara is None:
            mara = await _write(session, now())
        secret = accounts.sign_in_link(session, mara.id)
    await _pour_words(database)
    address = settings.base_url or f"http://127.0.0.1:{os.environ.get('PORT', 8000)}"
    print(f"Sign in as Mara, once and within ten minutes:\n\n  {address}/sign-in/{secret}\n")


async def _write(session: AsyncSession, moment: datetime) -> Person:
    mara = Person(name="Mara", email=OWNER, role=Role.OWNER)
    others = {name: Person(name=name, role=role) for name, role in CAST.items()}
    session.add_all([mara, *others.values()])
    await session.flush()
    company = await found_small_program(session, others, moment)
    group = await found_large_program(session, others, moment)
    stories = script().stories[:ROOMS]
    plan = WorkshopPlan(title=TITLE, room_names=[story.field for story in stories], program_id=company.id)
    workshop = await create_workshop(session, plan, mara)
    await add_facilitator(session, workshop.id, others["Tom"].id)
    await _start(session, workshop, moment)
    names = people(random.Random(7))  # noqa: S311
    for place, room in enumerate(await open_rooms(session, workshop.id)):
        _mark(room, place, moment)
        crew = await _seat(session, room, place, names)
        await _draft(session, room, stories[place], crew, place)
        if place in HANDS or place == 0:
            await _comment(session, room, others["Tom"], crew[0], place)
    later = moment + timedelta(days=7)
    starts = WorkshopPlan(
        title="Nordhafen, Portal and Timetable", rooms=8, starts_at=later, program_id=group.id
    )
    await create_workshop(session, starts, others["Ines"])
    return mara


async def _start(session: AsyncSession, workshop: Workshop, moment: datetime) -> None:
    """In its fourth phase, key results, with some of the time left."""
    items = await items_of(session, workshop.id)
    begun = moment - timedelta(minutes=12)
    phases.start(workshop, items, begun - timedelta(minutes=sum(item.minutes for item in items[:3])))
    for _ in range(3):
        phases.next_phase(workshop, items, begun)


def _mark(room: Room, place: int, moment: datetime) -> None:
    room.last_activity_at = moment - timedelta(minutes=QUIET.get(place, 1))
    if place in HANDS:
        room.help_since = moment - timedelta(minutes=HANDS[place])
    if place == DONE:
        room.done_at = moment - timedelta(minutes=3)


async def _seat(session: AsyncSession, room: Room, place: int, names: Iterator[str]) -> list[Seat]:
    crew = itertools.islice(itertools.chain(FIRST.get(place, ()), names), CREW_SIZES[place])
    seats = [
        Seat(workshop_id=room.workshop_id, room_id=room.id, number=number, name=name)
        for number, name in enumerate(crew, 1)
    ]
    session.add_all(seats)
    await session.flush()
    return seats


async def _draft(session: AsyncSession, room: Room, story: Story, crew: list[Seat], place: int) -> None:
    """The further down the list, the less is written."""
    by = f"seat:{crew[-1].id}"
    todo = Todo(room_id=room.id, text=story.todo, outcome=story.outcome, created_by=by)
    session.add(todo)
    if place == ROOMS - 1:
        return
    objective = Objective(room_id=room.id, title=story.objective, created_by=by)
    objective.why = "" if place in QUIET else story.why
    todo.converted_to = f"objective:{objective.id}"
    session.add(objective)
    await session.flush()
    lines = story.lines if place < ROOMS / 2 else story.lines[:1]
    for number, line in enumerate(lines):
        session.add(_key_result(objective, line, number, crew[number % len(crew)]))


def _key_result(objective: Objective, line: Line, number: int, owner: Seat) -> KeyResult:
    row = KeyResult(objective_id=objective.id, room_id=objective.room_id, position=number)
    row.statement, row.start, row.target, row.unit = line.says, line.start, line.target, line.unit
    row.type = KeyResultType(line.type)
    row.owner_id, row.created_by = owner.id, f"seat:{owner.id}"
    return row


async def _comment(session: AsyncSession, room: Room, tom: Person, crew: Seat, place: int) -> None:
    """Tom asks about the first key result, and the crew has answered."""
    query = select(KeyResult).where(KeyResult.room_id == room.id).order_by(col(KeyResult.position))
    about = (await session.exec(query)).first()
    if about is None:
        return
    asked = Comment(room_id=room.id, body=QUESTION, author_name=tom.name, person_id=tom.id)
    asked.key_result_id, asked.field, asked.about = about.id, "target", about.target
    session.add(asked)
    await session.flush()
    answer = script().replies[place]
    session.add(
        Comment(room_id=room.id, parent_id=asked.id, body=answer, author_name=crew.name, seat_id=crew.id)
    )


async def _pour_words(database: Database) -> None:
    """Every room's words into its document; the rows have them already."""
    documents = Documents(database, lambda _: None)
    async with database.reading() as session:
        query = select(Room).join(Workshop).where(Workshop.title == TITLE)
        empty = query.where(col(Room.id).not_in(select(DocumentUpdate.room_id)))
        rooms = list(await session.exec(empty))
        words = {room.id: await read_columns(await session.connection(), room.id) for room in rooms}
    for room_id, texts in words.items():
        await documents.edit(room_id, texts)
    await documents.stop()
    async with database.writing() as session:  # pouring was no activity
        for room in rooms:
            (await session.get_one(Room, room.id)).last_activity_at = room.last_activity_at
