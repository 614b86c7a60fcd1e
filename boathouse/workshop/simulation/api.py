"""The contract's HTTP, as far as simulated people use it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx

from boathouse.workshop.simulation.line import full_jitter

Body = Mapping[str, Any] | None
ATTEMPTS = 60  # while the server restarts, about 45 seconds
AT_FIRST = 3  # before it ever answered: the address may be wrong
PATIENCE = 30.0  # seconds for an answer


class Refused(Exception):
    """The server said no. status: of HTTP; the text is its sentence for people."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class Unreachable(Exception):
    """Nobody answers at the address."""


@dataclass(frozen=True)
class Seat:
    """What joining gives."""

    id: str
    room_id: str
    room_name: str
    token: str


class Api:
    """Speaks with one server. Every call takes the token of whoever acts."""

    def __init__(self, address: str) -> None:
        self._has_answered = False
        limits = httpx.Limits(max_connections=40, max_keepalive_connections=40)
        self._client = httpx.AsyncClient(
            base_url=f"{address}/api/v1",
            timeout=httpx.Timeout(PATIENCE, pool=None),
            limits=limits,
            trust_env=False,
        )

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def join(self, code: str, name: str, token: str) -> Seat:
        """Seat a simulated person. token: a coach's or owner's."""
        body = {"code": code, "name": name, "simulated": True}
        found = await self.call("POST", "/join", token, body)
        return Seat(found["participant_id"], found["room_id"], found["room_name"], found["token"])

    async def call(self, method: str, path: str, token: str, body: Body = None) -> Any:
        """One request. Returns the decoded answer, None for an empty one. Errors: Refused, Unreachable."""
        headers = {"Authorization": f"Bearer {token}"}
        answer = await self._request(method, path, headers, body)
        if answer.is_success:
            return answer.json() if answer.content else None
        raise Refused(answer.status_code, _detail(answer))

    async def _request(self, method: str, path: str, headers: dict[str, str], body: Body) -> httpx.Response:
        for attempt in range(ATTEMPTS if self._has_answered else AT_FIRST):
            try:
                answer = await self._client.request(method, path, headers=headers, json=body)
            except httpx.ConnectError:
                await asyncio.sleep(full_jitter(attempt))  # nothing was sent: it is safe to try again
            except httpx.TransportError as error:
                raise Unreachable(f"{method} {path}: {error!r}") from None
            else:
                self._has_answered = True
                return answer
        raise Unreachable(f"Nobody answers at {self._client.base_url}")


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code} {answer.reason_phrase}"
