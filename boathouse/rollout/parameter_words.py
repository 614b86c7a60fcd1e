"""Values of parameters in words, as sheets, tables and histories show them."""

from typing import Any

from boathouse.core.names import listed
from boathouse.rollout.parameter_questions import QUESTIONS, Kind
from boathouse.rollout.parameters import LEVELS, Key

LEVEL_WORDS = {level: level.replace("_", " ") for level in LEVELS}
OFTEN = {"weekly": "every week", "biweekly": "every two weeks", "monthly": "every month"}
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(key: Key, value: Any) -> str:
    """A valid value as a short phrase that begins with a capital letter; empty for None."""
    if value is None:
        return ""
    words = _phrase(key, value)
    return words[:1].upper() + words[1:]


def _phrase(key: Key, value: Any) -> str:
    kind = QUESTIONS[key].kind
    if kind == Kind.CHOICES:
        words = {option.value: option.words.lower() for option in QUESTIONS[key].options}
        return listed([words[one] for one in value], len(value))
    if kind == Kind.CADENCE:
        return ", ".join(f"{LEVEL_WORDS[level]} {OFTEN[often]}" for level, often in value.items())
    if kind == Kind.PLACE:
        return str(value["name"])
    if kind == Kind.SHARE:
        return f"about {value} %"
    if key == Key.CYCLE_MONTHS:
        return f"{spelled(value)} month{'' if value == 1 else 's'}"
    if kind == Kind.NUMBER:
        return "one" if value == 1 else f"up to {spelled(value)}"
    return next(option.words for option in QUESTIONS[key].options if option.value == value)


def spelled(number: int) -> str:
    """Small numbers as words."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)
