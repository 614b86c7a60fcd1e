"""What a coach is offered at one place of a room's draft: what is found there, and questions with its words.

Flush the room's document before.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.asking import item_of
from boathouse.workshop.bank import Ready, offered, own_entries, phase_of
from boathouse.workshop.bank_words import own_words
from boathouse.workshop.comments import load_threads
from boathouse.workshop.drafts import Draft, load_draft
from boathouse.workshop.findings import ItemFinding, findings_of, load_meant
from boathouse.workshop.tables import KeyResult, Objective, Room, Workshop
from boathouse.workshop.worst import asked_places, label_of, place_of, worst_of

ROOM = "room"


@dataclass(frozen=True)
class Offer:
    """place: where a comment would be pinned, label: the same in words. code and message: of the finding it
    is about, empty without one.
    """

    place: str
    label: str
    code: str
    message: str
    ready: list[Ready]


async def offer_at(session: AsyncSession, workshop: Workshop, room: Room, place: str = "") -> Offer:
    """Questions for a place; without one for the worst finding that nobody has asked about yet, or the whole
    room where there is none. Errors: Problem 404 without such a room.
    """
    rules = GroundRules.model_validate(workshop.ground_rules)
    draft = await load_draft(session, room.id)
    found = findings_of(draft, rules, (await load_meant(session, [room.id]))[room.id])
    worst = None
    if not place:
        threads = (await load_threads(session, [room.id]))[room.id]
        worst = worst_of(found, asked_places(threads))
        place = place_of(worst) if worst else ROOM
    here = _found_at(found, place, worst)
    ready = offered(
        await own_entries(session, workshop.id),
        [each.finding.code for each in here],
        await phase_of(session, workshop),
        own_words(draft, item_of(place)),
        rules,
    )
    first = here[0].finding if here and place_of(here[0]) == place else None
    return Offer(
        place, _label(draft, place), first.code if first else "", first.message if first else "", ready
    )


async def words_of_place(session: AsyncSession, workshop_id: str, place: str) -> dict[str, str]:
    """What the braces of a question become at a place of this workshop; nothing elsewhere."""
    item = item_of(place)
    kind, _, item_id = item.partition(":")
    row: Objective | KeyResult | None = None
    if kind == "objective":
        row = await session.get(Objective, item_id)
    elif kind == "key_result":
        row = await session.get(KeyResult, item_id)
    room = await session.get(Room, row.room_id) if row else None
    is_ours = room is not None and room.workshop_id == workshop_id
    return own_words(await load_draft(session, room.id), item) if room and is_ours else {}


def _found_at(
    found: Mapping[str, list[ItemFinding]], place: str, first: ItemFinding | None
) -> list[ItemFinding]:
    """The open findings of the item, the one in question before those of the field, those before others."""
    here = [each for each in found.get(item_of(place), ()) if each.is_open]
    return sorted(here, key=lambda each: (each != first, place_of(each) != place))


def _label(draft: Draft, place: str) -> str:
    return "the whole room" if place == ROOM else label_of(draft, place)
