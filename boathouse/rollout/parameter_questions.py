"""What each deployment parameter asks, in plain words, what can be answered, and what the answer changes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from boathouse.rollout.parameters import Key


class Kind(StrEnum):
    """What an answer looks like; pages and scripts choose their fields by it."""

    CHOICE = "choice"  # one word
    CHOICES = "choices"  # a list of words
    NUMBER = "number"
    SHARE = "share"  # per cent
    CADENCE = "cadence"  # a word for each level
    PLACE = "place"  # name and link


@dataclass(frozen=True)
class Option:
    """One answer: its value, what it is called, and what follows from it."""

    value: Any
    words: str
    consequence: str


@dataclass(frozen=True)
class Question:
    """A parameter as people meet it. changes: what the answer changes in this product."""

    key: Key
    kind: Kind
    title: str  # names it on the sheet
    question: str
    options: tuple[Option, ...]
    changes: str

    @property
    def inside(self) -> str:
        """The title within a sentence: "length of a cycle", but "OKRs and reviews"."""
        return self.title if self.title[1].isupper() else self.title[0].lower() + self.title[1:]


def _question(key: Key, kind: Kind, title: str, question: str, changes: str, *options: Option) -> Question:
    return Question(key, kind, title, question, options, changes)


_ALL = (
    _question(
        Key.LEVELS,
        Kind.CHOICES,
        "Who writes OKRs",
        "Which levels write OKRs?",
        "Workshops are planned for these levels, and the check-in rhythm is asked for each of them.",
        Option("company", "Company", "One set for all, which everybody can point to"),
        Option("business_unit", "Business unit", "A bridge in a large group, and one more round of talks"),
        Option("department", "Department", "Helps where teams are many, and costs weeks of passing on"),
        Option("team", "Team", "Where the work is done and the number is known"),
        Option("individual", "Individual", "Turns OKRs into personal goals before anybody has practice"),
    ),
    _question(
        Key.MAX_OBJECTIVES,
        Kind.NUMBER,
        "Objectives for a team",
        "How many objectives at most?",
        "Rooms offer this many objectives and no more.",
        Option(1, "One", "Clear for all, and hard on teams with two unlike jobs"),
        Option(2, "Two", "A main one, and something beside it"),
        Option(3, "Three", "Room for a team's different jobs, few enough to remember"),
        Option(4, "Four", "The most that practitioners have seen work"),
        Option(5, "Five", "Nothing has to be dropped, and usually nothing is"),
    ),
    _question(
        Key.MAX_KEY_RESULTS,
        Kind.NUMBER,
        "Key results for each objective",
        "How many key results for each objective at most?",
        "An objective takes this many key results and no more.",
        Option(1, "One", "Simple, and easy to reach in the wrong way"),
        Option(2, "Two", "A number and the one that keeps it honest"),
        Option(3, "Three", "Enough to cover the objective without overlap"),
        Option(4, "Four", "Somebody has to watch each of them every week"),
        Option(5, "Five", "The last two are usually forgotten"),
    ),
    _question(
        Key.CYCLE_MONTHS,
        Kind.NUMBER,
        "Length of a cycle",
        "How long is one cycle?",
        "The calendar, the waves of the plan and the dates of milestones follow from it.",
        Option(3, "Three months", "Long enough to move a number, short enough to learn from a wrong guess"),
        Option(4, "Four months", "Three cycles a year, and none of them ends with the year"),
        Option(6, "Six months", "For work whose effect takes long to show; mistakes last longer, too"),
    ),
    _question(
        Key.KEY_RESULT_TYPES,
        Kind.CHOICES,
        "Types of key results",
        "Which types of key results do we allow?",
        "Rooms offer these types and no others. Milestones are asked what they change.",
        Option("metric", "Metric", "From one number to another; always possible"),
        Option("baseline", "Baseline", "Find a number for the first time, if it is used again next cycle"),
        Option("milestone", "Milestone", "Reached by a day or not; it says finished, not better"),
    ),
    _question(
        Key.SCORING,
        Kind.CHOICE,
        "How we score",
        "How do we score key results?",
        "With commit, target and stretch each key result has three numbers to agree on while drafting.",
        Option("zero_to_one", "0 to 1", "The share of the way, worked out at the end of the cycle"),
        Option("confidence", "One target, half likely", "A number we reach in about five of ten tries"),
        Option(
            "commit_target_stretch",
            "Commit, target, stretch",
            "What nine in ten, five in ten and one in ten would look like, agreed beforehand",
        ),
    ),
    _question(
        Key.AMBITION,
        Kind.CHOICE,
        "How far we reach",
        "Do we promise, or do we stretch?",
        "The sheet tells everybody how to read a target.",
        Option("stretch", "Stretch", "Missing one now and then is expected, and nobody pays for it"),
        Option("committed", "Committed", "A target is a promise that others may plan with"),
        Option("both", "Both, and it is said which", "Promises where others depend on us, stretch elsewhere"),
    ),
    _question(
        Key.PERFORMANCE_REVIEWS,
        Kind.CHOICE,
        "OKRs and reviews",
        "Do OKRs count in performance reviews or pay?",
        "The sheet says so to everybody who drafts.",
        Option("separate", "No, kept apart", "People can set honest targets"),
        Option("informs", "As a topic of the talk", "What somebody did and learned, never the score"),
        Option("linked", "Yes", "Targets become safe, and people stop saying what is at risk"),
    ),
    _question(
        Key.BOTTOM_UP_SHARE,
        Kind.SHARE,
        "Share that comes from teams",
        "Which share of the OKRs comes from the teams themselves?",
        "The sheet tells teams how much is theirs to propose.",
        Option(30, "About a third", "Leadership sets most; teams wait to be told"),
        Option(50, "Half", "As much from above as from the teams"),
        Option(60, "More than half", "Teams propose, leadership answers"),
        Option(80, "Nearly all", "For teams with practice and a clear strategy"),
    ),
    _question(
        Key.ALIGNMENT,
        Kind.CHOICE,
        "How we align",
        "How do OKRs of different teams fit together?",
        "The sheet says how a team finds out what others need from it.",
        Option("conversation", "In conversation", "Sideways and upwards; teams find out who needs whom"),
        Option("linked", "By links", "Each objective names the one above it that it helps"),
        Option("cascaded", "Passed down", "Quick to order, slow to arrive, and nobody's own"),
    ),
    _question(
        Key.KPIS,
        Kind.CHOICE,
        "OKRs and KPIs",
        "What becomes of the numbers we watch already?",
        "The sheet tells rooms when a known number is a key result and when it is none.",
        Option("key_results_when_improving", "A key result while it has to improve", "Else a health metric"),
        Option("health_metrics", "Always a health metric", "Kept in range; OKRs are about something else"),
        Option("separate", "They stay apart", "Two lists, and twice the talk about the same number"),
    ),
    _question(
        Key.CHECK_IN_CADENCE,
        Kind.CADENCE,
        "How often we look",
        "How often does each level check in?",
        "The calendar puts check-ins of each level on these days.",
        Option("weekly", "Every week", "For people who can act on it at once"),
        Option("biweekly", "Every two weeks", "Time for something to move, soon enough to help"),
        Option("monthly", "Every month", "For the view over many teams"),
    ),
    _question(
        Key.SYSTEM_OF_RECORD,
        Kind.PLACE,
        "Where OKRs live",
        "Where are OKRs drafted, published and tracked?",
        "The sheet leads everybody to this place.",
    ),
)
QUESTIONS: dict[Key, Question] = {question.key: question for question in _ALL}
