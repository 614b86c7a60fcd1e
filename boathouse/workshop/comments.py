"""Comments as people read them: threads, where they are pinned, who has the last word.

Writing them is in remarks.py.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.workshop.drafts import Draft
from boathouse.workshop.tables import Comment, Seat

PLACE_WORDS = {
    "title": "the title",
    "why": "why now",
    "statement": "the statement",
    "start": "the starting point",
    "commit": "the commitment",
    "target": "the target",
    "stretch": "the stretch",
    "unit": "the unit",
}


@dataclass(frozen=True)
class Remark:
    """A comment or a reply. by: seat:ID, person:ID or "" when its author's account is gone."""

    id: str
    body: str
    author: str
    by: str
    seat_number: int
    is_coach: bool
    created_at: datetime
    edited_at: datetime | None
    is_deleted: bool


@dataclass(frozen=True)
class Thread:
    """A comment with its replies. about: the text it was about, as it stood; about_settled: when settled."""

    id: str
    room_id: str
    objective_id: str | None
    key_result_id: str | None
    field: str | None
    about: str
    about_settled: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    remarks: list[Remark]  # the first one and its replies, oldest first

    @property
    def is_open(self) -> bool:
        """Not settled yet."""
        return self.resolved_at is None

    @property
    def item(self) -> str:
        """What it is pinned to: objective:ID, key_result:ID or room."""
        if self.key_result_id:
            return f"key_result:{self.key_result_id}"
        return f"objective:{self.objective_id}" if self.objective_id else "room"

    @property
    def place(self) -> str:
        """The exact place, with the field: key_result:ID:start."""
        return f"{self.item}:{self.field}" if self.field else self.item

    @property
    def placed(self) -> str:
        """Where, in few words, for when the place is beside it: "on the starting point"."""
        if self.item == "room":
            return "to the room"
        return f"on {PLACE_WORDS[self.field]}" if self.field else "on the whole of it"


def waits_for_coach(thread: Thread) -> bool:
    """Whether the last word in an open thread is a participant's."""
    left = [remark for remark in thread.remarks if not remark.is_deleted]
    return thread.is_open and bool(left) and not left[-1].is_coach


def words_at(draft: Draft, place: str) -> str | None:
    """What stands at objective:ID, key_result:ID:start and the like now; None when that is gone.

    Of a whole objective that is its title, of a whole key result its statement, of the room nothing.
    """
    kind, _, rest = place.partition(":")
    item_id, _, column = rest.partition(":")
    if kind == "room":
        return ""
    if draft.called(f"{kind}:{item_id}") is None:
        return None
    items = draft.objectives if kind == "objective" else draft.key_results()
    item = next(item for item in items if item.id == item_id)
    return str(getattr(item, column or ("title" if kind == "objective" else "statement")))


def is_gone(draft: Draft, thread: Thread) -> bool:
    """Whether what it was pinned to was removed."""
    return thread.item != "room" and draft.called(thread.item) is None


def pinned_to(draft: Draft, thread: Thread) -> str:
    """Where it is pinned, in words: "the starting point of key result 2"."""
    if thread.item == "room":
        return "the whole room"
    item = draft.called(thread.item)
    if item is None:
        item = "a key result that was removed" if thread.key_result_id else "an objective that was removed"
    return f"{PLACE_WORDS[thread.field]} of {item}" if thread.field else item


async def load_threads(session: AsyncSession, room_ids: Sequence[str]) -> dict[str, list[Thread]]:
    """All threads of these rooms, oldest first. Those whose every remark was deleted are left out."""
    query = select(Comment, Seat.number).join(Seat, col(Seat.id) == col(Comment.seat_id), isouter=True)
    query = query.where(col(Comment.room_id).in_(room_ids))
    rows = (await session.exec(query.order_by(col(Comment.created_at), col(Comment.id)))).all()
    return gather_threads([(row, number or 0) for row, number in rows], room_ids)


async def open_threads(session: AsyncSession, room_ids: Sequence[str]) -> dict[str, list[Thread]]:
    """The threads that are not settled, by room."""
    threads = await load_threads(session, room_ids)
    return {room_id: [thread for thread in each if thread.is_open] for room_id, each in threads.items()}


def gather_threads(rows: Sequence[tuple[Comment, int]], room_ids: Sequence[str]) -> dict[str, list[Thread]]:
    """Rows, with the number of their author's seat, put together into threads by room."""
    below: dict[str, list[Remark]] = defaultdict(list)
    for row, number in rows:
        if row.parent_id and not row.deleted_at:
            below[row.parent_id].append(_remark(row, number))
    threads: dict[str, list[Thread]] = {room_id: [] for room_id in room_ids}
    for row, number in rows:
        if row.parent_id is None and (row.deleted_at is None or below[row.id]):
            threads[row.room_id].append(_thread(row, [_remark(row, number), *below[row.id]]))
    return threads


def _remark(row: Comment, number: int) -> Remark:
    by = f"seat:{row.seat_id}" if row.seat_id else f"person:{row.person_id}" if row.person_id else ""
    return Remark(
        row.id,
        row.body,
        row.author_name,
        by,
        number,
        row.person_id is not None,
        row.created_at,
        row.edited_at,
        row.deleted_at is not None,
    )


def _thread(row: Comment, remarks: list[Remark]) -> Thread:
    return Thread(
        row.id,
        row.room_id,
        row.objective_id,
        row.key_result_id,
        row.field,
        row.about,
        row.about_settled,
        row.resolved_at,
        row.resolved_by,
        remarks,
    )
