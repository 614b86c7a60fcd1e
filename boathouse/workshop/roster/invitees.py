"""The lines of the roster: what each says, and how it changes. What became of them is in expected.py."""

from dataclasses import dataclass, field

from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.workshop.names import email_address, person_name, spoken, tidy
from boathouse.workshop.roster.versions import lock_roster, mark_changed, settings_of
from boathouse.workshop.tables import Invitee

MOST = 50_000  # people on one roster
LONGEST_KEY = 320
LONGEST_VALUE = 120  # letters in a column of the list
MEANWHILE = "Somebody else has changed this line meanwhile."


@dataclass(frozen=True)
class Person:
    """What a line says, before it is judged. columns: such as Department: Sales."""

    name: str
    email: str = ""
    columns: dict[str, str] = field(default_factory=dict)


def name_key(name: str) -> str:
    """The name as it is looked up."""
    return spoken(name)[:LONGEST_KEY]


async def the_invitee(session: AsyncSession, invitee_id: str) -> Invitee:
    """A line of the roster. Errors: Problem 404."""
    return await the_row(session, Invitee, invitee_id, "This line of the roster")


async def add_invitee(session: AsyncSession, workshop_id: str, person: Person) -> Invitee:
    """One more person, last on the list. Errors: Problem 422, 409 for somebody who is on it already."""
    await lock_roster(session, workshop_id)
    counted = select(func.count(), func.max(Invitee.position)).where(Invitee.workshop_id == workshop_id)
    number, last = (await session.exec(counted)).one()
    if number >= MOST:
        raise Problem(409, f"A roster holds {MOST:,} people at most.")
    invitee = Invitee(workshop_id=workshop_id, position=0 if last is None else last + 1, name="")
    await _write(session, invitee, person)
    return invitee


async def change_invitee(
    session: AsyncSession, invitee_id: str, person: Person, seen: Invitee | None = None
) -> Invitee:
    """What a line says becomes different; a seat that was taken keeps its name.

    seen: the line as it was read. Errors as add_invitee(); Problem 409 when it is another by now.
    """
    invitee = await the_invitee(session, invitee_id)
    await lock_roster(session, invitee.workshop_id)
    if seen and any(getattr(seen, name) != getattr(invitee, name) for name in ("name", "email", "columns")):
        raise Problem(409, f"{MEANWHILE} Please save once more.")
    await _write(session, invitee, person)
    return invitee


async def _write(session: AsyncSession, invitee: Invitee, person: Person) -> None:
    name, email = person_name(person.name), email_address(person.email) or ""
    same = select(Invitee.id).where(
        Invitee.workshop_id == invitee.workshop_id, Invitee.name_key == name_key(name), Invitee.email == email
    )
    if (await session.exec(same.where(Invitee.id != invitee.id))).first():
        tell_apart = "" if email else " If this is somebody else, add an address."
        raise Problem(409, f"{name} is on the roster already.{tell_apart}", field="name")
    invitee.name, invitee.name_key, invitee.email = name, name_key(name), email
    invitee.columns = _tidied(person.columns)
    session.add(invitee)
    await mark_changed(session, invitee.workshop_id, invitee.columns)


def _tidied(columns: dict[str, str]) -> dict[str, str]:
    found = {tidy(heading)[:40]: tidy(value)[:LONGEST_VALUE] for heading, value in columns.items()}
    return {heading: value for heading, value in found.items() if heading and value}


async def remove_invitee(session: AsyncSession, invitee_id: str) -> None:
    """Take somebody off the list; their link ends, their seat and words stay. Errors: Problem 404."""
    invitee = await the_invitee(session, invitee_id)
    await mark_changed(session, invitee.workshop_id)
    await session.delete(invitee)


async def clear_roster(session: AsyncSession, workshop_id: str) -> None:
    """Everybody is off the list, and all personal links end. People who have come stay."""
    await lock_roster(session, workshop_id)
    await session.exec(delete(Invitee).where(col(Invitee.workshop_id) == workshop_id))
    settings = await settings_of(session, workshop_id)
    settings.headings = []
    await mark_changed(session, workshop_id)


async def room_gone(session: AsyncSession, room_id: str, into: str | None) -> None:
    """A room closes: who was expected there is expected in the other, or has no room yet."""
    await session.exec(update(Invitee).where(col(Invitee.room_id) == room_id).values(room_id=into))


async def has_given_rooms(session: AsyncSession, workshop_id: str) -> bool:
    """Whether somebody decided who goes where."""
    given = select(Invitee.id).where(Invitee.workshop_id == workshop_id, col(Invitee.room_id).is_not(None))
    return (await session.exec(given.limit(1))).first() is not None


async def known_as(session: AsyncSession, workshop_id: str, name: str, email: str | None) -> Invitee | None:
    """Whose line somebody at the door means: by address, else by name if only one person has it.

    A name or an address proves nothing; it may only choose a room.
    """
    lines = select(Invitee).where(Invitee.workshop_id == workshop_id)
    if email:
        found = list(await session.exec(lines.where(Invitee.email == email).limit(20)))
        named = [invitee for invitee in found if invitee.name_key == name_key(name)]
        if named or len(found) == 1:
            return (named or found)[0]
    found = list(await session.exec(lines.where(Invitee.name_key == name_key(name)).limit(2)))
    return found[0] if len(found) == 1 else None
