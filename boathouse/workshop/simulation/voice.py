"""What a simulated person says besides the draft: answers to polls, questions to the group on stage."""

from boathouse.workshop.simulation.participant import Participant
from boathouse.workshop.simulation.script import script
from boathouse.workshop.simulation.trouble import Doing

VOTES = 0.2  # of the things a person does while a poll waits for them
ASKS = 1 / 400  # while a group is on stage
SECONDS = 1 / 40  # while somebody's question waits
FINGERS = (1, 2, 5, 9, 8, 4)  # how often none to five are shown


class Voice:
    """One person's."""

    def __init__(self, person: Participant) -> None:
        self.person, self.chance = person, person.chance
        self._answered: set[str] = set()  # polls
        self._seconded: set[str] = set()  # questions

    def wish(self) -> Doing | None:
        """What this person wants to say now, if anything."""
        crew = self.person.crew
        if crew.poll and crew.poll[0] not in self._answered and self.chance.random() < VOTES:
            return self._vote
        luck = self.chance.random()
        if crew.workshop_on_stage and luck < ASKS:
            return self._ask
        return self._second if self._others() and luck < ASKS + SECONDS else None

    async def _vote(self) -> None:
        if not self.person.crew.poll:
            return
        poll_id, kind = self.person.crew.poll
        self._answered.add(poll_id)
        fingers = str(self.chance.choices(range(6), FINGERS)[0])
        answer = fingers if kind == "fist" else self.chance.choice(script().poll_words)
        await self.person.call("PUT", f"/polls/{poll_id}/answer", {"answer": answer})
        self.person.world.tally.votes += 1

    async def _ask(self) -> None:
        body = {"body": self.chance.choice(script().stage_questions)}
        await self.person.call("POST", f"/workshops/{self.person.crew.workshop_on_stage}/questions", body)
        self.person.world.tally.questions += 1

    async def _second(self) -> None:
        question_id = self.chance.choice(self._others())
        self._seconded.add(question_id)
        await self.person.call("PUT", f"/questions/{question_id}/second")

    def _others(self) -> list[str]:
        """Questions of others that this person has not seconded yet."""
        asked, me = self.person.crew.asked, f"seat:{self.person.seat.id}"
        return [one for one, by in asked if by != me and one not in self._seconded]
