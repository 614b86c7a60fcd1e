"""Who of a workshop is there now, from the open sockets."""

from collections.abc import Callable, Collection

from fastapi import FastAPI

from boathouse.core.presence import Presence


def online(app: FastAPI, workshop_id: str) -> int:
    """How many participants have their room open. Every connection carries its workshop's identity."""
    presence: Presence = app.state.presence
    connections = presence.by_identity.get(f"workshop:{workshop_id}", ())
    people = {each.identity for each in connections if each.topic[0] == "room"}
    return sum(identity.startswith("seat:") for identity in people)


def present_in(app: FastAPI) -> Callable[[str], Collection[str]]:
    """Tells who has a room open, by the room's id: identities such as seat:ID."""
    presence: Presence = app.state.presence
    return lambda room_id: presence.who(("room", room_id))
