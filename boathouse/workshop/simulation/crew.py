"""What the people of one simulated room share: what is to be written, and what was."""

import random
import re
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boathouse.workshop.simulation.document_line import Sent
from boathouse.workshop.simulation.passages import Passage
from boathouse.workshop.simulation.problems import Problem
from boathouse.workshop.simulation.script import Line, Story, planted, shuffled

if TYPE_CHECKING:
    from boathouse.workshop.simulation.participant import Participant

CREW = 3  # people
TODOS = 3  # a crew begins with so many
LISTENS_EVERY = 2.0  # seconds between two looks at the comments
HEARD_IN = ("draft", "room-threads")  # regions that show comments
STATE = "room-state"
_POLL = re.compile(r'hx-post="/polls/(\w+)/answer"')
_STAGE = re.compile(r'hx-post="/workshops/(\w+)/questions"')
_ASKED = re.compile(r'id="question-(\w+)" data-by="([^"]*)"')
TURNED_ROUND = 0.3  # of objectives come from a to-do by a press of its button


@dataclass(frozen=True)
class Step:
    """Something to add. objective_id: for a key result. todo_id: a to-do that becomes the objective."""

    kind: str  # todo, objective or key_result
    story: Story
    line: Line | None = None
    objective_id: str = ""


@dataclass(frozen=True)
class Writing:
    """A field that waits for its words."""

    field: str
    text: str


class Crew:
    """One room."""

    def __init__(
        self, room_id: str, name: str, chance: random.Random, problem: Problem | None = None
    ) -> None:
        self.room_id, self.name, self.chance = room_id, name, chance
        self.people: list[Participant] = []
        self.left: set[int] = set()  # document clients of people who left early
        self.problem = problem  # planted, at present
        self.stories = shuffled(chance) if problem is None else [planted(chance)]
        self.statements = 0  # of key results, written to their end
        self.away = 0  # people, on purpose
        self.steps: deque[Step] = deque(Step("todo", story) for story in self.stories[:TODOS])
        self.steps.extend(Step("objective", story) for story in self.stories)
        self.texts: deque[Writing] = deque()
        self.passages: dict[str, list[Passage]] = defaultdict(list)
        self.pens: Counter[str] = Counter()  # how many write in a field now
        self.todos: dict[Story, str] = {}
        self.lines: dict[str, Line] = {}  # by key result
        self.removed: set[str] = set()  # rows
        self.conversions = 0
        self.questions: deque[dict[str, Any]] = deque()  # comments nobody of us answered
        self.answered: set[str] = set()
        self.poll: tuple[str, str] | None = None  # the open one: id, and fist or word
        self.workshop_on_stage = ""  # its id while the group on stage can be asked
        self.asked: list[tuple[str, str]] = []  # questions to the stage that wait: id, by whom
        self.sent: Sent = {}
        self.is_closed = False  # drafts are locked, or it is over
        self.is_disturbed = False  # a person moved, or words went another way than by our pens
        self.hand_is_up = False
        self._heard = False
        self._listened_at = 0.0

    def notice(self, region: str, html: str) -> None:
        """A part of the page changed."""
        if region == STATE:
            self.is_closed = 'data-locked="yes"' in html
        if region == "poll":
            poll = _POLL.search(html)
            self.poll = (poll[1], "fist" if 'class="fingers"' in html else "word") if poll else None
        if region == "questions":
            stage = _STAGE.search(html) if " hidden" not in html[: html.find(">")] else None
            self.workshop_on_stage = stage[1] if stage else ""
            self.asked = _ASKED.findall(html) if stage else []
        self._heard |= region in HEARD_IN

    @property
    def can_have_a_problem(self) -> bool:
        """Whether one may be planted here: a crew at work, large enough that somebody can be missed."""
        is_busy = self.problem or self.hand_is_up or self.is_closed
        return not is_busy and len(self.people) >= CREW

    def wrote(self, writing: Writing) -> None:
        """Somebody wrote this to its end. All key results of a planted story are tasks."""
        self.statements += writing.field.endswith(":statement")
        if self.problem and self.problem.kind == "tasks" and self.statements >= len(self.stories[0].lines):
            self.problem.begin()

    def should_listen(self) -> bool:
        """Whether to look at the comments now; the asker does it."""
        now = time.monotonic()
        if not self._heard or now - self._listened_at < LISTENS_EVERY:
            return False
        self._heard, self._listened_at = False, now
        return True

    def begin(self, field: str, writer: "Participant") -> Passage:
        """Somebody puts the pen into a field."""
        passage = Passage(writer)
        self.passages[field].append(passage)
        return passage

    def fields_in_use(self) -> list[str]:
        """Where somebody writes now, alone."""
        return [field for field, pens in self.pens.items() if pens == 1]

    def finished(self, writer: "Participant") -> Iterator[tuple[str, Passage]]:
        """What this person wrote before, in fields that still stand."""
        for field, passages in self.passages.items():
            if field.split(":")[1] not in self.removed:
                yield from ((field, passage) for passage in passages if passage.writer is writer)

    def added_todo(self, step: Step, row_id: str) -> None:
        """Its words may be written."""
        self.todos[step.story] = row_id
        self._want(f"todo:{row_id}:text", step.story.todo)
        self._want(f"todo:{row_id}:outcome", step.story.outcome)

    def added_objective(self, step: Step, row_id: str, copied: str = "") -> None:
        """Its words may be written, and its key results added. copied: a title the server wrote."""
        if copied:
            self.conversions += 1
            self.passages[f"objective:{row_id}:title"].append(Passage(keys=list(copied)))
        else:
            self._want(f"objective:{row_id}:title", step.story.objective)
        self._want(f"objective:{row_id}:why", step.story.why)
        for line in reversed(step.story.lines):
            self.steps.appendleft(Step("key_result", step.story, line, row_id))

    def added_key_result(self, line: Line, row_id: str) -> None:
        """Its words may be written."""
        self.lines[row_id] = line
        for column, text in (
            ("statement", line.says),
            ("start", line.start),
            ("target", line.target),
            ("unit", line.unit),
        ):
            self._want(f"key_result:{row_id}:{column}", text)

    def is_at_limit(self, step: Step) -> None:
        """The ground rules allow no more of this kind here."""
        if step.kind == "objective":
            self.steps = deque(other for other in self.steps if other.kind != "objective")
        if step.kind == "key_result":
            self.steps = deque(other for other in self.steps if other.objective_id != step.objective_id)

    def turns_round(self, step: Step) -> str | None:
        """The to-do whose button makes this objective; None to add an empty one."""
        todo_id = self.todos.get(step.story)
        if todo_id is None or self.chance.random() > TURNED_ROUND:
            return None
        outcome = self.passages.get(f"todo:{todo_id}:outcome")
        return todo_id if outcome and not self.pens[f"todo:{todo_id}:outcome"] else None

    def _want(self, field: str, text: str) -> None:
        if text:
            self.texts.append(Writing(field, text))
