"""What a roster keeps beside its lines, above all its version: whoever plans outside the transaction that
writes, since a long roster takes seconds, asks with it whether the plan still holds."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.ids import new_id
from boathouse.workshop.tables import Room, RosterSettings, Workshop

MOST_COLUMNS = 6
TOO_MANY_COLUMNS = f"A roster keeps {MOST_COLUMNS} columns beside name and address at most."


@dataclass(frozen=True)
class Stamp:
    """Lines and open rooms as they were; another one: something changed. rooms: id, number, name."""

    version: str
    rooms: tuple[tuple[str, int, str], ...]


async def stamp_of(session: AsyncSession, workshop_id: str) -> Stamp:
    """The stamp of this moment; cheap, however long the roster is."""
    columns = select(Room.id, Room.number, Room.name).where(Room.workshop_id == workshop_id)
    rooms = await session.exec(columns.where(col(Room.closed_at).is_(None)).order_by(col(Room.number)))
    return Stamp((await settings_of(session, workshop_id)).version, tuple((*row,) for row in rooms))


async def settings_of(session: AsyncSession, workshop_id: str) -> RosterSettings:
    """What holds for the roster; empty until somebody said something."""
    return await session.get(RosterSettings, workshop_id) or RosterSettings(workshop_id=workshop_id)


async def mark_changed(session: AsyncSession, workshop_id: str, headings: Collection[str] = ()) -> None:
    """Say that lines changed, so that what is being planned meanwhile is planned again.

    headings: columns that lines now have. Errors: Problem 422 for too many.
    """
    await lock_roster(session, workshop_id)
    settings = await settings_of(session, workshop_id)
    new = [heading for heading in headings if heading not in settings.headings]
    if len(settings.headings) + len(new) > MOST_COLUMNS:
        raise Problem(422, TOO_MANY_COLUMNS, field="columns")
    settings.headings, settings.version = [*settings.headings, *new], new_id()
    session.add(settings)


async def lock_roster(session: AsyncSession, workshop_id: str) -> None:
    """Lines are numbered and seats given one writer after the other."""
    await session.exec(select(Workshop.id).where(Workshop.id == workshop_id).with_for_update())
