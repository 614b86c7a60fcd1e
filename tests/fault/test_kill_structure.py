"""kill -9 while to-dos are added, written, turned round and removed: every answered step is there, whole."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx

from tests.live.yjs import Client
from tests.serving import Server, serving

WORDS = "Nobody phones us about returns 🚣"


@dataclass
class Draft:
    """What matters of a room's draft: each to-do's words and whether it was turned round; titles."""

    todos: list[tuple[str, bool]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


class Crew:
    """One room, in which one step after the other is taken. before, after: the draft around the last step."""

    def __init__(self, server: Server, room: str, token: str) -> None:
        self.server, self.room, self.token = server, room, token
        self.before = self.after = Draft()
        self.answered = 0
        self.todo = self.objective = ""
        self.line: httpx.AsyncClient | None = None

    async def begin(self) -> None:
        """Clear what was left, and open the document."""
        headers = {"Authorization": f"Bearer {self.token}"}
        self.line = httpx.AsyncClient(base_url=f"{self.server.address}/api/v1", headers=headers, timeout=30)
        draft = (await self.line.get(f"/rooms/{self.room}/draft")).raise_for_status().json()
        for kind in ("todos", "objectives"):
            for item in draft[kind]:
                (await self.line.delete(f"/{kind}/{item['id']}")).raise_for_status()
        self.before = self.after = Draft()
        url = f"{self.server.sockets}/rooms/{self.room}/doc?saved=1&token={self.token}"
        self.document = await (await Client(url).open()).synchronised()

    async def work(self) -> None:
        """Until the server dies."""
        steps: list[tuple[Callable[[], Awaitable[bool]], Draft]] = [
            (self.add, Draft([("", False)])),
            (self.write, Draft([(WORDS, False)])),
            (self.turn_round, Draft([(WORDS, True)], [WORDS])),
            (self.remove_objective, Draft([(WORDS, True)])),
            (self.remove_todo, Draft()),
        ]
        try:
            while True:
                for step, then in steps:
                    self.after = then
                    if not await step():
                        return
                    self.before = then
                    self.answered += 1
        except (httpx.TransportError, TimeoutError):
            return

    async def ask(self, method: str, path: str) -> httpx.Response:
        """A request."""
        assert self.line
        return (await self.line.request(method, path)).raise_for_status()

    async def add(self) -> bool:
        self.todo = (await self.ask("POST", f"/rooms/{self.room}/todos")).json()["id"]
        return True

    async def write(self) -> bool:
        self.document.field(f"todo:{self.todo}:text").insert(0, WORDS)
        await self.document.until(lambda: self.document.is_saved or self.document.closed, 30)
        return self.document.is_saved

    async def turn_round(self) -> bool:
        self.objective = (await self.ask("POST", f"/todos/{self.todo}/objective")).json()["id"]
        return True

    async def remove_objective(self) -> bool:
        await self.ask("DELETE", f"/objectives/{self.objective}")
        return True

    async def remove_todo(self) -> bool:
        await self.ask("DELETE", f"/todos/{self.todo}")
        return True

    async def found(self) -> Draft:
        """The draft as the server has it after its death."""
        draft = (await self.ask("GET", f"/rooms/{self.room}/draft")).json()
        return Draft(
            [(todo["text"], todo["converted_to"] is not None) for todo in draft["todos"]],
            [objective["title"] for objective in draft["objectives"]],
        )


def crews_of(server: Server, count: int) -> list[Crew]:
    """That many rooms with somebody in each."""
    token = server.token()
    with httpx.Client(base_url=f"{server.address}/api/v1", timeout=30) as line:
        coach = {"Authorization": f"Bearer {token}"}
        plan = {"title": "Kill", "rooms": count}
        made = line.post("/workshops", headers=coach, json=plan).raise_for_status().json()
        joined = [
            line.post("/join", json={"code": made["code"], "name": f"P{n}"}).json() for n in range(count)
        ]
    assert len({each["room_id"] for each in joined}) == count
    return [Crew(server, each["room_id"], each["token"]) for each in joined]


async def test_every_answered_step_survives_and_no_step_is_half_done(tmp_path: Path, soak: bool):
    kills, chance = (40 if soak else 3), random.Random(11)
    with serving(tmp_path) as server:
        crews = await asyncio.to_thread(crews_of, server, 6)
        for _ in range(kills):
            await asyncio.gather(*(crew.begin() for crew in crews))
            enough = sum(crew.answered for crew in crews) + chance.randrange(10, 60)
            working = asyncio.gather(*(crew.work() for crew in crews))
            while sum(crew.answered for crew in crews) < enough:  # noqa: ASYNC110 -- six crews to ask
                await asyncio.sleep(0.002)
            await asyncio.to_thread(server.kill)
            await working
            await asyncio.to_thread(server.start)
            for crew in crews:
                assert await crew.found() in (crew.before, crew.after)
                assert crew.line
                await crew.line.aclose()
