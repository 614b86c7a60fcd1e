"""A text cut into words, each with its part in the sentence."""

import re
from dataclasses import dataclass

from boathouse.rollout.checks.lexicon.nouns import (
    singular,
)
from boathouse.rollout.checks.tagging import Tagger

_TOKEN = re.compile(r"\ue000|\ue001|[^\W\d_]+(?:[-'/][^\W\d_]+)*'?|\S")


@dataclass(frozen=True)
class Token:
    """A word in small letters and its tag.

    tag: V a verb that opens a clause or follows "to", F a finite verb, P a participle, G a gerund, B be, H
    have,
    M can or will, N a noun or name, J an adjective, R an adverb, D determiner, I preposition, T "to",
    C conjunction, S pronoun, W who/that/which, Q a target number, and signs stand for themselves.
    """

    word: str
    tag: str

    @property
    def noun(self) -> str:
        """The word in the singular."""
        return singular(self.word)


def read_tokens(skeleton: str) -> list[Token]:
    """Cut the skeleton of a text (numbers.Figures) into tagged words."""
    found = _TOKEN.findall(skeleton)
    low = [word.lower().removesuffix("'s").rstrip("'") if len(word) > 1 else word.lower() for word in found]
    tagger = Tagger(low, found)
    return [Token(word, tag) for word, tag in zip(low, tagger.tags(), strict=True)]
