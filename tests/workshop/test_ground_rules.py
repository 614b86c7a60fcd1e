"""The ground rules bind: a snapshot of the program's parameters, what it allows, what a start asks for."""

import pytest

from boathouse.rollout.parameters import REQUIRED
from tests.cast import Cast
from tests.watching import pushed, watch

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


def test_a_start_waits_for_what_is_open_unless_the_coach_takes_what_we_recommend(cast):
    decide(cast, "max_objectives", "scoring")
    workshop = made(cast)
    assert set(rules(cast, workshop)["open"]) == REQUIRED - {"max_objectives", "scoring"}
    answer = start(cast, workshop)
    assert answer.status_code == 409
    assert "key results for each objective" in answer.json()["detail"]
    assert start(cast, workshop, {"use_recommended": False}).status_code == 409
    state = start(cast, workshop, {"use_recommended": True}).json()
    assert (state["status"], state["on_recommended"]) == ("running", True)
    sheet = cast.browser("Tom").get(f"/workshops/{workshop['id']}/rules").text
    assert "Tom started this workshop on recommended defaults" in sheet
    assert "Recommended; nothing was decided." in sheet


def test_what_was_decided_meanwhile_is_taken_over_by_the_start(cast):
    workshop = made(cast)
    assert start(cast, workshop).status_code == 409
    decide(cast, *VALUES)
    assert start(cast, workshop).status_code == 200
    kept = rules(cast, workshop)
    assert (kept["rules"]["max_objectives"], kept["differences"], kept["open"]) == (1, [], [])


def test_accepting_what_is_not_needed_is_not_written_down(cast):
    decide(cast, *VALUES)
    state = start(cast, made(cast), {"use_recommended": True}).json()
    assert (state["status"], state["on_recommended"]) == ("running", False)


def test_a_proposal_does_not_bind(cast):
    decide(cast, *VALUES)
    path = f"/api/v1/programs/{cast.program}/parameters/scoring"
    cast.script("Leo").put(path, json={"value": "zero_to_one", "rationale": "x", "status": "proposed"})
    workshop = made(cast)
    assert rules(cast, workshop)["open"] == ["scoring"]
    assert start(cast, workshop).status_code == 409


def test_the_lobby_asks_before_it_starts_on_recommendations(cast):
    workshop = made(cast)
    here, tom = f"/workshops/{workshop['id']}", cast.browser("Tom")
    lobby = tom.get(here).text
    assert 'data-opens="#start-open"' in lobby
    assert 'id="start-open"' in lobby
    assert 'data-opens="#start-open"' in tom.get(f"{here}/board").text
    assert tom.post(f"{here}/steps/start").status_code == 409
    assert tom.post(f"{here}/steps/start", data={"use_recommended": "true"}).status_code == 303
    assert 'id="start-open"' not in tom.get(here).text


# ---- what changes later


def test_later_decisions_show_and_are_taken_over_before_the_start(server, cast):
    decide(cast, *VALUES)
    workshop = made(cast)
    decide(cast, max_objectives=4, why="One was too few.")
    kept = rules(cast, workshop)
    assert kept["rules"]["max_objectives"] == 1
    assert kept["differences"] == [{"key": "max_objectives", "before": "One", "after": "Up to four"}]
    assert "One → Up to four" in cast.browser("Tom").get(f"/workshops/{workshop['id']}").text
    room = workshop["rooms"][0]["id"]
    with watch(server, cast, "Tom", f"/rooms/{room}/live") as socket:
        pushed(socket, brief="We agreed on it.")
        answer = cast.browser("Tom").post(f"/workshops/{workshop['id']}/rules/take-over")
        assert answer.status_code == 303
        pushed(socket, brief="One was too few.")
    kept = rules(cast, workshop)
    assert (kept["rules"]["max_objectives"], kept["differences"]) == (4, [])


def test_an_open_lobby_follows_the_decisions(server, cast):
    workshop = made(cast)
    assert "scoring" in rules(cast, workshop)["open"]
    with watch(server, cast, "Tom", f"/workshops/{workshop['id']}/lobby/live") as lobby:
        decide(cast, *VALUES)
        pushed(lobby, rules="Decided differently since")
        cast.browser("Leo").post(f"/programs/{cast.program}/decisions/max_objectives/reopen")
        pushed(lobby, rules="1 of the rules a workshop needs is not decided yet.")
    assert rules(cast, workshop)["open"] == ["max_objectives"]


def test_a_workshop_that_runs_keeps_its_rules(cast):
    decide(cast, *VALUES)
    workshop = made(cast)
    start(cast, workshop)
    decide(cast, max_objectives=4)
    take = cast.script("Tom").post(f"/api/v1/workshops/{workshop['id']}/rules/take-over")
    assert take.status_code == 409
    assert rules(cast, workshop)["rules"]["max_objectives"] == 1
    assert "One → Up to four" in cast.browser("Tom").get(f"/workshops/{workshop['id']}/rules").text


def test_a_lowered_limit_deletes_nothing(cast):
    decide(cast, max_objectives=3)
    workshop = made(cast)
    dora, room = joined(cast, workshop)
    for _ in range(3):
        dora.post(f"/api/v1/rooms/{room}/objectives")
    decide(cast, max_objectives=1)
    cast.script("Tom").post(f"/api/v1/workshops/{workshop['id']}/rules/take-over")
    assert len(dora.get(f"/api/v1/rooms/{room}/draft").json()["objectives"]) == 3
    assert dora.post(f"/api/v1/rooms/{room}/objectives").status_code == 409


def test_a_workshop_outlives_its_program(cast):
    decide(cast, *VALUES)
    workshop = made(cast)
    gone = cast.browser("Leo").post(f"/programs/{cast.program}/delete", data={"name": "Alder & Finch"})
    assert gone.status_code == 303
    kept = rules(cast, workshop)
    assert (kept["rules"]["max_objectives"], kept["differences"]) == (1, [])
    assert (kept["program_id"], kept["open"]) == (None, [])
    for page in ("", "/rules", "/rules.pdf", "/board"):
        assert cast.browser("Tom").get(f"/workshops/{workshop['id']}{page}").status_code == 200
    assert start(cast, workshop).status_code == 200


def test_a_copy_has_the_same_rules_and_nobody_has_accepted_anything_for_it(cast):
    workshop = made(cast)
    start(cast, workshop, {"use_recommended": True})
    answer = cast.browser("Tom").post(f"/workshops/{workshop['id']}/copies")
    copy = {"id": answer.headers["location"].rpartition("/")[2]}
    assert rules(cast, copy)["program_id"] == cast.program
    assert start(cast, copy).status_code == 409


# ---- who reads the sheet


def test_participants_read_the_sheet_of_their_workshop_and_nothing_else_of_the_program(cast):
    decide(cast, *VALUES)
    workshop = made(cast)
    answer = cast.browser("nobody").post(f"/join/{workshop['code']}", data={"name": "Dora"})
    dora = cast.browser("nobody")
    dora.cookies.update(dict(answer.cookies))
    assert "We agreed on it." in dora.get(f"/workshops/{workshop['id']}/rules").text
    assert dora.get(f"/workshops/{workshop['id']}/rules.pdf").content.startswith(b"%PDF-")
    for path in ("decisions", "sheet", "councils", ""):
        answer = dora.get(f"/programs/{cast.program}/{path}".rstrip("/"))
        assert answer.headers.get("location", "").startswith("/sign-in"), path
    assert cast.browser("Ana").get(f"/workshops/{workshop['id']}/rules").status_code in (303, 401, 403)
