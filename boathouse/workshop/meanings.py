""" "We meant it": what a crew keeps on purpose, so that nobody asks again. It can be taken back."""

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.workshop.asking import TODO_CODES
from boathouse.workshop.drafts import Draft, load_draft
from boathouse.workshop.findings import FIELDS
from boathouse.workshop.open_rooms import OpenRoom
from boathouse.workshop.tables import Meant


async def load_meanings(session: AsyncSession, room_id: str) -> dict[tuple[str, str], str]:
    """What a room keeps on purpose: (item, code) → the name of who said so."""
    query = select(Meant.item, Meant.code, Meant.said_by).where(Meant.room_id == room_id)
    return {(item, code): name for item, code, name in (await session.exec(query)).all()}


async def mean(session: AsyncSession, place: OpenRoom, item: str, code: str, said_by: str) -> None:
    """The crew keeps these words on purpose, and is not asked this again; twice is once.

    Errors: Problem 422 for a finding that nobody knows, 404 for an item that the room does not have.
    """
    room_id = place.room.id
    if code not in FIELDS and code not in TODO_CODES:
        raise Problem(422, "There is no finding with this code.", field="code")
    if not _has(await load_draft(session, room_id), item):
        raise not_found("This item")
    if (item, code) not in await load_meanings(session, room_id):
        session.add(Meant(room_id=room_id, item=item, code=code, said_by=said_by))


async def ask_again(session: AsyncSession, place: OpenRoom, item: str, code: str) -> None:
    """Take "we meant it" back."""
    of_room = col(Meant.room_id) == place.room.id
    await session.exec(delete(Meant).where(of_room, col(Meant.item) == item, col(Meant.code) == code))


def _has(draft: Draft, item: str) -> bool:
    return draft.called(item) is not None or any(item == f"todo:{each.id}" for each in draft.todos)
