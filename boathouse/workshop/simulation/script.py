"""What simulated people write: the stories of stories.toml, and what they answer a coach."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Line:
    """A key result as a crew first writes it. found: the starting point it can name once asked."""

    says: str
    start: str = ""
    target: str = ""
    unit: str = ""
    type: str = "metric"
    fault: str = ""  # the finding code of what is wrong with it, "" for a good one
    found: str = ""


@dataclass(frozen=True)
class Story:
    """One team's way from a to-do to an objective and its key results."""

    field: str
    todo: str
    outcome: str
    objective: str
    why: str
    lines: tuple[Line, ...]
    fault: str = ""  # of the objective


@dataclass(frozen=True)
class Script:
    """Everything there is to say. planted: what crews in trouble write; remarks: what a second person adds
    to a field; poll_words, stage_questions: what people answer and ask while a group is on stage.
    """

    stories: tuple[Story, ...]
    planted: tuple[Story, ...]
    remarks: tuple[str, ...]
    replies: tuple[str, ...]
    poll_words: tuple[str, ...]
    stage_questions: tuple[str, ...]


@cache
def script() -> Script:
    """The script, read once."""
    text = resources.files(__package__).joinpath("stories.toml").read_text("utf-8")
    told = tomllib.loads(text)
    stories, planted = (tuple(map(_story, told[kind])) for kind in ("story", "planted"))
    said = {kind: tuple(told[kind]) for kind in ("remarks", "replies", "poll_words", "stage_questions")}
    return Script(stories, planted, **said)


def _story(told: dict[str, Any]) -> Story:
    words = {key: told[key] for key in ("field", "todo", "outcome", "objective", "why")}
    lines = tuple(_line(dict(line)) for line in told["key_results"])
    return Story(**words, lines=lines, fault=told.get("objective_fault", ""))


def _line(told: dict[str, str]) -> Line:
    return Line(start=told.pop("from", ""), target=told.pop("to", ""), **told)


def shuffled(chance: random.Random) -> list[Story]:
    """All stories in an order of one's own."""
    stories = list(script().stories)
    chance.shuffle(stories)
    return stories


def planted(chance: random.Random) -> Story:
    """A story whose key results are tasks, all of them."""
    return chance.choice(script().planted)


def reply(chance: random.Random, line: Line | None) -> str:
    """What a crew answers a coach. line: the key result the comment is about, if it is about one."""
    if line and line.found and not line.start:
        return f"Good question: about {line.found} {line.unit}."
    return chance.choice(script().replies)
