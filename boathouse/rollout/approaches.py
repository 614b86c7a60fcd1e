"""Three ways to begin with OKRs (S39), and which of them suits an organisation, with the reasons."""

from dataclasses import dataclass
from enum import StrEnum

SMALL = 100  # S40: under about 100 people the whole is small enough to start at the top
A_YEAR_OF_CYCLES = 3  # S41: a pocket proved itself for almost a year before others followed
SEVERAL_GROUPS = 3  # S39: organic means three or four groups
FEWEST = 5  # S54: it works from five people upward


class Approach(StrEnum):
    """Where OKRs start (S39)."""

    TOP_DOWN = "top_down"  # the company, then its teams
    PILOT = "pilot"  # one business unit or pocket
    ORGANIC = "organic"  # three or four groups at several levels that want to


NAMES = {Approach.TOP_DOWN: "Top-down", Approach.PILOT: "Pilot", Approach.ORGANIC: "Organic"}
MEANINGS = {
    Approach.TOP_DOWN: "The company drafts first, its teams follow in the next wave.",
    Approach.PILOT: "One business unit or pocket starts, and the others watch until it works there.",
    Approach.ORGANIC: "Three or four groups start because they want to; others join when they ask.",
}


@dataclass(frozen=True)
class StartSituation:
    """What decides where to start.

    headcount: people, None if nobody said. has_sponsor: an executive stands behind the program, or behind a
    unit. only_maintains: nothing in the organisation is meant to get better (S53). cycles_done: OKR cycles
    behind it. willing_groups: teams that asked to try.
    """

    headcount: int | None
    has_sponsor: bool = False
    only_maintains: bool = False
    cycles_done: int = 0
    willing_groups: int = 0

    @property
    def is_small(self) -> bool:
        """Whether starting at the top reaches everybody soon (S40)."""
        return self.headcount is not None and self.headcount < SMALL


@dataclass(frozen=True)
class Reason:
    """A sentence for people, and where it comes from in the domain notes."""

    text: str
    source: str


@dataclass(frozen=True)
class Alternative:
    """An approach that was not chosen: why not, and what would change the answer."""

    approach: Approach
    why_not: Reason
    would_change: str


@dataclass(frozen=True)
class StartRecommendation:
    """The approach, why, what to see to first, and the two others."""

    approach: Approach
    because: list[Reason]
    first: list[Reason]
    others: list[Alternative]


def recommend_start(situation: StartSituation) -> StartRecommendation:
    """Where this organisation should begin. Every situation has an answer."""
    approach, because = _choice(situation)
    others = [_alternative(other, situation) for other in Approach if other != approach]
    return StartRecommendation(approach, because, _first(approach, situation), others)


def _choice(situation: StartSituation) -> tuple[Approach, list[Reason]]:
    if situation.only_maintains:
        return Approach.ORGANIC, [MAINTAINS, OPT_IN]
    if situation.is_small:
        return Approach.TOP_DOWN, [_small(situation), COMPANY_FIRST]
    if situation.cycles_done >= A_YEAR_OF_CYCLES:
        return Approach.ORGANIC, [_proven(situation), OPT_IN]
    if situation.willing_groups >= SEVERAL_GROUPS:
        return Approach.ORGANIC, [_willing(situation), OPT_IN]
    if not situation.has_sponsor:
        return Approach.ORGANIC, [NOBODY_SPONSORS, OPT_IN]
    return Approach.PILOT, [_large(situation), NAIL_IT]


def _alternative(approach: Approach, situation: StartSituation) -> Alternative:
    return {Approach.TOP_DOWN: _not_top_down, Approach.PILOT: _not_pilot, Approach.ORGANIC: _not_organic}[
        approach
    ](situation)


def _not_top_down(situation: StartSituation) -> Alternative:
    change = f"Fewer than {SMALL} people, and something they want to get better at."
    if situation.is_small:  # it is small, so it was not chosen because it only maintains
        return Alternative(Approach.TOP_DOWN, MAINTAINS, "An objective the company itself wants to reach.")
    why = Reason("It would reach everybody before anybody knows that it works here.", "S37")
    return Alternative(Approach.TOP_DOWN, why, change)


def _not_pilot(situation: StartSituation) -> Alternative:
    change = f"{SMALL} people or more, with an executive who sponsors one unit."
    if situation.only_maintains:
        return Alternative(Approach.PILOT, MAINTAINS, "One unit that has something to improve.")
    if situation.is_small:
        why = Reason("In a small company a pocket is cut off from the goals it should serve.", "S40")
        return Alternative(Approach.PILOT, why, change)
    if situation.cycles_done >= A_YEAR_OF_CYCLES:
        why = Reason("It has worked here for about a year; more groups can follow.", "S42")
        return Alternative(Approach.PILOT, why, "Cycles that did not work: then nail it in one place first.")
    if situation.willing_groups >= SEVERAL_GROUPS:
        why = Reason("Several groups want to start, and a pilot would make all but one of them wait.", "S52")
        return Alternative(
            Approach.PILOT, why, f"Fewer than {SEVERAL_GROUPS} groups asking, and a sponsored unit."
        )
    why = Reason("A pilot without an executive behind it ends with its first difficult month.", "S16")
    return Alternative(Approach.PILOT, why, "An executive sponsor, for the program or for one unit.")


def _not_organic(situation: StartSituation) -> Alternative:
    change = f"{SEVERAL_GROUPS} groups at several levels that ask to start."
    if situation.is_small:
        why = Reason("With so few people it is simpler to begin together, at the top.", "S40")
        return Alternative(
            Approach.ORGANIC, why, f"{SMALL} people or more, and {change[0].lower()}{change[1:]}"
        )
    why = Reason("Not enough groups have asked; a sponsored pocket shows first that it works.", "S41")
    return Alternative(Approach.ORGANIC, why, change)


def _first(approach: Approach, situation: StartSituation) -> list[Reason]:
    """What to see to before the first wave, whatever the approach."""
    found = []
    if situation.headcount is None:
        found.append(Reason("Say how many people there are: it may change this answer.", "S40"))
    elif situation.headcount < FEWEST:
        found.append(Reason("With fewer than five people, talk about goals at one table first.", "S54"))
    if not situation.has_sponsor:
        found.append(Reason("Find an executive sponsor; without one the rhythm is lost.", "S16"))
    if approach == Approach.ORGANIC and situation.willing_groups < SEVERAL_GROUPS:
        found.append(Reason("Open the opt-in page, so that groups can ask to start.", "S51"))
    return found


MAINTAINS = Reason(
    "Who only keeps things as they are needs no OKRs. Saying so early is a good result; health metrics are "
    "enough.",
    "S53",
)
OPT_IN = Reason("Groups that choose it keep it light, and become the ambassadors of later waves.", "S51")
NOBODY_SPONSORS = Reason(
    "No executive stands behind it yet, so start with groups that want to and whose leaders are with them.",
    "S27",
)
COMPANY_FIRST = Reason("Teams can then write key results that help the company’s objectives.", "S82")
NAIL_IT = Reason("Let it work in one place before it grows: crawl, walk, run.", "S42")


def _small(situation: StartSituation) -> Reason:
    return Reason(
        f"{situation.headcount} people: under about {SMALL}, the company starts and its teams follow.", "S40"
    )


def _large(situation: StartSituation) -> Reason:
    if situation.headcount is None:
        return Reason("Nobody said how many people there are, and a pilot is safe at every size.", "S37")
    return Reason(f"{situation.headcount:,} people: with {SMALL} or more, start in one pocket.", "S41")


def _willing(situation: StartSituation) -> Reason:
    return Reason(f"{situation.willing_groups} groups have asked to try it.", "S39")


def _proven(situation: StartSituation) -> Reason:
    return Reason(f"{situation.cycles_done} cycles have shown that it works here.", "S42")
