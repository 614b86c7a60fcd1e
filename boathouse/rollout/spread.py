"""How the answers of many lie: one bar for each answer, one dot for each person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from boathouse.rollout.parameter_questions import QUESTIONS, Kind
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.parameters import CADENCES, LEVELS, Key

Answers = Sequence[tuple[str, Any]]  # a name and what was chosen


@dataclass(frozen=True)
class Bar:
    """One answer, or one part of an answer that has several, and who gave it."""

    words: str
    names: list[str]
    is_recommended: bool = False


def spread_of(key: Key, answers: Answers, recommended: Any) -> list[Bar]:
    """The bars in the order of the options. Options of few that nobody chose are there too: a gap tells."""
    kind = QUESTIONS[key].kind
    if kind == Kind.CHOICES:
        return [
            Bar(option.words, _who(answers, lambda v, o=option: o.value in v), option.value in recommended)
            for option in QUESTIONS[key].options
        ]
    if kind == Kind.CADENCE:
        return _cadences(answers, recommended)
    if kind == Kind.PLACE:
        return _places(answers)
    return _singles(key, answers, recommended)


def most_chosen(answers: Answers) -> Any:
    """The answer that most gave, the earliest of equals; None without any."""
    if not answers:
        return None
    counts = Counter(repr(value) for _, value in answers)
    winner = counts.most_common(1)[0][0]
    return next(value for _, value in answers if repr(value) == winner)


def in_a_sentence(bars: Sequence[Bar]) -> str:
    """The picture in words, the largest first."""
    chosen = sorted((bar for bar in bars if bar.names), key=lambda bar: -len(bar.names))
    if not chosen:
        return "Nobody has answered."
    return ", ".join(f"{bar.words}: {len(bar.names)}" for bar in chosen) + "."


def _who(answers: Answers, fits: Any) -> list[str]:
    return [name for name, value in answers if fits(value)]


def _singles(key: Key, answers: Answers, recommended: Any) -> list[Bar]:
    offered = [option.value for option in QUESTIONS[key].options]
    others = {value for _, value in answers} - set(offered)
    values = sorted({*offered, *others}) if QUESTIONS[key].kind != Kind.CHOICE else offered
    return [
        Bar(in_words(key, value), _who(answers, lambda v, one=value: v == one), value == recommended)
        for value in values
    ]


def _cadences(answers: Answers, recommended: dict[str, str]) -> list[Bar]:
    pairs = [(level, often) for level in LEVELS for often in CADENCES]
    bars = [
        Bar(
            in_words(Key.CHECK_IN_CADENCE, {level: often}),
            _who(answers, lambda v, at=level, how=often: v.get(at) == how),
            recommended.get(level) == often,
        )
        for level, often in pairs
    ]
    return [bar for bar in bars if bar.names or bar.is_recommended]


def _places(answers: Answers) -> list[Bar]:
    spellings: dict[str, str] = {}
    for _, value in answers:
        spellings.setdefault(value["name"].casefold(), value["name"])
    return [
        Bar(name, _who(answers, lambda v, one=folded: v["name"].casefold() == one))
        for folded, name in spellings.items()
    ]
