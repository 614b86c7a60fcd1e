"""Verbs in all their forms: from the word on the page back to its base form."""

from boathouse.rollout.checks.lexicon.lists import words
from boathouse.rollout.checks.lexicon.verb_lists import (
    BEHAVE,
    CHANGE,
    ENABLE,
    FIND_MEASURE,
    IRREGULAR,
    KEEP,
    MIXED,
    REACH,
    TASK,
    WORK,
)

__all__ = ["BASES", "BEHAVE", "CHANGE", "ENABLE", "FIND_MEASURE", "KEEP", "MIXED", "REACH", "TASK", "WORK"]
__all__ += ["GERUNDS", "PARTICIPLES", "THIRDS"]

BASES = frozenset(
    verb
    for verbs in (WORK, MIXED, CHANGE, REACH, KEEP, ENABLE, FIND_MEASURE, BEHAVE, TASK)
    for verb in verbs
    if " " not in verb
) | words("be have do take need want aim strive try please unlock accelerate attempt seek")
_DOUBLING = words("""
    ship plan map chat tag log cut set put run get win let stop drop step trim cap hit sit begin program
    admit commit submit refer prefer occur transfer embed debug format upset wrap scrub swap stub spin
    shop clip fit equip quit slip strip net top dig clap scan
""") - words("format")


def _doubled(verb: str) -> str:
    return verb + verb[-1] if verb in _DOUBLING and verb != "equip" else verb


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str) -> list[str]:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return [verb + "d"]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return [verb[:-1] + "ied"]
    return [_doubled(verb) + "ed"]


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) and verb != "be":
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


THIRDS = {_third(verb): verb for verb in BASES} | {"is": "be", "has": "have", "does": "do"}
GERUNDS = {_gerund(verb): verb for verb in BASES}
PARTICIPLES = {form: verb for verb in BASES for form in _past(verb)} | {"been": "be", "had": "have"}
