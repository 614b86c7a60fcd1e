"""What the numbers of a key result count: products of one's own work, people and what they do, or amounts."""

import re

from boathouse.rollout.checks.lexicon.lists import either
from boathouse.rollout.checks.lexicon.nouns import (
    BACKLOG,
    MEASURES,
    OUTCOMES,
    OUTSIDERS,
    PRODUCTS,
    STRONG_PRODUCTS,
)
from boathouse.rollout.checks.lexicon.verbs import BEHAVE, MIXED, WORK
from boathouse.rollout.checks.reading import Counted, Reading, base_of

_MORE_OR_LESS = "at_least at_most over under above below more_than less_than fewer_than"
_COMPARED = re.compile(
    either(f"{_MORE_OR_LESS} no_more_than within exceeds? up_to minimum maximum max\\.? min\\.? [<>=~≈]")
    + r"\s*(?:of\s+)?[$€£]?\s?\ue000"
)
_TO_TARGET = re.compile(
    r"\b(?:to|by|at|of|is|are|reaches|equals|score)\s+(?:"
    + either(f"{_MORE_OR_LESS} an? max [<>=]+")
    + r"\s)?[$€£]?\ue000"
)


def number_marks(said: Reading) -> list[str]:
    """The names of the marks that the numbers of a key result bear."""
    if not said.has_number:
        return ["number.none"]
    marks = ["number.from_to"] if said.has_from_to else []
    marks += sorted({f"number.{quantity.kind}" for quantity in said.figures.quantities})
    if _COMPARED.search(said.figures.skeleton):
        marks.append("number.compared")
    if said.lead not in WORK and _TO_TARGET.search(said.figures.skeleton):
        marks.append("number.to_target")
    if said.counted:
        marks += _counted_marks(said, said.counted[0])
    if any(token.tag == "Q" for token in said.tokens[:3]) and not said.lead:
        marks.append("number.first")
    return marks


def _counted_marks(said: Reading, counted: Counted) -> list[str]:
    if counted.population:
        return _share_marks(said, counted)
    if counted.kind in ("percent", "money", "time", "multiple") or not counted.noun:
        return ["counts.amount"]
    noun, words = counted.noun, set(counted.words)
    if noun in BACKLOG and said.lead in WORK | MIXED:
        return ["counts.backlog"]
    if noun in STRONG_PRODUCTS:
        return ["counts.product"]
    if noun in OUTCOMES and not (noun in PRODUCTS and words & STRONG_PRODUCTS):
        return ["counts.outcome"] if noun not in PRODUCTS else ["counts.maybe"]
    if noun in PRODUCTS:
        return ["counts.maybe_product"]
    return ["counts.measure"] if noun in MEASURES else ["counts.unknown"]


def _share_marks(said: Reading, counted: Counted) -> list[str]:
    """ "80 % of the teams ...": who or what it is a share of, and what happened to them."""
    head = counted.population[-1]
    marks = ["share.population", "share.people" if head in OUTSIDERS else "share.things"]
    verbs = [token for token in said.tokens[counted.at :] if token.tag in "PFVM"][:2]
    for token in verbs:
        base = base_of(token.word)
        if token.tag == "P" and base in WORK:
            marks.append("done.work")
        elif base in BEHAVE or token.tag == "M":
            marks.append("done.behave")
    return marks
