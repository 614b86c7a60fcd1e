"""Live tests run on uvloop, as the server does: its transports decide how slow readers feel."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import uvloop

from boathouse.core.settings import Settings
from boathouse.workshop.tables import Room
from tests.furnished import Furnished
from tests.live.club import Club
from tests.live.rig import Rig, rigged


@pytest.hookimpl(tryfirst=True)
def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """One loop for every test here."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def rig(settings: Settings) -> AsyncIterator[Rig]:
    """The served app, a workshop, two rooms with an objective each."""
    async with rigged(settings, rooms=2) as rig:
        yield rig


@pytest.fixture
async def club(settings: Settings, furnished: Furnished) -> AsyncIterator[Club]:
    """Everybody, and a room in the workshop of Ines."""
    async with rigged(settings) as rig:
        cast = furnished.cast.on(rig.app)
        room = Room(workshop_id=cast.other_workshop, number=1, name="Elsewhere")
        await rig.add(room)
        yield Club(rig, cast, room.id)
