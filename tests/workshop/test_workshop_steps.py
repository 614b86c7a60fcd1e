"""A workshop's course by script and from the board: its steps, and what may not be."""

from datetime import datetime

import pytest

from boathouse.workshop.tables import (
    DraftCopy,
)
from tests.watching import pushed, watch
from tests.workshop.test_workshops import rows


@pytest.fixture
def api(cast):
    return cast.script("Ines")


@pytest.fixture
def made(api) -> dict:
    agenda = [{"title": "Draft", "minutes": 10, "instructions": "What?"}, {"title": "Share", "minutes": 5}]
    answer = api.post("/api/v1/workshops", json={"title": "W", "rooms": 2, "room_size": 5, "agenda": agenda})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_creating_answers_where_everything_is(made):
    assert set(made) == {"id", "code", "status", "join_url", "board_url", "stage_url", "rooms"}
    assert made["status"] == "scheduled"
    assert made["join_url"] == f"http://testserver/join/{made['code']}"
    assert [room["name"] for room in made["rooms"]] == ["Room 1", "Room 2"]


def test_a_workshop_runs_from_start_to_end(api, made):
    here = f"/api/v1/workshops/{made['id']}"
    state = api.get(here).json()
    assert (state["phase"], state["ends_at"], state["counts"]["rooms"]) == (None, None, 2)
    state = api.post(f"{here}/start", json={"use_recommended": True}).json()
    assert (state["status"], state["phase"], state["on_recommended"]) == ("running", "Draft", True)
    ends = datetime.fromisoformat(state["ends_at"])
    state = api.post(f"{here}/extend", json={"seconds": 300}).json()
    assert (datetime.fromisoformat(state["ends_at"]) - ends).total_seconds() == pytest.approx(300, abs=0.01)
    state = api.post(f"{here}/pause").json()
    assert (state["status"], state["ends_at"]) == ("paused", None)
    assert state["seconds_left"] == pytest.approx(900, abs=5)
    assert api.post(f"{here}/resume").json()["status"] == "running"
    assert api.post(f"{here}/phases/next").json()["phase"] == "Share"
    assert api.post(f"{here}/phases/previous").json()["phase"] == "Draft"
    state = api.post(f"{here}/end").json()
    assert (state["status"], state["locked"], state["phase"]) == ("ended", True, None)


def test_start_needs_no_body(api, made):
    assert api.post(f"/api/v1/workshops/{made['id']}/start").status_code == 200


@pytest.mark.parametrize("step", ["phases/next", "phases/previous", "pause", "resume", "end", "reopen"])
def test_a_step_that_is_not_possible_is_409_in_a_sentence(api, made, step):
    answer = api.post(f"/api/v1/workshops/{made['id']}/{step}")
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": "W", "rooms": 0},
        {"title": "W", "rooms": 1001},
        {"title": "W", "room_size": 13},
        {"title": "W", "agenda": []},
        {"title": "W", "agenda": [{"title": "", "minutes": 1}]},
        {"title": "W", "agenda": [{"title": "A", "minutes": 241}]},
        {"title": "W", "program_id": "none"},
        {"title": "\x00"},
    ],
)
def test_what_cannot_be_is_422(api, body):
    answer = api.post("/api/v1/workshops", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_the_state_counts_what_there_is(cast):
    counts = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}").json()["counts"]
    assert (counts["people"], counts["objectives"], counts["key_results"]) == (3, 1, 1)


def test_each_phase_change_and_the_end_keep_the_drafts(server, cast):
    api = cast.script("Tom")
    api.post(f"/api/v1/workshops/{cast.workshop}/phases/next")
    api.post(f"/api/v1/workshops/{cast.workshop}/lock")
    api.post(f"/api/v1/workshops/{cast.workshop}/unlock")
    api.post(f"/api/v1/workshops/{cast.workshop}/end")
    copies = rows(server, cast, DraftCopy)
    assert sorted(copy.moment for copy in copies) == ["End", "Locked", "Why we are here"]
    assert {copy.room_id for copy in copies} == {cast.rooms[1]}  # nothing was written in room 2
    assert copies[0].draft["objectives"][0]["key_results"][0]["statement"] == "Money back fast"


def test_a_refused_step_keeps_nothing(server, cast):
    api = cast.script("Tom")
    assert api.post(f"/api/v1/workshops/{cast.workshop}/phases/previous").status_code == 409
    assert rows(server, cast, DraftCopy) == []


def test_steps_from_the_board_answer_nothing_and_push(server, cast):
    with watch(server, cast, "Tom", f"/workshops/{cast.workshop}/board/live") as board:
        pushed(board, board_bar="step-pause")
        answer = cast.browser("Tom").post(
            f"/workshops/{cast.workshop}/steps/pause", headers={"HX-Request": "true"}
        )
        assert answer.status_code == 204
        pushed(board, board_bar="step-resume")


def test_everybody_in_a_room_follows_to_the_next_phase_and_the_end(server, cast):
    with watch(server, cast, "Ana", f"/rooms/{cast.rooms[1]}/live") as room:
        pushed(room, brief="Why we are here", room_state='data-locked="no"')
        cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/phases/next")
        pushed(room, course="data-ends-at", brief="Key results")
        cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
        pushed(room, room_state='data-locked="yes"', brief="Thank you")


def test_the_room_sees_the_course_the_brief_and_whether_it_may_write(server, cast):
    room, ana = cast.rooms[1], cast.browser("Ana")
    page = ana.get(f"/rooms/{room}").text
    assert '<aside id="brief"' in page
    assert "Why we are here" in page
    assert 'data-locked="no"' in page
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/lock")
    assert 'data-locked="yes"' in ana.get(f"/rooms/{room}").text
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    assert "The workshop has ended." in ana.get(f"/rooms/{room}").text


def test_the_dialog_says_what_ending_means(cast):
    text = cast.browser("Tom").get(f"/workshops/{cast.workshop}/ending").text
    assert "Nobody is writing at the moment." in text


def test_an_extension_from_the_board_is_bounded(cast):
    tom = cast.browser("Tom")
    assert tom.post(f"/workshops/{cast.workshop}/extend", data={"seconds": "60"}).status_code == 204
    assert tom.post(f"/workshops/{cast.workshop}/extend", data={"seconds": "99999"}).status_code == 422
