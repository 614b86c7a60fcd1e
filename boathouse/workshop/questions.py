"""Questions to the group on stage: anybody asks, others second, the coach takes them in that order."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.core.rows import the_row
from boathouse.workshop.names import said
from boathouse.workshop.rooms import label
from boathouse.workshop.tables import Question, Room, Seat, Second, Status, Workshop

LONGEST = 300
MOST_OF_ONE = 5  # that wait at the same time
MOST = 300  # of a whole workshop
ENDED = "The workshop has ended, so nobody is on the stage."


@dataclass(frozen=True)
class Asked:
    """A question. by: seat:ID, or "" of somebody without a seat. to: the group it was put to, if any."""

    id: str
    body: str
    author: str
    by: str
    seat_number: int
    to: str
    seconds: int
    asked_at: datetime
    answered_at: datetime | None

    @property
    def waits(self) -> bool:
        """Not answered yet."""
        return self.answered_at is None


async def load_questions(session: AsyncSession, workshop_id: str) -> list[Asked]:
    """All but removed ones. First those that wait: the most wanted first, the earliest of equals; then the
    answered ones, latest first.
    """
    seconds = select(Second.question_id, func.count().label("n")).join(Question)
    seconds = seconds.where(Question.workshop_id == workshop_id).group_by(col(Second.question_id))
    counted = seconds.subquery()
    query = (
        select(Question, Seat.number, Room, counted.c.n)
        .join(Seat, col(Seat.id) == col(Question.seat_id), isouter=True)
        .join(Room, col(Room.id) == col(Question.to_room_id), isouter=True)
        .join(counted, counted.c.question_id == col(Question.id), isouter=True)
        .where(Question.workshop_id == workshop_id, col(Question.removed_at).is_(None))
    )
    asked = [_asked(*row) for row in (await session.exec(query)).all()]
    waiting = sorted(
        (one for one in asked if one.waits), key=lambda one: (-one.seconds, one.asked_at, one.id)
    )
    answered = [one for one in asked if one.answered_at]
    return waiting + sorted(answered, key=lambda one: one.answered_at or one.asked_at, reverse=True)


async def seconded_by(session: AsyncSession, workshop_id: str, seat_id: str) -> Collection[str]:
    """Ids of the questions that this seat has seconded."""
    query = select(Second.question_id).join(Question, col(Question.id) == col(Second.question_id))
    query = query.where(Question.workshop_id == workshop_id, Second.seat_id == seat_id)
    return set((await session.exec(query)).all())


async def ask(
    session: AsyncSession, workshop_id: str, name: str, seat: Seat | None, body: str, moment: datetime
) -> Question:
    """Put a question to the group on stage. name: of who asks.

    Errors: Problem 422; 409 for one that waits already, too many, or after the end.
    """
    workshop = await session.get_one(Workshop, workshop_id)
    if workshop.status == Status.ENDED:
        raise Problem(409, ENDED)
    words = _checked(body)
    waiting = Question.workshop_id == workshop_id, col(Question.answered_at).is_(None)
    rows = await session.exec(select(Question).where(*waiting, col(Question.removed_at).is_(None)))
    _must_be_welcome(list(rows.all()), words, seat)
    question = Question(
        workshop_id=workshop_id,
        seat_id=seat.id if seat else None,
        author_name=name,
        body=words,
        to_room_id=workshop.stage_room_id,
        asked_at=moment,
    )
    session.add(question)
    await session.flush()
    return question


async def second(session: AsyncSession, question_id: str, seat: Seat, wanted: bool) -> Question:
    """Say that one wants this answered too, or take that back. Twice is once.

    Errors: Problem 409 for one's own, or once it is answered; 404.
    """
    question = await the_question(session, question_id)
    if question.seat_id == seat.id:
        raise Problem(409, "This question is yours: it counts already.")
    if question.answered_at:
        raise Problem(409, "This question has been answered.")
    await session.exec(select(Seat.id).where(Seat.id == seat.id).with_for_update())  # pressed twice at once
    row = await session.get(Second, (question_id, seat.id))
    if wanted and row is None:
        session.add(Second(question_id=question_id, seat_id=seat.id))
    elif row and not wanted:
        await session.delete(row)
    return question


async def mark_answered(
    session: AsyncSession, question_id: str, moment: datetime, answered: bool = True
) -> Question:
    """It was answered, or after all it was not. An answered one leaves the stage. Errors: Problem 404."""
    question = await the_question(session, question_id)
    question.answered_at = moment if answered else None
    if answered:
        await _off_stage(session, question)
    return question


async def remove(session: AsyncSession, question_id: str, moment: datetime) -> Question:
    """Take a question away from everybody. Errors: Problem 404."""
    question = await the_question(session, question_id)
    question.removed_at = moment
    await _off_stage(session, question)
    return question


async def restore(session: AsyncSession, question_id: str) -> Question:
    """Bring one back that was removed. Errors: Problem 404."""
    question = await the_row(session, Question, question_id, "This question")
    question.removed_at = None
    return question


async def withdraw(session: AsyncSession, question_id: str, seat: Seat | None, moment: datetime) -> Question:
    """Take one's own question back. Errors: Problem 409 for those of others, 404."""
    question = await the_question(session, question_id)
    if seat is None or question.seat_id != seat.id:
        raise Problem(409, "Only who asked takes a question back.")
    return await remove(session, question_id, moment)


async def the_question(session: AsyncSession, question_id: str) -> Question:
    """The row, unless it was removed. Errors: Problem 404."""
    question = await session.get(Question, question_id)
    if question is None or question.removed_at:
        raise not_found("This question")
    return question


def _checked(body: str) -> str:
    words = said(body)
    if not words:
        raise Problem(422, "Write your question first.", field="body")
    if len(words) > LONGEST:
        raise Problem(
            422, f"A question has {LONGEST} letters at most; this one has {len(words)}.", field="body"
        )
    return words


def _must_be_welcome(waiting: list[Question], words: str, seat: Seat | None) -> None:
    if any(one.body.casefold() == words.casefold() for one in waiting):
        raise Problem(409, "Somebody has asked this already. You can second it.")
    if seat and sum(one.seat_id == seat.id for one in waiting) >= MOST_OF_ONE:
        raise Problem(409, f"{MOST_OF_ONE} of your questions wait already. Second those of others meanwhile.")
    if len(waiting) >= MOST:
        raise Problem(409, "More questions wait than can be answered today. Second one of them.")


async def _off_stage(session: AsyncSession, question: Question) -> None:
    workshop = await session.get_one(Workshop, question.workshop_id)
    if workshop.stage_question_id == question.id:
        workshop.stage_question_id = None


def _asked(question: Question, number: int | None, room: Room | None, seconds: int | None) -> Asked:
    return Asked(
        question.id,
        question.body,
        question.author_name,
        f"seat:{question.seat_id}" if question.seat_id else "",
        number or 0,
        label(room) if room else "",
        seconds or 0,
        question.asked_at,
        question.answered_at,
    )
