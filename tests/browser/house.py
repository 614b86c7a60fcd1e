"""A server with the named cast, and quick ways to make workshops and seats on it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.furnished import Furnished
from tests.serving import LINE, Server


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
        answer = LINE.request(method, address, json=body, headers={"Authorization": f"Bearer {key}"})
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


def open_house(folder: Path, furnished: Furnished, *, development: bool = False) -> House:
    """A server on a copy of the cast's database."""
    furnished.copy_to(folder / "boathouse.db")
    (folder / ".env").write_text(f"BOATHOUSE_DEVELOPMENT={str(development).lower()}\n")
    return House(Server(folder).start(), furnished.cast)
