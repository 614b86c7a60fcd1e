"""Who is in a room's document, and in which field: y-protocols awareness, without the trust.

Only the connection that holds a client id speaks for it, and the server writes `user` itself. Stock clients
echo what they hear about others, so foreign entries are not a crime: they are just not heard.
"""

import json
from collections.abc import Hashable, Iterable
from typing import Any

from boathouse.workshop.documents.protocol import Malformed

GONE = "null"
REMEMBERED = 1000  # of those who left
Entry = tuple[int, int, str]  # client id, clock, state as JSON


class Awareness:
    """The states of one room. Holders are connections, told apart by being themselves."""

    def __init__(self) -> None:
        self.states: dict[int, tuple[int, str]] = {}  # of those here: clock and state
        self.left: dict[int, int] = {}  # the last clock of those who are gone
        self.holders: dict[int, tuple[Hashable, str]] = {}  # the connection and its identity
        self.held: dict[Hashable, int] = {}  # one client id a connection

    def hear(
        self, holder: Hashable, identity: str, user: dict[str, Any], entries: Iterable[Entry]
    ) -> tuple[set[int], list[Entry]]:
        """Take what a connection says of itself.

        user: what others may know of it. Returns the client ids to relay, and entries for the speaker
        alone: a state that its peers would ignore as old, which makes a Yjs client speak up afresh.
        Errors: Malformed.
        """
        changed: set[int] = set()
        stale: list[Entry] = []
        for client, clock, state in entries:
            if not self._may_speak(holder, identity, client, state):
                continue
            if client not in self.states and clock <= self.left.get(client, -1):
                stale.append((client, self.left[client], GONE))
            elif state == GONE:
                changed |= self._remove(client, clock)
            elif clock >= self.states.get(client, (0, ""))[0]:
                state = stamped(state, user)
                self._give(client, holder, identity)
                self.states[client] = (clock, state)
                changed.add(client)
        return changed, stale

    def leave(self, holder: Hashable) -> set[int]:
        """The connection is gone; returns the client ids to relay."""
        client = self.held.get(holder)
        return set() if client is None else self._remove(client, self.states[client][0])

    def entries(self, clients: Iterable[int] | None = None) -> list[Entry]:
        """The states of these clients, or of everybody here."""
        chosen = self.states if clients is None else clients
        return [
            (client, *self.states[client])
            if client in self.states
            else (client, self.left.get(client, 0), GONE)
            for client in chosen
        ]

    def fields(self) -> set[str]:
        """The fields in which the people here say that they write now."""
        said = (json.loads(state).get("field") for _, state in self.states.values())
        return {field for field in said if isinstance(field, str)}

    def _may_speak(self, holder: Hashable, identity: str, client: int, state: str) -> bool:
        if client in self.holders:
            owner, owner_identity = self.holders[client]
            # A half-open socket keeps its id until it times out; its own person takes it over.
            return owner is holder or (owner_identity == identity and state != GONE)
        return state != GONE and holder not in self.held

    def _give(self, client: int, holder: Hashable, identity: str) -> None:
        if client in self.holders:
            self.held.pop(self.holders[client][0], None)
        self.holders[client] = (holder, identity)
        self.held[holder] = client
        self.left.pop(client, None)

    def _remove(self, client: int, clock: int) -> set[int]:
        del self.held[self.holders.pop(client)[0]], self.states[client]
        self.left[client] = clock
        if len(self.left) > REMEMBERED:
            del self.left[next(iter(self.left))]
        return {client}


def stamped(state: str, user: dict[str, Any]) -> str:
    """The state with the server's own word on who this is. Errors: Malformed."""
    try:
        fields = json.loads(state)
        if not isinstance(fields, dict):
            raise Malformed("an awareness state is no object")
        # NaN and Infinity are Python's own; a browser would choke on them.
        return json.dumps({**fields, "user": user}, allow_nan=False, separators=(",", ":"))
    except (ValueError, RecursionError) as problem:
        raise Malformed(f"an awareness state is not JSON: {problem}") from None
