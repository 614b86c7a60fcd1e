"""Reads the fields in which people answer a parameter: templates/decisions/answer.html draws them."""

from typing import Any

from starlette.datastructures import FormData

from boathouse.rollout.parameter_questions import QUESTIONS, Kind
from boathouse.rollout.parameters import LEVELS, Key

OTHER = "other"  # a number that is not among the options


def read_answer(key: Key, form: FormData) -> Any:
    """What was filled in, not judged yet: check_value() does that, and forms show it again as it is."""
    kind = QUESTIONS[key].kind
    if kind == Kind.CHOICES:
        return [str(one) for one in form.getlist("value")]
    if kind == Kind.CADENCE:
        return {level: str(form[level]) for level in LEVELS if form.get(level)}
    if kind == Kind.PLACE:
        return {name: str(form.get(name, "")) for name in ("name", "link")}
    text = str(form.get("value", ""))
    if kind == Kind.CHOICE:
        return text
    return _number(str(form.get(OTHER, "")) if text == OTHER else text)


def _number(text: str) -> int | str:
    """A whole number, or what was typed instead of one."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else text
