"""The export to read: Markdown, in which nothing anybody typed can become markup."""

import re
from collections.abc import Iterator
from itertools import groupby

from boathouse.workshop.exports import (
    ExportData,
    ExportedComment,
    ExportedKeyResult,
    ExportedObjective,
    ExportedRoom,
)
from boathouse.workshop.tables import KeyResultType

MARKUP = re.compile(r"[\\`*_\[\]<>&|~]")
AT_START = re.compile(r"^(\s*)([#+=-]|\d+[.)])", re.MULTILINE)


def plain(text: str) -> str:
    """Typed words in one line that stay what they are."""
    return _escaped(" ".join(text.split()))


def paragraphs(text: str) -> str:
    """Typed words with their line breaks."""
    lines = [_escaped(line.strip()) for line in text.splitlines()]
    return "  \n".join(line for line in lines if line)


def _escaped(text: str) -> str:
    text = MARKUP.sub(lambda found: f"\\{found[0]}", text)
    return AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def to_markdown(data: ExportData) -> str:
    """A document with a part for each room."""
    lines = [f"# {plain(data.title)}", ""]
    for has_words, rooms in groupby(data.rooms, key=_has_words):
        if has_words:
            lines += [line for room in rooms for line in (*_room(room), "")]
        else:
            lines += [_unused(list(rooms)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _has_words(room: ExportedRoom) -> bool:
    """Whether anybody sat there or wrote."""
    return bool(room.people or room.objectives or room.todos or room.comments)


def _unused(rooms: list[ExportedRoom]) -> str:
    """One line for rooms in a row that nobody used."""
    first, last = rooms[0].number, rooms[-1].number
    return f"Nothing written in room{f's {first} to {last}' if len(rooms) > 1 else f' {first}'}."


def _room(room: ExportedRoom) -> Iterator[str]:
    number = f"Room {room.number}"
    yield f"## {number if room.name == number else f'{number}: {plain(room.name)}'}"
    yield ""
    if room.people:
        yield f"{', '.join(plain(name) for name in room.people)}"
        yield ""
    for place, objective in enumerate(room.objectives, 1):
        yield from _objective(place, objective)
    if room.todos:
        yield "### From to-do to outcome"
        yield ""
        yield from (f"- {plain(todo.text) or '…'} → {plain(todo.outcome) or '…'}" for todo in room.todos)
        yield ""
    if room.comments:
        yield "### Comments"
        yield ""
        yield from _comments(room.comments)


def _objective(place: int, objective: ExportedObjective) -> Iterator[str]:
    yield f"### Objective {place}: {plain(objective.title) or '(no title)'}"
    yield ""
    if objective.why.strip():
        yield f"**Why now:** {paragraphs(objective.why)}"
        yield ""
    for number, key_result in enumerate(objective.key_results, 1):
        yield f"{number}. {_key_result(key_result)}"
        yield ""
        # Three spaces make what follows part of the item.
        yield from (f"   {line}".rstrip() for line in _comments(key_result.comments))
    yield from _comments(objective.comments)


def _key_result(key_result: ExportedKeyResult) -> str:
    start, target, unit = plain(key_result.start), plain(key_result.target), plain(key_result.unit)
    measure = {
        KeyResultType.METRIC: f"from {start or '?'} to {target or '?'} {unit}".rstrip() + _around(key_result),
        KeyResultType.BASELINE: f"find {unit or 'the number'} for the first time",
        KeyResultType.MILESTONE: f"reached by {target or '?'}",
    }[key_result.type]
    owner = plain(key_result.owner) if key_result.owner else "nobody yet"
    return f"{plain(key_result.statement) or '(no words yet)'}: **{measure}**. Owner: {owner}."


def _around(key_result: ExportedKeyResult) -> str:
    """What is promised and what would be a stretch, where that was asked for."""
    said = {"commit": plain(key_result.commit), "stretch": plain(key_result.stretch)}
    return "".join(f", {name} {words}" for name, words in said.items() if words)


def _comments(comments: list[ExportedComment]) -> Iterator[str]:
    for comment in comments:
        settled = f" (settled by {plain(comment.settled_by)})" if comment.settled_by else ""
        yield f"> **{plain(comment.author)}** on {plain(comment.on)}{settled}: {plain(comment.body)}"
        if comment.about.strip():
            yield ">"
            yield f"> About: “{plain(comment.about)}”"
        for reply in comment.replies:
            yield ">"
            yield f"> **{plain(reply.author)}**: {plain(reply.body)}"
        yield ""
