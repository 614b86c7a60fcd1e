"""The coach's wall: how soon a change in one of many rooms is on it, and what watching costs the server."""

import argparse
import asyncio
import random
import re
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pycrdt
from websockets import ClientConnection, connect

from bench.contestants import Contestant, boathouse, command
from bench.generator import usage
from boathouse.workshop.documents.protocol import update_message

OPENING_AT_ONCE = 50
TITLE = re.compile(r"change-\d{7}")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The size of the run."""
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=100, help="changes a second, over all rooms")
    parser.add_argument("--seconds", type=float, default=15)


def main(options: argparse.Namespace) -> None:
    """Type without a board, then with one, and print the difference."""
    with (
        tempfile.TemporaryDirectory() as folder,
        boathouse(Path(folder), 8710, options.rooms, options.rooms, "0", drafted=True) as server,
    ):
        token = command(Path(folder), "token", "create", "--name", "Board")
        database = sqlite3.connect(f"{folder}/boathouse.db")
        (workshop,) = database.execute("SELECT id FROM workshop").fetchone()
        database.close()
        board = f"ws://127.0.0.1:{server.port}/workshops/{workshop}/board/live?token={token}"
        asyncio.run(compare(server, board, options))


@dataclass
class Typist:
    """Somebody who gives a room's objective another title, again and again."""

    line: ClientConnection
    name: str
    document: pycrdt.Doc = field(default_factory=pycrdt.Doc)

    async def retitle(self, title: str) -> None:
        """The whole title in one change."""
        updates: list[bytes] = []
        watching = self.document.observe(lambda event: updates.append(event.update))
        text = self.document.get(self.name, type=pycrdt.Text)
        with self.document.transaction():
            text.clear()
            text.insert(0, title)
        self.document.unobserve(watching)
        await self.line.send(update_message(updates[-1]))


async def compare(server: Contestant, board: str, options: argparse.Namespace) -> None:
    """The same typing without a board and with one."""
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def open_one(path: str, name: str) -> Typist:
        async with gate:
            address = f"ws://127.0.0.1:{server.port}"
            return Typist(await connect(address + path, origin=None, compression=None), name)

    typists = await asyncio.gather(*(open_one(path, name) for _, path, name in server.places))
    await type_on(server, typists, options)  # the first change of a room costs more
    unwatched, _ = await type_on(server, typists, options)
    seen: dict[str, float] = {}
    async with connect(board, compression=None, max_size=None) as line:
        watching = asyncio.create_task(watch(line, seen))
        await asyncio.sleep(3)  # the whole board comes first
        watched, sent = await type_on(server, typists, options)
        await asyncio.sleep(3)
        watching.cancel()
    waits = sorted(seen[title] - at for title, at in sent.items() if title in seen)
    print(f"| {options.rooms} rooms, {options.rate:g} changes a second | |\n| --- | --- |")
    print(f"| changes made, seen on the board | {len(sent)}, {len(waits)} |")
    for share in (50, 95, 99):
        print(f"| change to board p{share}, ms | {waits[len(waits) * share // 100] * 1000:.0f} |")
    print(f"| server's core busy, nobody at the board | {unwatched:.2f} |")
    print(f"| server's core busy, a coach at the board | {watched:.2f} |")
    print(f"| the board's share of a core | {watched - unwatched:.2f} |")


async def watch(line: ClientConnection, seen: dict[str, float]) -> None:
    """Note when each title appears."""
    async for message in line:
        moment = time.perf_counter()
        for title in TITLE.findall(str(message)):
            seen.setdefault(title, moment)


async def type_on(
    server: Contestant, typists: list[Typist], options: argparse.Namespace
) -> tuple[float, dict[str, float]]:
    """Change random rooms at the wanted rate; returns the server's load and when each title was sent."""
    sent: dict[str, float] = {}
    began, cpu = time.perf_counter(), usage(server.process.pid)[0]
    for number in range(round(options.rate * options.seconds)):
        wait = began + number / options.rate - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        title = f"change-{random.randrange(10**7):07d}"
        sent[title] = time.perf_counter()
        await random.choice(typists).retitle(title)
    return (usage(server.process.pid)[0] - cpu) / (time.perf_counter() - began), sent
