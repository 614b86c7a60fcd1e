"""The whole app on a real port, in the test's own event loop: a test may look inside meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlmodel import SQLModel

from boathouse.core.database import Database
from boathouse.core.settings import Settings
from boathouse.server import server as make_server
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.tables import Objective, Room, Seat, Workshop
from tests.live.yjs import Client
from tests.serving import free_port
from tests.statements import share_statements


@dataclass
class Rig:
    """A served app and a workshop with rooms."""

    app: FastAPI
    port: int
    rooms: list[Room] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)  # one a room
    clients: list[Client] = field(default_factory=list)
    workshop: Workshop = field(default_factory=lambda: Workshop(title="Pilot"))

    @property
    def documents(self) -> Documents:
        """The engine."""
        return self.app.state.documents

    @property
    def database(self) -> Database:
        """Its database."""
        return self.app.state.database

    def name(self, column: str = "title", room: int = 0) -> str:
        """A root text of a room's objective."""
        return f"objective:{self.objectives[room].id}:{column}"

    async def add(self, *rows: SQLModel) -> None:
        """Insert rows."""
        async with self.database.writing() as session:
            session.add_all(rows)

    async def get(self, table: type[Any], key: str) -> Any:
        """A row as it is stored now."""
        async with self.database.reading() as session:
            return await session.get(table, key)

    async def seat(self, name: str, room: int = 0) -> Seat:
        """A new participant."""
        seat = Seat(workshop_id=self.workshop.id, room_id=self.rooms[room].id, number=1, name=name)
        await self.add(seat)
        return seat

    def url(self, token: str, room: int = 0, **query: str) -> str:
        """The address of a room's document."""
        asked = "&".join(f"{key}={value}" for key, value in {"saved": "1", **query}.items())
        return f"ws://127.0.0.1:{self.port}/rooms/{self.rooms[room].id}/doc?token={token}&{asked}"

    async def client(self, name: str = "Ana", room: int = 0, **query: str) -> Client:
        """A participant who has the document open and synchronised."""
        seat = await self.seat(name, room)
        client = Client(self.url(self.app.state.seat_seals.seal(seat.id), room, **query))
        self.clients.append(client)
        return await (await client.open()).synchronised()


@asynccontextmanager
async def rigged(settings: Settings, rooms: int = 1, hurry: float = 1) -> AsyncIterator[Rig]:
    """A rig for the length of a block. hurry: how many times as often as usual it pings."""
    port = free_port()
    server: uvicorn.Server = make_server(settings, "127.0.0.1", port)
    assert server.config.ws_ping_interval
    server.config.ws_ping_interval /= hurry
    server.config.load()
    app = server.config.app
    assert isinstance(app, FastAPI)
    rig = Rig(app, port)
    share_statements(rig.database)
    await rig.add(rig.workshop)
    rig.rooms = [Room(workshop_id=rig.workshop.id, number=n, name=f"Crew {n}") for n in range(rooms)]
    await rig.add(*rig.rooms)
    rig.objectives = [Objective(room_id=room.id) for room in rig.rooms]
    await rig.add(*rig.objectives)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 -- uvicorn tells nobody
            await asyncio.sleep(0.01)
        yield rig
    finally:
        for client in rig.clients:
            await client.close()
        server.should_exit = True
        await serving
