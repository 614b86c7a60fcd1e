"""What a simulated person does besides writing: asks, raises a hand, falls silent, drops out."""

import math
from collections.abc import Awaitable, Callable

from boathouse.workshop.simulation.participant import Participant
from boathouse.workshop.simulation.problems import Problem

AWAY = (2.0, 12.0)  # seconds
RESTS = (0.5, 1.5)  # seconds between two looks whether it goes on
QUESTION = "Could a coach look at our first objective?"

Doing = Callable[[], Awaitable[None]]


class Trouble:
    """One person's part in it."""

    def __init__(self, person: Participant) -> None:
        self.person = person

    def part_in(self, problem: Problem) -> Doing | None:
        """What this person has to do for a planted problem; None to go on as always."""
        crew = self.person.crew
        if problem.kind == "silence":
            return lambda: self._keep_silent(problem)
        if problem.kind == "alone":
            is_writer = self.person is crew.people[0]
            return None if is_writer else lambda: self._keep_silent(problem)
        if problem.kind == "absence":
            stays = self.person in crew.people[: (len(crew.people) - 1) // 2]
            return None if stays or problem.is_over else lambda: self._stay_away(problem)
        if problem.kind == "tasks":
            return None if crew.texts or crew.steps else self._rest
        if problem.is_taken:
            return None
        problem.is_taken = True
        return {"hand": lambda: self.raise_hand(problem), "question": lambda: self.ask(problem)}[problem.kind]

    async def raise_hand(self, problem: Problem) -> None:
        """Until a coach could have come."""
        crew, path = self.person.crew, f"/rooms/{self.person.crew.room_id}/help"
        crew.hand_is_up = True
        try:
            await self.person.call("POST", path)
            problem.begin()
            self.person.world.tally.hands += 1
            await self.person.world.rest(problem.lasts)
            await self.person.call("DELETE", path)
        finally:
            problem.end()
            crew.hand_is_up = False

    async def ask(self, problem: Problem) -> None:
        """A question to the coaches, which waits for a reply, or until the crew finds out by itself."""
        path = f"/rooms/{self.person.crew.room_id}/comments"
        asked = await self.person.call("POST", path, {"body": QUESTION})
        problem.begin()
        if problem.lasts < math.inf:
            try:
                await self.person.world.rest(problem.lasts)
                await self.person.call("POST", f"/comments/{asked['id']}/resolve")
            finally:
                problem.end()

    async def drop_out(self, meanwhile: Doing | None) -> None:
        """The network is gone, the pen goes on; later everything is brought."""
        self.person.drop_out()
        try:
            if meanwhile:
                await meanwhile()
            await self.person.world.rest(self.person.chance.uniform(*AWAY))
        finally:
            self.person.come_back()

    async def _stay_away(self, problem: Problem) -> None:
        crew = self.person.crew
        self.person.drop_out()
        crew.away += 1
        try:
            if (len(crew.people) - crew.away) * 2 < len(crew.people):
                problem.begin()
            while not problem.is_over and not self.person.world.is_over:
                await self._rest()
        finally:
            crew.away -= 1
            self.person.come_back()
            if problem.until is None:
                problem.end()

    async def _keep_silent(self, problem: Problem) -> None:
        crew = self.person.crew
        others = crew.people[1:] if problem.kind == "alone" else crew.people
        if not any(person.is_writing for person in others):
            problem.begin(max((person.typed_at for person in others), default=None))
        await self._rest()

    async def _rest(self) -> None:
        await self.person.world.rest(self.person.chance.uniform(*RESTS))
