"""The comment bank: what a coach is offered for one place of a draft, and the coaches' own entries.

Own entries come first, then what fits the finding, then the phase. Keys 1 to 9 pick, so there are nine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.rows import the_row
from boathouse.rollout.checks import CODES
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.bank_questions import ANY_TIME, FOR_FINDING, FOR_PHASE, Question, phase_about
from boathouse.workshop.bank_words import fill, fill_loosely
from boathouse.workshop.tables import AgendaItem, BankEntry, Workshop

LONGEST = 500  # characters of an own entry
MOST = 100  # own entries a workshop
KEYS = 9
OWN_FIRST = 5  # own entries offered at once, so that standard questions keep a key
OTHERS = 2  # further findings of the item that get one question each
TALK = {"why", "share", "reflect"}  # phases whose questions are for the people, not for a line of the draft


@dataclass(frozen=True)
class Ready:
    """A question as it is offered: words with the crew's own in them, why it is worth asking, and whose."""

    words: str
    why: str
    own: bool = False


async def own_entries(session: AsyncSession, workshop_id: str) -> Sequence[BankEntry]:
    """What the coaches of a workshop added, oldest first."""
    query = select(BankEntry).where(BankEntry.workshop_id == workshop_id)
    return (await session.exec(query.order_by(col(BankEntry.created_at), col(BankEntry.id)))).all()


async def add_entry(session: AsyncSession, workshop_id: str, author: str, body: str, code: str) -> BankEntry:
    """A new entry for all coaches of the workshop; the same words once more are the entry there is.

    code: the finding it answers, or empty for any moment. Errors: Problem 422; 409 when the bank is full.
    """
    body, code = _checked(body), _known(code)
    entries = await own_entries(session, workshop_id)
    for entry in entries:
        if (entry.body, entry.code) == (body, code):
            return entry
    if len(entries) >= MOST:
        raise Problem(409, f"The bank holds {MOST} questions of your own. Remove one first.")
    entry = BankEntry(workshop_id=workshop_id, author_name=author, body=body, code=code)
    session.add(entry)
    return entry


async def edit_entry(session: AsyncSession, entry_id: str, body: str, code: str) -> BankEntry:
    """Other words, or for another finding. Errors: Problem 404, 422."""
    entry = await the_row(session, BankEntry, entry_id, "This entry")
    entry.body, entry.code = _checked(body), _known(code)
    return entry


async def remove_entry(session: AsyncSession, entry_id: str) -> BankEntry:
    """Gone for all coaches. Comments made from it stay. Returns what it was. Errors: Problem 404."""
    entry = await the_row(session, BankEntry, entry_id, "This entry")
    await session.delete(entry)
    return entry


async def copy_entries(session: AsyncSession, workshop_id: str, into: str) -> None:
    """Take the coaches' questions along into another workshop."""
    for entry in await own_entries(session, workshop_id):
        session.add(
            BankEntry(
                workshop_id=into,
                body=entry.body,
                code=entry.code,
                author_name=entry.author_name,
                created_at=entry.created_at,
            )
        )


async def phase_of(session: AsyncSession, workshop: Workshop) -> str:
    """What the phase in progress is about: a key of PHASES; empty when that cannot be told."""
    item = await session.get(AgendaItem, workshop.agenda_item_id) if workshop.agenda_item_id else None
    return phase_about(item.title) if item else ""


def offered(
    entries: Iterable[BankEntry],
    codes: Sequence[str],
    phase: str,
    own: Mapping[str, str],
    rules: GroundRules,
) -> list[Ready]:
    """Nine questions at most, the best first.

    codes: findings at the place, the one it is about first. own: the crew's words, see bank_words.own_words.
    """
    mine = sorted((each for each in entries if each.code in ("", *codes)), key=lambda each: not each.code)
    ready = [Ready(fill_loosely(each.body, own), f"Added by {each.author_name}", own=True) for each in mine]
    ready = ready[:OWN_FIRST]
    for question in _standard(codes, phase):
        words = next((words for way in question.ways if (words := fill(way, own))), "")
        if words and _is_allowed(question, rules) and words not in [each.words for each in ready]:
            ready.append(Ready(words, question.why))
    return ready[:KEYS]


def for_many(entries: Iterable[BankEntry], code: str, rules: GroundRules) -> list[str]:
    """Questions on one finding as they go to several rooms, braces and all; own ones first."""
    mine = [each.body for each in entries if each.code == code]
    return mine + [each.ways[0] for each in FOR_FINDING[code] if _is_allowed(each, rules)]


def as_written(question: str, choices: Sequence[str], own: Mapping[str, str]) -> str:
    """The question with its braces again, if it is one of these filled with the words of one room."""
    return next((each for each in choices if fill_loosely(each, own) == question), question)


def _is_allowed(question: Question, rules: GroundRules) -> bool:
    return not question.needs or question.needs in rules.key_result_types


def _standard(codes: Sequence[str], phase: str) -> list[Question]:
    first, others = codes[:1], codes[1 : 1 + OTHERS]
    questions = [question for code in first for question in FOR_FINDING.get(code, ())]
    questions += [FOR_FINDING[code][0] for code in others if code in FOR_FINDING]
    fits = not codes or phase not in TALK
    return [*questions, *(FOR_PHASE.get(phase, ()) if fits else ()), *ANY_TIME]


def _checked(body: str) -> str:
    body = " ".join(body.split())
    if not body:
        raise Problem(422, "Write the question first.", field="body")
    if len(body) > LONGEST:
        raise Problem(422, f"A question can have {LONGEST} letters; this one has {len(body)}.", field="body")
    return body


def _known(code: str) -> str:
    if code and code not in CODES:
        raise Problem(422, f"There is no finding called “{code[:40]}”.", field="code")
    return code
