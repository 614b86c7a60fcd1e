"""Nothing stays in memory once nobody needs it."""

import gc
import random
import weakref

from tests.live.rig import Rig


async def test_what_was_opened_and_left_is_gone(rig: Rig, soak: bool) -> None:
    chance, left = random.Random(7), []
    rig.documents.memory.idle_after = 0
    for number in range(10_000 if soak else 40):
        client = await rig.client(f"P{number % 7}", room=number % 2)
        client.field(rig.name(room=number % 2)).insert(0, "x")
        await client.show({"field": None})
        room = rig.documents.rooms[rig.rooms[number % 2].id]
        left += [weakref.ref(room), *map(weakref.ref, room.connections), *map(weakref.ref, [room.words])]
        fate = chance.random()
        if fate < 0.05:
            client.abort()
        elif fate < 0.1:
            await client.send(b"\x00\x02\x01\x01")
            await client.ended()
        else:
            await client.until(lambda client=client: client.is_saved)
            await client.close()
        rig.clients.clear()
        if number % 10 == 9:
            while rig.documents.rooms:
                await rig.documents.flush()
                await rig.documents.memory.sweep()
    del client, room
    gc.collect()
    assert [each for each in left if each() is not None] == []
