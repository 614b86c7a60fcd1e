"""The named cast: one workshop, people with different rights, and clients that act as them."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.testclient import TestClient

from boathouse.core.accounts import create_token, open_session, person_of_token
from boathouse.core.clock import now
from boathouse.core.people import Person, Role
from boathouse.core.web.visitors import SESSION_COOKIE
from boathouse.rollout.parameters import RECOMMENDED
from boathouse.rollout.tables.parameters import Attendee, Council
from boathouse.rollout.tables.programs import Member, Part, Program, Unit, UnitKind
from boathouse.rollout.tables.roles import Duty, Holder, Training
from boathouse.rollout.web.chairs import chair_cookie
from boathouse.workshop.access import SeatSeals
from boathouse.workshop.tables import (
    AgendaItem,
    BankEntry,
    Broadcast,
    Comment,
    Facilitator,
    Invitee,
    KeyResult,
    Objective,
    Poll,
    Question,
    Room,
    Seat,
    Star,
    Status,
    Todo,
    Workshop,
)
from boathouse.workshop.web.permits import seat_cookie
from tests.planned import make_plan

ACCOUNTS = {
    "Mara": Role.OWNER,
    "Tom": Role.COACH,  # facilitates the workshop
    "Ines": Role.COACH,  # facilitates another one
    "Leo": Role.LEADER,
    "Vera": Role.VIEWER,
}
PARTS = {"Leo": Part.LEADER, "Tom": Part.COACH, "Vera": Part.VIEWER}  # in the program; Ines leads another
SEATS = {"Ana": 1, "Ben": 1, "Cleo": 2}  # name and room number


@dataclass
class Cast:
    """Ids by name, and secrets that let a test act as somebody."""

    app: FastAPI
    portal: BlockingPortal | None = None
    workshop: str = ""
    code: str = ""
    other_workshop: str = ""  # Ines's
    program: str = ""  # Leo leads it
    other_program: str = ""  # Ines leads it
    unit: str = ""  # the company at the top of the program
    holder: str = ""  # Noor, its sponsor in HR
    training: str = ""
    plan: dict[str, str] = field(default_factory=dict)  # of the program, see tests/planned.py
    council: str = ""  # of the program; Vera sits at its table
    chairs: dict[str, str] = field(default_factory=dict)  # what a chair's cookie holds
    rooms: dict[int, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    objective: str = ""  # in room 1
    key_result: str = ""
    todo: str = ""
    comment: str = ""  # Tom's, on the objective
    star: str = ""  # on room 1
    bank_entry: str = ""  # Tom's own question
    broadcast: str = ""  # a question of Tom's that room 1 got as a comment
    poll: str = ""  # closed, with fingers
    question: str = ""  # Cleo's, answered
    invitee: str = ""  # Edda Holm, expected, without a room
    agenda_items: list[str] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  # bearer tokens, of accounts and seats

    def on(self, app: FastAPI, portal: BlockingPortal | None = None) -> "Cast":
        """The same people on another app, whose database is a copy of theirs."""
        known = {name: copy(value) for name, value in vars(self).items() if name not in ("app", "portal")}
        return Cast(app, portal, **known)

    def cookies(self, name: str) -> dict[str, str]:
        """What the browser of this person holds; nobody has none."""
        if name in self.seats:
            return {seat_cookie(self.workshop): self.tokens[name]}
        chair = {chair_cookie(self.council): self.chairs[name]} if name in self.chairs else {}
        return chair | ({SESSION_COOKIE: self.sessions[name]} if name in self.sessions else {})

    def browser(self, name: str) -> TestClient:
        """A client with this person's cookies, on the app that runs already."""
        return self._client(cookies=self.cookies(name))

    def script(self, name: str) -> TestClient:
        """A client with this person's bearer token."""
        headers = {"Authorization": f"Bearer {self.tokens[name]}"} if name in self.tokens else {}
        return self._client(headers=headers)

    def _client(self, **options: Any) -> TestClient:
        client = TestClient(self.app, follow_redirects=False, **options)
        client.portal = self.portal  # one event loop for all, as in one server
        return client


async def gather_cast(app: FastAPI) -> Cast:
    """Write the cast into the app's database: a running workshop with two rooms and a short agenda."""
    cast = Cast(app)
    seals: SeatSeals = app.state.seat_seals
    async with app.state.database.writing() as session:
        for name, role in ACCOUNTS.items():
            cast.tokens[name] = await create_token(session, name, role)
            person: Person | None = await person_of_token(session, cast.tokens[name])
            assert person
            cast.people[name] = person.id
            cast.sessions[name] = open_session(session, person.id)
        workshop = Workshop(
            title="Alder & Finch, wave 1", status=Status.RUNNING, ground_rules=RECOMMENDED.model_dump()
        )
        other = Workshop(title="Another one", ground_rules=RECOMMENDED.model_dump())
        session.add_all([workshop, other])
        await session.flush()
        items = [
            AgendaItem(workshop_id=workshop.id, position=n, title=title, minutes=10)
            for n, title in enumerate(["Why we are here", "Key results", "Reflect"])
        ]
        workshop.agenda_item_id = items[0].id
        rooms = [Room(workshop_id=workshop.id, number=n, name=f"Room {n}") for n in (1, 2)]
        session.add_all([*items, *rooms])
        session.add(Facilitator(workshop_id=workshop.id, person_id=cast.people["Tom"]))
        session.add(Facilitator(workshop_id=other.id, person_id=cast.people["Ines"]))
        await session.flush()
        cast.workshop, cast.code, cast.other_workshop = workshop.id, workshop.code, other.id
        cast.rooms = {room.number: room.id for room in rooms}
        for n, (name, number) in enumerate(SEATS.items(), 1):
            seat = Seat(workshop_id=workshop.id, room_id=cast.rooms[number], number=n, name=name)
            session.add(seat)
            cast.seats[name], cast.tokens[name] = seat.id, seals.seal(seat.id)
        objective = Objective(room_id=cast.rooms[1], title="Returns are easy")
        todo = Todo(room_id=cast.rooms[1], text="Build a returns portal")
        session.add_all([objective, todo])
        await session.flush()
        key_result = KeyResult(objective_id=objective.id, room_id=cast.rooms[1], statement="Money back fast")
        session.add(key_result)
        comment = Comment(
            room_id=cast.rooms[1],
            objective_id=objective.id,
            body="From what?",
            author_name="Tom",
            person_id=cast.people["Tom"],
        )
        session.add(comment)
        invitee = Invitee(
            workshop_id=workshop.id, name="Edda Holm", name_key="edda holm", email="edda@finch.example"
        )
        session.add(invitee)
        cast.invitee = invitee.id
        cast.objective, cast.todo, cast.key_result = objective.id, todo.id, key_result.id
        await _share(cast, session)
        cast.comment, cast.agenda_items = comment.id, [item.id for item in items]
        await _found_programs(cast, session)
    words = {f"objective:{cast.objective}:title": objective.title}
    words[f"key_result:{cast.key_result}:statement"] = key_result.statement
    words[f"todo:{cast.todo}:text"] = todo.text
    await app.state.documents.edit(cast.rooms[1], words)
    return cast


async def _share(cast: Cast, session: AsyncSession) -> None:
    """What was on the stage: a star, a poll that is over, a question that was answered."""
    star = Star(workshop_id=cast.workshop, room_id=cast.rooms[1])
    poll = Poll(workshop_id=cast.workshop, question="How sure are you?", closed_at=now())
    question = Question(
        workshop_id=cast.workshop,
        seat_id=cast.seats["Cleo"],
        author_name="Cleo",
        body="Why?",
        answered_at=now(),
    )
    entry = BankEntry(workshop_id=cast.workshop, body="Who would miss it?", author_name="Tom")
    shared = Broadcast(workshop_id=cast.workshop, body="From what?", code="kr.no_baseline", author_name="Tom")
    session.add_all([star, poll, question, entry, shared])
    cast.bank_entry, cast.broadcast = entry.id, shared.id
    cast.star, cast.poll, cast.question = star.id, poll.id, question.id


async def _found_programs(cast: Cast, session: AsyncSession) -> None:
    """The program that Leo leads, with a company and a team in it, and the one of Ines."""
    program = Program(name="Alder & Finch", headcount=70, led_by="Hanna Lind")
    other = Program(name="Another company", headcount=8000)
    session.add_all([program, other])
    await session.flush()
    cast.program, cast.other_program = program.id, other.id
    for name, part in PARTS.items():
        session.add(Member(program_id=program.id, person_id=cast.people[name], part=part))
    session.add(Member(program_id=other.id, person_id=cast.people["Ines"], part=Part.LEADER))
    company = Unit(program_id=program.id, kind=UnitKind.COMPANY, name="Alder & Finch", headcount=70)
    session.add(company)
    await session.flush()
    session.add(Unit(program_id=program.id, parent_id=company.id, name="Returns", headcount=9, leader="Nora"))
    holder = Holder(program_id=program.id, duty=Duty.HR_SPONSOR, name="Noor")
    training = Training(program_id=program.id, topics=["check_ins"], people=4, held_on=date(2026, 9, 1))
    session.add_all([holder, training])
    await session.flush()
    cast.holder, cast.training = holder.id, training.id
    cast.unit = company.id
    await session.flush()
    cast.plan = await make_plan(session, program)
    council = Council(program_id=program.id)
    session.add(council)
    await session.flush()
    chair = Attendee(council_id=council.id, number=1, name="Vera")
    session.add(chair)
    cast.council, cast.chairs["Vera"] = council.id, cast.app.state.chair_seals.seal(chair.id)
