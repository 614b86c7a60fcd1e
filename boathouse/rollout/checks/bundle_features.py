"""What in a key result speaks for two results in one sentence: named marks, weighed by
bundle_weights.json."""

import re
from collections.abc import Iterator
from itertools import pairwise as pairs

from boathouse.rollout.checks.lexicon import grammar as g
from boathouse.rollout.checks.lexicon.lists import words
from boathouse.rollout.checks.lexicon.nouns import MEASURES, OUTCOMES, PRODUCTS
from boathouse.rollout.checks.lexicon.verbs import CHANGE, FIND_MEASURE, REACH, WORK
from boathouse.rollout.checks.reading import Counted, Reading, base_of
from boathouse.rollout.checks.tokens import Token

_ASIDE = re.compile(r"\([^()]*\)")
_NEW_SENTENCE = re.compile(r"[a-z\ue000%)]\.\s+(?!do |this |these |it |e\.g)[A-Z\ue000]")
# Marks that mostly mean two results. Each is rare, so the model weighs them together and then each apart.
_TELLING = words("""
    semicolon sentences plus verbs.two-results verbs.work-and-effect-number clauses.two clauses.two-verbs
    numbers.and numbers.and-alike numbers.aside-percent numbers.while numbers.with-percent
    numbers.joined-later nouns.two-measures nouns.two-products
""")
_SAME_LATER = words(
    "each results findings progress target targets lessons insights learnings outcome accordingly"
)
_JOINTS = frozenset("C,;")


def bundle_features(said: Reading) -> list[str]:
    """The names of the marks that a key result bears."""
    marks = {*_parts(said), *_verbs(said), *_numbers(said), *_nouns(said)}
    if marks & _TELLING:
        marks.add("telling")
    if len(marks & _TELLING) > 1:
        marks.add("telling.twice")
    if marks and said.has_from_to:
        marks.add("from_to")
    return sorted(marks)


def _parts(said: Reading) -> Iterator[str]:
    bare = _ASIDE.sub(" ", said.figures.skeleton)
    if ";" in bare and all(len(part.split()) > 1 for part in bare.split(";")[:2]):
        yield "semicolon"
    if _NEW_SENTENCE.search(bare):
        yield "sentences"
    if re.search(r"\w\s\+\s\w", bare) and said.lead:
        yield "plus"


def _verbs(said: Reading) -> Iterator[str]:
    """Two verbs, each with something of its own to do: "open a depot and hire drivers"."""
    tokens = said.tokens
    verbs = [at for at, token in enumerate(tokens) if token.tag == "V" and _is_head(tokens, at)]
    for first, second in pairs(verbs):
        joint = _joint_before(tokens, second)
        if joint < 0 or any(token.tag in "TW" for token in tokens[joint:second]):
            continue
        if any(one.tag == "T" and after.tag == "V" for one, after in pairs(tokens[first + 1 : joint])):
            continue  # "the time to write and send an offer" is one time
        yield _pair_of(said, first, joint, second)
    yield from _clauses(said)


def _is_head(tokens: tuple[Token, ...], at: int) -> bool:
    return at == 0 or tokens[at - 1].tag not in "TM" or all(token.tag in "TRSM" for token in tokens[:at])


def _joint_before(tokens: tuple[Token, ...], at: int) -> int:
    """Index of "and" or a comma right before a place, adverbs aside; else -1."""
    before = at - 1
    while before > 0 and tokens[before].tag == "R":
        before -= 1
    joins = before > 0 and tokens[before].tag in _JOINTS and tokens[before].word not in ("or", "nor", "but")
    return before if joins else -1


def _pair_of(said: Reading, first: int, joint: int, second: int) -> str:
    tokens = said.tokens
    own = [token for token in tokens[first + 1 : joint] if token.tag in "NQSG"]
    other = tokens[second + 1 :]
    if not own:
        return "verbs.one-act"
    if not any(token.tag in "NQ" for token in other) or {token.word for token in other[:4]} & g.ANAPHORA:
        return "verbs.about-the-same"
    if {token.word for token in other} & _SAME_LATER or [token.word for token in other[:1]] == ["one"]:
        return "verbs.about-the-same"
    kinds = base_of(tokens[first].word) in WORK, base_of(tokens[second].word) in REACH | CHANGE - WORK
    number = any(token.tag == "Q" for token in other)
    if all(kinds):
        return "verbs.work-and-effect" + ("-number" if number else "")
    return "verbs.two-results"


def _clauses(said: Reading) -> Iterator[str]:
    """Two statements, each with a subject: "the plan is written and staff are trained"."""
    tokens = said.tokens
    for joint in [at for at, token in enumerate(tokens) if token.tag in _JOINTS]:
        left, right = tokens[:joint], tokens[joint + 1 :]
        if not (_has_predicate(left) and _has_predicate(right)) or said.lead:
            continue
        starts = right and right[0].tag in "NDQJ" and right[0].word not in g.RELATIVES
        if starts and any(token.tag in "NQ" for token in right[:3]) and _subject_first(right):
            yield "clauses.two"
        elif right and right[0].tag in "FR" and tokens[joint].tag == "C":
            verb = max(at for at, token in enumerate(left) if token.tag in "BFHPMV")
            yield "clauses.two-verbs" if any(token.tag == "N" for token in left[verb:]) else "clauses.one-act"
        elif right and right[0].tag == "P":
            yield "clauses.one-subject"


def _has_predicate(tokens: tuple[Token, ...]) -> bool:
    return any(token.tag in "BFHPMV" or token.word in ("complete", "ready", "live") for token in tokens)


def _subject_first(tokens: tuple[Token, ...]) -> bool:
    for token in tokens:
        if token.tag in "BFHM":
            return True
        if token.tag in "PIVTC,;" and token.word != "of":
            return token.tag == "P"
    return False


def _numbers(said: Reading) -> Iterator[str]:
    """Two numbers that would need a score each."""
    if said.has_from_to and len(said.counted) < 4:
        return
    counted = [one for one in said.counted if one.at > said.lead_at]
    for one, other in pairs(counted):
        yield from _between(said, one, other)
    if len(counted) >= 3:
        yield "numbers.many"


def _between(said: Reading, one: Counted, other: Counted) -> Iterator[str]:
    """What stands between two numbers that follow each other."""
    between = said.tokens[one.at + 1 : other.at]
    tags, said_words = [token.tag for token in between], {token.word for token in between}
    percent = "-percent" if other.kind == "percent" else ""
    governed = {token.word for token in said.tokens[max(0, one.at - 3) : one.at]} & {"with", "between", "for"}
    if _is_aside(said.tokens[: other.at]):
        yield "numbers.aside" + ("" if _is_aside(said.tokens[: one.at]) else percent)
    elif said_words & {"while", "whilst", "without"}:
        yield "numbers.while"
    elif governed or "G" in tags[-3:] or (not other.noun and "up" in said_words):
        yield "numbers.limit"
    elif any(tag in "C;," for tag in tags):
        alike = one.kind == other.kind and (one.noun == other.noun or not one.noun or not other.noun)
        near = "numbers.and-alike" if alike else "numbers.and"
        yield near if _is_list_end(between) else "numbers.joined-later"
    elif "with" in said_words:
        yield "numbers.with" + (percent if one.kind == "percent" else "")
    else:
        yield "numbers.limit"


def _is_aside(before: tuple[Token, ...]) -> bool:
    """Whether brackets are open after these words."""
    return sum((token.tag == "(") - (token.tag == ")") for token in before) > 0


def _is_list_end(between: tuple[Token, ...]) -> bool:
    """Whether the joint stands close before the second number: "5 demos and 3 talks"."""
    after = 0
    for token in reversed(between):
        if token.tag in "C;,":
            return after <= 3
        if token.tag in "NJDVIR<>%$GF":
            after += 1
    return False


def _nouns(said: Reading) -> Iterator[str]:
    """Two nouns where each would be a result: two measures, or two things to deliver."""
    tokens = said.tokens
    for at, token in enumerate(tokens[1:-1], 1):
        if token.tag != "C" or token.word in ("or", "nor", "but"):
            continue
        left, right = tokens[at - 1], said.phrase(at + 1)
        if not right or left.tag not in "NG)JQ" or right[0].tag in "QI":
            continue
        head = right[-1].noun if right[-1].tag in "NG" else ""
        measured = MEASURES | OUTCOMES if said.lead in CHANGE else MEASURES
        if {left.noun, head} <= measured and not said.has_number and said.lead not in FIND_MEASURE | WORK:
            yield "nouns.two-measures"
        elif (
            left.noun in PRODUCTS
            and head in PRODUCTS
            and len(right) > 1
            and _is_own(right)
            and not said.has_number
        ):
            yield "nouns.two-products"
        else:
            yield "nouns.pair"
    if said.lead and sum(token.tag == "," for token in tokens) >= 3:
        yield "nouns.list"


def _is_own(right: tuple[Token, ...]) -> bool:
    """Whether the second noun comes with words of its own: "an audit and a training plan"."""
    return right[0].tag in "DJ" or len([token for token in right if token.tag in "NJ"]) > 1
