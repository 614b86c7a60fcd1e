"""The sheet: the ground rules on one page, as somebody reads them who was not in the room."""

from dataclasses import dataclass
from datetime import datetime

from boathouse.rollout.parameter_questions import QUESTIONS
from boathouse.rollout.parameters import Key
from boathouse.rollout.snapshots import Snapshot

# In the order of somebody who is about to draft: first what binds the draft, then what surrounds it.
GROUPS: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (
        "While you draft",
        (
            Key.MAX_OBJECTIVES,
            Key.MAX_KEY_RESULTS,
            Key.KEY_RESULT_TYPES,
            Key.SCORING,
            Key.AMBITION,
            Key.KPIS,
        ),
    ),
    ("Who and when", (Key.LEVELS, Key.CYCLE_MONTHS, Key.CHECK_IN_CADENCE, Key.BOTTOM_UP_SHARE)),
    ("What surrounds it", (Key.PERFORMANCE_REVIEWS, Key.ALIGNMENT, Key.SYSTEM_OF_RECORD)),
)


@dataclass(frozen=True)
class Rule:
    """One rule in plain words. link: where it leads, if anywhere. note: what to know about its standing."""

    key: Key
    title: str
    answer: str
    reason: str
    note: str
    link: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Sheet:
    """A page. of: whose rules; why: the program's why, may be empty; notes: what holds for all of it."""

    of: str
    why: str
    why_by: str
    groups: tuple[tuple[str, tuple[Rule, ...]], ...]
    notes: tuple[str, ...]


def make_sheet(
    of: str, snapshot: Snapshot, *, why: str = "", why_by: str = "", workshop: bool = False
) -> Sheet:
    """The sheet of a program, or with `workshop` that of a workshop, which may run on recommendations."""
    rules = {key: _rule(key, snapshot, workshop) for key in Key}
    groups = tuple((title, tuple(rules[key] for key in keys)) for title, keys in GROUPS)
    return Sheet(of, why, why_by, groups, _notes(snapshot, workshop))


def _rule(key: Key, snapshot: Snapshot, workshop: bool) -> Rule:
    source = snapshot.source(key)
    link = snapshot.rules.system_of_record.get("link", "") if key == Key.SYSTEM_OF_RECORD else ""
    title = QUESTIONS[key].title
    if source.decided:
        return Rule(key, title, snapshot.words(key), source.reason, "", link, source.by, source.at)
    note = (
        "Recommended; nothing was decided." if workshop else "Not decided yet. Practitioners recommend this."
    )
    return Rule(key, title, snapshot.words(key), source.reason, note, link)


def _notes(snapshot: Snapshot, workshop: bool) -> tuple[str, ...]:
    accepted = [key for key in Key if snapshot.source(key).accepted_by]
    if workshop and accepted:
        by = snapshot.source(accepted[0]).accepted_by
        titles = ", ".join(QUESTIONS[key].inside for key in accepted)
        words = f"{by} started this workshop on recommended defaults, since leadership had not decided"
        return (f"{words}: {titles}.",)
    decided = sum(snapshot.source(key).decided for key in Key)
    if not workshop and decided < len(Key):
        return (f"{decided} of {len(Key)} are decided. The others are what practitioners recommend so far.",)
    return ()
