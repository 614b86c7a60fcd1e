"""What in a key result speaks for work done and what for a change: named marks, each a plain question.

The model (work_weights.json) only weighs them, so a coach can be told which mark decided.
"""

import re
from itertools import pairwise

from boathouse.rollout.checks.lexicon.lists import either
from boathouse.rollout.checks.lexicon.nouns import (
    BACKLOG,
    DONE,
    FREQUENCIES,
    MEASURES,
    OUTCOMES,
    OUTSIDERS,
    PRODUCTS,
    STRONG_MEASURES,
    STRONG_PRODUCTS,
    TEAM,
    VAGUE,
    WEAK_MEASURES,
)
from boathouse.rollout.checks.lexicon.verbs import (
    CHANGE,
    ENABLE,
    FIND_MEASURE,
    KEEP,
    MIXED,
    REACH,
    TASK,
    WORK,
)
from boathouse.rollout.checks.number_features import number_marks
from boathouse.rollout.checks.reading import Reading, base_of

_OWN = PRODUCTS - OUTCOMES - BACKLOG
_EFFECT = re.compile(
    r"\b"
    + either("""
        result(?:ing|s|ed)?_in lead(?:ing|s)?_to so_that in_order_to which_(?:leads|results) thereby
        causing driving yielding generating bringing achieving reaching reducing increasing improving cutting
        contributing_to
    """)
    + r"\b|="
)


def work_features(said: Reading) -> list[str]:
    """The names of the marks that a key result bears."""
    marks = [*_lead_marks(said), *_object_marks(said), *number_marks(said), *_sentence_marks(said)]
    pairs = [f"{one}+{other}" for one, other in _TOGETHER if one in marks and other in marks]
    return sorted({*marks, *pairs})


_TOGETHER = (
    ("lead.work", "purpose.change"),
    ("lead.work", "number.from_to"),
    ("lead.work", "object.measure"),
    ("lead.work", "number.none"),
    ("lead.mixed", "counts.outcome"),
    ("lead.mixed", "counts.product"),
    ("lead.mixed", "number.none"),
    ("lead.reach", "counts.product"),
    ("lead.reach", "counts.outcome"),
    ("lead.reach", "number.none"),
    ("lead.change", "number.none"),
    ("lead.change", "object.product"),
    ("lead.work", "number.percent"),
    ("lead.none", "counts.product"),
    ("lead.none", "counts.outcome"),
    ("lead.none", "number.none"),
    ("lead.none", "measure.none"),
    ("number.none", "measure.strong"),
    ("number.none", "measure.none"),
    ("share.population", "done.work"),
    ("share.people", "done.work"),
    ("share.things", "done.work"),
    ("lead.work", "counts.outcome"),
    ("lead.work", "counts.product"),
    ("number.none", "state.done"),
    ("number.none", "state.can"),
    ("lead.unknown", "number.none"),
)


def _lead_marks(said: Reading) -> list[str]:
    lead = said.lead
    if not lead:
        first = said.figures.quantities[:1]
        doubles = bool(first) and first[0].start == 0 and first[0].kind == "multiple"
        return ["lead.change" if doubles else "lead.none"]
    measured = set(said.object_nouns[-1:]) & STRONG_MEASURES | said.words & {"baseline"}
    if lead in FIND_MEASURE and measured and not said.has_number:
        return ["lead.find_measure", *_verb_kinds(lead)]
    return _verb_kinds(lead)


def _verb_kinds(lead: str) -> list[str]:
    if lead in KEEP:
        return ["lead.keep"]
    if lead in CHANGE - WORK or lead in (
        "improve",
        "drive",
        "expand",
        "enhance",
        "extend",
        "polish",
        "streamline",
    ):
        return ["lead.change"]
    if lead in ENABLE:
        return ["lead.enable"]
    if lead in MIXED:
        return ["lead.mixed"]
    if lead in REACH - WORK:
        return ["lead.reach"]
    kinds = ["lead.work"] if lead in WORK else ["lead.unknown"]
    return [*kinds, "lead.task"] if lead in TASK else kinds


def _object_marks(said: Reading) -> list[str]:
    nouns = said.object_nouns
    if not nouns:
        return ["object.none"]
    head, inner = nouns[-1], said.object_contents[-1:]
    is_measure = head in STRONG_MEASURES or (len(nouns) > 1 and head in MEASURES - PRODUCTS)
    is_product = head in STRONG_PRODUCTS
    later = bool(said.counted) and said.counted[0].at > len(said.object)
    asked = {
        "object.measure": is_measure,
        "object.mentions_measure": not is_measure and bool(set(nouns) & STRONG_MEASURES),
        "object.number_of_products": bool(inner) and inner[0] in _OWN,
        "object.number_of_others": bool(inner) and inner[0] not in _OWN,
        "object.product": is_product,
        "object.product_with_number": is_product and later and not said.lead,
        "object.maybe_product": not is_product and head in PRODUCTS,
        "object.outcome": head in OUTCOMES - PRODUCTS,
        "object.people": head in OUTSIDERS,
    }
    return [mark for mark, is_so in asked.items() if is_so] or ["object.other"]


def _sentence_marks(said: Reading) -> list[str]:
    heads = said.heads
    weak = "measure.weak" if heads & WEAK_MEASURES else "measure.none"
    asked = {
        "mentions.product": bool(heads & STRONG_PRODUCTS),
        "state.gets_product": _gets_product(said),
        "says.less": bool(said.words & {"fewer", "less", "lower", "reduction", "drop"}),
        "says.not": bool(said.words & {"not", "no", "without"}),
        "purpose.change": _purpose(said),
        "purpose.effect": bool(_EFFECT.search(said.figures.skeleton.lower())),
        "state.done": is_done(said),
        "state.can": "possible" in said.words or any(token.tag == "M" for token in said.tokens),
        "when.often": bool(said.words & FREQUENCIES),
        "says.vague": bool(said.words & VAGUE),
        "means.by": "by" in said.words and any(token.tag == "G" for token in said.tokens[2:]),
    }
    marks = ["measure.strong" if heads & STRONG_MEASURES else weak]
    marks += [mark for mark, is_so in asked.items() if is_so]
    return marks if said.lead else [*marks, *_subject_marks(said)]


def _subject_marks(said: Reading) -> list[str]:
    """Of a statement that opens with who or what it is about."""
    finite = [token for token in said.tokens if token.tag in "FB"]
    asked = {
        "state.finite": bool(finite),
        "subject.team": bool(said.tokens) and said.tokens[0].word in TEAM,
        "subject.people": bool(said.object_nouns) and said.object_nouns[-1] in OUTSIDERS,
        "people.have_done": _done_by_people(said),
        "state.changes": any(base_of(token.word) in CHANGE for token in finite),
    }
    return [mark for mark, is_so in asked.items() if is_so]


def _gets_product(said: Reading) -> bool:
    """Whether people are said to get or do what the team hands out: "every nurse has taken a course"."""
    at = next((i for i, token in enumerate(said.tokens) if token.tag in "FHP"), -1)
    if at < 0 or said.lead:
        return False
    while at + 1 < len(said.tokens) and said.tokens[at + 1].tag in "PHR":
        at += 1
    after = [token.noun for token in said.phrase(at + 1) if token.tag in "NG"]
    return bool(after) and after[-1] in STRONG_PRODUCTS


def _purpose(said: Reading) -> bool:
    """Whether work is said to be for a change: "... to raise the score", with the verb of a change after
    "to"."""
    for at, token in enumerate(said.tokens[:-1]):
        verb = said.tokens[at + 1]
        if (
            at > said.lead_at
            and token.tag == "T"
            and verb.tag == "V"
            and base_of(verb.word) in CHANGE | REACH
        ):
            return True
    return False


def _done_by_people(said: Reading) -> bool:
    """Whether people from outside have done it: "20 schools have joined"."""
    head = said.object_nouns[-1:]
    outside = bool(head) and head[0] in OUTCOMES & OUTSIDERS
    return outside and any(one.tag == "H" and after.tag in "PR" for one, after in pairwise(said.tokens))


def is_done(said: Reading) -> bool:
    """Whether the statement says that something is made, live or in place."""
    if said.lead or _done_by_people(said):
        return False
    if "in place" in said.text.lower() or "up and running" in said.text.lower():
        return True
    for at, token in enumerate(said.tokens):
        if token.tag == "P" and base_of(token.word) in WORK:
            return True
        if token.tag == "J" and token.word in DONE and at > 0 and said.tokens[at - 1].tag in "NBRC":
            return True
    return False
