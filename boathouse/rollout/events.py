"""What happens in a cycle: each event's name, what is done, why it exists, and how long it takes.

S-numbers refer to the field's sources in the domain notes.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The events of a cycle."""

    DRAFT = "draft"
    FINALISE = "finalise"
    CHECK_IN = "check_in"
    REVIEW = "review"
    CLOSE = "close"
    SCORE = "score"
    RESET = "reset"


ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Event:
    """name and what: for people; why: the reason in one line; who: does it, in words; minutes: 0 for a day
    without a meeting."""

    name: str
    what: str
    why: str
    who: str
    minutes: int = 0


EVENTS = {
    Kind.DRAFT: Event(  # S44, S59
        "Draft",
        "The workshop: teams write their objectives and key results, their coach beside them.",
        "People learn it by writing their own, and two hours are enough for many.",
        "the teams that start, and their coach",
        120,
    ),
    Kind.FINALISE: Event(  # S4, S72, S68
        "Finalise",
        "Every key result has its owner and its starting point, and all OKRs are where everybody finds them.",
        "What is not settled in two weeks is learned faster by starting.",
        "every owner of a key result",
    ),
    Kind.CHECK_IN: Event(  # S65, S66
        "Check-in",
        "Where are we, how sure are we, what is in the way, and the one thing that has to happen next.",
        "A goal nobody asks about is forgotten by the third week.",
        "everybody with a key result",
    ),
    Kind.REVIEW: Event(  # S26, S81
        "Mid-cycle review",
        "Which key results are failing, and are they refocused or dropped?",
        "What is not worth talking about half way is probably no OKR.",
        "leadership and the leaders of the units",
        90,
    ),
    Kind.CLOSE: Event(  # S4, S29
        "Close",
        "The last figures are in. Nothing changes after today.",
        "A cycle that ends on time can be compared with the next.",
        "every owner of a key result",
    ),
    Kind.SCORE: Event(  # S30, S80
        "Score",
        "Each key result gets its score and one sentence about what was learned.",
        "Key results are scored; an objective's progress follows from them.",
        "the teams",
        60,
    ),
    Kind.RESET: Event(  # S30, S77
        "Reset",
        "Keep, modify or remove: what was learned goes into the next drafts.",
        "The next cycle starts better than this one did.",
        "the teams and leadership",
        60,
    ),
}

CHECK_INS = {  # S22, S24, S25: (name, minutes)
    "company": ("Company check-in", 60),
    "business_unit": ("Business unit check-in", 60),
    "department": ("Department check-in", 45),
    "team": ("Team check-in", 30),
    "individual": ("One-to-one", 30),
}
LEVEL_NAMES = {
    "company": "Company",
    "business_unit": "Business units",
    "department": "Departments",
    "team": "Teams",
    "individual": "One-to-ones",
}


def name_of(kind: Kind, level: str = "") -> str:
    """What the event is called."""
    return CHECK_INS[level][0] if level else EVENTS[kind].name


def minutes_of(kind: Kind, level: str = "") -> int:
    """How long people meet; 0 for a day by which something is done."""
    return CHECK_INS[level][1] if level else EVENTS[kind].minutes
