"""A line of the roster that two coaches have open: each saves what they changed, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from boathouse.workshop.rooms import label
from boathouse.workshop.roster.expected import Expected

HEADING, WAS = "column:", "was:"  # before the names of fields: a column of the list; what the page showed


@dataclass
class Merged:
    """values: by field, what shall be. moves: whether this person chose another room. clashes: in sentences,
    what both changed.
    """

    values: dict[str, str]
    moves: bool = False
    clashes: list[str] = field(default_factory=list)


def stored_of(line: Expected) -> dict[str, str]:
    """What the fields of a line hold by now."""
    invitee = line.invitee
    columns = {f"{HEADING}{heading}": value for heading, value in invitee.columns.items()}
    room = line.room.id if line.room else ""
    return {"name": invitee.name, "email": invitee.email, "room_id": room, **columns}


def shown_of(line: Expected, headings: Sequence[str]) -> dict[str, str]:
    """What the form begins with. headings: of the roster; a line need not have all of them."""
    return dict.fromkeys((f"{HEADING}{heading}" for heading in headings), "") | stored_of(line)


def merge(line: Expected, form: Mapping[str, str]) -> Merged:
    """What was typed, where it differs from what the page showed; else what is stored. Pure."""
    stored = stored_of(line)
    merged = Merged(dict(stored))
    for name, typed in form.items():
        now = stored.get(name, "")
        was = form.get(f"{WAS}{name}", now)
        if name.startswith(WAS) or typed.strip() == was:
            continue
        merged.values[name] = typed
        merged.moves = merged.moves or (name == "room_id" and typed != now)
        if now not in (was, typed.strip()):
            shown = label(line.room) if name == "room_id" and line.room else now or "empty"
            called = "The room" if name == "room_id" else name.removeprefix(HEADING).capitalize()
            merged.clashes.append(f"{called} is now {shown}.")
    return merged
