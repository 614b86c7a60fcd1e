"""Words over bad lines: stalled, slow or cut ones, ended for being silent, or all cut at once."""

import asyncio
import random
import time
from contextlib import suppress

from websockets.exceptions import WebSocketException

from boathouse.core.settings import Settings
from tests.limits import within
from tests.live.proxy import Proxy, proxied
from tests.live.rig import Rig, rigged
from tests.live.yjs import Client

DELAY = 0.2  # seconds each way
SILENCE = 30.0  # seconds after which a proxy ends a line


async def at_the_line(rig: Rig, proxy: Proxy, names: str) -> list[Client]:
    """Participants of one room who reach the server through the proxy."""
    clients = []
    for name in names:
        client = await rig.client(name)
        await client.close()
        client.url = client.url.replace(f":{rig.port}/", f":{proxy.port}/")
        clients.append(await (await client.open()).synchronised())
    return clients


async def come_back(client: Client) -> None:
    """If its line was cut; again if it is cut while it opens."""
    while client.closed:
        with suppress(OSError, WebSocketException):
            await client.open()


async def type_on(client: Client, field: str, name: str, words: int, luck: random.Random) -> None:
    """Words at the beginning or the end, also while the line is cut; back as soon as it can be."""
    for number in range(words):
        text = client.field(field)
        text.insert(luck.choice((0, len(str(text)))), f"<{name}{number}>")
        await come_back(client)
        await asyncio.sleep(luck.random() * DELAY)


async def bad_weather(proxy: Proxy, troubles: int, luck: random.Random) -> None:
    """Stalls and cuts by turns."""
    for trouble in range(troubles):
        await asyncio.sleep(luck.random() * 4 * DELAY)
        if trouble % 2:
            proxy.cut()
        else:
            proxy.flows.clear()
            await asyncio.sleep(luck.random() * 4 * DELAY)
            proxy.flows.set()


async def test_what_was_typed_on_a_bad_line_is_everywhere_once_it_is_good(settings: Settings, soak: bool):
    troubles, luck, names = (300 if soak else 4), random.Random(7), "ABCDE"
    words = troubles * 6
    async with rigged(settings) as rig, proxied(rig.port, delay=DELAY) as proxy:
        clients = await at_the_line(rig, proxy, names)
        typing = [
            type_on(client, rig.name(), name, words, luck)
            for client, name in zip(clients, names, strict=True)
        ]
        await asyncio.gather(bad_weather(proxy, troubles, luck), *typing)
        proxy.delay = 0.0
        for client in clients:
            await come_back(client)
        wanted = {f"{name}{number}" for name in names for number in range(words)}
        for client in clients:
            await client.until(
                lambda text=client.text: len(pieces(text(rig.name()))) == len(wanted), within(2, 30)
            )
        texts = {client.text(rig.name()) for client in clients}
        assert len(texts) == 1
        assert set(pieces(texts.pop())) == wanted


def pieces(text: str) -> list[str]:
    """The words that were typed."""
    return text.removeprefix("<").removesuffix(">").split("><")


async def test_a_proxy_that_ends_silent_lines_ends_none(settings: Settings, soak: bool):
    """The server's pings are the only thing that is said."""
    hurry = 1 if soak else 100
    async with rigged(settings, hurry=hurry) as rig, proxied(rig.port, idle=SILENCE / hurry) as proxy:
        (ana,) = await at_the_line(rig, proxy, "A")
        heard = proxy.answers
        async with asyncio.timeout(10 * SILENCE):
            while proxy.answers < heard + 5 and not ana.closed:  # noqa: ASYNC110 -- a ping tells nobody
                await asyncio.sleep(0.05)
        assert not ana.closed
        ana.field(rig.name()).insert(0, "Still here")
        await ana.until(lambda: ana.is_saved)


async def test_everybody_is_back_soon_when_all_lines_were_cut_at_once(settings: Settings, soak: bool):
    people, spread = (1000, 5.0) if soak else (100, 0.5)
    luck, took = random.Random(7), []

    async def return_at(client: Client, moment: float) -> None:
        await asyncio.sleep(moment)
        began = time.monotonic()
        await (await client.open()).synchronised()
        took.append(time.monotonic() - began)

    async with rigged(settings, rooms=people // 5) as rig:
        clients = [await rig.client(f"P{number}", number % (people // 5)) for number in range(people)]
        for client in clients:
            client.abort()
        for client in clients:
            await client.until(lambda client=client: client.closed)
        await asyncio.gather(*(return_at(client, luck.random() * spread) for client in clients))
        assert sorted(took)[int(people * 0.99)] < within(3, 60)
        assert len(took) == people
