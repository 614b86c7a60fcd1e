"""The workshop's clock and its steps: a pure state machine on the workshop's row and its agenda.

Nothing happens by itself. A phase whose time is up counts over calmly until a coach moves on, so that
no crew is cut off in mid-sentence. Deadlines are the server's; browsers only count towards them.
Every step sets fields of the workshop and raises Problem 409 where it is not possible: with several
coaches at once that is normal, so the sentence says what the state is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from boathouse.core.clock import iso
from boathouse.core.errors import Problem
from boathouse.workshop.tables import AgendaItem, StageView, Status, Workshop

UNDER_WAY = (Status.RUNNING, Status.PAUSED)


@dataclass(frozen=True)
class Clock:
    """What a page needs to draw the countdown. Exactly one of ends_at and left is set while it runs.

    ends_at: ISO deadline of the running phase. left: seconds left of a paused one, below 0 when over.
    minutes: the phase's planned length. label: "11:38", or "2 min over". phase: its title.
    """

    ends_at: str | None
    left: int | None
    minutes: int
    label: str
    phase: str

    @property
    def is_paused(self) -> bool:
        """Whether it stands still."""
        return self.left is not None


def clock_of(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> Clock | None:
    """The clock of the phase in progress; None before the start and after the end."""
    phase = current_phase(workshop, items)
    if phase is None or workshop.status not in UNDER_WAY:
        return None
    left = seconds_left(workshop, now)
    is_paused = workshop.status == Status.PAUSED
    return Clock(
        ends_at=None if is_paused else iso(workshop.phase_ends_at),
        left=round(left) if is_paused else None,
        minutes=phase.minutes,
        label=spoken(left),
        phase=phase.title,
    )


def seconds_left(workshop: Workshop, now: datetime) -> float:
    """Seconds until the phase's deadline, below 0 when it has passed; 0 without a phase."""
    if workshop.status == Status.RUNNING and workshop.phase_ends_at:
        return (workshop.phase_ends_at - now).total_seconds()
    return workshop.paused_seconds_left or 0.0


def spoken(seconds: float) -> str:
    """ "11:38", and once the time has been up for a minute "1 min over"; as countdown.js says it."""
    if seconds <= -60:
        return f"{int(-seconds // 60)} min over"
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02}"


def current_phase(workshop: Workshop, items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The agenda item in progress, or the one it ended with."""
    return next((item for item in items if item.id == workshop.agenda_item_id), None)


def neighbour(workshop: Workshop, items: Sequence[AgendaItem], step: int) -> AgendaItem | None:
    """The phase that many places after (or before) the current one."""
    places = [item.id for item in items]
    if workshop.agenda_item_id not in places:
        return None
    place = places.index(workshop.agenda_item_id) + step
    return items[place] if 0 <= place < len(items) else None


def start(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """The first phase begins."""
    if workshop.status == Status.ENDED:
        raise Problem(409, "This workshop has ended. Reopen it to go on.")
    if workshop.status != Status.SCHEDULED:
        raise Problem(409, "This workshop has started already.")
    if not items:
        raise Problem(409, "The agenda is empty. Add a phase first.")
    workshop.started_at = now
    _enter(workshop, items[0], now)


def next_phase(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """On to the following phase; a paused workshop runs again."""
    _must_be_under_way(workshop)
    following = neighbour(workshop, items, 1)
    if following is None:
        raise Problem(409, "This is the last phase. End the workshop when everybody is ready.")
    _enter(workshop, following, now)


def previous_phase(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """Back to the phase before, with its whole time."""
    _must_be_under_way(workshop)
    before = neighbour(workshop, items, -1)
    if before is None:
        raise Problem(409, "This is the first phase.")
    _enter(workshop, before, now)


def pause(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """The clock stands still; everybody can go on writing."""
    _must_be_under_way(workshop)
    if workshop.status == Status.PAUSED:
        raise Problem(409, "The clock is paused already.")
    workshop.paused_seconds_left = seconds_left(workshop, now)
    workshop.phase_ends_at = None
    workshop.status = Status.PAUSED


def resume(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """The clock goes on with the seconds that were left."""
    _must_be_under_way(workshop)
    if workshop.status == Status.RUNNING:
        raise Problem(409, "The clock is running already.")
    workshop.phase_ends_at = now + timedelta(seconds=workshop.paused_seconds_left or 0.0)
    workshop.paused_seconds_left = None
    workshop.status = Status.RUNNING


def extend(workshop: Workshop, now: datetime, seconds: int) -> None:
    """More time for this phase, or less with seconds below 0, at least until now.

    Past the deadline the added time counts from now: "one more minute" is what the coach says then.
    """
    _must_be_under_way(workshop)
    left = seconds_left(workshop, now)
    if seconds < 0 and left <= 0:
        raise Problem(409, "The time of this phase is up already.")
    left = max(left, 0.0) + seconds if seconds > 0 else max(left + seconds, 0.0)
    if workshop.status == Status.PAUSED:
        workshop.paused_seconds_left = left
    else:
        workshop.phase_ends_at = now + timedelta(seconds=left)


def end(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """It is over: drafts are locked and stay readable. What was left on the clock is kept for a reopening."""
    _must_be_under_way(workshop)
    workshop.paused_seconds_left = max(0.0, seconds_left(workshop, now))
    workshop.phase_ends_at = None
    workshop.ended_at = now
    workshop.status = Status.ENDED
    workshop.locked = True
    _show_what_happens(workshop)


def reopen(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """Take back an end: paused in the phase it ended with, drafts unlocked, every word as it was."""
    if workshop.status != Status.ENDED:
        raise Problem(409, "This workshop has not ended.")
    workshop.ended_at = None
    workshop.status = Status.PAUSED
    workshop.locked = False
    if current_phase(workshop, items) is None and items:
        workshop.agenda_item_id = items[-1].id
    workshop.phase_started_at = now  # nobody has been silent while it was over
    _show_what_happens(workshop)


def lock(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """Nobody writes for now, while a crew presents for example."""
    if workshop.locked:
        raise Problem(409, "The drafts are locked already.")
    workshop.locked = True


def unlock(workshop: Workshop, items: Sequence[AgendaItem], now: datetime) -> None:
    """Everybody may write again."""
    if workshop.status == Status.ENDED:
        raise Problem(409, "This workshop has ended. Reopen it to let people write again.")
    if not workshop.locked:
        raise Problem(409, "The drafts are open already.")
    workshop.locked = False


def _enter(workshop: Workshop, phase: AgendaItem, now: datetime) -> None:
    workshop.agenda_item_id = phase.id
    workshop.phase_started_at = now
    workshop.phase_ends_at = now + timedelta(minutes=phase.minutes)
    workshop.paused_seconds_left = None
    workshop.status = Status.RUNNING
    _show_what_happens(workshop)


def _show_what_happens(workshop: Workshop) -> None:
    """A new phase takes the stage back from whatever was shown on it."""
    workshop.stage_view, workshop.stage_room_id = StageView.AUTO, None
    workshop.stage_item, workshop.stage_comment_id, workshop.stage_question_id = "", None, None


def _must_be_under_way(workshop: Workshop) -> None:
    if workshop.status == Status.SCHEDULED:
        raise Problem(409, "This workshop has not started yet.")
    if workshop.status == Status.ENDED:
        raise Problem(409, "This workshop has ended.")
