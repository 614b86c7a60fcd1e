"""Councils: leaders around one table, each on their own screen, who decide one parameter after the other.

A leader sits down by link with a name. Everybody chooses privately; nothing of it leaves the server, for
nobody but its author, until the facilitator shows all answers of that question at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.core.rows import the_row
from boathouse.rollout.council_table import attendees_of
from boathouse.rollout.decisions import Answer, record_answer
from boathouse.rollout.parameters import Key, check_value
from boathouse.rollout.tables.parameters import Attendee, Council, Vote

MOST_LEADERS = 40
LONGEST_NAME = 80
LONGEST_LINE = 200
TAKEN = "{} sits here already. If that is you, ask the facilitator to free your seat; if not, add a letter."
OVER = "This meeting has ended. What was decided is on the sheet."
GONE_ON = "The table has gone on to another question."
NO_TABLE = "This link leads to no table. Copy the whole link again, or ask whoever sent it for a new one."
NOTHING_ASKED = "No question is on the table yet."


async def open_council(session: AsyncSession, program_id: str) -> Council:
    """A new one; nobody sits there yet."""
    council = Council(program_id=program_id)
    session.add(council)
    await session.flush()
    return council


async def councils_of(session: AsyncSession, program_id: str) -> Sequence[Council]:
    """Those of a program, the latest first."""
    query = select(Council).where(Council.program_id == program_id)
    return (await session.exec(query.order_by(col(Council.created_at).desc()))).all()


async def council_of_link(session: AsyncSession, secret: str) -> Council:
    """The council that a link leads to. Errors: Problem 404."""
    council = (await session.exec(select(Council).where(Council.secret == secret))).one_or_none()
    if council is None:
        raise Problem(404, NO_TABLE)
    return council


async def sit_down(session: AsyncSession, council_id: str, name: str) -> Attendee:
    """A seat at the table. Errors: Problem 422 without a name, 409 if it is taken or the table is full."""
    council = await open_table(session, council_id)
    name = " ".join(name.replace("\0", "").split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Problem(422, f"Write your name, in at most {LONGEST_NAME} letters.", field="name")
    attendees = await attendees_of(session, council.id)
    for other in attendees:
        if other.name.casefold() == name.casefold():
            raise Problem(409, TAKEN.format(other.name), field="name")
    if len(attendees) >= MOST_LEADERS:
        raise Problem(409, f"The table is full: {MOST_LEADERS} leaders sit here.", field="name")
    number = max((other.number for other in attendees), default=0) + 1
    attendee = Attendee(council_id=council.id, name=name, number=number)
    session.add(attendee)
    await session.flush()
    return attendee


async def stand_up(session: AsyncSession, attendee_id: str, moment: datetime) -> None:
    """Take somebody off the table; their answers go with them."""
    attendee = await the_row(session, Attendee, attendee_id, "This seat")
    attendee.removed_at = attendee.removed_at or moment
    await session.exec(delete(Vote).where(col(Vote.attendee_id) == attendee_id))


async def ask(session: AsyncSession, council_id: str, key: Key, moment: datetime) -> None:
    """Put a question on the table; everybody's screen follows. Answers it has already are kept."""
    council = await open_table(session, council_id)
    council.key, council.asked_at = key, moment


async def ask_again(session: AsyncSession, council_id: str, key: Key, moment: datetime) -> None:
    """Begin the question on the table anew: earlier answers are dropped. Errors: Problem 409."""
    council = await _with_question(session, council_id, key)
    await session.exec(delete(Vote).where(col(Vote.council_id) == council_id, col(Vote.key) == key))
    council.revealed = [each for each in council.revealed if each != key]
    council.asked_at = moment


async def choose(session: AsyncSession, attendee: Attendee, key: Key, value: Any, line: str) -> None:
    """One leader's answer, or another one. Errors: Problem 409 when it is too late, 422 for a wrong value."""
    council = await _with_question(session, attendee.council_id, key)
    if key in council.revealed:
        raise Problem(409, "The answers are on the table already. Say what you think.")
    line = " ".join(line.replace("\0", "").split())
    if len(line) > LONGEST_LINE:
        raise Problem(422, f"One line of at most {LONGEST_LINE} letters, please.", field="line")
    value = check_value(key, value)
    await session.merge(Vote(council_id=council.id, key=key, attendee_id=attendee.id, value=value, line=line))


async def my_vote(session: AsyncSession, attendee: Attendee, key: str) -> Vote | None:
    """What this leader chose."""
    return await session.get(Vote, (attendee.council_id, key, attendee.id))


async def reveal(session: AsyncSession, council_id: str, key: Key) -> None:
    """Show everybody's answers to everybody. Errors: Problem 409 before anybody has chosen."""
    council = await _with_question(session, council_id, key)
    query = select(Vote).where(Vote.council_id == council_id, Vote.key == key)
    if (await session.exec(query.limit(1))).first() is None:
        raise Problem(409, "Nobody has chosen yet.")
    council.revealed = sorted({*council.revealed, key})


async def settle(session: AsyncSession, council_id: str, key: Key, answer: Answer, by: str) -> None:
    """Record what the table agreed on. Errors: Problem 409 before the answers are shown, 422."""
    council = await _with_question(session, council_id, key)
    if key not in council.revealed:
        raise Problem(409, "Show the answers first, so that everybody knows how they lie.")
    leaders = len(await attendees_of(session, council_id))
    by = f"{by}, with {leaders} leader{'' if leaders == 1 else 's'} at the table"
    await record_answer(session, council.program_id, key, answer, by, council.id)


async def end_council(session: AsyncSession, council_id: str, moment: datetime) -> None:
    """It is over: nobody sits down or chooses any more."""
    (await open_table(session, council_id)).ended_at = moment


async def open_table(session: AsyncSession, council_id: str) -> Council:
    """The council, locked until the transaction ends. Errors: Problem 404; 409 once it has ended."""
    query = select(Council).where(Council.id == council_id).with_for_update()
    council = (await session.exec(query.execution_options(populate_existing=True))).first()
    if council is None:
        raise not_found("This table")
    if council.ended_at:
        raise Problem(409, OVER)
    return council


async def _with_question(session: AsyncSession, council_id: str, key: Key) -> Council:
    """The council while this question is on its table: of two facilitators, one may have gone on already."""
    council = await open_table(session, council_id)
    if not council.key:
        raise Problem(409, NOTHING_ASKED)
    if council.key != key:
        raise Problem(409, GONE_ON)
    return council
