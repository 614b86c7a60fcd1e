"""Where workshops stand, read and drawn once for all rooms of one: a thousand pages show the same.

What was read is forgotten with every commit that changes it, and after half a second anyway, since the
clock runs.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.database import after_commit
from boathouse.core.web.pages import partial
from boathouse.workshop.agenda import Progress, progress_of
from boathouse.workshop.ground_rules import drafting_rules
from boathouse.workshop.tables import Room, Workshop

FRESH = 0.5  # seconds
MOST = 64  # workshops at a time


@dataclass(frozen=True)
class Course:
    """One workshop's progress, and the regions that were drawn from it."""

    progress: Progress
    read_at: float
    drawn: dict[str, str] = field(default_factory=dict)

    def draw(self, template: str) -> str:
        """A region that depends on nothing else."""
        if template not in self.drawn:
            rules = drafting_rules(self.progress.workshop)
            self.drawn[template] = partial(template, progress=self.progress, rules=rules)
        return self.drawn[template]


@dataclass
class Courses:
    """Those of this process. workshop_of: the workshop of a room with people in it, as far as known."""

    workshop_of: Callable[[str], str | None]
    known: dict[str, Course] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)

    async def of(self, session: AsyncSession, workshop_id: str) -> Course | None:
        """The workshop's course; None once it is deleted."""
        course = self.known.get(workshop_id)
        if course and time.monotonic() - course.read_at < FRESH:
            return course
        seen = self.changes[workshop_id]
        workshop = await session.get(Workshop, workshop_id)
        if workshop is None:
            return None
        course = Course(await progress_of(session, workshop), time.monotonic())
        if seen == self.changes[workshop_id]:  # nothing was committed while it was read
            self._keep(workshop_id, course)
        return course

    async def of_room(self, session: AsyncSession, room_id: str) -> Course | None:
        """That of the room's workshop; None once they are deleted."""
        workshop_id = self.workshop_of(room_id)
        if workshop_id is None:
            room = await session.get(Room, room_id)
            workshop_id = room.workshop_id if room else ""
        return await self.of(session, workshop_id)

    def changed(self, session: AsyncSession, workshop_id: str) -> None:
        """Forget what was read as soon as this is committed; call it before the pushes are announced."""
        after_commit(session, lambda: self._forget(workshop_id))

    def _forget(self, workshop_id: str) -> None:
        self.changes[workshop_id] += 1
        self.known.pop(workshop_id, None)

    def _keep(self, workshop_id: str, course: Course) -> None:
        self.known.pop(workshop_id, None)
        self.known[workshop_id] = course
        if len(self.known) > MOST:
            del self.known[next(iter(self.known))]
