"""kill -9 while people type: what was acknowledged is there, once; and a gentle end is clean."""

import asyncio
import random
import re
import signal
from collections import Counter
from pathlib import Path

import httpx2 as httpx

from tests.live.yjs import Client
from tests.serving import Server, serving


class Writer:
    """Somebody who writes numbered words, deletes some, and remembers what was acknowledged."""

    def __init__(self, client: Client, name: str, number: int) -> None:
        self.client, self.field, self.number = client, name, number
        self.written = 0
        self.deleted: set[str] = set()
        self.acknowledged: tuple[int, frozenset[str]] = (0, frozenset())  # written and deleted, once saved
        self.saves = 0

    async def write_on(self, chance: random.Random) -> None:
        """Until the server dies."""
        while not self.client.closed:
            if self.written > 3 and chance.random() < 0.3:
                self._delete_one()
            else:
                self.written += 1
                self._write_one(self.word(self.written))
            if chance.random() < 0.3:
                await self.client.until(lambda: self.client.is_saved or self.client.closed)
                if self.client.is_saved:
                    self.acknowledged = (self.written, frozenset(self.deleted))
                    self.saves += 1
            await asyncio.sleep(chance.random() / 100)

    def word(self, number: int) -> str:
        """Each is written once, so that whatever is doubled shows."""
        return f"<{self.number}.{number}>"

    def found_in(self, text: str) -> Counter[str]:
        """This writer's words in a text."""
        return Counter(re.findall(rf"<{self.number}\.\d+>", text))

    def _write_one(self, word: str) -> None:
        """After this writer's last word, as a caret would."""
        text = self.client.field(self.field)
        own = list(re.finditer(rf"<{self.number}\.\d+>", str(text)))
        text.insert(own[-1].end() if own else 0, word)

    def _delete_one(self) -> None:
        text = self.client.field(self.field)
        if mine := list(self.found_in(str(text))):
            at = str(text).index(mine[-1])  # only ASCII here, so letters are bytes
            self.deleted.add(mine[-1])
            del text[at : at + len(mine[-1])]


def furnish(server: Server) -> tuple[str, list[str]]:
    """A room over the API: the address of its document for somebody seated there, and its fields."""
    with httpx.Client(base_url=f"{server.address}/api/v1", timeout=30) as api:
        coach = {"Authorization": f"Bearer {server.token()}"}
        made = api.post("/workshops", headers=coach, json={"title": "Kill", "rooms": 1}).raise_for_status()
        room = made.json()["rooms"][0]["id"]
        made_objectives = [api.post(f"/rooms/{room}/objectives", headers=coach) for _ in range(3)]
        objectives = [answer.raise_for_status().json()["id"] for answer in made_objectives]
        joined = api.post("/join", json={"code": made.json()["code"], "name": "Ana"}).raise_for_status()
    return (
        f"{server.sockets}/rooms/{room}/doc?saved=1&token={joined.json()['token']}",
        [f"objective:{each}:{words}" for each in objectives for words in ("title", "why")],
    )


async def test_nothing_acknowledged_is_lost_undone_or_doubled(tmp_path: Path, soak: bool) -> None:
    kills, people, chance = (100, 50, random.Random(1)) if soak else (5, 10, random.Random(1))
    with serving(tmp_path) as server:
        address, fields = await asyncio.to_thread(furnish, server)
        writers = [Writer(Client(address), fields[n % len(fields)], n) for n in range(people)]
        for _ in range(kills):
            for writer in writers:
                await writer.client.open()
            writing = asyncio.gather(*(writer.write_on(chance) for writer in writers))
            enough = sum(writer.saves for writer in writers) + people
            while sum(writer.saves for writer in writers) < enough and not writing.done():  # noqa: ASYNC110 -- ten writers to ask
                await asyncio.sleep(0.01)
            server.kill()
            await writing
            await asyncio.to_thread(server.start)
            await nothing_is_missing(address, writers)
        await all_agree(address, writers)


async def nothing_is_missing(url: str, writers: list[Writer]) -> None:
    """What the restarted server has, before anybody brings words back, covers every acknowledgement."""
    witness = await (await Client(url).open()).synchronised()
    for writer in writers:
        text = witness.text(writer.field)
        written, deleted = writer.acknowledged
        found = writer.found_in(text)
        wanted = {writer.word(number) for number in range(1, written + 1)} - writer.deleted
        assert wanted <= set(found)
        assert not deleted & set(found)
        assert max(found.values(), default=1) == 1
    await witness.close()


async def all_agree(url: str, writers: list[Writer]) -> None:
    """Everybody returns with their own copy; each word is there once, each deleted one is not."""
    clients = [await writer.client.open() for writer in writers]
    for client in clients:
        await client.until(lambda client=client: client.is_saved)
    witness = await (await Client(url).open()).synchronised()
    expected = {writer.field: witness.text(writer.field) for writer in writers}
    for client in clients:
        await client.until(lambda client=client: {each: client.text(each) for each in expected} == expected)
    for writer in writers:
        written = {writer.word(number) for number in range(1, writer.written + 1)}
        assert writer.found_in(expected[writer.field]) == Counter(written - writer.deleted)
    for client in [witness, *clients]:
        await client.close()


async def test_sigterm_says_goodbye_to_everybody(tmp_path: Path, soak: bool) -> None:
    with serving(tmp_path) as server:
        address, (field, *_) = await asyncio.to_thread(furnish, server)
        clients = [Client(address) for _ in range(1_000 if soak else 50)]
        for client in clients:
            await (await client.open()).synchronised()
        clients[0].field(field).insert(0, "the last word")
        await clients[-1].until(lambda: clients[-1].text(field) == "the last word")
        assert await asyncio.to_thread(server.stop) in (0, -signal.SIGTERM)
        assert {await client.ended() for client in clients} == {1012}
        await asyncio.to_thread(server.start)
        back = await (await Client(clients[0].url).open()).synchronised()
        assert back.text(field) == "the last word"
        await back.close()
