"""Taking a seat: from a spoken code to a name in a room.

Who is on the roster goes to the room they were given there, everybody else to the emptiest one (loads.py).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.ids import SPOKEN
from boathouse.workshop.loads import SPARE, Here, Load, emptiest, free_seats, room_loads
from boathouse.workshop.names import email_address, numbered, person_name, same_name
from boathouse.workshop.roster.invitees import has_given_rooms, known_as
from boathouse.workshop.roster.versions import lock_roster
from boathouse.workshop.tables import Invitee, Room, Seat, Status, Workshop

CODE_LENGTH = 8
UNSTARTED_FOR = timedelta(days=90)  # a code's life before the workshop starts
STARTED_FOR = timedelta(days=7)  # and after
GIVEN = "The coach has given out the rooms here. Leave room_id out and you are led to yours."
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven")


class NameTaken(Problem):
    """Somebody in the room has this name already."""


@dataclass(frozen=True)
class Joiner:
    """What a person says at the door. room_id: the room of their choice, see _may_choose(); shown: the one
    they were shown. is_sure: a script, which is told if it cannot have that room. by_coach: on whose word.
    """

    name: str
    email: str | None = None
    room_id: str | None = None
    shown: str | None = None
    is_sure: bool = False
    by_coach: bool = False
    simulated: bool = False
    number_twins: bool = False  # become "Ana (2)" where there is an Ana


def read_code(typed: str) -> str:
    """The code in what was typed: any case, spaces, dashes and dots, or a whole link.

    Errors: Problem 422 on the field code, saying how many letters are missing.
    """
    last = typed.strip().rstrip("/").rpartition("/")[2]
    code = "".join(c for c in last.upper() if c.isascii() and c.isalnum())
    missing = CODE_LENGTH - len(code)
    if missing == CODE_LENGTH:
        raise Problem(422, "Type the code from the shared screen. It has eight letters.", field="code")
    if missing > 0:
        letters = "letter is" if missing == 1 else "letters are"
        raise Problem(422, f"{NUMBERS[missing]} {letters} missing. The code has eight.", field="code")
    if missing < 0:
        raise Problem(422, "That is too long. The code has eight letters.", field="code")
    return code


def wrong_code(code: str) -> Problem:
    """Nothing has this code; says so when it cannot even be one."""
    if set(code) - set(SPOKEN):
        hint = "A code has letters only, and never I, L, O or U. Look at the screen once more."
    else:
        hint = "Check it letter by letter with your coach."
    return Problem(404, f"No workshop has this code. {hint}", field="code")


async def find_workshop(session: AsyncSession, code: str) -> Workshop | None:
    """The workshop of a code as read_code() gives it."""
    return (await session.exec(select(Workshop).where(Workshop.code == code))).first()


def is_expired(workshop: Workshop, at: datetime) -> bool:
    """Whether the code is too old to let anybody in."""
    if workshop.started_at:
        return at > workshop.started_at + STARTED_FOR
    begin = max(workshop.created_at, workshop.starts_at or workshop.created_at)
    return at > begin + UNSTARTED_FOR


def check_open(workshop: Workshop) -> None:
    """Errors: Problem 410 when nobody can join any more."""
    if workshop.status == Status.ENDED:
        raise Problem(410, "This workshop has ended. Its drafts are kept for the people who wrote them.")
    if is_expired(workshop, now()):
        raise Problem(410, "This code is too old to let people in. Ask your coach for a new link.")


def next_number(taken: Collection[int]) -> int:
    """The smallest seat nobody has, from 1."""
    return next(n for n in range(1, len(taken) + 2) if n not in taken)


async def take_seat(session: AsyncSession, workshop: Workshop, joiner: Joiner, here: Here) -> Seat:
    """Seat somebody; call it within a writing session.

    Errors: Problem 422 naming the field; 410 ended or too old; 409 full; 403 for a room that only a coach
    gives; NameTaken (409).
    """
    name, email = person_name(joiner.name), email_address(joiner.email)
    check_open(workshop)
    await lock_roster(session, workshop.id)  # seats are counted and given under the workshop's lock
    loads = await room_loads(session, workshop.id, here)
    line = None if joiner.simulated else await known_as(session, workshop.id, name, email)
    may_choose = await _may_choose(session, workshop, joiner)
    room = _room_for(loads, workshop, joiner, line, may_choose)
    seat = await sit(session, room, name, email, number_twins=joiner.number_twins)
    seat.simulated = joiner.simulated
    if line and not line.seat_id and not line.code_seat_id:
        await session.flush()
        line.code_seat_id = seat.id
    return seat


async def sit(
    session: AsyncSession, room: Room, name: str, email: str | None, number_twins: bool = True
) -> Seat:
    """A new seat in a room, with a name that its crew can tell apart. Errors: NameTaken (409)."""
    crew = await session.exec(
        select(Seat.name, Seat.number).where(Seat.room_id == room.id, col(Seat.removed_at).is_(None))
    )
    names, numbers = [], []
    for other, number in crew:
        names.append(other)
        numbers.append(number)
    if not number_twins and any(same_name(name, other) for other in names):
        raise name_taken(name, room)
    seat = Seat(
        workshop_id=room.workshop_id,
        room_id=room.id,
        number=next_number(numbers),
        name=numbered(name, names),
        email=email,
    )
    session.add(seat)
    return seat


async def _may_choose(session: AsyncSession, workshop: Workshop, joiner: Joiner) -> bool:
    """Whoever the coach lets choose; a coach's script; and any script, while nobody gave the rooms out."""
    if workshop.rooms_are_chosen or joiner.by_coach:
        return True
    return joiner.is_sure and not await has_given_rooms(session, workshop.id)


def _room_for(
    loads: list[Load], workshop: Workshop, joiner: Joiner, line: Invitee | None, may_choose: bool
) -> Room:
    if joiner.room_id and may_choose:
        return _chosen(loads, workshop.room_size, joiner.room_id)
    room = _room_by_rule(loads, workshop, joiner, line)
    if joiner.is_sure and joiner.room_id not in (None, room.id):
        raise Problem(403, GIVEN, field="room_id")
    return room


def _room_by_rule(loads: list[Load], workshop: Workshop, joiner: Joiner, line: Invitee | None) -> Room:
    """line: who the joiner says to be. The first to say so has the seat that is kept for that person."""
    given = next((load for load in loads if line and load.room.id == line.room_id), None)
    if given and line and not line.seat_id and not line.code_seat_id:
        return given.room
    if given and given.spoken_for < workshop.room_size + SPARE:
        return given.room
    load = emptiest(loads, workshop.room_size, joiner.shown)
    if load is None:
        raise all_full()
    return load.room


def _chosen(loads: list[Load], size: int, room_id: str) -> Room:
    load = next((load for load in loads if load.room.id == room_id), None)
    if load is None:
        raise Problem(422, "That room is closed. Choose another.", field="room_id")
    if not free_seats(load, loads, size):
        raise Problem(409, f"Room {load.room.number} has just filled up. Choose another.", field="room_id")
    return load.room


def all_full() -> Problem:
    """Every room has its spare seats taken, too."""
    return Problem(409, "All boats are full. Tell your coach: one more room is quickly added.")


def name_taken(name: str, room: Room) -> NameTaken:
    """A crew has to be able to tell its people apart."""
    message = f"Room {room.number} has somebody called {name} already. Add a letter of the last name."
    return NameTaken(409, message, field="name")
