"""The ground rules bind: a snapshot of the program's parameters, what it allows, what a start asks for."""

import pytest

from tests.cast import Cast

FORM = {"title": "Wave 2", "rooms": "1", "room_size": "4", "agenda": "one-hour"}
VALUES = {
    "levels": ["company", "team"],
    "max_objectives": 1,
    "max_key_results": 2,
    "scoring": "commit_target_stretch",
    "ambition": "both",
    "cycle_months": 4,
    "key_result_types": ["metric"],
}


def decide(cast: Cast, *keys: str, why: str = "We agreed on it.", **values) -> None:
    """Leo decides these parameters."""
    for key, value in ({key: VALUES[key] for key in keys} | values).items():
        path = f"/api/v1/programs/{cast.program}/parameters/{key}"
        answer = cast.script("Leo").put(path, json={"value": value, "rationale": why})
        assert answer.status_code == 200, answer.text


def made(cast: Cast, who: str = "Tom", **more) -> dict:
    """A workshop of the program."""
    body = {"title": "Wave 2", "rooms": 1, "program_id": cast.program, **more}
    answer = cast.script(who).post("/api/v1/workshops", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def joined(cast: Cast, workshop: dict, name: str = "Dora"):
    """A participant's client and room."""
    answer = cast.script("nobody").post("/api/v1/join", json={"code": workshop["code"], "name": name}).json()
    client = cast.script("nobody")
    client.headers["Authorization"] = f"Bearer {answer['token']}"
    return client, answer["room_id"]


def start(cast: Cast, workshop: dict, body: dict | None = None):
    return cast.script("Tom").post(f"/api/v1/workshops/{workshop['id']}/start", json=body)


def rules(cast: Cast, workshop: dict) -> dict:
    return cast.script("Tom").get(f"/api/v1/workshops/{workshop['id']}/rules").json()


# ---- making one


@pytest.mark.parametrize(
    ("who", "program", "status"),
    [
        ("Tom", "program", 201),
        ("Mara", "other_program", 201),
        ("Ines", "program", 422),
        ("Tom", "other_program", 422),
    ],
)
def test_a_workshop_belongs_to_a_program_its_coach_may_see(cast, who, program, status):
    body = {"title": "W", "rooms": 1, "program_id": getattr(cast, program)}
    answer = cast.script(who).post("/api/v1/workshops", json=body)
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["field"] == "program_id"


def test_the_form_offers_the_programs_one_may_see(cast):
    decide(cast, "max_objectives")
    text = cast.browser("Tom").get("/workshops").text
    assert f'<option value="{cast.program}">Alder &amp; Finch, 1 of 13 decided</option>' in text
    assert cast.other_program not in text
    answer = cast.browser("Tom").post("/workshops", data=FORM | {"program_id": cast.program})
    assert answer.status_code == 303
    lobby = cast.browser("Tom").get(answer.headers["location"]).text
    assert "We agreed on it." in lobby
    answer = cast.browser("Tom").post("/workshops", data=FORM | {"program_id": cast.other_program})
    assert answer.status_code == 422
    assert "There is no program with this id that you may see." in answer.text
    assert "Wave 2" in answer.text


def test_without_a_program_everything_is_as_we_recommend(cast):
    workshop = cast.script("Tom").post("/api/v1/workshops", json={"title": "W", "rooms": 1}).json()
    kept = rules(cast, workshop)
    assert (kept["program_id"], kept["open"], kept["differences"]) == (None, [], [])
    assert kept["rules"]["max_objectives"] == 3
    assert start(cast, workshop).status_code == 200


# ---- what they allow


def test_rooms_allow_exactly_what_was_decided(cast):
    decide(cast, *VALUES)
    dora, room = joined(cast, made(cast))
    objective = dora.post(f"/api/v1/rooms/{room}/objectives").json()["id"]
    answer = dora.post(f"/api/v1/rooms/{room}/objectives")
    assert (answer.status_code, "limit" in answer.json()["detail"]) == (409, True)
    path = f"/api/v1/objectives/{objective}/key-results"
    for kind in ("baseline", "milestone"):
        answer = dora.post(path, json={"type": kind})
        assert answer.status_code == 409
        assert "Change a number" in answer.json()["detail"]
    results = [dora.post(path, json={"type": "metric"}) for _ in range(3)]
    assert [answer.status_code for answer in results] == [201, 201, 409]
    row = f"/api/v1/key-results/{results[0].json()['id']}"
    assert dora.patch(row, json={"type": "milestone"}).status_code == 409
    assert dora.delete(row).status_code == 204
    assert dora.post(path, json={"type": "metric"}).status_code == 201
    assert dora.post(f"{row}/restore").status_code == 409


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5])
def test_every_limit_holds_to_the_number(cast, most):
    decide(cast, max_objectives=most, max_key_results=most)
    dora, room = joined(cast, made(cast))
    objectives = [dora.post(f"/api/v1/rooms/{room}/objectives") for _ in range(most + 1)]
    assert [answer.status_code for answer in objectives] == [201] * most + [409]
    path = f"/api/v1/objectives/{objectives[0].json()['id']}/key-results"
    results = [dora.post(path, json={}) for _ in range(most + 1)]
    assert [answer.status_code for answer in results] == [201] * most + [409]


def test_the_room_says_the_rules_and_their_reasons_before_anything_is_pressed(cast):
    decide(cast, *VALUES, why="Choosing is the work.")
    workshop = made(cast)
    dora, room = joined(cast, workshop)
    dora.post(f"/api/v1/rooms/{room}/objectives")
    text = cast.browser("Tom").get(f"/rooms/{room}").text
    assert "One objective is the limit here." in text
    assert "Choosing is the work." in text
    assert f'href="/workshops/{workshop["id"]}/rules"' in text
    assert "Add objective" not in text
    assert "Reach a state" not in text


def test_commit_target_and_stretch_are_asked_for_where_the_program_scores_so(cast):
    decide(cast, *VALUES)
    dora, room = joined(cast, made(cast))
    objective = dora.post(f"/api/v1/rooms/{room}/objectives").json()["id"]
    result = dora.post(f"/api/v1/objectives/{objective}/key-results", json={}).json()
    assert {"commit", "target", "stretch"} <= result.keys()
    text = cast.browser("Tom").get(f"/rooms/{room}").text
    for column in ("commit", "target", "stretch"):
        assert f'data-field="key_result:{result["id"]}:{column}"' in text
    ordinary = cast.browser("Tom").get(f"/rooms/{cast.rooms[1]}").text
    assert f'data-field="key_result:{cast.key_result}:target"' in ordinary
    assert f'data-field="key_result:{cast.key_result}:stretch"' not in ordinary


def test_what_is_written_there_is_in_the_draft_the_drawer_the_stage_and_every_export(server, cast):
    decide(cast, *VALUES)
    workshop = made(cast)
    dora, room = joined(cast, workshop)
    objective = dora.post(f"/api/v1/rooms/{room}/objectives").json()["id"]
    result = dora.post(f"/api/v1/objectives/{objective}/key-results", json={}).json()["id"]
    words = {
        "statement": "Money is back fast",
        "start": "9",
        "commit": "6 days",
        "target": "4",
        "stretch": "2 days",
    }
    edits = {f"key_result:{result}:{column}": text for column, text in words.items()}
    server.portal.call(cast.app.state.documents.edit, room, edits)
    (drafted,) = dora.get(f"/api/v1/rooms/{room}/draft").json()["objectives"][0]["key_results"]
    assert (drafted["commit"], drafted["target"], drafted["stretch"]) == ("6 days", "4", "2 days")
    tom = cast.browser("Tom")
    tom.post(f"/workshops/{workshop['id']}/stage", data={"room_id": room})
    pages = [
        tom.get(f"/workshops/{workshop['id']}/stage").text,
        tom.get(f"/workshops/{workshop['id']}/board/rooms/{room}").text,
        *(
            tom.get(f"/workshops/{workshop['id']}/export?format={kind}").text
            for kind in ("json", "csv", "md")
        ),
    ]
    for page in pages:
        assert "6 days" in page
        assert "2 days" in page
    assert (
        dora.post(
            f"/api/v1/rooms/{room}/comments", json={"body": "?", "key_result_id": result, "field": "stretch"}
        ).status_code
        == 201
    )


# ---- starting


# ---- what changes later


# ---- who reads the sheet
