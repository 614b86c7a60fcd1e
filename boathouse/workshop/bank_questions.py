"""Reads the comment bank's questions (bank_questions.toml), and tells phases apart by their titles."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Question:
    """ways: the wording, the one that says most first; taken is the first whose braces the draft can fill.
    why: why it is worth asking. needs: a type of key result the ground rules must allow for it.
    """

    ways: tuple[str, ...]
    why: str
    needs: str = ""


# What each phase of the standard agendas is about, its title there, and signs of it in a coach's own titles.
PHASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "stress": ("Stress test", ("stress", "test")),
    "key_results": ("Key results", ("key result", "from x", "measure")),
    "todo": ("From to-do to outcome", ("to-do", "todo", "outcome", "task")),
    "share": ("Share out", ("share", "present", "swap")),
    "reflect": ("Reflect", ("reflect", "closing", "retro", "next step", "goodbye")),
    "objective": ("Objective and why now", ("objective", "why now")),
    "why": ("Why we are here", ("why", "welcome", "arrive", "hello", "begin")),
}


def phase_about(title: str) -> str:
    """What a phase with this title is about: a key of PHASES; empty when that cannot be told."""
    words = title.casefold()
    standard = (key for key, (name, _) in PHASES.items() if name.casefold() in words)
    by_sign = (key for key, (_, signs) in PHASES.items() if any(sign in words for sign in signs))
    return next(standard, "") or next(by_sign, "")


def _questions(entries: Sequence[dict[str, Any]]) -> tuple[Question, ...]:
    return tuple(Question(tuple(each["ways"]), each["why"], each.get("needs", "")) for each in entries)


_ALL = tomllib.loads((files(__package__) / "bank_questions.toml").read_text(encoding="utf-8"))
FOR_FINDING = {code: _questions(entries) for code, entries in _ALL["finding"].items()}
FOR_PHASE = {key: _questions(entries) for key, entries in _ALL["phase"].items()}
ANY_TIME = _questions(_ALL["any"])
