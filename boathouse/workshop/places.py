"""What the path of a route names: the workshop and the room."""

from dataclasses import dataclass

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import not_found
from boathouse.core.rows import the_row
from boathouse.workshop.tables import (
    AgendaItem,
    BankEntry,
    Broadcast,
    Comment,
    Invitee,
    KeyResult,
    Objective,
    Poll,
    Question,
    Room,
    Seat,
    Star,
    Todo,
    Workshop,
)


@dataclass(frozen=True)
class Place:
    """What a route is about."""

    workshop: Workshop
    room: Room | None


# A path parameter and the row it names. Each but the workshop leads to a room or to the workshop itself.
NAMED: dict[str, tuple[type[SQLModel], str]] = {
    "room_id": (Room, "This room"),
    "objective_id": (Objective, "This objective"),
    "key_result_id": (KeyResult, "This key result"),
    "todo_id": (Todo, "This to-do"),
    "comment_id": (Comment, "This comment"),
    "seat_id": (Seat, "This seat"),
    "agenda_item_id": (AgendaItem, "This agenda item"),
    "star_id": (Star, "This star"),
    "poll_id": (Poll, "This poll"),
    "question_id": (Question, "This question"),
    "bank_entry_id": (BankEntry, "This entry"),
    "broadcast_id": (Broadcast, "This question"),
    "invitee_id": (Invitee, "This line of the roster"),
    "workshop_id": (Workshop, "This workshop"),
}


async def find_place(session: AsyncSession, params: dict[str, str]) -> Place:
    """The workshop and room that the path parameters of a route name; all of them must agree.

    Errors: Problem 404, also when the rows belong to different rooms or workshops.
    """
    places = []
    for name, (table, noun) in NAMED.items():
        if name not in params:
            continue
        row = await the_row(session, table, params[name], noun)
        places.append(await _place_of(session, row))
    rooms = {place.room.id for place in places if place.room}
    if len({place.workshop.id for place in places}) != 1 or len(rooms) > 1:
        raise not_found("This page")
    return next((place for place in places if place.room), places[0])


async def _place_of(session: AsyncSession, row: SQLModel) -> Place:
    room_id = row.id if isinstance(row, Room) else getattr(row, "room_id", None)
    is_run_by_coaches = isinstance(row, Seat | Star | Invitee)  # their room is no place of theirs
    room = await session.get(Room, room_id) if room_id and not is_run_by_coaches else None
    workshop_id = row.id if isinstance(row, Workshop) else (room or row).workshop_id  # type: ignore[attr-defined]
    workshop = await the_row(session, Workshop, workshop_id, "This workshop")
    return Place(workshop, room)
