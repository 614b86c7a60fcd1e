"""A server with the named cast, and quick ways to make workshops and seats on it."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.settings import Settings
from tests.cast import Cast, gather_cast
from tests.serving import Server

SECRET = "a secret of the tests"  # the one of tests/serving.py, so that seats are known there


@dataclass
class Event:
    """A workshop made for one test."""

    id: str
    code: str
    rooms: list[str]

    @property
    def board(self) -> str:
        """Path of the board."""
        return f"/workshops/{self.id}/board"

    @property
    def stage(self) -> str:
        """Path of the stage."""
        return f"/workshops/{self.id}/stage"

    def room(self, number: int = 1) -> str:
        """Path of a room."""
        return f"/rooms/{self.rooms[number - 1]}"


@dataclass
class House:
    """The server, and everybody who has an account on it."""

    server: Server
    cast: Cast

    def api(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        """What the API answers to the owner, or to the holder of `token`."""
        key = token or self.cast.tokens["Mara"]
        address = f"{self.server.address}/api/v1{path}"
        answer = httpx.request(
            method, address, json=body, headers={"Authorization": f"Bearer {key}"}, timeout=20
        )
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def workshop(
        self, title: str = "Alder and Finch", rooms: int = 2, *, running: bool = True, **more: Any
    ) -> Event:
        """A new workshop, started unless told otherwise."""
        made = self.api("POST", "/workshops", {"title": title, "rooms": rooms, "room_size": 5, **more})
        event = Event(made["id"], made["code"], [room["id"] for room in made["rooms"]])
        if running:
            self.api("POST", f"/workshops/{event.id}/start", {"use_recommended": True})
        return event

    def seat(self, event: Event, name: str, number: int = 1) -> tuple[str, str]:
        """Id and token of a new participant in that room."""
        joined = self.api("POST", "/join", {"code": event.code, "name": name})
        seat = joined["participant_id"]
        if joined["room_id"] != event.rooms[number - 1]:
            self.api("POST", f"/seats/{seat}/move", {"room_id": event.rooms[number - 1]})
        return seat, joined["token"]

    def objective(self, event: Event, token: str, number: int = 1) -> tuple[str, str]:
        """Ids of a new objective and a key result in it, both without words."""
        objective = self.api("POST", f"/rooms/{event.rooms[number - 1]}/objectives", token=token)["id"]
        result = self.api("POST", f"/objectives/{objective}/key-results", {"type": "metric"}, token)
        return objective, result["id"]

    def draft(self, event: Event, number: int = 1) -> Any:
        """The draft as the server has stored it."""
        return self.api("GET", f"/rooms/{event.rooms[number - 1]}/draft")


def furnished(folder: Path, migrated: Path, *, development: bool = False) -> House:
    """Write the cast into a database of its own and start a server on it."""
    shutil.copyfile(migrated, folder / "boathouse.db")
    url = f"sqlite+aiosqlite:///{folder}/boathouse.db"
    app = create_app(Settings(database_url=url, secret_key=SECRET))
    with TestClient(app) as client:
        assert client.portal
        cast = client.portal.call(gather_cast, app)
    (folder / ".env").write_text(f"BOATHOUSE_DEVELOPMENT={str(development).lower()}\n")
    return House(Server(folder).start(), cast)
