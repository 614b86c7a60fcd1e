"""The guardrails of a plan: what each is called, why it exists in one line, and where it comes from."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding asks for."""

    INFO = "info"
    ASK = "ask"
    FIX = "fix"


@dataclass(frozen=True)
class Rule:
    """A guardrail: what it is called, why it exists, and where it comes from."""

    code: str
    source: str
    title: str
    why: str


WHOLE = Rule(
    "plan.whole_organisation",
    "S37",
    "Never everybody at once",
    "A mistake made by everybody at once is hard to take back; one made by a few teaches the rest.",
)
INDIVIDUALS = Rule(
    "plan.individuals",
    "S38",
    "No individuals in the first cycle",
    "Teams have to learn it first; personal OKRs turn into appraisals before anybody can write good ones.",
)
AMBASSADOR = Rule(
    "plan.no_ambassador",
    "S1",
    "Somebody carries it",
    "Without a mentor and manager inside, the rhythm stops when the first busy month comes.",
)
SPONSOR = Rule(
    "wave.no_sponsor",
    "S55",
    "An executive sponsors every wave",
    "Somebody senior has to clear the way when OKRs compete with the daily work.",
)
EXECUTIVES = Rule(
    "wave.no_executives",
    "S56",
    "Executives draft too",
    "Where they were left out of the drafting, a whole cycle was lost before they stood behind the result.",
)
LEADER = Rule(
    "wave.leader_not_bought_in",
    "S27",
    "The leader of each starting team wants it",
    "A team does not keep up what its own leader does not ask about.",
)
NEW_COACH = Rule(
    "wave.new_coach",
    "S10",
    "A new coach begins with one or two teams",
    "Practice with a few teams makes a coach; many at once make a postman.",
)
PILOT = Rule(
    "plan.pilot_size",
    "S41",
    "A pilot has the size of a pocket",
    "Large enough to show something, small enough to put right what does not work.",
)
SCEPTIC = Rule(
    "wave.sceptic",
    "S57",
    "Sceptics are met one to one first",
    "Coached on a goal of their own, sceptics often turn; surprised in the group, they turn the group.",
)
SHEET = Rule(
    "wave.sheet",
    "S50",
    "Training obliges nobody",
    "OKRs that one has to hand in become forms, and forms are filled in for the file.",
)
MAINTAINS = Rule(
    "wave.maintains",
    "S53",
    "Who only maintains needs no OKRs",
    "A unit that keeps things in good order is served by health metrics; saying so is a good result.",
)
RULES = (
    *(WHOLE, INDIVIDUALS, AMBASSADOR, SPONSOR, EXECUTIVES, LEADER, NEW_COACH, PILOT, SCEPTIC, SHEET),
    MAINTAINS,
)
BY_CODE = {rule.code: rule for rule in RULES}
