"""Known problems, planted where a coach should find them; `python -m bench triage` asks how soon."""

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boathouse.workshop.simulation.crew import Crew

MOST = 10  # at once, hands that go up by chance included
PLANTED = 8  # of them at most
SHARE = 4  # every fourth crew at most has one
KINDS = ("hand", "silence", "question", "absence", "alone")
SHORT = (30.0, 60.0)  # seconds of a raised hand, an open question, people gone
LONG = 0.3  # of the rehearsal: a silence, one person typing alone
STEP = 0.5  # seconds


@dataclass
class Problem:
    """One crew's trouble. since, until: by the clock of the wall; None before it is there, while it lasts.

    lasts: seconds. is_over: it shall end; who acts it out ends it and says when.
    """

    kind: str
    room_id: str
    lasts: float
    since: float | None = None
    until: float | None = None
    is_taken: bool = False  # by the one person it needs
    is_over: bool = False

    def begin(self, moment: float | None = None) -> None:
        """It is there."""
        if self.since is None:
            self.since = moment or time.time()

    def end(self) -> None:
        """It is gone."""
        self.is_over, self.until = True, time.time()


@dataclass
class Problems:
    """Those of a whole rehearsal."""

    chance: random.Random
    known: list[Problem] = field(default_factory=list)
    turn: int = 0

    def open(self) -> list[Problem]:
        """Those that are not gone."""
        return [problem for problem in self.known if problem.until is None]

    def has_room(self) -> bool:
        """Whether one more may come up by chance."""
        return len(self.open()) < MOST

    def new(self, kind: str, room_id: str, lasts: float) -> Problem:
        """One more."""
        problem = Problem(kind, room_id, lasts)
        self.known.append(problem)
        return problem

    def step(self, crews: list["Crew"], seconds: float) -> None:
        """End what has lasted long enough, and plant another one. seconds: of the whole rehearsal."""
        for crew in crews:
            if crew.problem and _has_lasted(crew.problem):
                crew.problem.is_over = True
                if crew.problem.kind in ("silence", "alone"):
                    crew.problem.end()
            if crew.problem and crew.problem.until:
                crew.problem = None
        if len(self.open()) < min(PLANTED, len(crews) // SHARE):
            free = [crew for crew in crews if crew.can_have_a_problem]
            if free:
                self._plant(self.chance.choice(free), seconds)

    def _plant(self, crew: "Crew", seconds: float) -> None:
        kind = KINDS[self.turn % len(KINDS)]
        self.turn += 1
        lasts = seconds * LONG if kind in ("silence", "alone") else self.chance.uniform(*SHORT)
        crew.problem = self.new(kind, crew.room_id, lasts)


def _has_lasted(problem: Problem) -> bool:
    return problem.since is not None and time.time() - problem.since >= problem.lasts
