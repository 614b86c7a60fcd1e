"""The bar of a room: its name, and who is there."""

from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.regions import Topic
from boathouse.core.web.pages import partial
from boathouse.workshop import rooms
from boathouse.workshop.attendance import Attendance
from boathouse.workshop.rowers import roster
from boathouse.workshop.tables import Room, Workshop


def register_regions(app: FastAPI) -> None:
    """The room's name and its people, in its bar."""
    live, state = app.state.live, app.state

    def here(room_id: str) -> set[str]:
        return {*state.presence.who(("room", room_id)), *state.presence.who(("drawer", room_id))}

    async def render(session: AsyncSession, room_id: str, key: str) -> str:
        return partial("rooms/_roster.html", roster=await roster(session, room_id, here))

    async def render_name(session: AsyncSession, room_id: str, key: str) -> str:
        room = await session.get(Room, room_id)
        workshop = await session.get(Workshop, room.workshop_id) if room else None
        return partial(
            "rooms/_name.html", room=room, workshop=workshop, label=rooms.label(room) if room else ""
        )

    def left(session: AsyncSession, room_ids: set[str]) -> None:
        for room_id in room_ids:
            live.changed(session, "room", room_id, "roster")

    live.register("room", "room-name", render_name)
    live.register("room", "roster", render)
    state.attendance = Attendance(state.database, left)
    state.workshop_of_room = {}


def presence_changed(app: FastAPI, topic: Topic) -> None:
    """Somebody came to a room or left it, or reads it beside the wall."""
    kind, room_id = topic
    state = app.state
    if kind == "drawer":
        state.live.touch("room", room_id, "roster")
    if kind != "room":
        return
    state.attendance.changed(room_id, state.presence.who(topic))
    state.live.touch("room", room_id, "roster")
    if workshop_id := _workshop_of(app, topic):
        state.live.touch("board", workshop_id, "tile", key=room_id)
        state.live.touch("board", workshop_id, "wall-head", "board-bar")
        state.live.touch("stage", workshop_id, "stage")
        state.live.touch("lobby", workshop_id, "lobby-head", "lobby-rooms")


def _workshop_of(app: FastAPI, topic: Topic) -> str | None:
    """Told by the connections of a room; remembered until the last of them has gone."""
    known: dict[str, str] = app.state.workshop_of_room
    people = app.state.presence.here.get(topic)
    if not people:
        return known.pop(topic[1], None)
    for connection in next(iter(people.values()), ()):
        for identity in connection.identities:
            if identity.startswith("workshop:"):
                known[topic[1]] = identity.removeprefix("workshop:")
    return known.get(topic[1])
