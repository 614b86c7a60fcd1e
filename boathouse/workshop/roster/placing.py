"""Rooms for the people of the roster: some by hand, or all at once."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.bulk import NewTexts, write_within
from boathouse.core.errors import Problem
from boathouse.workshop.loads import SPARE
from boathouse.workshop.roster.assigning import Guest, Places, Way
from boathouse.workshop.roster.assigning import assign as deal
from boathouse.workshop.roster.expected import PIECE, Expected, in_pieces, lines_of
from boathouse.workshop.roster.invitees import MOST
from boathouse.workshop.roster.versions import Stamp, lock_roster, mark_changed, stamp_of
from boathouse.workshop.seats import move_seat, open_room
from boathouse.workshop.tables import Invitee, Seat, Workshop

MEANWHILE = "Somebody else has changed the roster meanwhile. Look at it, and give out the rooms once more."


class RosterChanged(Problem):
    """Rooms would be taken away from people that somebody else has just given them to."""


@dataclass(frozen=True)
class Dealing:
    """How a whole roster is given rooms. heading: the column to mix or to keep together.

    all_anew: also those who have a room; whoever has come stays where they sit in any case. seen: the version
    of the roster that the coach saw, for who must not take rooms away that they did not see.
    """

    way: Way = Way.EVENLY
    heading: str = ""
    all_anew: bool = False
    seen: str | None = None


@dataclass(frozen=True)
class Plan:
    """The room of everybody who gets one, by id of the line. stamp: of the roster this was planned for."""

    stamp: Stamp
    places: Places


@dataclass
class Placed:
    """What was done by hand. moved: seats that went to another room; left: the rooms they came from; kept:
    names of those whom somebody else has placed meanwhile, and who stay there.
    """

    people: int = 0
    kept: list[str] = field(default_factory=list)
    moved: list[Seat] = field(default_factory=list)
    left: set[str] = field(default_factory=set)


async def plan_rooms(session: AsyncSession, workshop: Workshop, dealing: Dealing) -> Plan:
    """Who would get which room.

    Errors: Problem 422 for a column that nobody has, 409 without people; RosterChanged (409).
    """
    stamp = await stamp_of(session, workshop.id)
    if dealing.all_anew and dealing.seen not in (None, stamp.version):
        raise RosterChanged(409, MEANWHILE)
    rooms = [room_id for room_id, _, _ in stamp.rooms]
    there = set(rooms)
    columns = (Invitee.id, Invitee.columns, Invitee.room_id, col(Seat.room_id))
    guests = [_guest(dealing, *row) async for row in in_pieces(session, workshop.id, *columns)]
    stay = {guest.id for guest in guests if guest.room in there}
    if not guests:
        raise Problem(409, "There is nobody on the roster yet.")
    if dealing.way != Way.EVENLY and not any(guest.group for guest in guests):
        raise Problem(422, "Choose a column of your list: nobody has a value in this one.", field="heading")
    most = workshop.room_size + SPARE
    places = await asyncio.to_thread(deal, dealing.way, guests, rooms, most)
    return Plan(stamp, {line: room for line, room in places.items() if line not in stay})


def _guest(dealing: Dealing, line: str, values: dict[str, str], given: str | None, sits: str | None) -> Guest:
    """given: the room of the line; sits: where the person's seat is, who then stays there."""
    return Guest(
        line, values.get(dealing.heading, "").casefold(), sits or (None if dealing.all_anew else given)
    )


async def write_rooms(session: AsyncSession, workshop_id: str, plan: Plan) -> bool:
    """Give everybody their room; False, with nothing written, if roster or rooms changed meanwhile."""
    await lock_roster(session, workshop_id)
    if await stamp_of(session, workshop_id) != plan.stamp:
        return False
    await mark_changed(session, workshop_id)
    await write_within(session, NewTexts("invitee", ("id", "room_id"), tuple(plan.places.items())))
    return True


async def place_by_hand(
    session: AsyncSession,
    workshop: Workshop,
    ids: Collection[str],
    room_id: str | None,
    shown: Mapping[str, str] | None = None,
) -> Placed:
    """These people into one room, or into none. Who has come already moves there at once.

    shown: the rooms they had as far as the coach has seen, empty for none; who has another one by now stays.
    Errors: Problem 422 without anybody, 404, 409 for a closed room or for somebody who sits in a room.
    """
    if not ids or len(ids) > MOST:
        raise Problem(422, "Tick the people first.", field="ids")
    if room_id:
        await open_room(session, workshop.id, room_id)
    placed, wanted = Placed(), list(dict.fromkeys(ids))
    for start in range(0, len(wanted), PIECE):
        some = lines_of(workshop.id).where(col(Invitee.id).in_(wanted[start : start + PIECE]))
        for row in list(await session.exec(some)):
            person = Expected(*row)
            now = person.room.id if person.room else ""
            if now not in ((shown or {}).get(person.invitee.id, now), room_id or ""):
                placed.kept.append(person.invitee.name)
            else:
                await _place(session, placed, person, room_id)
    await mark_changed(session, workshop.id)
    if not placed.people and not placed.kept:
        raise Problem(404, "These people are not on the roster any more.")
    return placed


async def _place(session: AsyncSession, placed: Placed, person: Expected, room_id: str | None) -> None:
    placed.people += 1
    seat = person.seat
    if seat and room_id is None:
        words = (
            f"{person.invitee.name} has come already. Move them to another room, or remove them under People."
        )
        raise Problem(409, words)
    if seat and room_id and seat.room_id != room_id:
        _, left = await move_seat(session, seat.id, room_id)
        placed.moved.append(seat)
        placed.left.add(left)
    person.invitee.room_id = room_id
    session.add(person.invitee)
