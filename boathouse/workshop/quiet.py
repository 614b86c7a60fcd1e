"""Which questions stand on the pages of rooms right now: an item's change only while nobody writes in it."""

import asyncio
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from boathouse.core.live import Live
from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.asking import Asked, Meanings, questions_of, with_words
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.drafts import Draft
from boathouse.workshop.pauses import Pauses


@dataclass(frozen=True)
class Shown:
    """What a page shows at a place. serial: another one with every change, so that no push is mistaken for
    the one before it.
    """

    serial: int
    asked: Asked


@dataclass
class RoomQuestions:
    """One room that somebody looks at. draft, rules, meant: as they were drawn last."""

    pauses: Pauses
    draft: Draft
    rules: GroundRules
    meant: Meanings
    shown: dict[str, Shown] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None


class QuietQuestions:
    """Which questions stand on the pages of all rooms. One per process, in memory: they follow from drafts.

    An item's questions change only while it rests. When words of a watched room are written, a timer waits
    for that and looks at what is in memory; the database is asked only if the questions change.
    """

    def __init__(self, live: Live, documents: Documents) -> None:
        self.live, self.documents = live, documents
        self.rooms: dict[str, RoomQuestions] = {}
        self.serials = itertools.count(1)

    def show(self, draft: Draft, rules: GroundRules, meant: Meanings) -> dict[str, Shown]:
        """What to draw for a draft that was just loaded, by place."""
        room_id = draft.room_id
        words = self.documents.words(room_id)
        room = self.rooms.setdefault(room_id, RoomQuestions(Pauses(words), draft, rules, meant))
        room.draft, room.rules, room.meant = draft, rules, meant
        busy = self._busy(room_id, room)
        asked = questions_of(draft, rules, meant)
        room.shown = {place: self._shown(room, each, each.item in busy) for place, each in asked.items()}
        return room.shown

    def _shown(self, room: RoomQuestions, asked: Asked, is_busy: bool) -> Shown:
        before = room.shown.get(asked.place)
        if is_busy:
            asked = (before.asked if before else Asked(asked.place)).without(asked.kept)
        return before if before and before.asked == asked else Shown(next(self.serials), asked)

    def written(self, room_ids: set[str]) -> None:
        """Words of these rooms were copied into their rows."""
        for room_id in room_ids & self.rooms.keys():
            if self.live.watchers.get(("room", room_id)):
                self._busy(room_id, self.rooms[room_id])
            else:
                self.forget(room_id)

    def forget(self, room_id: str) -> None:
        """Nobody looks at it any more."""
        room = self.rooms.pop(room_id, None)
        if room and room.timer:
            room.timer.cancel()

    def _busy(self, room_id: str, room: RoomQuestions) -> Mapping[str, float]:
        """The items that do not rest; they are looked at again when they may."""
        moment = time.monotonic()
        room.pauses.note(self.documents.words(room_id), moment)
        busy = room.pauses.busy(self.documents.fields_in_use(room_id), moment)
        if busy and room.timer is None:
            wait = min(busy.values()) - moment
            room.timer = asyncio.get_running_loop().call_later(wait, self._look, room_id)
        return busy

    def _look(self, room_id: str) -> None:
        room = self.rooms.get(room_id)
        if room is None:
            return
        room.timer = None
        if not self.live.watchers.get(("room", room_id)):
            return self.forget(room_id)
        busy = self._busy(room_id, room)
        draft = with_words(room.draft, self.documents.words(room_id))
        for place, asked in questions_of(draft, room.rules, room.meant).items():
            shown = room.shown.get(place)
            if shown and asked.item not in busy and shown.asked != asked:
                return self.live.touch("room", room_id, "asks")
        return None
