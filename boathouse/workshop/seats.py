"""People in rooms: who sits where, under which name. A seat is a participant, wherever it moves."""

from collections import defaultdict

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem, not_found
from boathouse.workshop.joining import name_taken, next_number
from boathouse.workshop.names import numbered, person_name, same_name
from boathouse.workshop.tables import Room, Seat, Workshop


async def crew(session: AsyncSession, room_id: str) -> list[Seat]:
    """Everybody who belongs to a room, by seat number."""
    query = select(Seat).where(Seat.room_id == room_id, col(Seat.removed_at).is_(None))
    return list(await session.exec(query.order_by(col(Seat.number), col(Seat.created_at))))


async def crews(session: AsyncSession, workshop_id: str) -> dict[str, list[Seat]]:
    """Everybody in a workshop by room id; rooms without people are missing."""
    query = select(Seat).where(Seat.workshop_id == workshop_id, col(Seat.removed_at).is_(None))
    found: dict[str, list[Seat]] = defaultdict(list)
    for seat in await session.exec(query.order_by(col(Seat.number), col(Seat.created_at))):
        found[seat.room_id].append(seat)
    return found


async def present_seat(session: AsyncSession, seat_id: str) -> Seat:
    """A seat somebody holds. Errors: Problem 404."""
    seat = await session.get(Seat, seat_id)
    if seat is None or seat.removed_at:
        raise not_found("This seat")
    return seat


async def open_room(session: AsyncSession, workshop_id: str, room_id: str) -> Room:
    """A room of the workshop that people can be in, locked until the transaction ends.

    Errors: Problem 404, or 409 when it is closed.
    """
    query = select(Room).where(Room.id == room_id, Room.workshop_id == workshop_id).with_for_update()
    room = (await session.exec(query)).first()
    if room is None:
        raise not_found("This room")
    if room.closed_at:
        raise Problem(409, f"Room {room.number} is closed.")
    return room


async def rename_seat(session: AsyncSession, seat_id: str, typed: str) -> Seat:
    """Give somebody another name. Errors: Problem 422, 404; NameTaken (409) if the room has one."""
    seat, name = await present_seat(session, seat_id), person_name(typed)
    others = [other.name for other in await crew(session, seat.room_id) if other.id != seat.id]
    if any(same_name(name, other) for other in others):
        room = await session.get(Room, seat.room_id)
        assert room
        raise name_taken(name, room)
    seat.name = name
    session.add(seat)
    return seat


async def move_seat(session: AsyncSession, seat_id: str, room_id: str) -> tuple[Seat, str]:
    """Put somebody into another room of the same workshop; a namesake there makes them "Ana (2)".

    Returns the seat and the id of the room it came from. Errors: Problem 404, 409.
    """
    seat = await present_seat(session, seat_id)
    room = await open_room(session, seat.workshop_id, room_id)
    left = seat.room_id
    if left == room.id:
        raise Problem(409, f"{seat.name} is in room {room.number} already.")
    await sit_down(session, seat, room)
    return seat, left


async def sit_down(session: AsyncSession, seat: Seat, room: Room) -> None:
    """Give a seat its place and name in a room that is locked."""
    others = await crew(session, room.id)
    seat.room_id = room.id
    seat.number = next_number([other.number for other in others])
    seat.name = numbered(seat.name, [other.name for other in others])
    session.add(seat)
    await session.flush()


async def remove_seat(session: AsyncSession, seat_id: str) -> Seat:
    """Take somebody out of the workshop; what they wrote stays. Errors: Problem 404."""
    seat = await present_seat(session, seat_id)
    seat.removed_at = now()
    session.add(seat)
    return seat


async def seat_and_room(session: AsyncSession, seat_id: str) -> tuple[Seat, Room, Workshop]:
    """A seat with its room and workshop, for the page of a personal link. Errors: Problem 404."""
    seat = await present_seat(session, seat_id)
    room, workshop = await session.get(Room, seat.room_id), await session.get(Workshop, seat.workshop_id)
    assert room
    assert workshop
    return seat, room, workshop
