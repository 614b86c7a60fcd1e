"""Which part each word has in its sentence. A light tagger: enough for one line of English."""

from boathouse.rollout.checks.lexicon import grammar as g
from boathouse.rollout.checks.lexicon.lists import words
from boathouse.rollout.checks.lexicon.nouns import (
    ADJECTIVES,
    DONE,
    MEASURES,
    OUTCOMES,
    PEOPLE,
    PRODUCTS,
    TEAM,
    THINGS,
    WEAK_MEASURES,
    singular,
)
from boathouse.rollout.checks.lexicon.verbs import BASES, CHANGE, GERUNDS, PARTICIPLES, TASK, THIRDS
from boathouse.rollout.checks.numbers import NOTHING, OTHER

_NOUNS = MEASURES | PRODUCTS | OUTCOMES | PEOPLE | THINGS
_CHANGE_NOUNS = words("change cap ramp free cut rise step lift turn push transform score drive")
_NOUN_GERUNDS = words("""
    training marketing testing meeting planning branding onboarding hiring rating ranking landing
    funding spending pricing engineering manufacturing recruiting learning briefing offering listing
    booking opening mailing clothing housing banking shipping processing reporting advertising budgeting
    accounting screening coaching mentoring monitoring building finding filing staffing sourcing
    fundraising parking
""")
_ENDINGS = ("tion", "ment", "ness", "ity", "ance", "ence", "ship", "ism")
_ADJECTIVE_ENDINGS = (
    "al",
    "ive",
    "able",
    "ible",
    "ous",
    "ful",
    "less",
    "ic",
    "ary",
    "-based",
    "-wide",
    "-driven",
)
_FIXED = (
    (g.PRONOUNS, "S"),
    (g.MODALS, "M"),
    (g.BE, "B"),
    (g.CONJUNCTIONS, "C"),
    (g.PREPOSITIONS, "I"),
    (g.ADVERBS, "R"),
    (g.DETERMINERS, "D"),
)


class Tagger:
    """Goes through the words from left to right; what came before decides between noun and verb."""

    def __init__(self, words: list[str], written: list[str]) -> None:
        self._words, self._written, self._tags = words, written, list[str]()

    def tags(self) -> list[str]:
        for at in range(len(self._words)):
            self._tags.append(self._tag(at))
        return self._tags

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _last(self) -> str:
        return self._tags[-1] if self._tags else ""

    def _tag(self, at: int) -> str:
        word = self._words[at]
        if word == NOTHING:
            return "Q"
        if word == OTHER or not word[0].isalpha():
            return "N" if word == OTHER else "C" if word in "&+" else word
        if word == "to":
            return "T"
        if word in g.RELATIVES and self._last() in ("N", ","):
            return "W"
        if word in g.HAVE:
            return "V" if word == "have" and self._opens(at) else "H"
        if word in g.DO and self._last() in ("N", "S"):
            return "H"
        fixed = next((tag for known, tag in _FIXED if word in known), "")
        return fixed or self._verb(at) or self._other(word)

    def _other(self, word: str) -> str:
        if word in ADJECTIVES:
            return "J"
        if word in _NOUNS or singular(word) in _NOUNS or word.endswith(_ENDINGS):
            return "N"
        if word.endswith("ly") and len(word) > 4:
            return "R"
        return "J" if word in DONE or (word.endswith(_ADJECTIVE_ENDINGS) and len(word) > 5) else "N"

    def _opens(self, at: int) -> bool:
        """Whether a clause may open here: nothing but adverbs and openers stand before, or "For the shop,
        ..."."""
        if self._tags and self._tags[0] == "I" and self._last() == "," and "V" not in self._tags:
            return True
        return all(
            tag in ("R", "T", "S", "M", '"', "(", ">") or self._words[i] in g.VERB_FIRST
            for i, tag in enumerate(self._tags[:at])
        )

    def _verb(self, at: int) -> str:
        word, last = self._words[at], self._last()
        if word in BASES and self._is_base(at):
            return "V" if last != "S" else "F"
        if (word in PARTICIPLES and last in ("B", "H")) or (
            word in PARTICIPLES and self._tags[-2:] in (["B", "R"], ["H", "R"])
        ):
            return "P"
        if word in BASES and self._is_finite_base(at):
            return "F"
        if word in THIRDS and self._is_third(at):
            return "F"
        if word in GERUNDS and last != "D" and (word not in _NOUN_GERUNDS or self._opens(at)):
            return "G"
        if word in PARTICIPLES and word not in BASES:
            return self._participle(at)
        return ""

    def _is_base(self, at: int) -> bool:
        word, last = self._words[at], self._last()
        if last in ("T", "M", "S") or (last == "R" and self._tags[-2:-1] in (["M"], ["T"])):
            return not (last == "T" and self._is_noun_here(at))
        if self._opens(at) or (last in (";", ":", ".", "-") and self._word(at - 1)):
            return not self._is_noun_here(at)
        if last in ("C", ",", "R", "/", "("):
            led = any(tag == "V" for tag in self._tags)
            goes_on = self._starts_phrase(at + 1) or self._word(at + 1) in g.PARTICLES
            if led and self._tags[-2:] == ["V", ","] and self._word(at + 1) in {*g.CONJUNCTIONS, ","}:
                return True  # "write, test and publish"
            return led and (word not in _NOUNS or goes_on) and not self._is_noun_here(at)
        return False

    def _starts_phrase(self, at: int) -> bool:
        word = self._word(at)
        return word in g.DETERMINERS or word == NOTHING or word in ADJECTIVES or word in g.PRONOUNS

    def _is_noun_here(self, at: int) -> bool:
        """Whether a word that could be a verb is the start of a noun: "release notes", "test coverage"."""
        word, after = self._words[at], self._word(at + 1)
        if (
            after in ("of", "is", "are", "has", "have", "can", "will", "were", "was", "=", ":")
            and word in _NOUNS
        ):
            return True
        if (word, after) in g.VERBS_WITH or (word in TASK and after in ("in", "into", "across")):
            return False
        if word == "average" and after != NOTHING:
            return True
        if after in g.PARTICLES or self._starts_phrase(at + 1) or not after:
            return not after and word in _NOUNS
        if word in CHANGE - _CHANGE_NOUNS:
            return after in ("in", "of")
        if after in g.PREPOSITIONS or after in "-<>=":
            return word in _NOUNS
        if word not in _NOUNS or after in g.CONJUNCTIONS or after in "/,":
            return False
        is_measure = singular(after) in MEASURES - WEAK_MEASURES and after == singular(after)
        return is_measure or self._ends_in_participle(at + 1)

    def _ends_in_participle(self, at: int) -> bool:
        """Whether a noun phrase from here runs into a participle or "is": "release notes published"."""
        for word in self._words[at : at + 5]:
            if word in g.BE or word in g.HAVE or (word in PARTICIPLES and word not in BASES and word in DONE):
                return True
            if word in g.PREPOSITIONS or word in g.CONJUNCTIONS or word == "to" or not word[0].isalpha():
                return False
        return False

    def _is_finite_base(self, at: int) -> bool:
        """People do something: "users search", "sales reps report that"."""
        word, before, after = self._words[at], self._word(at - 1), self._word(at + 1)
        if any(tag in "VFBH" for tag in self._tags) and self._last() not in ("W", "C"):
            return False
        if self._last() == "W":
            return True
        if self._last() == "C":
            return any(tag == "F" for tag in self._tags) and (
                word not in _NOUNS or self._starts_phrase(at + 1)
            )
        if self._last() != "N" or (before == singular(before) and before not in TEAM):
            return False
        subject = before in TEAM or singular(before) in PEOPLE or singular(before) in OUTCOMES
        return (
            subject
            and bool(after)
            and (
                before in TEAM
                or word not in _NOUNS
                or self._starts_phrase(at + 1)
                or after in ("that", "about")
            )
        )

    def _is_third(self, at: int) -> bool:
        word, after = self._words[at], self._word(at + 1)
        if self._last() not in ("N", "W", "C", "S", "R", ")") or any(tag == "V" for tag in self._tags):
            return False
        if self._last() == "C" and not any(tag in "FB" for tag in self._tags):
            return False
        if singular(word) not in _NOUNS:
            return True
        return after in g.DETERMINERS or after in (
            "from",
            "by",
            "to",
            "below",
            "above",
            "under",
            "that",
            NOTHING,
        )

    def _participle(self, at: int) -> str:
        last, after = self._last(), self._word(at + 1)
        if not last or self._opens(at):
            return "P"
        noun_follows = bool(after) and after[0].isalpha() and after not in g.PREPOSITIONS | g.CONJUNCTIONS
        if noun_follows and after not in ("to",) and last in ("D", "J", "Q", "I", "V", "G", "T", "C", "R"):
            return "J"
        return "P" if last in ("N", "R", "Q", ",", "C", ")", "J", ";") else "J"
