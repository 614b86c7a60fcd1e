"""What page and script both do at the door: whose code it is, with wrong ones counted, and the seat."""

import ipaddress

from fastapi import Request

from boathouse.core.rows import the_row
from boathouse.core.web.accounts import address
from boathouse.workshop.joining import Joiner, find_workshop, read_code, take_seat, wrong_code
from boathouse.workshop.tables import Room, Seat, Workshop
from boathouse.workshop.web.changes import crew_changed, people_here


async def workshop_of(request: Request, typed: str) -> Workshop:
    """Whose code that is. Errors: Problem 422 for no code at all, 404 for a wrong one, 429 after too many."""
    code, guesses = read_code(typed), request.app.state.guesses
    async with request.app.state.database.reading() as session:
        workshop = await find_workshop(session, code)
    if workshop is None:
        await guesses.missed(_network(request))
        raise wrong_code(code)
    await guesses.came(_network(request), workshop.id)
    return workshop


async def sit(request: Request, workshop: Workshop, joiner: Joiner) -> tuple[Seat, Room]:
    """A seat, in its room. Errors as take_seat()."""
    app = request.app
    async with app.state.database.writing() as session:
        fresh = await the_row(session, Workshop, workshop.id, "This workshop")
        seat = await take_seat(session, fresh, joiner, people_here(app))
        room = await session.get(Room, seat.room_id)
        assert room
        crew_changed(app, session, workshop.id, seat.room_id)
    return seat, room


def _network(request: Request) -> str:
    """Where misses are counted: an IPv4 address, or the network that one customer has in IPv6."""
    try:
        ip = ipaddress.ip_address(address(request))
    except ValueError:
        return address(request)
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
