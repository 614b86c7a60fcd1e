"""Whether a text says where a number starts and where it shall go, in any of the ways people write that."""

import re

from boathouse.rollout.checks.lexicon.lists import either
from boathouse.rollout.checks.lexicon.nouns import PEOPLE, PRODUCTS, singular
from boathouse.rollout.checks.lexicon.verb_lists import CHANGE, WORK
from boathouse.rollout.checks.numbers import NOTHING, OTHER, Figures

_Q = NOTHING
_COUNTED = PEOPLE | PRODUCTS
_FEW = rf"[^{_Q};]{{0,40}}?"  # a few words, but no other number
_MORE = rf"[^{_Q};]{{0,60}}?"
_TO = r"(?:\bto\b|\binto\b|\bup\s?to\b|\bdown\s?to\b|->|=>|-+>|>|\buntil\b|\btowards?\b|\btill\b)"
_NOW = either("""
    currently current current_(?:is|at|value|state|level) today now at_present presently existing baseline
    as[-_]is was
    were previously previous before formerly (?:last|this)_(?:year|quarter|month|cycle|season) started
    starting_(?:point|from|at|value) start(?:s|ed)?_(?:at|from) start status_quo so_far right_now originally
    initially
    actual ytd
""")
_THEN = either("""
    compared_(?:to|with) versus vs\\.? against up_from down_from rather_than instead_of relative_to
    coming_from
    starting_(?:from|at)
""")
_LATER = either("""
    currently current today now at_present last_(?:year|quarter|month) baseline before previously so_far
    right_now
""")
_CHANGE = (
    r"\b(?:increas|decreas|reduc|improv|grow|grew|rais|lower|cut|lift|boost|shorten|mov|bring|go|goes|shift|push|tak"
    r"|drop|ris|shrink|scal|expand|driv|chang|jump|climb|fall|get|slash|accelerat|enhanc|upgrad|double|trim)\w*\b"
)
_ABOUT = either("""
    the a an our its about around roughly currently current today's present existing baseline average of
    only just over
    under last year's quarter's previous level value rate
""")
# What may follow a starting point; after "from 5 countries" the 5 counts something else.
_END = (
    r"\s*(?:$|[^\w\s]|"
    + either("""
    to in at per by on last this today now currently previous during as a within over days? hours? hrs?
    minutes? mins?
    weeks? months? seconds? points? years? and while without with through before when or
""")
    + r"\b)"
)
_UNITS = (
    r"\s?(?:%|percent|points?|days?|hours?|minutes?|weeks?|months?|seconds?|of\b|in\b|per\b|/)?"
    r"(?:(?!and\b|or\b)[\w '/.%-]){0,30}?"
)
_WAYS = (
    # from 4 to 9, from the current 4 to 9, from 4 (last year) to at least 9, from 1 in 5 to 4 in 5
    rf"\b(?:from|starting at|starting from)\b(?:(?!\bto\b)[^{_Q};]){{0,50}}?{_Q}(?=\W*(?P<one>\w+)?)"
    rf"(?: (?:in|out of|of) {_Q})?{_MORE}{_TO}(?=\s*(?P<then>\w+)?){_FEW}{_Q}(?=\W*(?P<other>\w+)?)",
    # the same where "from" and "to" are von and auf, de and à
    rf"\b(?:von|vom|van|de|da|desde|från|fra|z)\b{_FEW}{_Q}{_FEW}\b(?:auf|zu|naar|à|a|al|até|para|hasta|till|til|do|na)\b"
    rf"{_FEW}{_Q}",
    # from a range: from 4-6 to 9
    rf"\bfrom\b{_FEW}{_Q}\s?(?:-|to|or|and)?\s?{_Q}{_FEW}{_TO}{_FEW}{_Q}",
    # to 9 from 4, 9 up from 4
    rf"{_Q}{_MORE}[,(\s](?:up |down )?from\s(?:{_ABOUT}\s){{0,3}}{_Q}(?={_END})",
    # 4 -> 9, 4 => 9
    rf"{_Q}\s?\w{{0,12}}\s?(?:->|=>|-+>|>>)\s?{_FEW}{_Q}",
    # Improve the rating 4 to 9, grow coverage 4% - 9%
    rf"{_CHANGE}[^{_Q};]{{2,60}}?(?<!\bby)(?<!\bto)\s\(?{_Q}{_UNITS}"
    rf"\s?(?:\bto|-)\s?(?:at least |over |under |about |~)?{_Q}",
    # 9 (current is 4), 9, currently 4, 9 [baseline: 4], 9 against 4 today
    rf"{_Q}{_MORE}[(\[,;:/\s-]\s?{_NOW}\b{_FEW}[:=~\s]\s?\(?{_Q}",
    rf"{_Q}{_MORE}[(\[,\s]\s?{_THEN}\b{_FEW}{_Q}",
    # 9 (4 today), 9 (it was 4)
    rf"{_Q}[^{_Q};()]{{0,60}}[(\[,]{_FEW}{_Q}[^{_Q};()]{{0,20}}?\b(?:{_LATER}|in\s?{OTHER})",
    # 9 (2023: 4)
    rf"{_Q}{_MORE}[(\[,]\s?(?:in\s)?{OTHER}\s?[:=]?\s?{_Q}",
    # baseline 4, target 9; currently 4, goal 9; target 9, baseline 4
    rf"\b{_NOW}\b{_FEW}{_Q}[^{_Q}]{{0,50}}?"
    rf"(?:\b(?:target|goal|to|aim|aiming|by the end|reach|become|should be|want)\b|->|>)[^{_Q}]{{0,40}}?{_Q}",
    rf"\b(?:target|goal)\b[^{_Q}]{{0,40}}?{_Q}[^{_Q}]{{0,40}}?\b(?:{_NOW}|from)\b[^{_Q}]{{0,30}}?{_Q}",
)
FROM_TO = tuple(re.compile(way, re.IGNORECASE) for way in _WAYS)
_BY = re.compile(rf"\bby\s+(?:at least |over |about )?{_Q}\s*$|\bby\s{_Q}\s+from\b", re.IGNORECASE)
_FROM_NOTHING = re.compile(
    rf"\bfrom\s+(?:zero|none|nothing|scratch|no\s+\w+)\b[^;{_Q}]{{0,30}}\bto\b[^;{_Q}]{{0,30}}{_Q}",
    re.IGNORECASE,
)


def has_from_to(figures: Figures) -> bool:
    """Whether starting point and target are written. From places, dates or versions to others is neither."""
    if len(figures.quantities) < 2:
        return bool(_FROM_NOTHING.search(figures.skeleton))
    if len(figures.quantities) == 2 and _BY.search(figures.skeleton):
        return False
    return any(_holds(found) for way in FROM_TO for found in way.finditer(figures.skeleton))


def _holds(found: re.Match[str]) -> bool:
    """Whether both numbers are of one kind; not so in "from 20 users to improve 3 screens"."""
    named = found.groupdict(default="")
    one, then, other = (singular(named.get(name, "").lower()) for name in ("one", "then", "other"))
    return then not in WORK | CHANGE and not (one in _COUNTED and other in _COUNTED and one != other)
