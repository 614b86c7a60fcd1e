"""The start of a workshop settles its ground rules; what happens to them before and after."""

from boathouse.rollout.parameters import REQUIRED
from tests.watching import pushed, watch
from tests.workshop.test_ground_rules import VALUES, decide, joined, made, rules, start


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
