"""Knowing an id of another workshop or program opens nothing: in paths, mixed into paths, in bodies."""

from dataclasses import replace
from typing import Any

import pytest

from boathouse.rollout.access import ProgramAction
from boathouse.workshop.access import Action
from boathouse.workshop.tables import RoomNote
from tests.cast import Cast, gather_cast
from tests.matrix import Entry, entries

REFUSED = (401, 403, 404)
NESTED = [entry for entry in entries() if isinstance(entry.needs, Action)]
IN_PROGRAMS = [entry for entry in entries() if isinstance(entry.needs, ProgramAction)]
MIXED = [entry for entry in NESTED if entry.path.count("_id}") > 1]


@pytest.fixture
def other(server, cast: Cast) -> Cast:
    """A second world in the same installation, with people of its own."""
    other: Cast = server.portal.call(gather_cast, server.app)
    other.portal = server.portal
    return other


def client_of(cast: Cast, name: str, entry: Entry):
    """Somebody's browser or program, whichever the route is for."""
    return cast.script(name) if entry.path.startswith("/api/") else cast.browser(name)


def test_no_route_takes_an_id_of_another_workshop(cast: Cast, other: Cast):
    for entry in NESTED:
        for name in ("Tom", "Ana"):
            answer = client_of(cast, name, entry).request(entry.method, entry.url(other))
            sent_away = answer.headers.get("location", "").startswith("/sign-in")
            assert answer.status_code in REFUSED or sent_away, f"{name} {entry}: {answer.status_code}"


def test_no_route_takes_an_id_of_another_program(cast: Cast, other: Cast):
    for entry in IN_PROGRAMS:
        for name in ("Leo", "Ines"):
            answer = client_of(cast, name, entry).request(entry.method, entry.url(other))
            assert answer.status_code in REFUSED, f"{name} {entry}: {answer.status_code}"


def test_an_exception_of_another_plan_is_not_found(cast: Cast, other: Cast):
    path = f"/plans/{cast.plan['plan_id']}/exceptions/{other.plan['override_id']}/back"
    assert cast.browser("Mara").post(path).status_code == 404


@pytest.mark.parametrize("entry", MIXED, ids=str)
def test_ids_in_one_path_have_to_belong_together(cast: Cast, other: Cast, entry: Entry):
    mixture = replace(cast, rooms=other.rooms, objective=other.objective, comment=other.comment)
    answer = client_of(cast, "Mara", entry).request(entry.method, entry.url(mixture))
    assert answer.status_code == 404


def picture(cast: Cast) -> dict[str, Any]:
    """Everything a program sees of a workshop, less the time. The export first: it flushes the words."""
    mara = cast.script("Mara")
    seen = {
        path: mara.get(f"/api/v1/workshops/{cast.workshop}{path}").json()
        for path in ("/export", "", "/participants", "/board")
    }
    del seen["/export"]["exported_at"]
    for room in seen["/board"]["rooms"]:
        del room["reasons"]  # they count minutes
    return seen


def bodies(cast: Cast, other: Cast) -> list[tuple[str, str, dict[str, str], int]]:
    """Every body that names an id, with one from elsewhere: method, path, body, status."""
    room, foreign = cast.rooms[1], other.rooms[1]
    return [
        ("POST", f"/seats/{cast.seats['Ana']}/move", {"room_id": foreign}, 404),
        ("POST", f"/rooms/{room}/close", {"into": foreign}, 404),
        ("POST", f"/rooms/{room}/merge", {"into": foreign}, 404),
        ("POST", f"/rooms/{room}/comments", {"body": "x", "objective_id": other.objective}, 404),
        ("POST", f"/rooms/{room}/comments", {"body": "x", "key_result_id": other.key_result}, 404),
        ("POST", f"/todos/{cast.todo}/key-result", {"objective_id": other.objective}, 404),
        ("PATCH", f"/key-results/{cast.key_result}", {"owner_id": other.seats["Ana"]}, 409),
    ]


def test_no_body_takes_an_id_of_another_workshop(cast: Cast, other: Cast):
    before = picture(other)
    for method, path, body, status in bodies(cast, other):
        answer = cast.script("Tom").request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == status, f"{path} {body}: {answer.text}"
    assert picture(other) == before


def test_no_form_takes_an_id_of_another_workshop(server, cast: Cast, other: Cast):
    async def keep_note() -> str:
        async with server.app.state.database.writing() as session:
            note = RoomNote(room_id=other.rooms[1], author_name="Ana", body="unsent words")
            session.add(note)
        return note.id

    note, tom, before = server.portal.call(keep_note), cast.browser("Tom"), picture(other)
    forms = [
        (f"/workshops/{cast.workshop}/stage", {"room_id": other.rooms[1]}),
        (f"/workshops/{cast.workshop}/agenda/order", {"ids": " ".join(other.agenda_items)}),
        (f"/rooms/{cast.rooms[1]}/notes/put-away", {"note_id": note}),
        (f"/seats/{cast.seats['Ana']}/move", {"room_id": other.rooms[1]}),
        (f"/rooms/{cast.rooms[1]}/comments", {"body": "x", "on": f"objective:{other.objective}"}),
    ]
    for path, form in forms:
        assert 400 <= tom.post(path, data=form).status_code < 500, path
    assert picture(other) == before


def test_joining_leads_into_no_room_of_another_workshop(cast: Cast, other: Cast):
    body = {"code": cast.code, "name": "Mallory", "room_id": other.rooms[1]}
    answer = cast.script("nobody").post("/api/v1/join", json=body)
    assert answer.status_code == 422 or answer.json()["room_id"] in cast.rooms.values()
    form = {"name": "Mallory", "room_id": other.rooms[1], "shown": other.rooms[1]}
    page = cast.browser("nobody").post(f"/join/{cast.code}", data=form)
    assert other.rooms[1] not in page.headers.get("location", "")
