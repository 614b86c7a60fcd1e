"""What the coach checks can find: each code with how much it weighs, what it says and the coach's
question."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: info is good to know, ask deserves a question, fix needs another wording."""

    INFO = "info"
    ASK = "ask"
    FIX = "fix"


@dataclass(frozen=True)
class Finding:
    """One finding on one line: code (contract.md), severity, a one-line message, the question a coach would
    ask."""

    code: str
    severity: Severity
    message: str
    question: str

    def as_json(self) -> dict[str, str]:
        """The four fields as the contract names them."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "question": self.question,
        }


# The question belongs to the code; severity and message are what is usual and may be sharpened by the text.
_USUAL: dict[str, tuple[Severity, str, str]] = {
    "kr.no_number": (
        Severity.FIX,
        "There is no number to reach.",
        "How will we know? Which number would tell us, and how far should it move?",
    ),
    "kr.no_baseline": (
        Severity.ASK,
        "There is a target, but no starting point.",
        "From what? You gave a target but no starting point. Where does it stand today?",
    ),
    "kr.output": (
        Severity.FIX,
        "This is work that you do, not the change it brings.",
        "What is the intended outcome of that task? What changes, and for whom, once it is done?",
    ),
    "kr.milestone": (
        Severity.ASK,
        "This is done or not done; it cannot be reached halfway.",
        "Once this is there, what will be better, and which number would show it?",
    ),
    "kr.bundled": (
        Severity.ASK,
        "This holds two results that would need a score each.",
        "If you reach one of them and miss the other, what is the score? Which one matters more?",
    ),
    "kr.vague": (
        Severity.ASK,
        "Two people could disagree whether this was reached.",
        "What would you see, hear or count on the last day of the cycle that shows it?",
    ),
    "kr.health_metric": (
        Severity.ASK,
        "This keeps a level instead of changing it.",
        "Does it need to get better now? If it only has to stay healthy, is it a health metric?",
    ),
    "kr.no_owner": (
        Severity.ASK,
        "Nobody is named to look after it.",
        "Who will say in every check-in where it stands?",
    ),
    "kr.duplicate": (
        Severity.ASK,
        "Another key result here says the same.",
        "What does this one measure that the other does not?",
    ),
    "kr.too_many": (
        Severity.ASK,
        "The objective has more key results than the ground rules allow.",
        "Which of them together are enough to know that the objective is reached?",
    ),
    "kr.type_not_allowed": (
        Severity.FIX,
        "The ground rules do not allow this type of key result.",
        "Which number would move if this succeeds? Could that be the key result?",
    ),
    "objective.has_metric": (
        Severity.ASK,
        "The objective holds a number.",
        "What do you want to be different? Could the number be a key result instead?",
    ),
    "objective.task": (
        Severity.ASK,
        "The objective reads like a piece of work.",
        "Why do it? What will be better for whom when it is done?",
    ),
    "objective.vague": (
        Severity.ASK,
        "The objective could stand on anybody's wall.",
        "What exactly should change in this cycle, and for whom?",
    ),
    "objective.no_why": (
        Severity.ASK,
        "It is not written why this matters now.",
        "Why is this important, and why now?",
    ),
    "objective.no_key_results": (
        Severity.FIX,
        "The objective has no key results yet.",
        "How will we know that it is reached?",
    ),
    "objective.too_many": (
        Severity.ASK,
        "There are more objectives than your ground rules allow.",
        "If you could reach only one of them, which would it be?",
    ),
    "objective.no_sponsor": (
        Severity.ASK,
        "No leader stands behind it.",
        "Which senior leader wants this, and will ask how it goes?",
    ),
}
CODES = tuple(_USUAL)


def finding(code: str, severity: Severity | None = None, message: str = "") -> Finding:
    """A finding of a code, with what is usual where nothing else is given."""
    usual_severity, usual_message, question = _USUAL[code]
    return Finding(code, severity or usual_severity, message or usual_message, question)
