"""Messages from a coach to all rooms: above the draft for two minutes, then listed for late readers.

A question to the rooms with one finding is no message but a comment in each of them: shared_comments.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.workshop.tables import Broadcast, Room, Status, Workshop

SHOWN = timedelta(minutes=2)
LONGEST = 500  # characters


@dataclass(frozen=True)
class Told:
    """What a room reads: the message that stands above the draft, and those before it, latest first."""

    current: Broadcast | None
    earlier: Sequence[Broadcast]


async def tell_rooms(
    session: AsyncSession, workshop_id: str, author: str, body: str, moment: datetime
) -> tuple[Broadcast, int]:
    """Store a message to all open rooms; returns it and how many rooms that is.

    Errors: Problem 409 after the end or without open rooms; 422 for an empty or overlong message.
    """
    workshop = await session.get(Workshop, workshop_id)
    if workshop is None or workshop.status == Status.ENDED:
        raise Problem(409, "The workshop has ended; nobody would read it.")
    body = body.replace("\r\n", "\n").strip()
    if not body:
        raise Problem(422, "Write what the rooms should read.", field="body")
    if len(body) > LONGEST:
        raise Problem(422, f"A message can have {LONGEST} letters; this one has {len(body)}.", field="body")
    rooms = await _open_rooms(session, workshop_id)
    if not rooms:
        raise Problem(409, "There is no open room.")
    message = Broadcast(workshop_id=workshop_id, body=body, author_name=author, created_at=moment)
    session.add(message)
    return message, rooms


async def told(session: AsyncSession, workshop_id: str, moment: datetime) -> Told:
    """Every message of a workshop as its rooms see it at this moment."""
    query = select(Broadcast).where(Broadcast.workshop_id == workshop_id, Broadcast.code == "")
    messages = (await session.exec(query.order_by(col(Broadcast.created_at).desc()))).all()
    if messages and moment - messages[0].created_at < SHOWN:
        return Told(messages[0], messages[1:])
    return Told(None, messages)


async def _open_rooms(session: AsyncSession, workshop_id: str) -> int:
    is_open = Room.workshop_id == workshop_id, col(Room.closed_at).is_(None)
    return (await session.exec(select(func.count()).select_from(Room).where(*is_open))).one()
