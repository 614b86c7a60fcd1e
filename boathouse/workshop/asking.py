"""Which questions a draft shows its crew, and where: few, the weightiest first, none that the page asks
anyway.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from boathouse.rollout.checks import Finding, KeyResultLine, Severity, check_line
from boathouse.rollout.checks.reading import read
from boathouse.rollout.parameters import RECOMMENDED, GroundRules
from boathouse.workshop.drafts import Draft
from boathouse.workshop.findings import ItemFinding, findings_of

MOST = 2  # questions at one item at once
# An objective without key results has an empty place that asks for the first one.
ASKED_BY_THE_PAGE = {"objective.no_key_results"}
LAST = {"kr.no_owner"}  # asked once there is nothing else to think about
NO_OUTCOME = Finding(
    "todo.no_outcome",
    Severity.ASK,
    "It is not said what this is for.",
    "What changes for whom if this is done?",
)
STILL_WORK = Finding(
    "todo.work",
    Severity.ASK,
    "The right side still says what you do.",
    "And when that is done too: what changes, and for whom?",
)
TODO_CODES = (NO_OUTCOME.code, STILL_WORK.code)
NUMBERS = RECOMMENDED.model_copy(
    update={"key_result_types": ["metric"]}
)  # what is done or not weighs most here
Meanings = Mapping[tuple[str, str], str]  # (item, code) that is kept on purpose → who said so


@dataclass(frozen=True)
class Asked:
    """What is asked at one place: objective:ID, objective:ID:why, key_result:ID or todo:ID.

    kept: findings that the crew means on purpose, each with the name of who said so.
    """

    place: str
    questions: tuple[ItemFinding, ...] = ()
    kept: tuple[tuple[ItemFinding, str], ...] = ()

    @property
    def item(self) -> str:
        """The item to which the place belongs."""
        return item_of(self.place)

    def without(self, kept: tuple[tuple[ItemFinding, str], ...]) -> "Asked":
        """The same, where some of it was answered with "we meant it" meanwhile, or that was taken back."""
        codes = {one.finding.code for one, _ in kept}
        return replace(
            self, questions=tuple(one for one in self.questions if one.finding.code not in codes), kept=kept
        )


def item_of(name: str) -> str:
    """The item of a place or field: objective:ID of objective:ID:title."""
    return ":".join(name.split(":")[:2])


def questions_of(draft: Draft, rules: GroundRules, meant: Meanings) -> dict[str, Asked]:
    """Place → what is asked there; every place of the draft is there, most with nothing."""
    found = findings_of(draft, rules, meant) | _todos(draft, meant)
    items = [f"objective:{each.id}" for each in draft.objectives if each.number]
    items += [f"key_result:{each.id}" for each in draft.key_results() if each.number]
    items += [f"todo:{each.id}" for each in draft.todos if each.number]
    asked: dict[str, Asked] = {}
    for item in items:
        ours = found.get(item, [])
        chosen = _chosen(ours)
        kept = tuple((one, meant[item, one.finding.code]) for one in ours if one.meant)
        asked[item] = Asked(item, tuple(one for one in chosen if one.field != "why"), _at(kept, why=False))
        if item.startswith("objective:"):
            why = f"{item}:why"
            asked[why] = Asked(why, tuple(one for one in chosen if one.field == "why"), _at(kept, why=True))
    return asked


def _at(kept: tuple[tuple[ItemFinding, str], ...], *, why: bool) -> tuple[tuple[ItemFinding, str], ...]:
    return tuple(pair for pair in kept if (pair[0].field == "why") is why)


def _chosen(found: list[ItemFinding]) -> list[ItemFinding]:
    """The weightiest of an item, in the order in which to ask."""
    left = [one for one in found if one.is_open and one.finding.code not in ASKED_BY_THE_PAGE]
    left.sort(key=lambda one: one.finding.severity != Severity.FIX)
    return ([one for one in left if one.finding.code not in LAST] or left)[:MOST]


def _todos(draft: Draft, meant: Meanings) -> dict[str, list[ItemFinding]]:
    """What is asked on the strip: the first to-do without an outcome, and outcomes that are work again."""
    found: dict[str, list[ItemFinding]] = {}
    has_asked = False
    for todo in draft.todos:
        item = f"todo:{todo.id}"
        if not todo.number or todo.converted_to or not todo.text.strip():
            continue
        if not todo.outcome.strip():
            is_meant = (item, NO_OUTCOME.code) in meant
            if is_meant or not has_asked:
                found[item] = [ItemFinding(item, "outcome", NO_OUTCOME, is_meant)]
            has_asked = has_asked or not is_meant
        elif _is_work(todo.outcome):
            found[item] = [ItemFinding(item, "outcome", STILL_WORK, (item, STILL_WORK.code) in meant)]
    return found


def _is_work(outcome: str) -> bool:
    """Whether it surely is: outcomes without a number are what is wanted here, and end states may be."""
    found = {one.code for one in check_line(KeyResultLine(outcome), NUMBERS) if one.severity == Severity.FIX}
    return "kr.output" in found or ("kr.milestone" in found and bool(read(outcome).lead))


def with_words(draft: Draft, words: Mapping[str, str | None]) -> Draft:
    """The draft with the words that its document holds by now. words: by field, such as todo:ID:text."""

    def said(kind: str, item_id: str, column: str, before: str) -> str:
        now = words.get(f"{kind}:{item_id}:{column}")
        return before if now is None else now

    objectives = []
    for each in draft.objectives:
        key_results = [
            replace(
                one,
                statement=said("key_result", one.id, "statement", one.statement),
                start=said("key_result", one.id, "start", one.start),
                target=said("key_result", one.id, "target", one.target),
                unit=said("key_result", one.id, "unit", one.unit),
            )
            for one in each.key_results
        ]
        title = said("objective", each.id, "title", each.title)
        why = said("objective", each.id, "why", each.why)
        objectives.append(replace(each, title=title, why=why, key_results=key_results))
    todos = [
        replace(
            each,
            text=said("todo", each.id, "text", each.text),
            outcome=said("todo", each.id, "outcome", each.outcome),
        )
        for each in draft.todos
    ]
    return replace(draft, objectives=objectives, todos=todos)
