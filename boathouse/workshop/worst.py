"""Where in a draft a coach's question helps most: the place of each finding, and the worst of a room."""

from collections.abc import Collection, Iterable, Mapping

from boathouse.rollout.checks import Severity
from boathouse.workshop.attention import LATER
from boathouse.workshop.comments import PLACE_WORDS, Thread
from boathouse.workshop.documents.fields import TABLES
from boathouse.workshop.drafts import Draft
from boathouse.workshop.findings import ItemFinding

# Of equal severity, what others hang on comes first: words about work need no starting point yet.
_FIRST = (
    *("objective.task", "kr.output", "kr.no_number", "kr.no_baseline", "kr.milestone", "kr.bundled"),
    *("kr.type_not_allowed", "objective.has_metric", "kr.vague", "objective.vague", "kr.duplicate"),
    *("kr.health_metric", "kr.too_many", "objective.no_why", "objective.no_key_results", "kr.no_owner"),
)


def place_of(found: ItemFinding) -> str:
    """Where a comment on it is pinned: key_result:ID:start, or the item where that is no field of words."""
    kind = found.item.partition(":")[0]
    return f"{found.item}:{found.field}" if found.field in TABLES[kind][1] else found.item


def label_of(draft: Draft, place: str) -> str:
    """The place in words, as a sentence calls it: "the starting point of key result 2"."""
    kind, item_id, field = [*place.split(":"), "", ""][:3]
    item = draft.called(f"{kind}:{item_id}") or "the room"
    return f"{PLACE_WORDS[field]} of {item}" if field in PLACE_WORDS else item


def asked_places(threads: Iterable[Thread]) -> set[str]:
    """Where a coach's question stands open already."""
    return {thread.place for thread in threads if thread.is_open and thread.remarks[0].is_coach}


def worst_of(found: Mapping[str, Collection[ItemFinding]], asked: Collection[str] = ()) -> ItemFinding | None:
    """The finding a coach would ask about first, where nobody has asked yet; None when there is none."""
    open_ones = [each for some in found.values() for each in some if each.is_open]
    fresh = [each for each in open_ones if place_of(each) not in asked]
    return min(fresh, key=order_of, default=None)  # of equals the first in the draft


def order_of(found: ItemFinding) -> tuple[bool, bool, int]:
    """Sorts findings, the worst first; what the crew may simply not have come to is last."""
    code = found.finding.code
    rank = _FIRST.index(code) if code in _FIRST else len(_FIRST)
    return code in LATER, found.finding.severity != Severity.FIX, rank
