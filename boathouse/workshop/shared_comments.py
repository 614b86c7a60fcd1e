"""One question to every room with the same finding: who gets it and in which words, how it went, taken back.

Each room gets an ordinary comment, pinned to the very field and with its own words in it. What they share is
their broadcast_id. Flush the rooms' documents before.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.rollout.checks import CODES
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.access import Access
from boathouse.workshop.bank_words import fill_loosely, own_words
from boathouse.workshop.board import shorten
from boathouse.workshop.comments import Thread, open_threads, words_at
from boathouse.workshop.drafts import Draft, load_drafts
from boathouse.workshop.findings import ItemFinding, findings_of, load_meant
from boathouse.workshop.remarks import Pin, new_comment
from boathouse.workshop.rooms import label
from boathouse.workshop.tables import Broadcast, Comment, Room, Status, Workshop
from boathouse.workshop.worst import label_of, place_of

SLICE = 25  # rooms in one transaction, so that everybody else who writes has their turn
LOADED = 100  # rooms read at once
LONGEST = 500
SHOWN_BEFORE = 20  # questions that were asked before
SHORT = 80  # characters of the words a comment is about


@dataclass(frozen=True)
class Addressee:
    """A room that would get the question. place: where it is pinned, where: the same in words, about: what
    stands there. body: the question in its words. more: further items of the room with the finding.
    asked_by: the coach whose question stands open at that very place, or "".
    """

    room_id: str
    label: str
    place: str
    where: str
    about: str
    body: str
    more: int
    asked_by: str
    own: Mapping[str, str]  # what the braces of a question become here

    def asked(self, question: str) -> "Addressee":
        """The same with another question."""
        return replace(self, body=fill_loosely(question, self.own))


async def addressees(session: AsyncSession, workshop: Workshop, code: str, question: str) -> list[Addressee]:
    """The open rooms with that finding, by number. Errors: Problem 422 for a code that is none."""
    if code not in CODES:
        raise Problem(422, f"There is no finding called “{code[:40]}”.", field="finding")
    rules = GroundRules.model_validate(workshop.ground_rules)
    query = select(Room).where(Room.workshop_id == workshop.id, col(Room.closed_at).is_(None))
    rooms = (await session.exec(query.order_by(col(Room.number)))).all()
    found: list[Addressee] = []
    for start in range(0, len(rooms), LOADED):
        slice_ = rooms[start : start + LOADED]
        ids = [room.id for room in slice_]
        drafts, meant = await load_drafts(session, ids), await load_meant(session, ids)
        threads = await open_threads(session, ids)
        for room in slice_:
            here = _with_code(findings_of(drafts[room.id], rules, meant[room.id]), code)
            if here:
                found.append(_addressee(room, drafts[room.id], here, threads[room.id], question))
            await asyncio.sleep(0)  # checking a draft takes milliseconds: everybody else has their turn
    return found


def _with_code(found: dict[str, list[ItemFinding]], code: str) -> list[ItemFinding]:
    return [each for some in found.values() for each in some if each.is_open and each.finding.code == code]


def _addressee(
    room: Room, draft: Draft, here: list[ItemFinding], threads: list[Thread], question: str
) -> Addressee:
    """The first place nobody has asked about, or the first of all."""
    asked = {each.place: each.remarks[0].author for each in threads if each.remarks[0].is_coach}
    chosen = next((each for each in here if place_of(each) not in asked), here[0])
    place, own = place_of(chosen), own_words(draft, chosen.item)
    return Addressee(
        room_id=room.id,
        label=label(room),
        place=place,
        where=label_of(draft, place),
        about=shorten(words_at(draft, chosen.item) or "", SHORT),
        body=fill_loosely(question, own),
        more=len({each.item for each in here}) - 1,
        asked_by=asked.get(place, ""),
        own=own,
    )


def checked_question(question: str) -> str:
    """The question without space around. Errors: Problem 422 for an empty or overlong one."""
    question = question.replace("\r\n", "\n").strip()
    if not question:
        raise Problem(422, "Write what you want to ask.", field="body")
    if len(question) > LONGEST:
        raise Problem(
            422, f"A question can have {LONGEST} letters; this one has {len(question)}.", field="body"
        )
    return question


async def send(
    session: AsyncSession, access: Access, broadcast: Broadcast, to: Sequence[Addressee]
) -> list[Comment]:
    """Write the comments of some rooms. A room that closed meanwhile gets none, nor do words that went.

    Errors: Problem 423 when the workshop has ended.
    """
    workshop = await session.get(Workshop, access.workshop.id)
    if workshop is None or workshop.status == Status.ENDED:
        raise Problem(423, "The workshop has ended. Its comments stay to be read.")
    ids = [each.room_id for each in to]
    query = select(Room.id).where(col(Room.id).in_(ids), col(Room.closed_at).is_(None))
    drafts = await load_drafts(session, (await session.exec(query)).all())
    comments = []
    for each in (each for each in to if each.room_id in drafts):
        pin, draft = Pin.parse(each.place), drafts[each.room_id]
        if words_at(draft, pin.place) is not None:
            comment = new_comment(draft, pin, access, each.body)
            comment.broadcast_id = broadcast.id
            comments.append(comment)
    session.add_all(comments)
    return comments


@dataclass(frozen=True)
class Asked:
    """One room of a shared comment. state: open, answered, settled or taken back."""

    room_id: str
    label: str
    comment_id: str
    body: str
    state: str


async def asked_rooms(session: AsyncSession, broadcast_id: str) -> list[Asked]:
    """How each room has taken it, by number."""
    query = select(Comment, Room).join(Room, col(Room.id) == col(Comment.room_id))
    query = query.where(Comment.broadcast_id == broadcast_id).order_by(col(Room.number))
    rows = (await session.exec(query)).all()
    below = select(Comment.parent_id).where(col(Comment.parent_id).in_([row.id for row, _ in rows]))
    answered = set((await session.exec(below.where(col(Comment.deleted_at).is_(None)))).all())
    return [Asked(room.id, label(room), row.id, row.body, _state(row, answered)) for row, room in rows]


def _state(row: Comment, answered: Collection[str | None]) -> str:
    if row.deleted_at:
        return "taken back"
    if row.resolved_at:
        return "settled"
    return "answered" if row.id in answered else "open"


async def latest(session: AsyncSession, workshop_id: str, since: datetime) -> Broadcast | None:
    """The last question shared with several rooms, if it is not older."""
    query = select(Broadcast).where(Broadcast.workshop_id == workshop_id, Broadcast.code != "")
    query = query.where(col(Broadcast.created_at) > since)
    return (await session.exec(query.order_by(col(Broadcast.created_at).desc()))).first()


async def standing(session: AsyncSession, workshop_id: str) -> Sequence[tuple[Broadcast, int]]:
    """Questions that are still in some rooms, the newest first, and in how many."""
    rooms = func.count(col(Comment.id))
    query = select(Broadcast, rooms).join(Comment, col(Comment.broadcast_id) == col(Broadcast.id))
    query = query.where(Broadcast.workshop_id == workshop_id, col(Comment.deleted_at).is_(None))
    query = query.group_by(col(Broadcast.id)).order_by(col(Broadcast.created_at).desc())
    return (await session.exec(query.limit(SHOWN_BEFORE))).all()


async def take_back(
    session: AsyncSession, broadcast_id: str, moment: datetime, room_id: str = ""
) -> list[str]:
    """Take it back in one room, or in all. Answers stay. Returns the ids of the rooms that change.

    Errors: Problem 404 when it was a message to all rooms, or that room did not get it.
    """
    query = select(Comment).where(Comment.broadcast_id == broadcast_id)
    rows = (await session.exec(query.where(Comment.room_id == room_id) if room_id else query)).all()
    if not rows:
        raise not_found("This question")
    left = [row for row in rows if row.deleted_at is None]
    for row in left:
        row.body, row.deleted_at = "", moment
    return [row.room_id for row in left]
