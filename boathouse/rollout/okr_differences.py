"""What a second hand-over changes, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boathouse.rollout.drafted import DraftedKeyResult, DraftedObjective, in_words

# What a line says, in the order in which a difference is read.
OF_OBJECTIVE = {"title": "title", "why": "why now"}
OF_KEY_RESULT = {
    "statement": "statement",
    "type": "type",
    "start": "starting point",
    "commit": "commitment",
    "target": "target",
    "stretch": "stretch",
    "unit": "unit",
    "owner": "owner",
}


@dataclass(frozen=True)
class Difference:
    """What a second hand-over changes. change: new, gone or other; what: such as key result or target of
    key result; called: the line it is about; before and after: words, empty where there were none.
    """

    change: str
    what: str
    called: str
    before: str = ""
    after: str = ""


def differences(
    before: Sequence[DraftedObjective], after: Sequence[DraftedObjective]
) -> Iterator[Difference]:
    """Line by line, in the order of the new draft; what went comes last. Pure."""
    earlier = {each.id: each for each in before}
    for objective in after:
        known = earlier.pop(objective.id, None)
        if known is None:
            yield Difference("new", "objective", objective.title, after=objective.title)
        else:
            yield from _changes("objective", known.title, known, objective, OF_OBJECTIVE)
        yield from _key_results(known.key_results if known else (), objective.key_results)
    for gone in earlier.values():
        yield Difference("gone", "objective", gone.title, before=gone.title)


def _key_results(
    before: Sequence[DraftedKeyResult], after: Sequence[DraftedKeyResult]
) -> Iterator[Difference]:
    earlier = {each.id: each for each in before}
    for key_result in after:
        known = earlier.pop(key_result.id, None)
        if known is None:
            yield Difference("new", "key result", key_result.statement, after=in_words(key_result))
        else:
            yield from _changes("key result", known.statement, known, key_result, OF_KEY_RESULT)
    for gone in earlier.values():
        yield Difference("gone", "key result", gone.statement, before=in_words(gone))


def _changes(
    what: str,
    called: str,
    before: DraftedObjective | DraftedKeyResult,
    after: DraftedObjective | DraftedKeyResult,
    fields: dict[str, str],
) -> Iterator[Difference]:
    is_same = True
    for name, words in fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if old.strip() != new.strip():
            is_same = False
            yield Difference("other", f"{words} of {what}", called, old, new)
    asked, asks = _asked(before), _asked(after)
    if is_same and asked != asks:  # other words raise other questions: that needs no line of its own
        yield Difference("other", f"open questions of {what}", called, asked, asks)


def _asked(line: DraftedObjective | DraftedKeyResult) -> str:
    """The open questions of a line, one below the other."""
    return "\n".join(sorted(each.message for each in line.findings if each.is_open))
