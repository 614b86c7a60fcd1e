"""Writing comments: pinning, replying, settling, and what only an author may do.

A comment keeps the text it is about as it stood when it was written and when it was settled, so flush
the room's document before.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.workshop.access import Access
from boathouse.workshop.comments import words_at
from boathouse.workshop.documents.fields import TABLES
from boathouse.workshop.drafts import Draft, load_draft
from boathouse.workshop.tables import Comment, Room, Status, Workshop

LONGEST = 2000
STANDS = ("type", "statement", "start", "target", "unit", "owner")


@dataclass(frozen=True)
class Pin:
    """Where a comment goes; nothing at all means the whole room. field: a column, such as start."""

    objective_id: str | None = None
    key_result_id: str | None = None
    field: str | None = None

    @classmethod
    def parse(cls, place: str) -> "Pin":
        """From objective:ID, key_result:ID:start or room. Errors: Problem 422."""
        kind, _, rest = place.partition(":")
        item_id, _, field = rest.partition(":")
        if kind == "room":
            return cls()
        if kind not in ("objective", "key_result") or not item_id:
            raise Problem(
                422, "A comment is about the room, an objective, a key result or one of its fields."
            )
        return cls(**{f"{kind}_id": item_id}, field=field or None)

    @property
    def place(self) -> str:
        """The same as text."""
        kind = "key_result" if self.key_result_id else "objective"
        item_id = self.key_result_id or self.objective_id
        return ":".join(filter(None, [kind, item_id, self.field])) if item_id else "room"

    def check(self) -> None:
        """Errors: Problem 422 for a field that the item does not have."""
        kind = "key_result" if self.key_result_id else "objective" if self.objective_id else ""
        columns = TABLES[kind][1] if kind else ()
        if self.field and self.field not in columns:
            raise Problem(422, f"There is no field “{self.field[:40]}” here.", field="field")


async def add_comment(session: AsyncSession, access: Access, body: str, pin: Pin) -> Comment:
    """A new thread. Errors: Problem 404 for a place that is not in this room; 422; 423 after the end."""
    pin.check()
    room = await talking_room(session, access)
    draft = await load_draft(session, room.id)
    is_there = words_at(draft, pin.place) is not None
    inside = pin.key_result_id is None or pin.objective_id is None or _is_below(draft, pin)
    if not is_there or not inside:
        raise not_found("What this comment is about")
    row = new_comment(draft, pin, access, body)
    session.add(row)
    return row


def new_comment(draft: Draft, pin: Pin, access: Access, body: str) -> Comment:
    """The row of a thread that begins, with the text it is about. Errors: Problem 422 for the words."""
    row = Comment(
        room_id=draft.room_id,
        objective_id=pin.objective_id,
        key_result_id=pin.key_result_id,
        field=pin.field,
        about=words_at(draft, pin.place) or "",
        stood=as_it_stands(draft, pin),
        body=_checked(body),
        author_name=access.name,
    )
    return _signed(access, row)


def as_it_stands(draft: Draft, pin: Pin) -> dict[str, str] | None:
    """The commented key result with all its fields, so that it can be seen later what the comment changed."""
    found = next((each for each in draft.key_results() if each.id == pin.key_result_id), None)
    return {name: str(getattr(found, name) or "") for name in STANDS} if found else None


async def add_reply(
    session: AsyncSession, access: Access, comment_id: str, body: str, moment: datetime
) -> Comment:
    """An answer below a thread; a settled one is open again. Errors: Problem 404, 422, 423."""
    room = await talking_room(session, access)
    first = await _first_of(session, room, comment_id)
    row = Comment(
        room_id=room.id,
        parent_id=first.id,
        body=_checked(body),
        author_name=access.name,
        created_at=moment,
    )
    first.resolved_at = first.resolved_by = None
    session.add(row)
    return _signed(access, row)


async def settle(session: AsyncSession, access: Access, comment_id: str, moment: datetime) -> Comment:
    """Mark a thread done, keeping the text as it stands now. Twice is once. Errors: Problem 404, 423."""
    room = await talking_room(session, access)
    first = await _first_of(session, room, comment_id)
    if first.resolved_at is None:
        pin = Pin(first.objective_id, first.key_result_id, first.field)
        first.about_settled = words_at(await load_draft(session, room.id), pin.place)
        first.resolved_at, first.resolved_by = moment, access.name
    return first


async def reopen(session: AsyncSession, access: Access, comment_id: str) -> Comment:
    """Take "done" back. Errors: Problem 404, 423."""
    room = await talking_room(session, access)
    first = await _first_of(session, room, comment_id)
    first.resolved_at = first.resolved_by = None
    return first


async def edit_remark(
    session: AsyncSession, access: Access, comment_id: str, body: str, moment: datetime
) -> Comment:
    """Change one's own words. Errors: Problem 403 for those of others; 404, 422, 423."""
    row = await own_remark(session, access, comment_id)
    row.body, row.edited_at = _checked(body), moment
    return row


async def delete_remark(session: AsyncSession, access: Access, comment_id: str, moment: datetime) -> Comment:
    """Take one's own words back; the answers to them stay. Errors: Problem 403, 404, 423."""
    row = await own_remark(session, access, comment_id)
    row.body, row.deleted_at = "", moment
    return row


async def talking_room(session: AsyncSession, access: Access) -> Room:
    """The room, if its conversation goes on; locked drafts can be talked about. Errors: Problem 404, 423."""
    room = await session.get(Room, access.the_room().id)
    workshop = await session.get(Workshop, access.workshop.id)
    if room is None or workshop is None:
        raise not_found("This room")
    if workshop.status == Status.ENDED:
        raise Problem(423, "The workshop has ended. Its comments stay to be read.")
    return room


async def _first_of(session: AsyncSession, room: Room, comment_id: str) -> Comment:
    row = await session.get(Comment, comment_id)
    if row and row.parent_id:
        row = await session.get(Comment, row.parent_id)
    if row is None or row.room_id != room.id:
        raise not_found("This comment")
    return row


async def own_remark(session: AsyncSession, access: Access, comment_id: str) -> Comment:
    """What this person wrote. Errors: Problem 403 for the words of others; 404, 423."""
    room = await talking_room(session, access)
    row = await session.get(Comment, comment_id)
    if row is None or row.room_id != room.id or row.deleted_at:
        raise not_found("This comment")
    if access.identity not in (f"seat:{row.seat_id}", f"person:{row.person_id}"):
        raise Problem(403, f"Only {row.author_name} can change this comment.")
    return row


def _signed(access: Access, row: Comment) -> Comment:
    kind, _, author_id = access.identity.partition(":")
    setattr(row, f"{kind}_id", author_id)  # seat_id or person_id
    return row


def _is_below(draft: Draft, pin: Pin) -> bool:
    return any(
        key_result.id == pin.key_result_id and key_result.objective_id == pin.objective_id
        for key_result in draft.key_results()
    )


def _checked(body: str) -> str:
    body = body.replace("\r\n", "\n").strip()
    if not body:
        raise Problem(422, "Write a few words first.", field="body")
    if len(body) > LONGEST:
        raise Problem(422, f"A comment can have {LONGEST} letters; this one has {len(body)}.", field="body")
    return body
