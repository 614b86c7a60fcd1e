"""Live regions: rendered once, pushed after commit, versioned, never more often than needed."""

import asyncio
import json

import pytest
from sqlalchemy import event

from boathouse.core.live import PAUSE, Live
from boathouse.core.people import Person, Role
from boathouse.core.regions import SLICE


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
    messages = [json.loads(message) async for message in live.greetings.everything(("room", "1"))]
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


class Wall:
    """A region of which a topic has many; tiles are what its html says, asked keeps what was rendered."""

    def __init__(self, *keys):
        self.tiles, self.asked = {key: "calm" for key in keys}, []

    async def keys(self, session, topic_id):
        return list(self.tiles)

    async def __call__(self, session, topic_id, keys):
        self.asked.append(sorted(keys))
        return {key: f'<li id="tile-{key}">{self.tiles[key]}</li>' for key in keys if key in self.tiles}

    def register(self, live):
        live.register_many("board", "tile", self, self.keys)
        return self


def regions(messages):
    """What arrived, by region; a later push of the same region counts."""
    single = [push for message in messages for push in message.get("regions", [message])]
    return {push["region"]: push["content"] for push in single}


async def test_of_many_regions_only_those_that_changed_are_rendered_and_travel_together(live):
    wall = Wall("a", "b", "c").register(live)
    ana = watch(live, ("board", "1"))
    for key in ("a", "b"):
        live.touch("board", "1", "tile", key=key)
    await settled(live)
    assert wall.asked == [["a", "b"]]
    assert len(ana) == 1
    assert regions(ana) == {"tile-a": '<li id="tile-a">calm</li>', "tile-b": '<li id="tile-b">calm</li>'}


async def test_of_many_regions_what_did_not_change_is_left_out(live):
    wall = Wall("a", "b").register(live)
    ana = watch(live, ("board", "1"))
    live.touch("board", "1", "tile")
    await settled(live)
    wall.tiles["b"] = "glad"
    live.touch("board", "1", "tile")
    await settled(live)
    assert regions(ana[1:]) == {"tile-b": '<li id="tile-b">glad</li>'}


async def test_many_regions_are_rendered_in_slices_that_let_others_work(live):
    wall = Wall(*(f"{n:03}" for n in range(SLICE * 2 + 1))).register(live)
    messages = [json.loads(message) async for message in live.greetings.everything(("board", "1"))]
    assert [len(asked) for asked in wall.asked] == [SLICE, SLICE, 1]
    assert len(regions(messages)) == SLICE * 2 + 1


async def test_a_stale_page_and_the_pushes_make_a_fresh_page(live):
    wall = Wall("a", "b", "c").register(live)
    page = {}
    live.watch(("board", "1"), lambda message: page.update(regions([json.loads(message)])))
    async for message in live.greetings.everything(("board", "1")):
        page.update(regions([json.loads(message)]))
    for n in range(30):
        wall.tiles["abc"[n % 3]] = f"mood {n}"
        live.touch("board", "1", "tile", key="abc"[n % 3])
        await asyncio.sleep(0.01)
    await settled(live)
    fresh = {}
    async for message in live.greetings.everything(("board", "1")):
        fresh.update(regions([json.loads(message)]))
    assert page == fresh


async def test_a_region_shown_on_another_page_is_announced_under_its_own_kind(live):
    live.register("room", "beside", Counter(), on="drawer")
    room, drawer = watch(live, ("room", "1")), watch(live, ("drawer", "1"))
    live.touch("room", "1", "beside")
    await settled(live)
    assert room == []
    assert [message["region"] for message in drawer] == ["beside"]
    assert [
        json.loads(message)["region"] async for message in live.greetings.everything(("drawer", "1"))
    ] == ["beside"]


async def test_a_broken_region_does_not_keep_a_connect_from_the_others(live):
    async def broken(session, topic_id, key):
        raise ValueError

    live.register("room", "broken", broken)
    live.register("room", "mood", Counter())
    assert [json.loads(message)["region"] async for message in live.greetings.everything(("room", "1"))] == [
        "mood"
    ]


@pytest.fixture
async def owner(database):
    async with database.writing() as session:
        session.add(person := Person(name="Ana", email="ana@example.org", role=Role.OWNER))
    return person


async def test_regions_drawn_together_read_a_row_once(live, database, owner):
    read = []
    event.listen(database.engine.sync_engine, "after_cursor_execute", lambda *said: read.append(said[2]))

    async def name(session, topic_id, key):
        return (await session.get_one(Person, owner.id)).name

    for region in ("mood", "seats", "notes"):
        live.register("room", region, name)
    messages = [json.loads(message) async for message in live.greetings.everything(("room", "1"))]
    assert {message["content"] for message in messages} == {owner.name}
    assert len([sql for sql in read if sql.startswith("SELECT")]) == 1


async def test_what_changes_while_regions_are_drawn_wins_over_what_they_saw(live, database, owner):
    async def name(session, topic_id, key):
        return (await session.get_one(Person, owner.id)).name

    async def slow(session, topic_id, key):
        html = await name(session, topic_id, key)
        if not pushed:
            async with database.writing() as writer:
                (await writer.get_one(Person, owner.id)).name = "Glad"
                live.changed(writer, "room", "1", "last")
            pushed.append(True)
            await settled(live)
        return html

    pushed = []
    live.register("room", "first", slow)
    live.register("room", "last", name)
    page = watch(live)
    page += [json.loads(message) async for message in live.greetings.everything(("room", "1"))]
    newest = max((said for said in page if said["region"] == "last"), key=lambda said: said["version"])
    assert newest["content"] == "Glad"


async def test_a_second_connect_gets_what_the_first_was_drawn(live):
    region = Counter()
    live.register("room", "mood", region)
    watch(live)
    first = [message async for message in live.greetings.everything(("room", "1"))]
    watch(live)
    second = [message async for message in live.greetings.everything(("room", "1"))]
    assert first == second
    assert region.renders == 1


async def test_a_connect_after_a_touch_is_drawn_anew(live):
    region = Counter()
    live.register("room", "mood", region)
    watch(live)
    async for _ in live.greetings.everything(("room", "1")):
        region.truth = "glad"
    live.touch("room", "1", "mood")
    messages = [json.loads(message) async for message in live.greetings.everything(("room", "1"))]
    assert "glad" in messages[0]["content"]
    await settled(live)


async def test_what_changed_while_nobody_watched_is_drawn_anew(live):
    region = Counter()
    live.register("room", "mood", region)
    send = lambda message: None  # noqa: E731
    live.watch(("room", "1"), send)
    async for _ in live.greetings.everything(("room", "1")):
        live.unwatch(("room", "1"), send)
    region.truth = "glad"
    live.touch("room", "1", "mood")
    watch(live)
    messages = [json.loads(message) async for message in live.greetings.everything(("room", "1"))]
    assert "glad" in messages[0]["content"]


async def test_those_who_connect_at_once_share_one_rendering_until_something_changes(live):
    region = Counter()
    live.register("room", "mood", region)

    async def connect() -> list[str]:
        return [message async for message in live.greetings.everything(("room", "1"))]

    watch(live)
    first, *others = await asyncio.gather(*(connect() for _ in range(5)))
    assert region.renders == 1
    assert others == [first] * 4
    region.truth = "glad"
    live.touch("room", "1", "mood")
    assert "glad" in (await connect())[0]
    await settled(live)


async def test_who_came_in_between_is_told_when_things_are_as_they_were_before(live):
    region = Counter()
    live.register("room", "mood", region)
    watch(live)
    live.touch("room", "1", "mood")
    await settled(live)
    region.truth = "glad"
    late = watch(live)
    late += [json.loads(message) async for message in live.greetings.everything(("room", "1"))]
    assert late[-1]["content"] == '<p id="mood">glad</p>'
    region.truth = "calm"
    live.touch("room", "1", "mood")
    await settled(live)
    assert late[-1]["content"] == '<p id="mood">calm</p>'


async def test_who_connects_while_the_server_ends_waits_for_nothing(live):
    live.register("room", "mood", Counter())

    async def connect() -> list[str]:
        return [message async for message in live.greetings.everything(("room", "1"))]

    page = asyncio.create_task(connect())
    await asyncio.sleep(0)  # its drawing is wanted, and has not begun
    await live.stop()
    assert await asyncio.wait_for(page, 5) == []


async def test_a_push_that_was_slower_than_a_connect_is_not_taken_for_what_all_saw(live):
    truth, seen, goes_on = ["calm"], asyncio.Event(), asyncio.Event()

    async def slow(session, topic_id, key):
        html = f"<p>{truth[-1]}</p>"
        if not seen.is_set():
            seen.set()
            await goes_on.wait()
        return html

    live.register("room", "mood", slow)
    watch(live)
    live.touch("room", "1", "mood")
    await seen.wait()
    truth.append("upset")
    live.touch("room", "1", "mood")
    late = watch(live)
    late += [json.loads(message) async for message in live.greetings.everything(("room", "1"))]
    goes_on.set()
    truth.append("calm")
    live.touch("room", "1", "mood")
    await settled(live)
    assert max(late, key=lambda said: said["version"])["content"] == "<p>calm</p>"


async def test_what_a_broken_region_leaves_behind_does_not_break_the_next(live, database, owner):
    async def named(session, topic_id, key):
        if "owner" not in session.info:
            session.info["owner"] = await session.get_one(Person, owner.id)
        return session.info["owner"].name

    async def broken(session, topic_id, key):
        await named(session, topic_id, key)
        raise ValueError

    live.register("room", "broken", broken)
    live.register("room", "mood", named)
    assert [json.loads(message)["content"] async for message in live.greetings.everything(("room", "1"))] == [
        owner.name
    ]
