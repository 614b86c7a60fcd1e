"""The narrow path: stock clients on a real server write, see each other, and are told what is stored."""

from collections.abc import AsyncIterator

import pytest
import uvloop

from boathouse.core.settings import Settings
from boathouse.workshop.tables import Objective
from tests.live.rig import Rig, rigged


@pytest.fixture
def event_loop_policy() -> uvloop.EventLoopPolicy:
    """As in production."""
    return uvloop.EventLoopPolicy()


@pytest.fixture
async def rig(settings: Settings) -> AsyncIterator[Rig]:
    """A served app with one room."""
    async with rigged(settings) as rig:
        yield rig


async def test_words_reach_the_others_and_the_rows(rig: Rig) -> None:
    ana, ben = await rig.client("Ana"), await rig.client("Ben")
    ana.field(rig.name()).insert(0, "Crews see their own harbour")
    await ben.until(lambda: ben.text(rig.name()) == "Crews see their own harbour")
    await ana.until(lambda: ana.is_saved)
    await rig.documents.flush({rig.rooms[0].id})
    assert (await rig.get(Objective, rig.objectives[0].id)).title == "Crews see their own harbour"
