"""Stars: the rooms and single items that a coach wants to show to everybody, in the order of the stage."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.core.rows import the_row
from boathouse.workshop.rooms import label
from boathouse.workshop.tables import KeyResult, Objective, Room, Star

MOST = 200  # stars of one workshop; nobody shows more in two hours
TABLES: dict[str, type[Objective] | type[KeyResult]] = {"objective": Objective, "key_result": KeyResult}


@dataclass(frozen=True)
class Starred:
    """A star with what it is about. words: the title or the statement, "" for a whole room."""

    id: str
    room_id: str
    room: str  # as people call it: Room 14, Returns
    item: str  # objective:ID, key_result:ID; empty: the whole room
    words: str

    @property
    def kind(self) -> str:
        """What is starred, in words."""
        return {"": "Whole draft", "objective": "Objective"}.get(self.item.partition(":")[0], "Key result")


async def load_stars(session: AsyncSession, workshop_id: str) -> list[Starred]:
    """All stars that can be shown, in order: those of closed rooms and of removed items are left out."""
    query = select(Star, Room).join(Room, col(Room.id) == col(Star.room_id))
    query = query.where(Star.workshop_id == workshop_id, col(Room.closed_at).is_(None))
    rows = (await session.exec(query.order_by(col(Star.position), col(Star.created_at)))).all()
    words = await _words(session, [star.item for star, _ in rows if star.item])
    return [
        Starred(star.id, room.id, label(room), star.item, words.get(star.item, ""))
        for star, room in rows
        if not star.item or star.item in words
    ]


async def starred_in(session: AsyncSession, room_id: str) -> dict[str, str]:
    """The stars of one room: item → id of its star."""
    rows = await session.exec(select(Star.item, Star.id).where(Star.room_id == room_id))
    return dict(rows.all())


async def add_star(session: AsyncSession, room: Room, item: str = "") -> Star:
    """Star a room, or objective:ID or key_result:ID in it; twice is once.

    Errors: Problem 404 for an item that is not in this room, 409 for a closed room or too many stars.
    """
    await session.exec(select(Room.id).where(Room.id == room.id).with_for_update())  # pressed twice at once
    query = select(Star).where(Star.room_id == room.id, Star.item == item)
    if row := (await session.exec(query)).first():
        return row
    if room.closed_at:
        raise Problem(409, "This room is closed, so it will not be on the stage.")
    await must_be_in(session, room.id, item)
    of_workshop = select(func.count(), func.max(Star.position)).where(Star.workshop_id == room.workshop_id)
    count, last = (await session.exec(of_workshop)).one()
    if count >= MOST:
        raise Problem(409, f"There are {MOST} stars already. Take one away first.")
    row = Star(workshop_id=room.workshop_id, room_id=room.id, item=item, position=(last or 0) + 1)
    session.add(row)
    return row


async def remove_star(session: AsyncSession, star_id: str) -> None:
    """Take a star away. Errors: Problem 404."""
    await session.delete(await the_star(session, star_id))


async def move_star(session: AsyncSession, star_id: str, number: int) -> None:
    """Put a star in another place, counted from 1. Errors: Problem 404."""
    star = await the_star(session, star_id)
    query = select(Star).where(Star.workshop_id == star.workshop_id)
    rows = list((await session.exec(query.order_by(col(Star.position), col(Star.created_at)))).all())
    rows.remove(star)
    rows.insert(max(0, number - 1), star)
    for position, row in enumerate(rows, 1):
        row.position = position


async def the_star(session: AsyncSession, star_id: str) -> Star:
    """The row. Errors: Problem 404."""
    return await the_row(session, Star, star_id, "This star")


async def must_be_in(session: AsyncSession, room_id: str, item: str) -> None:
    """Errors: Problem 422 for what is no item, 404 for one that is gone or of another room."""
    if not item:
        return
    kind, _, item_id = item.partition(":")
    if kind not in TABLES or not item_id:
        raise Problem(422, "A star is on a room, an objective or a key result.", field="item")
    row: Objective | KeyResult | None = await session.get(TABLES[kind], item_id)
    if row is None or row.room_id != room_id or row.deleted_at:
        raise not_found("This objective" if kind == "objective" else "This key result")


async def bring_stars(session: AsyncSession, source_id: str, target_id: str, new: Mapping[str, str]) -> None:
    """A room was merged into another: stars of its items follow the copies. new: new ids by old ones."""
    query = select(Star).where(Star.room_id == source_id, Star.item != "")
    for star in (await session.exec(query)).all():
        kind, _, item_id = star.item.partition(":")
        if item_id in new:
            star.room_id, star.item = target_id, f"{kind}:{new[item_id]}"


async def _words(session: AsyncSession, items: list[str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for kind, table in TABLES.items():
        ids = [item.partition(":")[2] for item in items if item.startswith(f"{kind}:")]
        text = table.title if table is Objective else table.statement  # type: ignore[union-attr]
        query = select(table.id, text).where(col(table.id).in_(ids), col(table.deleted_at).is_(None))
        words |= {f"{kind}:{item_id}": words_ for item_id, words_ in (await session.exec(query)).all()}
    return words
