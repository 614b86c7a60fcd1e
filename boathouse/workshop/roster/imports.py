"""What a list of people would do to the roster: every line judged, nothing written until all are right."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.bulk import NewRows, write_within
from boathouse.core.errors import Problem
from boathouse.core.ids import new_id
from boathouse.workshop.rooms import label_of
from boathouse.workshop.roster.entries import Entry, Import, Known, Standing, Trouble, entry_of, read_line
from boathouse.workshop.roster.expected import PIECE, in_pieces
from boathouse.workshop.roster.invitees import MOST, name_key
from boathouse.workshop.roster.lists import Line, read_table
from boathouse.workshop.roster.versions import lock_roster, mark_changed, stamp_of
from boathouse.workshop.tables import Invitee

SHARED = "Zoom seats only one of them: correct it, or go on if they share it."
COLUMNS = ("id", "workshop_id", "position", "name", "name_key", "email", "columns", "room_id")


async def load_standing(session: AsyncSession, workshop_id: str) -> Standing:
    """The roster as rows, piece by piece, and the rooms."""
    stamp = await stamp_of(session, workshop_id)
    fields = (Invitee.id, Invitee.position, Invitee.name, Invitee.name_key, Invitee.email)
    lines = in_pieces(session, workshop_id, *fields, Invitee.columns, Invitee.room_id)
    return Standing(stamp, tuple([Known(*row) async for row in lines]))


def judge(text: str, standing: Standing, keep: Collection[str] | None = None) -> Import:
    """Read a list and say what it would do. Pure. Errors: Problem 422 for what is no list at all."""
    table = read_table(text, keep)
    if not table.lines:
        raise Problem(422, "There is nobody in this list. It needs a line for each person.", field="text")
    result = Import(standing, kept=table.kept, left_out=table.left_out, told=table.told)
    rooms = _rooms(standing)
    for line in table.lines:
        _take(result, rooms, line)
    _tell_twins(result)
    _recognise(result)
    _tell_shared(result)
    if len(result.added) > MOST - len(standing.people):
        raise Problem(422, f"With this the roster would have more than {MOST:,} people.", field="text")
    result.troubles.sort(key=lambda trouble: trouble.number)
    _ = result.changed
    return result


def _rooms(standing: Standing) -> dict[str, list[str]]:
    """Ids by everything that people call a room."""
    found: dict[str, list[str]] = defaultdict(list)
    for room_id, number, name in standing.stamp.rooms:
        for called in {name, str(number), f"Room {number}", label_of(number, name)}:
            found[name_key(called)].append(room_id)
    return found


def _take(result: Import, rooms: dict[str, list[str]], line: Line) -> None:
    """Judge a line for itself; a good one becomes an entry."""
    said = read_line(line)
    wrong = list(said.wrong)
    found = rooms.get(name_key(line.room), []) if line.room else []
    if line.room and len(found) != 1:
        many = "Several rooms are" if found else "No open room is"
        wrong.append(f"{many} called “{line.room[:60]}”. Write its number, or leave the room empty.")
    if wrong:
        name = line.name[:80] or line.email[:80] or "nobody"
        result.troubles += [Trouble(line.number, name, words) for words in wrong]
    else:
        result.entries.append(entry_of(line, said, found[0] if found else None))


def _tell_twins(result: Import) -> None:
    """Two lines for one person are one too many; two people of one name need addresses."""
    first: dict[tuple[str, str], Entry] = {}
    every, result.entries = result.entries, []
    for entry in every:
        before = first.setdefault((entry.name_key, entry.email), entry)
        if before is entry:
            result.entries.append(entry)
        else:
            words = f"This is {entry.name} of line {before.number} once more. Leave one of the two out."
            if not entry.email:
                words += " If they are two people, give them addresses."
            result.troubles.append(Trouble(entry.number, entry.name, words))


def _recognise(result: Import) -> None:
    """Who is on the roster already: by name and address, then by either, if nobody else has it."""
    people = result.standing.people
    exact = {(known.name_key, known.email): known for known in people}
    taken: set[str] = set()
    for entry in result.entries:
        if known := exact.get((entry.name_key, entry.email)):
            entry.recognise(known)
            taken.add(known.id)
    by_email, by_name = defaultdict(list), defaultdict(list)
    for known in people:
        if known.id not in taken:
            by_email[known.email].append(known)
            by_name[known.name_key].append(known)
    for entry in result.entries:
        if entry.known:
            continue
        same = by_email[entry.email] if entry.email else []
        if not same:  # a name alone, on either side
            same = [known for known in by_name[entry.name_key] if not (entry.email and known.email)]
        left = [known for known in same if known.id not in taken]
        if len(left) == 1:
            entry.recognise(left[0])
            taken.add(left[0].id)


def _tell_shared(result: Import) -> None:
    """Two people of one address are told, and taken: a shop may have one mailbox, but Zoom seats one."""
    meant = {entry.known.id for entry in result.entries if entry.known}
    others = (known for known in result.standing.people if known.email and known.id not in meant)
    owners = {known.email: f"{known.name} on the roster" for known in others}
    for entry in result.entries:
        mine = f"{entry.name} in line {entry.number}"
        if entry.email and (owner := owners.setdefault(entry.email, mine)) != mine:
            words = f"{entry.email} is also the address of {owner}. {SHARED}"
            result.notices.append(Trouble(entry.number, entry.name, words))


@dataclass(frozen=True)
class Ready:
    """An import whose rows only wait to be written. new: as COLUMNS has them."""

    result: Import
    new: list[tuple[object, ...]]
    changes: list[dict[str, object]]


def make_ready(workshop_id: str, result: Import) -> Ready:
    """The rows. Pure, but for the new ids. Errors: Problem 422 with the first line that is wrong."""
    if result.troubles:
        first, *others = result.troubles
        more = f" And {len(others)} more." if others else ""
        raise Problem(422, f"Nothing was imported. Line {first.number}: {first.words}{more}", field="text")
    last = max((known.position for known in result.standing.people), default=-1)
    new = [_row(workshop_id, at, entry) for at, entry in enumerate(result.added, last + 1)]
    changes = [{"line": entry.known.id, **_values(entry)} for entry in result.changed if entry.known]
    return Ready(result, new, changes)


async def write_import(session: AsyncSession, workshop_id: str, ready: Ready) -> bool:
    """Write all of it; False, with nothing written, if roster or rooms changed since it was judged."""
    await lock_roster(session, workshop_id)
    if await stamp_of(session, workshop_id) != ready.result.standing.stamp:
        return False
    await mark_changed(session, workshop_id, ready.result.kept)
    await write_within(session, NewRows("invitee", COLUMNS, ready.new))
    change = update(Invitee).where(col(Invitee.id) == bindparam("line"))
    connection = await session.connection()
    for start in range(0, len(ready.changes), PIECE):
        await connection.execute(change, ready.changes[start : start + PIECE])
    return True


def _row(workshop_id: str, position: int, entry: Entry) -> tuple[object, ...]:
    """A new line as COLUMNS has it."""
    columns = json.dumps(entry.columns)
    place = (new_id(), workshop_id, position)
    return (*place, entry.name, entry.name_key, entry.email, columns, entry.room_id)


def _values(entry: Entry) -> dict[str, object]:
    """What becomes of a line that is there."""
    known = entry.known
    assert known
    return {
        "name": entry.name,
        "name_key": entry.name_key,
        "email": entry.email or known.email,
        "columns": known.columns | entry.columns,
        "room_id": entry.room_id or known.room_id,
    }
