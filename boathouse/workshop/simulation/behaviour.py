"""What a simulated person does next: mostly writes, sometimes what people do besides."""

import asyncio
import math

from boathouse.workshop.simulation.api import Refused, Unreachable
from boathouse.workshop.simulation.crew import Step
from boathouse.workshop.simulation.hands import Stroke, typing
from boathouse.workshop.simulation.participant import Participant
from boathouse.workshop.simulation.problems import SHORT
from boathouse.workshop.simulation.script import reply, script
from boathouse.workshop.simulation.trouble import Doing, Trouble
from boathouse.workshop.simulation.voice import Voice

BETWEEN = (0.3, 3.0)  # seconds between two things
DROPS_OUT = 1 / 90  # of the things a person does
RAISES_HAND = 1 / 120
ADDS_REMARK = 0.15  # to a field that somebody else is in
THINKS_AGAIN = 0.5  # goes back to what was written, when nothing waits to be written
REMOVES = 0.04  # takes a key result off again
READS = (3.0, 8.0)  # seconds of a coach's comment before answering
BACKSPACE = 0.12  # seconds between two, held down
REMARKS = 3  # at most in one field
LIMIT = 409
NORMAL = (404, LIMIT, 410, 422, 423)  # what colliding people meet: a limit, a row just removed, a lock


class Behaviour:
    """Lives one person's workshop.

    leaves_at: seconds of the loop's clock, None to stay. calls_coach: begins by asking and raising a hand.
    """

    def __init__(self, person: Participant, leaves_at: float | None, calls_coach: bool = False) -> None:
        self.person, self.leaves_at = person, leaves_at
        self.chance = person.chance
        self.trouble, self.voice = Trouble(person), Voice(person)
        self.errands: list[str] = ["hand", "question"] if calls_coach else []

    async def take_part(self) -> None:
        """Until it is over or the person leaves."""
        person = self.person
        clock = asyncio.get_running_loop().time
        while not person.world.is_over and not person.has_left:
            await person.world.rest(self.chance.uniform(*BETWEEN))
            if person.document.final:
                await person.face_the_end()
            elif self.leaves_at and clock() > self.leaves_at:
                await person.leave()
            elif person.may_write:
                await self._do(self._choose())

    async def _do(self, doing: Doing) -> None:
        """Do it; a refusal that colliding people meet is life, any other an error of the server's."""
        tally = self.person.world.tally
        try:
            await doing()
        except Refused as refusal:
            if refusal.status not in NORMAL:
                tally.errors[f"{refusal.status} {refusal}"] += 1
        except Unreachable as trouble:
            tally.errors[str(trouble)] += 1

    def _choose(self) -> Doing:
        crew = self.person.crew
        luck = self.chance.random()
        if self.errands:
            return self._errand(self.errands.pop())
        if crew.problem and (part := self.trouble.part_in(crew.problem)):
            return part
        if talk := self._talk():
            return talk
        if luck < DROPS_OUT:
            return lambda: self.trouble.drop_out(self._write_next if crew.texts else None)
        may_call = not (crew.hand_is_up or crew.problem) and self.person.world.problems.has_room()
        if luck < DROPS_OUT + RAISES_HAND and may_call:
            return self._errand("hand")
        if crew.fields_in_use() and self.chance.random() < ADDS_REMARK:
            return self._remark
        if crew.texts:
            return self._write_next
        if crew.steps:
            return self._add_next
        return self._think_again if self.chance.random() < THINKS_AGAIN else self._remark

    def _talk(self) -> Doing | None:
        """To everybody, or with a coach."""
        if wish := self.voice.wish():
            return wish
        if self.person.crew.questions:
            return self._answer
        return self._listen if self.person.crew.should_listen() else None

    async def _write_next(self) -> None:
        writing = self.person.crew.texts.popleft()
        if writing.field.split(":")[1] not in self.person.crew.removed:
            await self.person.write(writing.field, writing.text)
            self.person.crew.wrote(writing)

    async def _add_next(self) -> None:
        """The next row of the plan."""
        crew = self.person.crew
        step = crew.steps.popleft()
        try:
            await self._add(step)
        except Refused as refusal:
            if refusal.status == LIMIT:
                crew.is_at_limit(step)
            else:
                crew.steps.appendleft(step)
            raise

    async def _add(self, step: Step) -> None:
        person, crew = self.person, self.person.crew
        if step.kind == "todo":
            row = await person.call("POST", f"/rooms/{crew.room_id}/todos")
            crew.added_todo(step, row["id"])
        elif step.kind == "objective" and (todo_id := crew.turns_round(step)):
            row = await person.call("POST", f"/todos/{todo_id}/objective")
            crew.added_objective(step, row["id"], copied=row["title"])
        elif step.kind == "objective":
            row = await person.call("POST", f"/rooms/{crew.room_id}/objectives")
            crew.added_objective(step, row["id"])
        elif step.line:
            path = f"/objectives/{step.objective_id}/key-results"
            row = await person.call("POST", path, {"type": step.line.type})
            crew.added_key_result(step.line, row["id"])
            owner = self.chance.choice(crew.people)
            await person.call("PATCH", f"/key-results/{row['id']}", {"owner_id": owner.seat.id})

    async def _remark(self) -> None:
        """Join in where somebody writes, or add to what stands there."""
        crew = self.person.crew
        fields = crew.fields_in_use() or [field for field, _ in crew.finished(self.person)]
        fields = [field for field in fields if len(crew.passages[field]) <= REMARKS and _is_prose(field)]
        if fields:
            await self.person.write(self.chance.choice(fields), self.chance.choice(script().remarks))

    async def _think_again(self) -> None:
        """Take the last words of a passage back and write them again, or a key result off the draft."""
        person, crew = self.person, self.person.crew
        if crew.lines and self.chance.random() < REMOVES:
            return await self._remove(self.chance.choice(list(crew.lines)))
        own = [(field, passage) for field, passage in crew.finished(person) if len(passage.keys) > 20]
        if not own:
            return
        field, passage = self.chance.choice(own)
        text = person.document.words.text(field)
        if text.count(passage.text) != 1 or crew.pens[field]:
            return  # others write in it: leave it to them
        before = text[: text.index(passage.text) + len(passage.text)]
        keys = passage.keys[-self.chance.randint(4, 15) :]
        back = [Stroke(BACKSPACE, "")] * len(keys)
        await person.go_on(field, passage, [*back, *typing("".join(keys), self.chance)], before)

    async def _remove(self, key_result_id: str) -> None:
        """A key result goes; sometimes it is missed and comes back."""
        crew = self.person.crew
        if any(pens for field, pens in crew.pens.items() if key_result_id in field):
            return
        crew.lines.pop(key_result_id)
        crew.removed.add(key_result_id)
        await self.person.call("DELETE", f"/key-results/{key_result_id}")
        await self.person.world.rest(self.chance.uniform(*READS))
        if self.chance.random() < THINKS_AGAIN:
            await self.person.call("POST", f"/key-results/{key_result_id}/restore")
            crew.removed.discard(key_result_id)

    def _errand(self, kind: str) -> Doing:
        """A hand or a question of one's own accord."""
        person = self.person
        lasts = self.chance.uniform(*SHORT) if kind == "hand" else math.inf
        problem = person.world.problems.new(kind, person.crew.room_id, lasts)
        act = self.trouble.raise_hand if kind == "hand" else self.trouble.ask
        return lambda: act(problem)

    async def _listen(self) -> None:
        """See what the coach wrote."""
        person, crew = self.person, self.person.crew
        threads = await person.world.api.call("GET", f"/rooms/{crew.room_id}/comments", person.seat.token)
        for thread in threads:
            is_open = thread["is_coach"] and not thread["resolved_at"] and not thread["gone"]
            said = [thread, *thread["replies"]]
            if is_open and said[-1]["is_coach"] and said[-1]["id"] not in crew.answered:
                crew.answered.add(said[-1]["id"])
                crew.questions.append(thread)

    async def _answer(self) -> None:
        """Read, reply, and write down the starting point that was asked for."""
        person, crew = self.person, self.person.crew
        thread = crew.questions.popleft()
        await person.world.rest(self.chance.uniform(*READS))
        line = crew.lines.get(thread["key_result_id"])
        answer = {"body": reply(self.chance, line)}
        await person.call("POST", f"/comments/{thread['id']}/replies", answer)
        person.world.tally.replies += 1
        start = f"key_result:{thread['key_result_id']}:start"
        if line and line.found and not line.start and start not in crew.passages:
            await person.write(start, line.found)


def _is_prose(field: str) -> bool:
    """Whether a remark makes sense there: glued to a result it would read as a second one."""
    return field.endswith((":why", ":text"))
