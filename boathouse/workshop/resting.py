"""Findings as a wall shows them: only of items that rest; who still writes is not questioned. Pure."""

from collections.abc import Mapping

from boathouse.workshop.drafts import Draft
from boathouse.workshop.findings import ItemFinding
from boathouse.workshop.pauses import PAUSE

PATIENCE = 60.0  # seconds until it counts that something is missing which may come next
MISSING = {
    *("kr.no_number", "kr.no_baseline", "kr.no_owner"),
    *("objective.no_why", "objective.no_key_results", "objective.no_sponsor"),
}

Found = Mapping[str, list[ItemFinding]]  # by item
NEVER = float("inf")


class Resting:
    """One room's items, and since when each stands as it is. Moments are seconds of any steady clock.

    A draft that is seen for the first time has stood for long. due: when to judge it again.
    """

    def __init__(self, draft: Draft) -> None:
        self.words = _words(draft)
        self.since: dict[str, float] = {}
        self.shown: dict[str, list[ItemFinding]] = {}
        self.due = NEVER

    def note(self, draft: Draft, moment: float) -> None:
        """This is how it stands now."""
        words = _words(draft)
        for item, said in words.items():
            if self.words.get(item) != said:
                self.since[item] = moment
                self.due = min(self.due, moment + PAUSE)
        self.words = words

    def settle(self, found: Found, moment: float) -> dict[str, list[ItemFinding]]:
        """What may be shown of these findings now; of an item in work what was shown before."""
        self.due = NEVER
        shown = {}
        for item in self.words:
            if some := self._shown(item, found.get(item, []), moment):
                shown[item] = some
        self.shown = shown
        return shown

    def _shown(self, item: str, found: list[ItemFinding], moment: float) -> list[ItemFinding]:
        since = self.since.get(item)
        if since is None or moment - since >= PATIENCE:
            return found
        if moment - since < PAUSE:
            self.due = min(self.due, since + PAUSE)
            return self.shown.get(item, [])
        ready = [each for each in found if each.finding.code not in MISSING]
        if len(ready) < len(found):
            self.due = min(self.due, since + PATIENCE)
        return ready


def _words(draft: Draft) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for objective in draft.objectives:
        words[f"objective:{objective.id}"] = (objective.title, objective.why)
        for each in objective.key_results:
            fields = (each.type.value, each.statement, each.start, each.target, each.unit, each.owner or "")
            words[f"key_result:{each.id}"] = fields
    return words
