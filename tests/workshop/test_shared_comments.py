"""One question to every room with the same finding: who gets it, in which words, how it went, taken back."""

import asyncio
import json

import pytest

from boathouse.workshop.shared_comments import LONGEST, SLICE
from boathouse.workshop.tables import Broadcast
from boathouse.workshop.web import sendings
from boathouse.workshop.web.sendings import who_gets
from tests.watching import pushed, watch

CODE = "kr.no_baseline"
QUESTION = "From what to {target}? “{words}”"


@pytest.fixture
def rooms(cast):
    """Room 1 and 2 have a target without a starting point; room 2 has two of them."""
    ana, cleo = cast.script("Ana"), cast.script("Cleo")
    objective = cleo.post(f"/api/v1/rooms/{cast.rooms[2]}/objectives").json()["id"]
    lines = [cast.key_result]
    for _ in range(2):
        made = cleo.post(f"/api/v1/objectives/{objective}/key-results", json={"type": "metric"})
        lines.append(made.json()["id"])
    write(cast, 1, {f"key_result:{lines[0]}:target": "40", f"key_result:{lines[0]}:unit": "%"})
    words = {f"objective:{objective}:title": "Drivers trust the list"}
    for n, line in enumerate(lines[1:], 2):
        words |= {f"key_result:{line}:statement": f"Stops per tour {n}", f"key_result:{line}:target": f"{n}0"}
    write(cast, 2, words)
    assert ana.get(f"/api/v1/rooms/{cast.rooms[1]}/draft").status_code == 200
    return lines


def write(cast, number: int, words: dict[str, str]) -> None:
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[number], words)


def comments(cast, number: int) -> list[tuple[str, str]]:
    """Words and place of every comment of a room."""
    found = cast.script("Tom").get(f"/api/v1/rooms/{cast.rooms[number]}/comments").json()
    return [(each["body"], f"{each['key_result_id']}:{each['field']}") for each in found]


def ask(cast, body=QUESTION, finding=CODE, who="Tom"):
    address = f"/api/v1/workshops/{cast.workshop}/broadcasts"
    return cast.script(who).post(address, json={"body": body, "finding": finding})


def test_every_room_with_the_finding_gets_a_comment_at_the_field_in_its_own_words(cast, rooms):
    answer = ask(cast)
    assert answer.status_code == 201
    assert answer.json()["rooms"] == 2
    assert ("From what to 40 %? “Money back fast”", f"{rooms[0]}:start") in comments(cast, 1)
    assert comments(cast, 2) == [("From what to 20? “Stops per tour 2”", f"{rooms[1]}:start")]


def test_a_room_that_closes_meanwhile_gets_nothing_and_is_named(cast, rooms, monkeypatch):
    close = f"/api/v1/rooms/{cast.rooms[2]}/close"

    async def look(*arguments):
        found = await who_gets(*arguments)
        await asyncio.to_thread(cast.script("Mara").post, close, json={})
        return found

    monkeypatch.setattr(sendings, "who_gets", look)
    form = {"body": QUESTION, "code": CODE, "rooms": [cast.rooms[1], cast.rooms[2]]}
    answer = cast.browser("Tom").post(f"/workshops/{cast.workshop}/shared-comments", data=form)
    said = json.loads(answer.headers["HX-Trigger"])["toast"]["text"]
    assert said == "Asked 1 room. Not sent to Room 2: closed, or the words were taken out meanwhile."
    assert "Not sent to Room 2" in cast.browser("Tom").get(f"/workshops/{cast.workshop}/board").text
    assert comments(cast, 2) == []


def test_only_some_rooms_that_did_not_get_it_are_named():
    sending = sendings.Sending(Broadcast(body="Why?"), 9, missed=[f"Room {n}" for n in range(1, 8)])
    assert "to Room 1, Room 2, Room 3 and 4 more: closed" in sending.misses


def test_it_is_no_message_above_the_draft(cast, rooms):
    ask(cast, "Only where it is missing?")
    html = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    assert "Only where it is missing?" in html
    assert "to all rooms: Only" not in html


def test_who_gets_it_is_shown_before_and_who_was_asked_is_not_ticked(cast, rooms):
    tom, path = cast.browser("Tom"), f"/workshops/{cast.workshop}/shared-comments"
    html = tom.get(f"{path}/new", params={"code": CODE}).text
    assert "From what to {target}?" in html
    assert "From what to 40 %?" in html
    assert "and 1 more" in html
    assert html.count(" checked") == 2
    place = f"key_result:{rooms[0]}:start"
    tom.post(f"/rooms/{cast.rooms[1]}/comments", data={"on": place, "body": "From what?"})
    html = tom.get(f"{path}/preview", params={"code": CODE, "body": "Since when, {owner}?"}).text
    assert "Since when, its owner?" in html
    assert "Tom has asked there already." in html
    assert html.count(" checked") == 1
    data = cast.script("Tom").get(
        f"/api/v1/workshops/{cast.workshop}/broadcasts/preview", params={"finding": CODE, "body": "x"}
    )
    assert [each["asked_by"] for each in data.json()] == ["Tom", ""]


def test_a_question_with_the_words_of_one_room_has_its_braces_again(cast, rooms):
    path, place = f"/workshops/{cast.workshop}/shared-comments/new", f"key_result:{rooms[0]}:start"
    for body, question in [("From what to 40 %?", "From what to {target}?"), ("Of 40 %?", "Of 40 %?")]:
        html = cast.browser("Tom").get(path, params={"code": CODE, "on": place, "body": body}).text
        assert f">\n{question}</textarea>" in html
    assert cast.browser("Tom").get(path, params={"code": "kr.nonsense"}).status_code == 422


def test_what_takes_long_shows_its_progress_above_the_wall(server, cast, rooms, monkeypatch):
    monkeypatch.setattr("boathouse.workshop.web.shared_comments.PATIENCE", 0)
    monkeypatch.setattr("boathouse.workshop.shared_comments.SLICE", 1)
    tom, board = cast.browser("Tom"), f"/workshops/{cast.workshop}/board/live"
    with watch(server, cast, "Tom", board) as coach:
        form = {"body": QUESTION, "code": CODE, "rooms": list(cast.rooms.values())}
        answer = tom.post(f"/workshops/{cast.workshop}/shared-comments", data=form)
        assert (answer.status_code, answer.headers.get("hx-trigger")) == (204, None)
        pushed(coach, shared_comment="2 rooms were asked")
    assert len(comments(cast, 2)) == 1


@pytest.mark.parametrize("is_last", [True, False])
def test_what_is_taken_back_on_its_way_reaches_no_further_room(cast, rooms, monkeypatch, is_last):
    """The coach takes it back between the first room and the second; a colleague may have begun another."""
    monkeypatch.setattr("boathouse.workshop.shared_comments.SLICE", 1)
    push, tom = sendings._push, cast.script("Tom")

    async def after_the_first(app, session, ids):
        await push(app, session, ids)
        sent = cast.app.state.sendings.last[cast.workshop]
        if not is_last:
            cast.app.state.sendings.last[cast.workshop] = sendings.Sending(Broadcast(body="Why?"), 0)
        address = f"/api/v1/broadcasts/{sent.broadcast.id}"
        monkeypatch.setattr(sendings, "_push", push)
        taking.append(asyncio.create_task(asyncio.to_thread(tom.delete, address)))
        # It has the turn before the second room; a lock tells nobody that somebody waits.
        while not (taking[0].done() or cast.app.state.database._turn._waiters):  # noqa: ASYNC110
            await asyncio.sleep(0)

    taking: list[asyncio.Task] = []
    monkeypatch.setattr(sendings, "_push", after_the_first)
    assert ask(cast).status_code == 201
    assert comments(cast, 2) == []


def test_the_page_sends_to_the_rooms_that_are_ticked(cast, rooms):
    tom, path = cast.browser("Tom"), f"/workshops/{cast.workshop}/shared-comments"
    form = {"body": QUESTION, "code": CODE, "rooms": [cast.rooms[2]]}
    answer = tom.post(path, data=form)
    assert json.loads(answer.headers["hx-trigger"])["toast"]["text"] == "Asked 1 room"
    assert len(comments(cast, 2)) == 1
    assert "From what to 40 %?" not in str(comments(cast, 1))
    nobody = tom.post(path, data={"body": QUESTION, "code": CODE}, headers={"hx-request": "true"})
    assert nobody.status_code == 409


def test_what_a_crew_means_on_purpose_is_not_asked(cast, rooms):
    cast.browser("Cleo").post(
        f"/rooms/{cast.rooms[2]}/meant", data={"item": f"key_result:{rooms[1]}", "code": CODE}
    )
    ask(cast)
    assert [place for _, place in comments(cast, 2)] != [f"{rooms[0]}:start"]


def test_it_arrives_live_in_the_room_and_is_counted_above_the_wall(server, cast, rooms):
    ana, room_path = cast.script("Ana"), f"/rooms/{cast.rooms[1]}/live"
    board = f"/workshops/{cast.workshop}/board/live"
    with watch(server, cast, "Tom", board) as coach, watch(server, cast, "Ana", room_path) as room:
        ask(cast)
        pushed(room, draft="From what to 40 %?")
        pushed(coach, shared_comment="2 rooms were asked")
        found = ana.get(f"/api/v1/rooms/{cast.rooms[1]}/comments").json()
        thread = next(each for each in found if each["key_result_id"] == rooms[0])
        ana.post(f"/api/v1/comments/{thread['id']}/replies", json={"body": "From 31."})
        pushed(coach, shared_comment="1 answered")


def test_it_is_taken_back_in_one_room_and_in_all(cast, rooms):
    tom, id = cast.script("Tom"), ask(cast).json()["id"]
    assert [each["state"] for each in tom.get(f"/api/v1/broadcasts/{id}").json()] == ["open", "open"]
    assert tom.delete(f"/api/v1/broadcasts/{id}/rooms/{cast.rooms[2]}").status_code == 204
    assert comments(cast, 2) == []
    assert [each["state"] for each in tom.get(f"/api/v1/broadcasts/{id}").json()] == ["open", "taken back"]
    assert cast.browser("Tom").post(f"/broadcasts/{id}/take-back").status_code == 204
    assert [place for _, place in comments(cast, 1) if place == f"{rooms[0]}:start"] == []
    assert tom.delete(f"/api/v1/broadcasts/{id}").status_code == 204, "twice is once"


def test_a_question_that_has_left_the_wall_is_found_where_the_next_one_is_asked(cast, rooms):
    tom, where = cast.browser("Tom"), f"/workshops/{cast.workshop}/shared-comments/new?code={CODE}"
    assert "Asked before" not in tom.get(where).text
    first, second = ask(cast).json()["id"], ask(cast, "Since {when}?").json()["id"]
    html = tom.get(where).text
    assert html.index(f"/broadcasts/{second}") < html.index(f"/broadcasts/{first}"), "the newest first"
    tom.post(f"/broadcasts/{second}/take-back")
    html = tom.get(where).text
    assert f"/broadcasts/{first}" in html
    assert f"/broadcasts/{second}" not in html, "nothing is left of it"


def test_answers_stay_when_the_question_is_taken_back(cast, rooms):
    id = ask(cast).json()["id"]
    asked = cast.script("Tom").get(f"/api/v1/broadcasts/{id}").json()[0]
    cast.script("Ana").post(f"/api/v1/comments/{asked['comment_id']}/replies", json={"body": "From 31."})
    html = cast.browser("Tom").get(f"/broadcasts/{id}").text
    assert "answered" in html
    html = cast.browser("Tom").post(f"/broadcasts/{id}/rooms/{cast.rooms[1]}/take-back").text
    assert "taken back" in html
    found = cast.script("Ana").get(f"/api/v1/rooms/{cast.rooms[1]}/comments").json()
    thread = next(each for each in found if each["id"] == asked["comment_id"])
    assert (thread["body"], [each["body"] for each in thread["replies"]]) == ("", ["From 31."])


def test_any_coach_of_the_workshop_may_take_it_back_and_nobody_of_another(cast, rooms):
    id = ask(cast, who="Mara").json()["id"]
    assert cast.script("Ines").delete(f"/api/v1/broadcasts/{id}").status_code == 403
    assert cast.script("Ana").delete(f"/api/v1/broadcasts/{id}").status_code == 403
    assert cast.script("Tom").delete(f"/api/v1/broadcasts/{id}").status_code == 204


@pytest.mark.parametrize(
    ("body", "finding", "status"),
    [
        ("x" * LONGEST, "kr.duplicate", 409),
        ("x" * (LONGEST + 1), CODE, 422),
        (" ", CODE, 422),
        ("From what?", "kr.nonsense", 422),
    ],
)
def test_what_cannot_be_sent(cast, rooms, body, finding, status):
    assert ask(cast, body, finding).status_code == status


def test_after_the_end_nobody_is_asked(cast, rooms):
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    assert ask(cast).status_code == 409


def test_a_message_to_all_cannot_be_taken_back_as_a_question(cast):
    sent = cast.script("Tom").post(
        f"/api/v1/workshops/{cast.workshop}/broadcasts", json={"body": "Five minutes more."}
    )
    assert cast.script("Tom").delete(f"/api/v1/broadcasts/{sent.json()['id']}").status_code == 404
    assert cast.browser("Tom").get(f"/broadcasts/{sent.json()['id']}").status_code == 404


def test_many_rooms_are_written_in_several_turns(cast):
    """More rooms than one slice: everybody gets it once."""
    tom = cast.script("Tom")
    made = tom.post("/api/v1/workshops", json={"title": "Many", "rooms": SLICE + 2}).json()
    tom.post(f"/api/v1/workshops/{made['id']}/start", json={"use_recommended": True})
    for room in made["rooms"]:
        objective = tom.post(f"/api/v1/rooms/{room['id']}/objectives").json()["id"]
        words = {f"objective:{objective}:title": "Sending back is easy for everybody"}
        cast.portal.call(cast.app.state.documents.edit, room["id"], words)
    asked = tom.post(
        f"/api/v1/workshops/{made['id']}/broadcasts", json={"body": "Why?", "finding": "objective.no_why"}
    )
    assert asked.json()["rooms"] == SLICE + 2
    for room in made["rooms"]:
        assert len(tom.get(f"/api/v1/rooms/{room['id']}/comments").json()) == 1
