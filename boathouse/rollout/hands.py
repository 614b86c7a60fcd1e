"""Opting in: a page to look at by link, and hands raised on it by people without an account (S51, S52)."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, StringConstraints
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.ids import new_secret
from boathouse.core.rows import the_row
from boathouse.rollout.programs import NO_ZEROS, lock_program
from boathouse.rollout.tables.programs import Program, Unit
from boathouse.rollout.tables.stances import Hand, Wish
from boathouse.rollout.units import folded

NO_PAGE = "This link leads to no page. Copy the whole link again, or ask whoever sent it for the new one."
MOST_HANDS = 2000  # in one program, so that a link that leaked fills no disk
WORDS = {
    Wish.TRY: "My team would like to try this",
    Wish.AMBASSADOR: "I would like to become an ambassador",
}

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=NO_ZEROS)]
Team = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=NO_ZEROS)
]
Contact = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=NO_ZEROS)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=NO_ZEROS)]


class RaisedHand(BaseModel):
    """What somebody types in. contact: however they like to be reached, or nothing."""

    wish: Wish
    name: Name
    team: Team
    contact: Contact = ""
    words: Said = ""


async def program_by_secret(session: AsyncSession, secret: str) -> Program:
    """The program whose opt-in page has this secret. Errors: Problem 404."""
    program = (await session.exec(select(Program).where(Program.opt_in_secret == secret))).first()
    if program is None:
        raise Problem(404, NO_PAGE)
    return program


async def raise_hand(session: AsyncSession, program: Program, raised: RaisedHand) -> Hand:
    """Write it down; a team called like a unit is linked with it. Raised twice, it is one hand.

    Errors: Problem 409 when there are too many.
    """
    await lock_program(session, program.id)  # somebody may click twice
    waiting = await _same_hand(session, program.id, raised)
    if waiting:
        waiting.contact = raised.contact or waiting.contact
        waiting.words = raised.words or waiting.words
        return waiting
    count = select(func.count()).select_from(Hand).where(Hand.program_id == program.id)
    if (await session.exec(count)).one() >= MOST_HANDS:
        raise Problem(409, "Very many hands are up already. Please talk to the ambassador in person.")
    unit_id = unit_called(raised.team, await _names_of_units(session, program.id))
    hand = Hand(**raised.model_dump(), program_id=program.id, unit_id=unit_id)
    session.add(hand)
    return hand


async def _same_hand(session: AsyncSession, program_id: str, raised: RaisedHand) -> Hand | None:
    """One of this person and team with this wish that nobody has answered yet."""
    who = (folded(raised.name), folded(raised.team))
    query = select(Hand).where(
        Hand.program_id == program_id, Hand.wish == raised.wish, col(Hand.answered_at).is_(None)
    )
    return next(
        (each for each in await session.exec(query) if (folded(each.name), folded(each.team)) == who), None
    )


async def _names_of_units(session: AsyncSession, program_id: str) -> Mapping[str, str]:
    return dict((await session.exec(select(Unit.id, Unit.name).where(Unit.program_id == program_id))).all())


def unit_called(name: str, names: Mapping[str, str]) -> str | None:
    """The id of the one unit that is called so; None if there is none or more than one. names: by id."""
    # Compared here: SQLite knows no large and small letters but those of English.
    found = [unit_id for unit_id, other in names.items() if folded(other) == folded(name)]
    return found[0] if len(found) == 1 else None


def unit_asking(hand: Hand, names: Mapping[str, str]) -> str | None:
    """The unit a hand belongs to; one that was added after the hand went up is found by its name."""
    return hand.unit_id if hand.unit_id in names else unit_called(hand.team, names)


async def hands_of(session: AsyncSession, program_id: str) -> Sequence[Hand]:
    """Those that wait for an answer first, the longest waiting on top."""
    query = select(Hand).where(Hand.program_id == program_id)
    return (await session.exec(query.order_by(col(Hand.answered_at).is_not(None), col(Hand.at)))).all()


async def units_that_ask(session: AsyncSession, program_id: str) -> list[str]:
    """Ids of units whose people would like to try, in the order they asked."""
    hands = await hands_of(session, program_id)
    waiting = sorted((hand for hand in hands if hand.wish == Wish.TRY), key=lambda hand: hand.at)
    names = await _names_of_units(session, program_id)
    asking = [unit_asking(hand, names) for hand in waiting]
    return list(dict.fromkeys(unit_id for unit_id in asking if unit_id))


async def the_hand(session: AsyncSession, hand_id: str) -> Hand:
    """The row to change. Errors: Problem 404."""
    return await the_row(session, Hand, hand_id, "This hand")


def answer_hand(hand: Hand, by: str, *, is_answered: bool) -> None:
    """Somebody has talked to them, or has not after all."""
    hand.answered_at, hand.answered_by = (now(), by) if is_answered else (None, "")


async def renew_link(session: AsyncSession, program_id: str) -> None:
    """Another link; the old one leads nowhere from now on."""
    program = await the_row(session, Program, program_id, "This program")
    program.opt_in_secret = new_secret()
