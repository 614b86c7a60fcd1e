"""What a rehearsal counts, and the report made of it."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


def seconds() -> "array[float]":
    """An empty list of durations."""
    return array("d")


@dataclass
class Tally:
    """One for all crews. Durations are in seconds."""

    joined: int = 0
    rooms: int = 0
    left: int = 0  # early, on purpose
    edits: int = 0  # keystrokes that changed a document
    deliveries: int = 0  # changes of somebody else's that reached a participant
    dropouts: int = 0  # lines cut on purpose
    reconnects: int = 0
    hands: int = 0
    replies: int = 0
    votes: int = 0  # answers to polls
    questions: int = 0  # to the group on stage
    saved: "array[float]" = field(default_factory=seconds)  # from sending to the acknowledgement
    seen: "array[float]" = field(default_factory=seconds)  # from sending to the others' copies
    turned_away: Counter[str] = field(default_factory=Counter)  # who could not join, by the server's sentence
    ended: Counter[str] = field(default_factory=Counter)  # participants the server closed for good, by reason
    errors: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)  # what was typed and is not where it should be

    @property
    def is_clean(self) -> bool:
        """Whether everything held."""
        return not self.errors and not self.lost

    def progress(self, elapsed: float, online: int) -> str:
        """One line while it runs."""
        return (
            f"{elapsed:4.0f} s  {online} of {self.joined} online, {self.edits} edits, "
            f"{self.deliveries} deliveries, saved p99 {percentile(self.saved, 99) * 1000:.0f} ms, "
            f"{self.reconnects} reconnects, {self.errors.total()} errors"
        )

    def report(self) -> str:
        """A few lines at the end, and one for each trouble."""
        lines = [
            f"joined           {self.joined} in {self.rooms} rooms, {self.left} left early",
            f"edits            {self.edits}, each acknowledged" if not self.lost else f"edits {self.edits}",
            f"deliveries       {self.deliveries}, seen by the others after {_spread(self.seen)}",
            f"acknowledgement  {_spread(self.saved)}",
            f"reconnects       {self.reconnects}, after {self.dropouts} dropouts on purpose",
            f"hands, replies   {self.hands}, {self.replies}",
            f"votes, questions {self.votes}, {self.questions}",
            f"errors           {self.errors.total()}",
        ]
        lines += [f"  {count} x {what}" for what, count in self.errors.most_common(10)]
        lines += [f"not seated: {count} x {why}" for why, count in self.turned_away.most_common(5)]
        lines += [f"ended by the server: {count} x {why}" for why, count in self.ended.most_common(5)]
        lines += [f"lost: {what}" for what in self.lost[:20]]
        return "\n".join(lines)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many per cent do not exceed; 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def _spread(values: Sequence[float]) -> str:
    half, most = percentile(values, 50) * 1000, percentile(values, 99) * 1000
    return f"p50 {half:.1f} ms, p99 {most:.1f} ms"
