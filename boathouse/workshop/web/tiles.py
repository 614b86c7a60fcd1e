"""Draws the tile of one room. People and signs change far less often than words, so they are kept apart."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from boathouse.core.ids import new_secret
from boathouse.core.web.pages import environment
from boathouse.workshop.attention import Triage
from boathouse.workshop.board import CROWD, ObjectiveInShort, RoomState, elapsed

HERE = new_secret()  # where a frame takes the words; nobody can write it into a name
COARSE = 15  # seconds to which a tile says when its room was last active

Frame = tuple[str, str]  # a tile before and after its words


def frame(workshop_id: str, state: RoomState, verdict: Triage, moment: datetime) -> Frame:
    """A room's tile before and after its words; people and signs change far less often than words."""
    html: str = macros().tile(
        workshop_id=workshop_id,
        room=state,
        verdict=verdict,
        moment=moment,
        boat=boat(len(state.people), state.here, state.writing, state.size),
        words=HERE,
        active=coarse(state.last_activity_at),
        written=elapsed(moment - state.last_activity_at) if state.last_activity_at else "",
    )
    before, _, after = str(html).strip().partition(HERE)
    return before, after


def framed_by(state: RoomState, verdict: Triage) -> tuple[object, ...]:
    """What a frame depends on."""
    return CROWD(state), verdict, coarse(state.last_activity_at), state.findings


@lru_cache(maxsize=8192)
def in_short(objective: ObjectiveInShort, number: int) -> str:
    """The words of one objective on a tile."""
    return str(macros().in_short(objective, number)).strip()


def words_of(state: RoomState) -> str:
    """All words on a tile."""
    if not state.objectives:
        return str(macros().no_words()).strip()
    return "".join(in_short(objective, n) for n, objective in enumerate(state.objectives, 1))


def macros() -> Any:
    """The macros of the tile's template."""
    return environment.get_template("board/_tile.html").module


@lru_cache(maxsize=4096)
def boat(seats: int, here: int, writing: int, size: int) -> Markup:
    """The drawing of a crew; there are few different ones."""
    drawn: Markup = environment.get_template("kit/parts.html").module.boat(seats, here, writing, size)  # type: ignore[attr-defined]
    return drawn


def coarse(moment: datetime | None) -> datetime | None:
    """Rounded up to a quarter of a minute, so that not every keystroke makes another tile."""
    if moment is None:
        return None
    seconds = -(-moment.timestamp() // COARSE) * COARSE
    return moment + timedelta(seconds=seconds - moment.timestamp())
