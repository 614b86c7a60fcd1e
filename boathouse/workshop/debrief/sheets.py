"""The debrief as a workbook: a sheet for each table, one row for each key result."""

from collections.abc import Iterator, Sequence

from boathouse.core.workbooks import Sheet, Value, write_workbook
from boathouse.workshop.coaching import NO_FROM_TO, open_findings
from boathouse.workshop.debrief.debrief import Audience, Debrief
from boathouse.workshop.debrief.rooms import RoomPart
from boathouse.workshop.exports import ExportedRemark, ExportedRoom
from boathouse.workshop.response_times import Times
from boathouse.workshop.tables import KeyResultType

Row = Sequence[Value]


def to_workbook(debrief: Debrief) -> bytes:
    """The file. Blocking: run it in a thread."""
    sheets = [*_drafts(debrief), *_measures(debrief)]
    return write_workbook(f"Debrief: {debrief.title}", [each for each in sheets if each.rows])


def _drafts(debrief: Debrief) -> Iterator[Sheet]:
    rooms = debrief.data.rooms
    yield Sheet("Summary", ("Figure", "Value"), list(summary(debrief)))
    columns: Sequence[str] = (
        *("Room", "Room name", "Objective", "Why now", "Key result", "Type", "From", "Commit", "To"),
        *("Stretch", "Unit", "Owner", "From X to Y", "Open questions", "Comments"),
    )
    yield Sheet("Key results", columns, [row for room in rooms for row in _key_results(debrief, room)])
    columns = ("Room", "Room name", "Objective", "Why now", "Key results", "Open questions")
    yield Sheet("Objectives", columns, [row for room in rooms for row in _objectives(debrief, room)])
    todos = [(room.number, room.name, todo.text, todo.outcome) for room in rooms for todo in room.todos]
    yield Sheet("To-dos", ("Room", "Room name", "To-do", "Outcome"), todos)
    if debrief.view.audience == Audience.COACH:
        columns = ("Room", "Room name", "On", "Author", "Role", "At (UTC)", "Words", "About", "When settled")
        yield Sheet("Comments", columns, [row for room in rooms for row in _comments(room)])


def _measures(debrief: Debrief) -> Iterator[Sheet]:
    columns: Sequence[str] = (
        *("Room", "Room name", "Seats", "Came", "To the end", "Took part", "Minutes each", "Objectives"),
        *("Key results", "Metrics", "From X to Y", "Comments of coaches", "Words of the crew"),
        *("Minutes to first objective", "Open questions"),
    )
    yield Sheet("Rooms", columns, [_room(each) for each in debrief.rooms])
    if debrief.view.names_people:
        columns = ("Name", "Room", "Came (minute)", "Left (minute)", "Minutes there", "To the end")
        yield Sheet("People", columns, list(_people(debrief)))
    yield Sheet("Attendance", ("Minute", "People"), debrief.points)
    columns = (
        "Moment",
        "Minute",
        "Objectives",
        "Key results",
        "Metrics",
        "From X to Y",
        "Work",
        "Open questions",
    )
    moments = [
        (m.title, m.minute, m.objectives, m.key_results, m.from_to.of, m.from_to.part, m.work, m.questions)
        for m in debrief.moments
    ]
    yield Sheet("Moments", columns, moments)
    common = [(each.code, each.message, each.most, each.left) for each in debrief.common]
    yield Sheet("Findings", ("Code", "Finding", "At most", "Left"), common)
    answers = [(poll.question, answer, count) for poll in debrief.polls for answer, count in poll.answers]
    yield Sheet("Polls", ("Question", "Answer", "People"), answers)


def summary(debrief: Debrief) -> Iterator[tuple[str, Value]]:
    """The figures of the whole workshop with their names."""
    yield "Workshop", debrief.title
    yield "Started (UTC)", debrief.started_at
    yield "Minutes", debrief.window.minutes
    yield "People with a seat", debrief.people
    yield "People who came", debrief.came
    yield "People at most", debrief.at_most
    yield "People there to the end", debrief.stayed
    yield "Rooms that were used", sum(room.was_used for room in debrief.rooms)
    yield "Objectives", debrief.last.objectives
    yield "Key results", debrief.last.key_results
    yield "Metrics", debrief.last.from_to.of
    yield "Metrics from X to Y", debrief.last.from_to.part
    yield "Minutes to the first objective, half of the rooms", debrief.until_objective
    for title, change in (("With a comment", debrief.commented), ("Without a comment", debrief.others)):
        before, after = change.shares
        yield f"{title}: from X to Y before, %", before.percent
        yield f"{title}: from X to Y at the end, %", after.percent
        yield f"{title}: key results", change.of
    yield from _times("A crew waited for a coach", debrief.to_crews)
    yield from _times("A coach waited for a crew", debrief.to_coaches)


def _times(title: str, times: Times) -> Iterator[tuple[str, Value]]:
    yield f"{title}: answers", len(times.seconds)
    yield f"{title}: half within seconds", _whole(times.middle)
    yield f"{title}: nine in ten within seconds", _whole(times.most)
    yield f"{title}: no answer", times.waiting


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)


def _key_results(debrief: Debrief, room: ExportedRoom) -> Iterator[Row]:
    for objective in room.objectives:
        for each in objective.key_results:
            item = f"key_result:{each.id}"
            codes = {one.finding.code for one in debrief.findings.get(item, ())}
            is_said = each.statement.strip() and not codes & NO_FROM_TO
            answer = ("yes" if is_said else "no") if each.type == KeyResultType.METRIC else ""
            yield (
                *(room.number, room.name, objective.title, objective.why, each.statement, each.type.value),
                *(each.start, each.commit, each.target, each.stretch, each.unit, each.owner, answer),
                *(questions(debrief, item), len(each.comments)),
            )


def questions(debrief: Debrief, item: str) -> str:
    """What is open about an item, a line each."""
    return "\n".join(each.finding.message for each in open_findings(debrief.findings, item))


def _objectives(debrief: Debrief, room: ExportedRoom) -> Iterator[Row]:
    for each in room.objectives:
        asked = questions(debrief, f"objective:{each.id}")
        yield room.number, room.name, each.title, each.why, len(each.key_results), asked


def _comments(room: ExportedRoom) -> Iterator[Row]:
    threads = [
        *(one for each in room.objectives for one in each.comments),
        *(one for each in room.objectives for result in each.key_results for one in result.comments),
        *room.comments,
    ]
    for thread in threads:
        yield _said(room, thread, thread.on, thread.about, thread.about_settled)
        yield from (_said(room, reply, thread.on, "", "") for reply in thread.replies)


def _said(room: ExportedRoom, said: ExportedRemark, on: str, *about: Value) -> Row:
    return room.number, room.name, on, said.author, said.author_role, said.at, said.body, *about


def _room(room: RoomPart) -> Row:
    return (
        *(room.number, room.label, room.seats, room.came, room.stayed, room.active, room.minutes),
        *(room.objectives, room.key_results, room.from_to.of, room.from_to.part),
        *(room.comments, room.replies, room.first_objective, room.questions),
    )


def _people(debrief: Debrief) -> Iterator[Row]:
    labels = {room.id: room.label for room in debrief.rooms}
    for each in sorted(debrief.presences.values(), key=lambda one: (one.left, one.came)):
        name = debrief.names.get(each.seat_id, "")
        stayed = "yes" if each.stayed else "no"
        yield name, labels.get(each.room_id, ""), each.came, each.left, each.minutes, stayed
