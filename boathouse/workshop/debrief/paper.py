"""The debrief on paper: a PDF to send round."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from boathouse.core.pdf import NO_LETTERS, new_paper
from boathouse.core.pictures import Picture
from boathouse.workshop.coaching import Share
from boathouse.workshop.debrief.debrief import Audience, Debrief
from boathouse.workshop.debrief.pictures import (
    attendance_picture,
    changes_picture,
    poll_picture,
    rooms_picture,
    shares_picture,
)
from boathouse.workshop.debrief.sheets import questions
from boathouse.workshop.debrief.words import glance, took
from boathouse.workshop.exports import ExportedComment, ExportedKeyResult, ExportedObjective, ExportedRoom
from boathouse.workshop.tables import KeyResultType

if TYPE_CHECKING:
    from boathouse.core.paper import Paper

FIRST_LINES = 30.0  # mm: people, an objective and its first key result
NOTHING = Picture(480, 1, "", "", ())  # beside a drawing that does not need the whole line


def to_paper(debrief: Debrief) -> bytes:
    """The file. Blocking: run it in a thread."""
    paper = new_paper(f"Debrief: {debrief.title}", f"Debrief of {debrief.title}")
    paper.heading(f"Debrief: {debrief.title}", 17)
    for sentence in glance(debrief):
        paper.paragraph(sentence, 10)
    if paper.lacks(debrief.data.model_dump_json()):
        paper.note(f"{NO_LETTERS} Print the page of the debrief instead: it has them all.")
    if debrief.points:
        _attendance(paper, debrief)
    _coaching(paper, debrief)
    _rooms(paper, debrief)
    for poll in debrief.polls:
        paper.heading(poll.question, 10.5)
        paper.picture(poll_picture(poll), NOTHING)
    _drafts(paper, debrief)
    return paper.content()


def _attendance(paper: "Paper", debrief: Debrief) -> None:
    paper.heading("Who was there", 12)
    paper.picture(attendance_picture(debrief))
    left = [f"{count} during {title}" for title, count in debrief.left_by_phase if count]
    if left:
        paper.paragraph(f"Left for good: {', '.join(left)}.")
    if debrief.leavers:
        rows = [(each.name, each.room, f"after {each.minute} min") for each in debrief.leavers]
        paper.grid((40, 20, 30), ("Left before the end", "Room", "When"), rows)


def _coaching(paper: "Paper", debrief: Debrief) -> None:
    paper.heading("From X to Y", 12)
    if any(moment.from_to.of for moment in debrief.moments):
        paper.picture(shares_picture(debrief.moments), changes_picture(debrief.commented, debrief.others))
    rows = [
        (each.title, str(each.objectives), str(each.key_results), _of(each.from_to), str(each.questions))
        for each in debrief.moments
    ]
    columns = ("Drafts", "Objectives", "Key results", "From X to Y", "Open questions")
    paper.grid((50, 18, 18, 24, 22), columns, rows)
    if debrief.common:
        common = [(each.message, str(each.most), str(each.left)) for each in debrief.common]
        paper.grid((90, 16, 16), ("Most common findings", "At most", "Left"), common)
    if debrief.view.audience == Audience.COACH:
        paper.paragraph(f"Crews waited for a coach: {took(debrief.to_crews)}.")
        paper.paragraph(f"Coaches waited for a crew: {took(debrief.to_coaches)}.")


def _of(share: Share) -> str:
    return f"{share.part} of {share.of}" if share.of else "–"


def _rooms(paper: "Paper", debrief: Debrief) -> None:
    used = [room for room in debrief.rooms if room.was_used]
    if not used:
        return
    paper.heading("Rooms", 12)
    paper.picture(rooms_picture(used))
    rows = [
        (
            room.label,
            f"{room.stayed} of {room.seats}",
            str(room.active),
            str(room.key_results),
            _of(room.from_to),
            "–" if room.first_objective is None else f"{room.first_objective} min",
            str(room.questions),
        )
        for room in used
    ]
    columns = (
        *("Room", "To the end", "Took part", "Key results", "From X to Y", "First objective"),
        "Open questions",
    )
    paper.grid((44, 18, 16, 18, 18, 22, 20), columns, rows)


def _drafts(paper: "Paper", debrief: Debrief) -> None:
    rooms = [room for room in debrief.data.rooms if room.objectives]
    if rooms:
        paper.heading("All drafts", 12, below=FIRST_LINES + 8)
    for room in rooms:
        number = f"Room {room.number}"
        called = number if room.name == number else f"{number}, {room.name}"
        paper.heading(called, 10.5, below=FIRST_LINES)
        if room.people:
            paper.paragraph(", ".join(room.people), 8, soft=True)
        for objective in room.objectives:
            _objective(paper, debrief, room, objective)


def _objective(paper: "Paper", debrief: Debrief, room: ExportedRoom, objective: ExportedObjective) -> None:
    paper.heading(objective.title.strip() or "(no title)", 9.5)
    if objective.why.strip():
        paper.paragraph(f"Why now: {objective.why}", 8.5)
    for line in _asked(debrief, f"objective:{objective.id}", objective.comments):
        paper.paragraph(line, 8, soft=True)
    rows = [
        (str(number), each.statement or "(no words yet)", measure(each), each.owner or "nobody yet")
        for number, each in enumerate(objective.key_results, 1)
    ]
    if rows:
        paper.rows((6, 62, 50, 24), rows)
    for number, each in enumerate(objective.key_results, 1):
        for line in _asked(debrief, f"key_result:{each.id}", each.comments):
            paper.paragraph(f"{number}: {line}", 8, soft=True)


def _asked(debrief: Debrief, item: str, comments: list[ExportedComment]) -> Iterator[str]:
    """What the checks still ask, and what was said."""
    yield from filter(None, questions(debrief, item).split("\n"))
    for comment in comments:
        replies = "".join(f" / {reply.author}: {reply.body}" for reply in comment.replies)
        yield f"{comment.author}: {comment.body}{replies}"


def measure(key_result: ExportedKeyResult) -> str:
    """From what to what, in words."""
    start, target, unit = key_result.start, key_result.target, key_result.unit
    if key_result.type == KeyResultType.BASELINE:
        return f"find {unit or 'the number'} for the first time"
    if key_result.type == KeyResultType.MILESTONE:
        return f"reached by {target or '?'}"
    return f"from {start or '?'} to {target or '?'} {unit}".rstrip()
