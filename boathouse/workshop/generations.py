"""Which life of a document a browser's stored copy belongs to.

A copy of an earlier life must not flow back in: after a restore its words would mix with older ones.
"""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.ids import new_id
from boathouse.workshop.documents.store import rename_generation
from boathouse.workshop.tables import Room


async def renew_generations(session: AsyncSession) -> None:
    """After a restore: every browser starts from the server's words and offers its own for copying."""
    connection = await session.connection()
    for room in (await session.exec(select(Room))).all():
        old, room.generation = room.generation, new_id()
        await rename_generation(connection, room.id, old, room.generation)
        session.add(room)
