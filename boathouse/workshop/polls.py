"""Polls: one question to everybody, asked and answered while it is open.

How the answers lie is in spreads.py.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.workshop.names import said
from boathouse.workshop.spreads import Spread, fingers, folded, one_word, spread_of
from boathouse.workshop.tables import Poll, PollAnswer, PollKind, Seat, Status, Workshop

LONGEST_QUESTION = 200
FIST_QUESTION = "How sure are you that your key results show the change you want?"
WORD_QUESTION = "This draft in one word?"


async def load_polls(session: AsyncSession, workshop_id: str) -> list[Spread]:
    """All polls of a workshop with their answers, the latest first."""
    query = select(Poll).where(Poll.workshop_id == workshop_id)
    polls = (await session.exec(query.order_by(col(Poll.created_at).desc(), col(Poll.id)))).all()
    answers = select(PollAnswer).where(col(PollAnswer.poll_id).in_([poll.id for poll in polls]))
    rows = (await session.exec(answers.order_by(col(PollAnswer.answered_at), col(PollAnswer.id)))).all()
    people = await _people(session, workshop_id)
    return [spread_of(poll, (row.answer for row in rows if row.poll_id == poll.id), people) for poll in polls]


async def latest_spread(session: AsyncSession, workshop_id: str) -> Spread | None:
    """The open poll, else the latest one; what the stage shows."""
    query = select(Poll).where(Poll.workshop_id == workshop_id)
    query = query.order_by(col(Poll.closed_at).is_(None).desc(), col(Poll.created_at).desc())
    poll = (await session.exec(query.limit(1))).first()
    if poll is None:
        return None
    answers = select(PollAnswer.answer).where(PollAnswer.poll_id == poll.id)
    rows = await session.exec(answers.order_by(col(PollAnswer.answered_at), col(PollAnswer.id)))
    return spread_of(poll, rows.all(), await _people(session, workshop_id))


async def open_poll(session: AsyncSession, workshop_id: str) -> Poll | None:
    """The one that can be answered now."""
    query = select(Poll).where(Poll.workshop_id == workshop_id, col(Poll.closed_at).is_(None))
    return (await session.exec(query.order_by(col(Poll.created_at).desc()))).first()


async def my_answer(session: AsyncSession, poll_id: str, seat_id: str) -> str:
    """What this seat answered, "" if nothing yet."""
    query = select(PollAnswer.answer).where(PollAnswer.poll_id == poll_id, PollAnswer.seat_id == seat_id)
    return (await session.exec(query)).first() or ""


async def ask(
    session: AsyncSession, workshop: Workshop, kind: PollKind, question: str, moment: datetime
) -> Poll:
    """Open a poll; one that is open closes. Errors: Problem 422, 409 after the end."""
    if workshop.status == Status.ENDED:
        raise Problem(409, "The workshop has ended, so nobody would answer.")
    words = said(question) or (FIST_QUESTION if kind == PollKind.FIST else WORD_QUESTION)
    if len(words) > LONGEST_QUESTION:
        raise Problem(422, f"A question on the stage has {LONGEST_QUESTION} letters.", field="question")
    for row in await _open_polls(session, workshop.id):
        row.closed_at = moment
    poll = Poll(workshop_id=workshop.id, kind=kind, question=words, created_at=moment)
    session.add(poll)
    await session.flush()
    return poll


async def close_poll(session: AsyncSession, poll_id: str, moment: datetime) -> Poll:
    """Nobody answers any more. Twice is once. Errors: Problem 404."""
    poll = await the_poll(session, poll_id)
    poll.closed_at = poll.closed_at or moment
    return poll


async def reopen_poll(session: AsyncSession, poll_id: str, moment: datetime) -> Poll:
    """Answers count again; another one that is open closes. Errors: Problem 404."""
    poll = await the_poll(session, poll_id)
    for row in await _open_polls(session, poll.workshop_id):
        row.closed_at = moment
    poll.closed_at = None
    return poll


async def delete_poll(session: AsyncSession, poll_id: str) -> None:
    """Take a poll away with its answers. Errors: Problem 404."""
    await session.delete(await the_poll(session, poll_id))


async def strike(session: AsyncSession, poll_id: str, word: str, is_struck: bool) -> Poll:
    """Take a word off the stage, or bring it back. It stays away however often it is given again.

    Errors: Problem 404.
    """
    poll = await the_poll(session, poll_id)
    others = [each for each in poll.struck if each != folded(word)]
    poll.struck = [*others, folded(word)] if is_struck else others
    return poll


async def give_answer(
    session: AsyncSession, poll_id: str, seat: Seat, text: str, moment: datetime
) -> PollAnswer:
    """Answer, or answer otherwise. Errors: Problem 422; 409 once the poll is closed; 404."""
    poll = await the_poll(session, poll_id)
    workshop = await session.get_one(Workshop, poll.workshop_id)
    if poll.closed_at or workshop.status == Status.ENDED:
        raise Problem(409, "This poll is closed. Its answers are on the stage.")
    answer = fingers(text) if poll.kind == PollKind.FIST else one_word(text)
    await session.exec(select(Seat.id).where(Seat.id == seat.id).with_for_update())  # pressed twice at once
    query = select(PollAnswer).where(PollAnswer.poll_id == poll_id, PollAnswer.seat_id == seat.id)
    row = (await session.exec(query)).first() or PollAnswer(poll_id=poll_id, seat_id=seat.id, answer=answer)
    row.answer, row.answered_at = answer, moment
    session.add(row)
    return row


async def the_poll(session: AsyncSession, poll_id: str) -> Poll:
    """The row. Errors: Problem 404."""
    return await the_row(session, Poll, poll_id, "This poll")


async def _open_polls(session: AsyncSession, workshop_id: str) -> Sequence[Poll]:
    query = select(Poll).where(Poll.workshop_id == workshop_id, col(Poll.closed_at).is_(None))
    return (await session.exec(query)).all()


async def _people(session: AsyncSession, workshop_id: str) -> int:
    query = select(func.count()).select_from(Seat)
    query = query.where(Seat.workshop_id == workshop_id, col(Seat.removed_at).is_(None))
    return (await session.exec(query)).one()
