"""An export for others: without people, or without what coaches and crews said to one another. Pure."""

from collections.abc import Callable

from boathouse.workshop.exports import (
    ExportData,
    ExportedComment,
    ExportedKeyResult,
    ExportedObjective,
    ExportedRemark,
    ExportedRoom,
    ExportedTodo,
)

Veil = Callable[[str], str]
ROLES = {"coach": "Coach", "participant": "Participant"}
SOMEBODY = "Somebody"  # where it matters that there is a person


def anonymised(data: ExportData, veil: Veil) -> ExportData:
    """Nobody's name is in it: rooms have numbers, authors are coaches or participants. veil: hides names
    in words.
    """
    rooms = [_room(room, veil) for room in data.rooms]
    return data.model_copy(update={"title": veil(data.title), "rooms": rooms})


def without_comments(data: ExportData) -> ExportData:
    """Drafts only."""
    none: dict[str, object] = {"comments": []}

    def objective(each: ExportedObjective) -> ExportedObjective:
        bare = [key_result.model_copy(update=none) for key_result in each.key_results]
        return each.model_copy(update={**none, "key_results": bare})

    rooms = [
        room.model_copy(update={**none, "objectives": [objective(each) for each in room.objectives]})
        for room in data.rooms
    ]
    return data.model_copy(update={"rooms": rooms})


def _room(room: ExportedRoom, veil: Veil) -> ExportedRoom:
    return ExportedRoom(
        id=room.id,
        number=room.number,
        name=f"Room {room.number}",
        people=[],
        objectives=[_objective(each, veil) for each in room.objectives],
        todos=[
            ExportedTodo(text=veil(each.text), outcome=veil(each.outcome), converted_to=each.converted_to)
            for each in room.todos
        ],
        comments=[_comment(each, veil) for each in room.comments],
    )


def _objective(objective: ExportedObjective, veil: Veil) -> ExportedObjective:
    return ExportedObjective(
        id=objective.id,
        title=veil(objective.title),
        why=veil(objective.why),
        key_results=[_key_result(each, veil) for each in objective.key_results],
        comments=[_comment(each, veil) for each in objective.comments],
    )


def _key_result(key_result: ExportedKeyResult, veil: Veil) -> ExportedKeyResult:
    typed = ("statement", "start", "commit", "target", "stretch", "unit")
    words = {name: veil(getattr(key_result, name)) for name in typed}
    comments = [_comment(each, veil) for each in key_result.comments]
    owner = SOMEBODY if key_result.owner else None
    return key_result.model_copy(update={**words, "owner": owner, "comments": comments})


def _comment(comment: ExportedComment, veil: Veil) -> ExportedComment:
    settled = comment.about_settled
    return ExportedComment(
        **_remark(comment, veil),
        on=comment.on,
        field=comment.field,
        about=veil(comment.about),
        about_settled=None if settled is None else veil(settled),
        settled_at=comment.settled_at,
        settled_by=SOMEBODY if comment.settled_by else None,
        replies=[ExportedRemark(**_remark(each, veil)) for each in comment.replies],
    )


def _remark(remark: ExportedRemark, veil: Veil) -> dict[str, object]:
    role = remark.author_role
    return {"author": ROLES[role], "author_role": role, "at": remark.at, "body": veil(remark.body)}
