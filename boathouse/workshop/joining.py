"""Taking a seat: from a spoken code to a name in a room.

A person goes to the room with the fewest people present. The size of a room is a wish: once all rooms are
full the emptiest takes some more, up to SPARE over the size.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.ids import SPOKEN
from boathouse.workshop.names import email_address, numbered, person_name, same_name
from boathouse.workshop.tables import Room, Seat, Status, Workshop

CODE_LENGTH = 8
SPARE = 2  # seats over the size that a full workshop still gives
ARRIVING = timedelta(seconds=30)  # somebody who joined so recently counts as present
UNSTARTED_FOR = timedelta(days=90)  # a code's life before the workshop starts
STARTED_FOR = timedelta(days=7)  # and after
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven")

Here = Callable[[str], Collection[str]]  # the identities present in a room, by its id


class NameTaken(Problem):
    """Somebody in the room has this name already."""


@dataclass(frozen=True)
class Joiner:
    """What a person says at the door. room_id: the room of their choice; shown: the one they were shown."""

    name: str
    email: str | None = None
    room_id: str | None = None
    shown: str | None = None
    simulated: bool = False
    number_twins: bool = False  # become "Ana (2)" where there is an Ana


@dataclass(frozen=True)
class Load:
    """A room and how many belong to it, and are there or on their way."""

    room: Room
    seats: int
    present: int


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


async def room_loads(session: AsyncSession, workshop_id: str, here: Here) -> list[Load]:
    """All open rooms by number."""
    rooms = select(Room).where(Room.workshop_id == workshop_id, col(Room.closed_at).is_(None))
    seats = select(Seat.id, Seat.room_id, Seat.created_at).where(
        Seat.workshop_id == workshop_id, col(Seat.removed_at).is_(None)
    )
    belong: Counter[str] = Counter()
    present: Counter[str] = Counter()
    just_now = now() - ARRIVING
    for seat_id, room_id, created_at in await session.exec(seats):
        belong[room_id] += 1
        present[room_id] += created_at > just_now or f"seat:{seat_id}" in here(room_id)
    found = await session.exec(rooms.order_by(col(Room.number)))
    return [Load(room, belong[room.id], present[room.id]) for room in found]


def emptiest(loads: Sequence[Load], size: int, shown: str | None = None) -> Load | None:
    """Where the next person sits: fewest present, then fewest seats, then number; None when all are full.

    shown: a room that is kept if nobody sits in a room with fewer people because of it.
    """
    able = [load for load in loads if load.seats < size + SPARE]
    if not able:
        return None
    fewest = min(load.present for load in able)
    kept = [load for load in able if load.room.id == shown and load.present == fewest]
    return kept[0] if kept else min(able, key=lambda load: (load.present, load.seats, load.room.number))


def free_seats(load: Load, loads: Sequence[Load], size: int) -> int:
    """How many more may choose this room; the spare seats open only once every room is full."""
    all_full = all(other.seats >= size for other in loads)
    return max(0, size + SPARE * all_full - load.seats)


def next_number(taken: Collection[int]) -> int:
    """The smallest seat nobody has, from 1."""
    return next(n for n in range(1, len(taken) + 2) if n not in taken)


async def take_seat(session: AsyncSession, workshop: Workshop, joiner: Joiner, here: Here) -> Seat:
    """Seat somebody; call it within a writing session.

    Errors: Problem 422 naming the field; 410 ended or too old; 409 full; NameTaken (409).
    """
    name, email = person_name(joiner.name), email_address(joiner.email)
    check_open(workshop)
    # Seats are counted and given under the workshop's lock.
    await session.exec(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update())
    room = _room_for(await room_loads(session, workshop.id, here), workshop, joiner)
    crew = await session.exec(
        select(Seat.name, Seat.number).where(Seat.room_id == room.id, col(Seat.removed_at).is_(None))
    )
    names, numbers = [], []
    for other, number in crew:
        names.append(other)
        numbers.append(number)
    if not joiner.number_twins and any(same_name(name, other) for other in names):
        raise name_taken(name, room)
    seat = Seat(
        workshop_id=workshop.id,
        room_id=room.id,
        number=next_number(numbers),
        name=numbered(name, names),
        email=email,
        simulated=joiner.simulated,
    )
    session.add(seat)
    return seat


def _room_for(loads: list[Load], workshop: Workshop, joiner: Joiner) -> Room:
    if joiner.room_id and workshop.rooms_are_chosen:
        return _chosen(loads, workshop.room_size, joiner.room_id)
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
