"""Live regions: rendered once, pushed after commit, versioned, never more often than needed."""

import asyncio
import json

import pytest

from boathouse.core.live import PAUSE, Live


@pytest.fixture
def live(database):
    return Live(database)


class Counter:
    """A region whose html says how often it was asked and what is true."""

    def __init__(self):
        self.truth, self.renders = "calm", 0

    async def __call__(self, session, topic_id, key):
        self.renders += 1
        return f'<p id="mood">{self.truth}</p>'


def watch(live, topic=("room", "1")):
    """A page that keeps what it is sent."""
    messages = []
    live.watch(topic, lambda message: messages.append(json.loads(message)))
    return messages


async def settled(live):
    """Wait until nothing is waiting to be pushed."""
    while live.waiting:
        await asyncio.gather(*live.waiting.values())


async def test_a_change_reaches_everybody_who_watches_rendered_once(live, database):
    region = Counter()
    live.register("room", "mood", region)
    ana, ben = watch(live), watch(live)
    async with database.writing() as session:
        region.truth = "glad"
        live.changed(session, "room", "1", "mood")
        assert ana == []
    await settled(live)
    assert ana == ben
    assert ana[0]["content"] == '<p id="mood">glad</p>'
    assert ana[0]["target"] == "#mood"
    assert region.renders == 1


async def test_nothing_is_rendered_when_nobody_watches(live):
    region = Counter()
    live.register("room", "mood", region)
    live.touch("room", "1", "mood")
    await settled(live)
    assert region.renders == 0


async def test_what_did_not_change_is_not_sent_again(live):
    live.register("room", "mood", Counter())
    ana = watch(live)
    for _ in range(2):
        live.touch("room", "1", "mood")
        await settled(live)
    assert len(ana) == 1


async def test_a_burst_is_pushed_at_most_four_times_a_second_and_ends_with_the_truth(live):
    region = Counter()
    live.register("room", "mood", region)
    ana = watch(live)
    began = asyncio.get_running_loop().time()
    for n in range(50):
        region.truth = f"mood {n}"
        live.touch("room", "1", "mood")
        await asyncio.sleep(0.01)
    await settled(live)
    lasted = asyncio.get_running_loop().time() - began
    assert len(ana) <= lasted / PAUSE + 1
    assert "mood 49" in ana[-1]["content"]


async def test_versions_grow(live):
    region = Counter()
    live.register("room", "mood", region)
    ana = watch(live)
    for truth in ("a", "b", "c"):
        region.truth = truth
        live.touch("room", "1", "mood")
        await settled(live)
    versions = [message["version"] for message in ana]
    assert versions == sorted(set(versions))


async def test_a_connect_receives_every_region_afresh(live):
    live.register("room", "mood", Counter())
    live.register("room", "seats", Counter())
    live.register("board", "wall", Counter())
    messages = [json.loads(message) async for message in live.everything(("room", "1"))]
    assert [message["region"] for message in messages] == ["mood", "seats"]


async def test_one_failing_region_is_logged_and_does_not_stop_the_others(live):
    async def broken(session, topic_id, key):
        raise ValueError

    live.register("room", "broken", broken)
    live.register("room", "mood", Counter())
    ana = watch(live)
    live.touch("room", "1", "broken", "mood")
    await settled(live)
    assert [message["region"] for message in ana] == ["mood"]
