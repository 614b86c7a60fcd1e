"""Whether a statement is English. Our word lists hold nothing else, so elsewhere they say nothing."""

from collections.abc import Sequence

from boathouse.rollout.checks.lexicon import grammar as g
from boathouse.rollout.checks.lexicon.lists import words
from boathouse.rollout.checks.lexicon.nouns import (
    ADJECTIVES,
    DONE,
    MEASURES,
    OUTCOMES,
    PEOPLE,
    PRODUCTS,
    THINGS,
)
from boathouse.rollout.checks.lexicon.verbs import BASES, GERUNDS, PARTICIPLES, THIRDS
from boathouse.rollout.checks.tokens import Token

LEAST = 0.3  # share of known words; none of 850 English lines of others and ours has less than 0.33
_KNOWN = frozenset().union(
    *(g.DETERMINERS, g.PRONOUNS, g.PREPOSITIONS, g.CONJUNCTIONS, g.MODALS, g.BE, g.HAVE, g.DO, g.ADVERBS),
    *(ADJECTIVES, DONE, MEASURES, OUTCOMES, PEOPLE, PRODUCTS, THINGS),
    *(BASES, GERUNDS, PARTICIPLES, THIRDS),
    ["to"],
)
_ENGLISH = words("the of to and with our from for is are by at their that we they have has be can")
_FOREIGN = words("""
    der das und von auf für mit dem den des ein eine einen ist sind wird werden im zum zur bis
    unsere wir nicht statt
    les du et une est sont dans pour sur avec nos notre aux à
    el los las del y para con por más una nuestros nuestra
    il gli da della delle di che più nostri
    het een van naar voor met onze zijn
    os dos com não mais nossos
    och från på är og til fra vår vores
""")


def is_english(tokens: Sequence[Token]) -> bool:
    """Whether it can be judged by English words: enough are known, and it has no small words of another
    language without any of ours. A single word tells nothing.
    """
    written = [token for token in tokens if token.word[0].isalpha()]
    if len(written) < 2:
        return True
    said = {token.word for token in written}
    if said & _FOREIGN and not said & _ENGLISH:
        return False
    known = sum(token.word in _KNOWN or token.noun in _KNOWN for token in written)
    return known >= LEAST * len(written)
