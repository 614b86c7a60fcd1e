"""The API: what the contract names is there in its shape, and a client can be generated."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from boathouse.app import API, create_app
from boathouse.core.settings import Settings
from tests.cast import Cast

DOCUMENT = create_app(Settings(database_url="sqlite+aiosqlite:///unused.db", secret_key="unused")).openapi()
WORKSHOP = {"id", "code", "status", "join_url", "board_url", "stage_url", "rooms"}
STATE = WORKSHOP | {"phase", "ends_at", "counts"}
BOARD_ROOM = {
    *("id", "name", "people", "online", "attention", "reasons", "findings", "last_activity_at"),
    *("help_since", "objectives"),
}
KEY_RESULT = {"id", "type", "statement", "start", "target", "unit", "owner", "findings"}
# The contract's table, in an order in which each line is possible: who, method, path, body, status, keys.
CONTRACT = [
    ("Mara", "POST", "/workshops", {"title": "Pilot", "rooms": 2, "room_size": 5}, 201, WORKSHOP),
    ("Tom", "GET", "/workshops/{workshop}", None, 200, STATE),
    ("Tom", "POST", "/workshops/{workshop}/extend", {"seconds": 60}, 200, STATE),
    ("Tom", "POST", "/workshops/{workshop}/phases/next", None, 200, STATE),
    (
        *("nobody", "POST", "/join", {"code": "{code}", "name": "Dora", "email": "dora@alder.example"}, 201),
        {"participant_id", "room_id", "room_name", "token"},
    ),
    ("Ana", "POST", "/rooms/{room}/objectives", None, 201, {"id"}),
    ("Ana", "POST", "/objectives/{objective}/key-results", {"type": "baseline"}, 201, {"id"}),
    ("Ana", "GET", "/rooms/{room}/draft", None, 200, {"room_id", "objectives", "updated_at"}),
    (
        *("Ana", "POST", "/rooms/{room}/comments"),
        *({"body": "x", "key_result_id": "{key_result}", "field": "start"}, 201, {"id"}),
    ),
    ("Ana", "GET", "/rooms/{room}/comments", None, 200, list),
    ("Ana", "POST", "/comments/{comment}/replies", {"body": "From 7."}, 201, {"id"}),
    ("Ana", "POST", "/comments/{comment}/resolve", None, 200, {"id"}),
    ("Ana", "POST", "/rooms/{room}/help", None, 204, None),
    ("Ana", "DELETE", "/rooms/{room}/help", None, 204, None),
    ("Tom", "POST", "/workshops/{workshop}/broadcasts", {"body": "Five minutes"}, 201, {"id"}),
    (
        "Tom",
        "POST",
        "/workshops/{workshop}/broadcasts",
        {"body": "x", "finding": "kr.no_number"},
        409,
        None,
    ),
    ("Leo", "GET", "/workshops/{workshop}/board", None, 200, {"rooms"}),
    ("Leo", "GET", "/workshops/{workshop}/export?format=json", None, 200, {"rooms"}),
    ("Vera", "GET", "/programs/{program}/parameters", None, 200, list),
    (
        *("Leo", "PUT", "/programs/{program}/parameters/max_objectives"),
        *({"value": 2, "rationale": "Two is enough."}, 200, {"key", "value", "status", "recommendation"}),
    ),
    ("Leo", "PUT", "/programs/{program}/parameters/levels", {"value": 9, "rationale": "x"}, 422, None),
    ("Vera", "PUT", "/programs/{program}/parameters/levels", {"value": 9, "rationale": "x"}, 403, None),
    ("Ana", "DELETE", "/key-results/{key_result}", None, 204, None),
    ("Ana", "DELETE", "/objectives/{objective}", None, 204, None),
    ("Tom", "POST", "/workshops/{workshop}/end", None, 200, STATE),
    ("Tom", "POST", "/workshops/{workshop}/end", None, 409, None),
    ("Tom", "POST", "/workshops/{workshop}/start", {"use_recommended": True}, 409, None),
    (
        *("Leo", "POST", "/programs", {"name": "Tern", "headcount": 8000, "why": "x", "fit": {}}, 201),
        {"id", "name", "headcount", "why", "fit"},
    ),
    ("Vera", "GET", "/programs", None, 200, list),
    ("Vera", "GET", "/programs/{program}", None, 200, {"id", "name", "headcount", "why", "fit"}),
    ("Vera", "GET", "/programs/{program}/parameters", None, 200, list),
    (
        *("Leo", "PUT", "/programs/{program}/parameters/cycle_months", {"value": 4, "rationale": "x"}, 200),
        {"key", "question", "type", "options", "required", "value", "status", "recommendation", "reason"},
    ),
    ("Vera", "GET", "/programs/{program}/recommendation", None, 200, {"approach", "because"}),
    ("Vera", "GET", "/programs/{program}/plans", None, 200, list),
    ("Leo", "POST", "/programs/{program}/plans", {}, 201, {"id", "approach", "waves", "gates", "findings"}),
    ("Leo", "POST", "/programs/{program}/plans", None, 201, {"id", "approach"}),
    ("Vera", "GET", "/plans/{plan}", None, 200, {"id", "approach", "waves", "gates", "findings"}),
]


def filled(text: str, cast: Cast) -> str:
    """With the cast's ids."""
    named = ("workshop", "code", "objective", "key_result", "comment")
    ids = {name: getattr(cast, name) for name in named}
    return text.format(**ids, room=cast.rooms[1], program=cast.program, plan=cast.plan["plan_id"])


def test_every_route_of_the_contract_answers_in_its_shape(cast: Cast):
    for who, method, path, body, status, keys in CONTRACT:
        sent = body and {
            key: filled(value, cast) if isinstance(value, str) else value for key, value in body.items()
        }
        answer = cast.script(who).request(method, f"{API}{filled(path, cast)}", json=sent)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        if isinstance(keys, set):
            assert keys <= answer.json().keys(), f"{method} {path}"
        elif keys is list:
            assert isinstance(answer.json(), list)
        elif status == 204:
            assert answer.content == b""


def test_a_draft_and_a_board_have_the_shape_of_the_contract(cast: Cast):
    draft = cast.script("Ana").get(f"{API}/rooms/{cast.rooms[1]}/draft").json()
    (objective,) = draft["objectives"]
    assert objective.keys() >= {"id", "title", "why", "findings", "key_results"}
    assert objective["key_results"][0].keys() >= KEY_RESULT
    room, _ = cast.script("Tom").get(f"{API}/workshops/{cast.workshop}/board").json()["rooms"]
    assert room.keys() >= BOARD_ROOM
    assert (room["people"], room["online"], room["objectives"]) == (2, 0, 1)
    assert room["attention"] > 0  # a phase runs, and nobody is there
    assert room["reasons"]


def test_a_workshop_starts_with_the_agenda_it_was_given(cast: Cast):
    coach = cast.script("Tom")
    agenda = [
        {"title": "Draft", "minutes": 3, "instructions": "Go."},
        {"title": "Look", "minutes": 2, "instructions": ""},
    ]
    made = coach.post(
        f"{API}/workshops", json={"title": "Pilot", "rooms": 50, "room_size": 5, "agenda": agenda}
    )
    assert len(made.json()["rooms"]) == 50
    assert made.json()["status"] == "scheduled"
    state = coach.post(f"{API}/workshops/{made.json()['id']}/start", json={"use_recommended": True}).json()
    assert (state["status"], state["phase"]) == ("running", "Draft")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", state["ends_at"])


def test_a_workshop_of_which_only_the_title_is_said_is_fifty_rooms_of_five(cast: Cast):
    made = cast.script("Tom").post(f"{API}/workshops", json={"title": "Pilot"}).json()
    state = cast.script("Tom").get(f"{API}/workshops/{made['id']}").json()
    assert (len(made["rooms"]), state["room_size"]) == (50, 5)


def test_over_the_limit_is_409_with_the_rule(cast: Cast):
    ana = cast.script("Ana")
    answers = [ana.post(f"{API}/rooms/{cast.rooms[1]}/objectives") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    problem = answers[-1].json()
    assert "limit" in problem["detail"]
    assert problem["status"] == 409
    assert answers[-1].headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/workshops/{workshop}", 401),
        ("GET", "/workshops/000000000000", 404),
        ("GET", "/nothing/here", 404),
        ("PATCH", "/workshops", 405),
        ("POST", "/join", 422),
        ("POST", "/workshops", 401),
    ],
)
def test_every_error_is_a_problem_document(cast: Cast, method: str, path: str, status: int):
    answer = cast.script("nobody").request(method, f"{API}{filled(path, cast)}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().keys() >= {"type", "title", "status", "detail"}
    assert answer.json()["status"] == status


@pytest.mark.parametrize(("path", "size", "status"), [("/join", 5_000_000, 413), ("/workshops/%00", 2, 404)])
def test_what_is_refused_at_the_door_is_a_problem_document_too(cast: Cast, path: str, size: int, status: int):
    answer = cast.script("Tom").request(
        "POST" if status == 413 else "GET", f"{API}{path}", content=b"x" * size
    )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_who_is_asked_for_a_token_is_told_of_which_kind(cast: Cast):
    assert cast.script("nobody").get(f"{API}/workshops").headers["www-authenticate"] == "Bearer"


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Path and operation."""
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_a_client_can_be_generated_from_the_document():
    names = Counter(operation["operationId"] for _, operation in operations())
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
    for path, operation in operations():
        declared = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path)), path
        assert operation["summary"]
        assert operation["tags"]
        assert "4XX" in operation["responses"]
    schemas = DOCUMENT["components"]["schemas"]
    for name, schema in schemas.items():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
        assert name == "Problem" or schema.get("description") or "enum" in schema, f"{name} says nothing"
    references = re.findall(r'"#/components/schemas/(\w+)"', str(DOCUMENT).replace("'", '"'))
    assert set(references) <= schemas.keys()
    assert DOCUMENT["openapi"].startswith("3.1")
