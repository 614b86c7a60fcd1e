"""The checks of one objective: a number in it, a piece of work, words that fit anybody, and what is
missing."""

import re

from boathouse.rollout.checks.findings import Finding, finding
from boathouse.rollout.checks.lexicon.lists import words
from boathouse.rollout.checks.lexicon.nouns import MEASURES, PEOPLE, PRODUCTS, VAGUE, WEAK_PRODUCTS
from boathouse.rollout.checks.lexicon.verbs import CHANGE, TASK
from boathouse.rollout.checks.reading import Reading, read
from boathouse.rollout.checks.work_features import is_done

_RANK = re.compile(r"^#\s?\d{1,3}$|^(?:one|a couple)$", re.IGNORECASE)
_SLOGANS = words("excellent excellence best great awesome amazing world-class")
# What is built over years and never finished.
_GROWN = words(
    "community foundation culture trust relationship reputation brand base habit muscle team pipeline"
)
_EVERYBODYS = words("""
    improve increase optimise optimize support enhance build grow scale strengthen deliver promote ensure
""")


def check_objective(title: str, *, why: str | None = None, sponsor: str | None = None) -> list[Finding]:
    """What a coach would ask about an objective. why, sponsor: None if nobody asks for it, "" if it is
    missing."""
    said = read(title)
    found = []
    if said.tokens:
        if has_metric(said):
            found.append(finding("objective.has_metric"))
        if said.is_english and is_task(said):
            found.append(finding("objective.task"))
        if said.is_english and is_vague(said):
            found.append(finding("objective.vague"))
    if why is not None and not why.strip():
        found.append(finding("objective.no_why"))
    if sponsor is not None and not sponsor.strip():
        found.append(finding("objective.no_sponsor"))
    return found


def has_metric(said: Reading) -> bool:
    """Whether a number stands in it as a target. A rank or a compound such as "two-sided" is none."""
    for quantity in said.figures.quantities:
        compound = quantity.text.isalpha() and said.text[quantity.end : quantity.end + 1] == "-"
        if not _RANK.match(quantity.text) and not compound:
            return True
    return False


def is_task(said: Reading) -> bool:
    """Whether it reads as a project, a to-do or a deliverable."""
    head = said.object_nouns[-1] if said.object_nouns else ""
    if not said.tokens or said.tokens[0].word in ("be", "become"):
        return False
    if not said.lead:
        is_product = head in PRODUCTS - WEAK_PRODUCTS - MEASURES
        return (is_product and not said.words & VAGUE) or is_done(said)
    if said.lead not in TASK or said.lead in CHANGE:
        return False
    return head not in PEOPLE | _GROWN and not (
        head in MEASURES and said.lead in ("build", "create", "establish")
    )


def is_vague(said: Reading) -> bool:
    """Whether it names no change that two people would understand alike."""
    if said.words & _SLOGANS:
        return True
    content = [token for token in said.tokens if token.tag in "NVJGFQ"]
    if said.lead:
        return said.lead in _EVERYBODYS and len(content) <= 3 and not has_metric(said)
    return (
        bool(said.words & VAGUE)
        and len(content) <= 3
        and not any(token.tag in "BFM" for token in said.tokens)
    )
