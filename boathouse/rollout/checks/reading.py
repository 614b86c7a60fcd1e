"""One statement read once: its numbers, its words, and who does what. Everything else asks this."""

from dataclasses import dataclass
from functools import cached_property

from boathouse.rollout.checks.baselines import has_from_to
from boathouse.rollout.checks.languages import is_english
from boathouse.rollout.checks.lexicon import grammar as g
from boathouse.rollout.checks.lexicon.nouns import CONTAINERS, MEASURES, OUTCOMES, PEOPLE, PRODUCTS
from boathouse.rollout.checks.lexicon.verbs import GERUNDS, PARTICIPLES, THIRDS
from boathouse.rollout.checks.numbers import Figures, read_figures
from boathouse.rollout.checks.texts import plain
from boathouse.rollout.checks.tokens import Token, read_tokens

_PHRASE = "DJNQGRP/$%'\"-"  # tags a noun phrase may go on with
_KNOWN = MEASURES | OUTCOMES | PEOPLE | PRODUCTS


@dataclass(frozen=True)
class Counted:
    """A number with the noun it counts: for "12 new blog posts" the noun is "post", the words "new blog
    posts".

    at: index of the number among the tokens. population: for "80 % of the teams ..." the words after "of".
    """

    at: int
    kind: str
    noun: str
    words: tuple[str, ...]
    population: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A statement, read.

    text: plain. figures: its numbers. tokens: its tagged words.
    """

    text: str
    figures: Figures
    tokens: tuple[Token, ...]

    @cached_property
    def has_number(self) -> bool:
        """Whether a number somebody could reach is written."""
        return bool(self.figures.quantities) or self.has_from_to

    @cached_property
    def has_from_to(self) -> bool:
        """Whether starting point and target are written."""
        return has_from_to(self.figures)

    @cached_property
    def is_english(self) -> bool:
        """Whether its words can be judged; its numbers always can."""
        return is_english(self.tokens)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, as they stand and in the singular."""
        return frozenset(token.word for token in self.tokens) | frozenset(token.noun for token in self.tokens)

    @cached_property
    def lead_at(self) -> int:
        """Index of the verb the statement opens with ("Launch ...", "We have hired ..."), or -1."""
        fronted = bool(self.tokens) and self.tokens[0].tag == "I"
        for at, token in enumerate(self.tokens[: 12 if fronted else 6]):
            if fronted:
                fronted = token.tag != ","
                continue
            opens = at == 0 and (token.word == "having" or (token.tag == "G" and not self._has_finite))
            if token.tag == "V" or opens:
                return at
            if token.tag == "P" and all(before.tag in "SHRB" for before in self.tokens[:at]):
                return at
            if token.tag not in 'RTSMH"(><' and token.word not in g.VERB_FIRST:
                return -1
        return -1

    @cached_property
    def _has_finite(self) -> bool:
        """Whether something is said about a subject: "Sending it back is easy"."""
        return any(token.tag in "BFM" for token in self.tokens)

    @cached_property
    def lead(self) -> str:
        """Base form of the opening verb, or nothing."""
        return base_of(self.tokens[self.lead_at].word) if self.lead_at >= 0 else ""

    @cached_property
    def object(self) -> tuple[Token, ...]:
        """The noun phrase after the opening verb, or the one the statement opens with."""
        at = self.lead_at + 1
        while at < len(self.tokens) and (
            self.tokens[at].word in g.PARTICLES or (self.tokens[at].tag in "CV/,'\"" and self.lead_at >= 0)
        ):
            at += 1
        return self.phrase(at)

    @cached_property
    def object_nouns(self) -> tuple[str, ...]:
        """The nouns of the object in the singular, its head last, those after "of" included before it."""
        return tuple(token.noun for token in self.object if token.tag in "NG")

    @cached_property
    def object_contents(self) -> tuple[str, ...]:
        """What an object contains: of "the number of open defects" the nouns after "of"."""
        for at, token in enumerate(self.tokens[:-1]):
            if at > self.lead_at and token.word == "of" and self.tokens[at - 1].noun in CONTAINERS:
                return tuple(inner.noun for inner in self.phrase(at + 1) if inner.tag in "NG")
        return ()

    @cached_property
    def heads(self) -> frozenset[str]:
        """The nouns that end a noun phrase, in the singular: of "satisfaction survey" the survey."""
        following = (*self.tokens[1:], Token("", ""))
        return frozenset(
            one.noun
            for one, after in zip(self.tokens, following, strict=False)
            if one.tag in "NG" and after.tag != "N"
        )

    def phrase(self, start: int) -> tuple[Token, ...]:
        """The noun phrase that begins at an index; "at least", "over" before a number belong to it."""
        end = start
        while end < len(self.tokens):
            token = self.tokens[end]
            comparing = (
                token.tag == "I" and end == start and token.word in ("at", "over", "under", "up", "about")
            )
            if token.tag not in _PHRASE and not comparing:
                break
            end += 1
        return self.tokens[start:end]

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """Each target number with the noun it counts."""
        places = [at for at, token in enumerate(self.tokens) if token.tag == "Q"]
        return tuple(
            self._counted(at, quantity.kind)
            for at, quantity in zip(places, self.figures.quantities, strict=False)
        )

    def _counted(self, at: int, kind: str) -> Counted:
        after = at + 1
        population: tuple[str, ...] = ()
        if after < len(self.tokens) and self.tokens[after].word == "of":
            population = tuple(token.noun for token in self.phrase(after + 1) if token.tag in "NJG")
        phrase = [token for token in self.phrase(after) if token.tag in "NJGP"]
        while phrase and phrase[-1].tag in "JP":
            phrase.pop()
        noun = phrase[-1].noun if phrase else ""
        known = [token.noun for token in phrase if token.noun in _KNOWN]
        noun = known[-1] if known and noun not in _KNOWN else noun
        return Counted(at, kind, noun, tuple(token.noun for token in phrase), population)


def read(text: str) -> Reading:
    """Read a statement. Any text is read; what is no English is read as nouns."""
    line = plain(text)
    figures = read_figures(line)
    return Reading(line, figures, tuple(read_tokens(figures.skeleton)))


def base_of(word: str) -> str:
    """The base form of a verb in any form."""
    return GERUNDS.get(word) or PARTICIPLES.get(word) or THIRDS.get(word) or word
