"""Makes a debrief: reads the facts, measures them, and leaves out what is not for its reader.

Checking many drafts takes a while, so that happens in a thread.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.rollout.checks.findings import finding
from boathouse.workshop.anonymity import Veil
from boathouse.workshop.coaching import (
    Change,
    Moment,
    changes,
    first_kept,
    moment_of,
    most_common,
)
from boathouse.workshop.comments import Thread
from boathouse.workshop.debrief.debrief import Audience, Common, Debrief, Leaver, PollResult, View
from boathouse.workshop.debrief.facts import Facts, by_room, load_facts
from boathouse.workshop.debrief.rooms import room_parts
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.export_views import anonymised, without_comments
from boathouse.workshop.exports import ExportData, put_together
from boathouse.workshop.findings import ItemFinding, findings_of
from boathouse.workshop.response_times import answers_to_coaches, answers_to_crews
from boathouse.workshop.spreads import Spread, Word
from boathouse.workshop.stays import (
    Phase,
    Presence,
    Window,
    curve,
    left_during,
    phases_of,
    presences,
    window_of,
)
from boathouse.workshop.tables import PollKind, Status
from boathouse.workshop.wall import room_ids

NOT_SHOWN = {"Locked", "End"}  # moments at which no phase ended
AT_THE_END, NOW = "At the end", "Now"


async def load_debrief(
    database: Database,
    documents: Documents,
    workshop_id: str,
    view: View,
    here: Callable[[str], Collection[str]] = lambda room_id: (),
) -> Debrief:
    """A workshop's debrief with every word that has reached the server. here: who is in a room now.

    Errors: Problem 404.
    """
    async with database.reading() as session:
        rooms = await room_ids(session, workshop_id)
    await documents.flush(rooms)
    present = {identity for room_id in rooms for identity in here(room_id)}
    async with database.reading() as session:
        facts = await load_facts(session, workshop_id, now(), present)
    return await asyncio.to_thread(lambda: make_debrief(facts, view, exported(facts)))


def exported(facts: Facts) -> ExportData:
    """All drafts with their comments, as an export has them. Pure."""
    people = {
        room_id: [seat.name for seat in sorted(crew, key=lambda seat: seat.number)]
        for room_id, crew in by_room(facts.seats).items()
    }
    return put_together(facts.workshop, facts.rooms, people, facts.drafts, facts.threads)


@dataclass(frozen=True)
class Measures:
    """What follows from the facts alone, whoever reads it. there: by seat; found: by room and item."""

    window: Window
    there: Mapping[str, Presence]
    points: Sequence[tuple[int, int]]
    phases: Sequence[Phase]
    found: Mapping[str, Mapping[str, Sequence[ItemFinding]]]
    moments: Sequence[Moment]
    threads: Sequence[Thread]


def measure(facts: Facts, veil: Callable[[str], str]) -> Measures:
    """Who was there, and how the drafts stood. veil: hides names in the titles of phases."""
    window = window_of(facts.workshop.started_at or facts.workshop.created_at, facts.ends, facts.stays)
    ended = [(veil(kept.title), kept.at) for kept in facts.kept if kept.title not in NOT_SHOWN]
    going_on = veil(facts.phase) or "Workshop"
    return Measures(
        window=window,
        there=presences(facts.stays, window),
        points=curve(facts.stays, window) if facts.stays else [],
        phases=phases_of(ended, going_on, window) if facts.workshop.started_at else [],
        found={
            room.id: findings_of(facts.drafts[room.id], facts.rules, facts.meant[room.id])
            for room in facts.rooms
        },
        moments=_moments(facts, window, veil),
        threads=[thread for each in facts.threads.values() for thread in each],
    )


def make_debrief(facts: Facts, view: View, data: ExportData) -> Debrief:
    """Measure, and leave out what is not for this reader. data: all drafts with their comments, names and
    all. Blocking, and pure.
    """
    veil: Callable[[str], str] = Veil(facts.names) if view.anonymised else str
    measures = measure(facts, veil)
    there, window, moments = measures.there, measures.window, measures.moments
    commented, others = _changes(facts)
    seats = [seat for seat in facts.seats if seat.removed_at is None or seat.id in there]
    return Debrief(
        view=view,
        title=veil(facts.workshop.title),
        started_at=facts.workshop.started_at,
        is_over=facts.workshop.status == Status.ENDED,
        window=window,
        people=len(seats),
        simulated=sum(seat.simulated for seat in seats),
        came=len(there),
        stayed=sum(each.stayed for each in there.values()),
        points=measures.points,
        phases=measures.phases,
        left_by_phase=left_during(measures.phases, there.values()),
        leavers=_leavers(facts, there) if view.names_people else [],
        presences=there if view.names_people else {},
        names={seat.id: seat.name for seat in seats} if view.names_people else {},
        rooms=room_parts(facts, window, there, measures.found, anonymised=view.anonymised),
        moments=moments,
        commented=commented,
        others=others,
        common=[Common(code, finding(code).message, most, left) for code, most, left in most_common(moments)],
        to_crews=answers_to_crews(measures.threads),
        to_coaches=answers_to_coaches(measures.threads),
        polls=[_poll(spread, veil) for spread in reversed(facts.polls)],
        data=_for_reader(data, view, veil),
        findings=_all_veiled(measures.found, veil),
    )


def _for_reader(data: ExportData, view: View, veil: Callable[[str], str]) -> ExportData:
    """The drafts without what this reader shall not see."""
    if view.anonymised:
        data = anonymised(data, veil)
    return without_comments(data) if view.audience == Audience.SPONSOR else data


def _all_veiled(
    found: Mapping[str, Mapping[str, Sequence[ItemFinding]]], veil: Callable[[str], str]
) -> dict[str, list[ItemFinding]]:
    """By item, whatever its room."""
    return {
        item: [_veiled(one, veil) for one in some] for each in found.values() for item, some in each.items()
    }


def _veiled(one: ItemFinding, veil: Callable[[str], str]) -> ItemFinding:
    """Its message may quote what was written."""
    return replace(one, finding=replace(one.finding, message=veil(one.finding.message)))


def _moments(facts: Facts, window: Window, veil: Callable[[str], str]) -> list[Moment]:
    """How the drafts stood whenever a phase ended, and how they stand."""
    kept = [each for each in facts.kept if each.title not in NOT_SHOWN]
    moments = [
        moment_of(
            f"After “{veil(each.title)}”", window.minute(each.at), each.drafts, facts.rules, facts.meant
        )
        for each in kept
    ]
    title = AT_THE_END if facts.workshop.status == Status.ENDED else NOW
    last = moment_of(title, window.minutes, facts.drafts.values(), facts.rules, facts.meant)
    return [*moments, last]


def _changes(facts: Facts) -> tuple[Change, Change]:
    """Key results before and after a coach's first comment on them, and the others meanwhile."""
    commented: dict[str, Mapping[str, str] | None] = {}
    for threads in facts.threads.values():
        for thread in threads:  # oldest first
            if thread.key_result_id and thread.remarks[0].is_coach:
                commented.setdefault(thread.key_result_id, facts.stood.get(thread.id))
    first = first_kept(draft for kept in facts.kept for draft in kept.drafts)
    return changes(first, commented, facts.drafts.values(), facts.rules)


def _leavers(facts: Facts, there: Mapping[str, Presence]) -> list[Leaver]:
    """Who was not there at the end, the first to leave first."""
    names = {seat.id: seat.name for seat in facts.seats}
    numbers = {room.id: f"Room {room.number}" for room in facts.rooms}
    gone = sorted((each for each in there.values() if not each.stayed), key=lambda each: each.left)
    return [
        Leaver(names.get(each.seat_id, ""), numbers.get(each.room_id, ""), each.left, each.minutes)
        for each in gone
    ]


def _poll(spread: Spread, veil: Callable[[str], str]) -> PollResult:
    by_count = sorted(spread.words, key=lambda word: -word.count)
    words: Sequence[Word] = [Word(veil(word.text), word.count) for word in by_count]
    fist = [(str(fingers), count) for fingers, count in enumerate(spread.counts)]
    is_fist = spread.poll.kind == PollKind.FIST
    answers = fist if is_fist else [(word.text, word.count) for word in words]
    return PollResult(veil(spread.poll.question), spread.poll.kind, spread.people, answers)
