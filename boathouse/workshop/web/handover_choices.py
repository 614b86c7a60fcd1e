"""What somebody chose on the page of a hand-over: only their own changes; what colleagues chose stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from boathouse.rollout.units import folded
from boathouse.workshop.handover import MEANWHILE, Handing
from boathouse.workshop.web.handover_desk import Desk

UNKNOWN = "There is no unit of this name. Choose one from the list."


@dataclass
class Choices:
    """Read from the form. wanted: the units that this person changed, by room; seen: those that both the page
    showed and are stored, or are wanted; typed and errors: to show the page once more.
    """

    wanted: dict[str, str | None] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_choices(desk: Desk, form: Mapping[str, str]) -> Choices:
    """Of the rooms that were on the page. Pure."""
    choices = Choices()
    for each in desk.handings:
        if f"unit-{each.room.id}" in form:
            _read(choices, desk, each, form)
    return choices


def _read(choices: Choices, desk: Desk, handing: Handing, form: Mapping[str, str]) -> None:
    """One room: what was typed, what the page showed before, what is stored by now."""
    room_id, stored = handing.room.id, desk.chosen(handing)
    typed = form[f"unit-{room_id}"].strip()
    shown = form.get(f"shown-{room_id}", stored)
    unit_id = desk.unit_called(typed) if typed else None
    is_stored = folded(typed) == folded(stored)
    if is_stored or folded(typed) == folded(shown) or _is_suggested(desk, handing, typed, shown, stored):
        if is_stored and unit_id:
            choices.seen[room_id] = unit_id
        return
    choices.typed[f"unit-{room_id}"] = typed
    if typed and unit_id is None:
        choices.errors[room_id] = UNKNOWN
    elif folded(stored) != folded(shown):
        choices.errors[room_id] = MEANWHILE.format(unit=stored or "no unit")
    else:
        choices.wanted[room_id] = unit_id
        if unit_id:
            choices.seen[room_id] = unit_id


def _is_suggested(desk: Desk, handing: Handing, typed: str, shown: str, stored: str) -> bool:
    """Whether this is only our own suggestion, which a choice made meanwhile outdoes."""
    return bool(stored and not shown and folded(typed) == folded(desk.suggested(handing)))
