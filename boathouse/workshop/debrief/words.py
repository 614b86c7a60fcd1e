"""The debrief in sentences, the same on the page and on paper. Pure."""

from collections.abc import Iterator

from boathouse.workshop.coaching import Change
from boathouse.workshop.debrief.debrief import Debrief
from boathouse.workshop.response_times import Times


def number_of(count: int, one: str, many: str = "") -> str:
    """ "1 room", "3 rooms"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def glance(debrief: Debrief) -> Iterator[str]:
    """What happened, in three or four sentences."""
    if debrief.simulated:
        yield f"A rehearsal: {number_of(debrief.simulated, 'person', 'people')} in it were simulated."
    used = sum(room.was_used for room in debrief.rooms)
    until = "to the end" if debrief.is_over else "until now"
    if debrief.came:
        yield (
            f"{number_of(debrief.came, 'person', 'people')} came, {debrief.at_most} of them at one time, and "
            f"{debrief.stayed or 'nobody'} stayed {until}. {number_of(used, 'room')} took part."
        )
    yield (
        f"They drafted {number_of(debrief.last.objectives, 'objective')} with "
        f"{number_of(debrief.last.key_results, 'key result')}. {coached(debrief)}"
    )
    if debrief.until_objective is not None:
        yield (
            f"Half of the rooms had begun their first objective within "
            f"{number_of(debrief.until_objective, 'minute')}."
        )


def coached(debrief: Debrief) -> str:
    """Whether coaching worked, in a sentence."""
    share, first = debrief.last.from_to, debrief.first_share
    if not share.of:
        return "None of them is a metric yet."
    words = f"{share.percent} % of the metrics say from what to what"
    if first and first.percent is not None:
        words += f"; when metrics first stood there, {first.percent} % did"
    return f"{words}. {changed(debrief.commented)}".strip()


def changed(change: Change) -> str:
    """Before and after of those with a comment."""
    before, after = change.shares
    if not change.of:
        return ""
    return (
        f"Of the {number_of(change.of, 'metric')} that a coach commented on, {before.percent} % did so "
        f"before and {after.percent} % at the end."
    )


def took(times: Times) -> str:
    """How long answers took."""
    if times.middle is None or times.most is None:
        return "nothing was answered" if times.waiting else "nothing was asked"
    words = (
        f"half of {len(times.seconds)} within {spoken(times.middle)}, nine in ten within {spoken(times.most)}"
    )
    return f"{words}; {times.waiting} without an answer" if times.waiting else words


def spoken(seconds: float) -> str:
    """ "40 seconds", "3 min 20 s"."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return number_of(rest, "second")
    return f"{minutes} min" + (f" {rest} s" if rest and minutes < 10 else "")
