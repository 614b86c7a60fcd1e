"""How the answers to a poll lie: fingers from 0 to 5, or single words. Pure.

Answers are counted, never shown with a name.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from boathouse.core.errors import Problem
from boathouse.workshop.names import said
from boathouse.workshop.tables import Poll, PollKind

FINGERS = range(6)
LONGEST_WORD = 30
MOST_WORDS = 60  # different ones on the stage; more cannot be read


@dataclass(frozen=True)
class Word:
    """A word and how often it was given."""

    text: str
    count: int


@dataclass(frozen=True)
class Spread:
    """How the answers lie. people: everybody with a seat; answers: how many of them have answered, struck
    words included; counts: how many showed 0 to 5 fingers; words: in the order they first came.
    """

    poll: Poll
    people: int
    answers: int
    counts: list[int] = field(default_factory=lambda: [0] * len(FINGERS))
    words: list[Word] = field(default_factory=list)

    @property
    def most(self) -> int:
        """The longest column, or how often the most frequent word was given."""
        of_words = (word.count for word in self.words)
        return max(self.counts if self.poll.kind == PollKind.FIST else of_words, default=0)

    @property
    def shown_words(self) -> list[Word]:
        """The most frequent words, still in the order they came, so that nothing jumps on the stage."""
        kept = {w.text for w in sorted(self.words, key=lambda word: -word.count)[:MOST_WORDS]}
        return [word for word in self.words if word.text in kept]

    def size(self, word: Word) -> int:
        """How large a word is set, 1 to 5."""
        return 1 + round(4 * (word.count - 1) / (self.most - 1)) if self.most > 1 else 3

    @property
    def sentence(self) -> str:
        """The picture in words."""
        if not self.most:
            return "Nobody has answered yet."
        if self.poll.kind == PollKind.WORD:
            often = sorted(self.words, key=lambda word: -word.count)[:5]
            return "Most frequent: " + ", ".join(f"{word.text} ({word.count})" for word in often) + "."
        return "; ".join(f"{n}: {self.counts[n]}" for n in FINGERS) + "."


def spread_of(poll: Poll, answers: Iterable[str], people: int) -> Spread:
    """Count answers, given in the order they came. Words that differ only in case are one."""
    given = list(answers)
    if poll.kind == PollKind.FIST:
        return Spread(poll, people, len(given), [given.count(str(n)) for n in FINGERS])
    return Spread(poll, people, len(given), words=_words(given, set(poll.struck)))


def fingers(text: str) -> str:
    """0 to 5. Errors: Problem 422."""
    if text.strip() not in {str(n) for n in FINGERS}:
        raise Problem(422, "Show 0 to 5 fingers.", field="answer")
    return text.strip()


def one_word(text: str) -> str:
    """The word, without marks around it. Errors: Problem 422."""
    word = said(text).strip(".,;:!?…\"'“”„‘’«»()[]{}<>*_ ")
    if not word:
        raise Problem(422, "Write one word, the first that comes to mind.", field="answer")
    if " " in word:
        raise Problem(422, "One word only: the first that comes to mind.", field="answer")
    if len(word) > LONGEST_WORD:
        raise Problem(422, f"A word for the stage has {LONGEST_WORD} letters at most.", field="answer")
    return word


def folded(word: str) -> str:
    """What makes two words one: neither case nor the form of a letter."""
    return unicodedata.normalize("NFKC", word).casefold()


def _words(answers: Iterable[str], struck: Collection[str]) -> list[Word]:
    spellings: dict[str, Counter[str]] = {}
    for answer in answers:
        spellings.setdefault(folded(answer), Counter())[answer] += 1
    return [
        Word(spelled.most_common(1)[0][0], spelled.total())
        for key, spelled in spellings.items()
        if key not in struck
    ]
