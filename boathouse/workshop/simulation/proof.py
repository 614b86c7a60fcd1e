"""The end of a rehearsal: is every word that was typed where it should be?"""

from typing import Any

from boathouse.workshop.simulation.api import Api, Refused, Unreachable
from boathouse.workshop.simulation.crew import Crew
from boathouse.workshop.simulation.line import until
from boathouse.workshop.simulation.participant import Participant
from boathouse.workshop.simulation.passages import find_fault
from boathouse.workshop.simulation.words import Words

COLUMNS = {"objective": ("title", "why"), "key_result": ("statement", "start", "target", "unit")}


async def settle(crews: list[Crew], patience: float) -> None:
    """Wait until everybody's words are stored and all copies of a room are equal. patience: seconds."""
    await until(lambda: all(map(is_settled, crews)), patience)


def is_settled(crew: Crew) -> bool:
    """Whether nothing of this room is on its way any more."""
    copies = [person.document for person in crew.people if not person.document.final]
    return all(copy.is_saved for copy in copies) and len({copy.words.vector() for copy in copies}) < 2


async def find_losses(crew: Crew, api: Api, token: str) -> list[str]:
    """A sentence for each thing of this room that is not as it was typed. token: a coach's."""
    here = [person for person in crew.people if not person.document.final]
    if crew.is_closed or not here:
        return []  # locked or gone: people keep words that the coach did not want any more
    losses = [
        f"{crew.name}: words of {person.name} were never acknowledged"
        for person in here
        if not person.document.is_saved
    ]
    try:
        draft = await api.call("GET", f"/rooms/{crew.room_id}/draft", token)
    except (Refused, Unreachable) as problem:
        return [*losses, f"{crew.name}: the draft could not be read: {problem}"]
    for field in written_fields(crew):
        losses += _compare_copies(crew, here, field)
    if not is_shared_with_others(crew):
        losses += _compare_with_meant(crew, here[0].document.words)
        losses += _find_missing_rows(crew, draft)
    return losses + _compare_with_draft(crew, here[0].document.words, draft)


def written_fields(crew: Crew) -> list[str]:
    """Fields with words in them."""
    return [field for field, passages in crew.passages.items() if passages]


def is_shared_with_others(crew: Crew) -> bool:
    """Whether anybody but our own people wrote here, so that words may rightly be others than typed."""
    own = {person.document.words.client for person in crew.people} | crew.left
    seen = {client for person in crew.people for client in person.document.writers}
    wrote = {client for person in crew.people for client in person.document.words.writers()}
    return crew.is_disturbed or bool(seen - own) or len(wrote - own) > crew.conversions


def _compare_copies(crew: Crew, here: list[Participant], field: str) -> list[str]:
    texts = {person.document.words.text(field) for person in here}
    return [f"{crew.name}, {field}: copies differ: {sorted(texts)}"] if len(texts) > 1 else []


def _compare_with_meant(crew: Crew, words: Words) -> list[str]:
    faults = ((field, find_fault(words.text(field), crew.passages[field])) for field in written_fields(crew))
    return [f"{crew.name}, {field}: {fault}" for field, fault in faults if fault]


def _find_missing_rows(crew: Crew, draft: dict[str, Any]) -> list[str]:
    there = {row["id"] for _, row in rows(draft)}
    added = {tuple(field.split(":")[:2]) for field in written_fields(crew)}
    return [
        f"{crew.name}: {kind} {row_id} is not in the draft"
        for kind, row_id in added
        if kind in COLUMNS and row_id not in there and row_id not in crew.removed
    ]


def _compare_with_draft(crew: Crew, words: Words, draft: dict[str, Any]) -> list[str]:
    return [
        f"{crew.name}: the draft says “{row[column]}” where people see “{seen}”"
        for kind, row in rows(draft)
        for column in COLUMNS[kind]
        if (seen := words.text(f"{kind}:{row['id']}:{column}")) != row[column]
    ]


def rows(draft: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The objectives and key results of a draft as the contract gives it, each with its kind."""
    found = []
    for objective in draft["objectives"]:
        found.append(("objective", objective))
        found += [("key_result", key_result) for key_result in objective["key_results"]]
    return found
