"""Questions to the group on stage: asked, seconded, in order, answered, removed, limited."""

import pytest

from boathouse.workshop.questions import LONGEST
from tests.watching import pushed, watch


def ask(cast, name: str, body: str):
    return cast.script(name).post(f"/api/v1/workshops/{cast.workshop}/questions", json={"body": body})


def second(cast, name: str, question: str):
    return cast.script(name).put(f"/api/v1/questions/{question}/second")


def waiting(cast) -> list:
    asked = cast.script("Ana").get(f"/api/v1/workshops/{cast.workshop}/questions").json()
    return [one for one in asked if not one["answered_at"]]


def show_room(cast, **more) -> None:
    shown = {"room_id": cast.rooms[1], **more}
    assert cast.script("Tom").put(f"/api/v1/workshops/{cast.workshop}/stage", json=shown).status_code == 200


def stage(cast) -> str:
    return cast.browser("Vera").get(f"/workshops/{cast.workshop}/stage").text


def test_anybody_asks_and_the_most_wanted_comes_first(cast):
    show_room(cast)
    early = ask(cast, "Cleo", "Why five?").json()
    late = ask(cast, "Ana", "Who owns it?").json()
    coach = ask(cast, "Tom", "What is it today?").json()
    assert early["to"] == "Room 1"
    assert [one["id"] for one in waiting(cast)] == [early["id"], late["id"], coach["id"]]
    assert second(cast, "Ben", late["id"]).status_code == 204
    assert second(cast, "Ben", late["id"]).status_code == 204
    assert next((one["id"], one["seconds"]) for one in waiting(cast)) == (late["id"], 1)
    cast.script("Ben").delete(f"/api/v1/questions/{late['id']}/second")
    assert waiting(cast)[0]["id"] == early["id"]


def test_nobody_seconds_oneself_and_coaches_have_no_voice(cast):
    question = ask(cast, "Cleo", "Why five?").json()["id"]
    for name in ("Cleo", "Tom", "Leo"):
        assert second(cast, name, question).status_code == 409


def test_an_answered_one_leaves_the_line_and_comes_back(cast):
    question = ask(cast, "Cleo", "Why five?").json()["id"]
    tom = cast.script("Tom")
    assert tom.post(f"/api/v1/questions/{question}/show").status_code == 204
    assert "Why five?" in stage(cast)
    tom.post(f"/api/v1/questions/{question}/answered")
    assert waiting(cast) == []
    assert "Why five?" not in stage(cast)
    assert second(cast, "Ana", question).status_code == 409
    assert tom.post(f"/api/v1/questions/{question}/show").status_code == 409
    tom.post(f"/api/v1/questions/{question}/waits")
    assert [one["id"] for one in waiting(cast)] == [question]


def test_a_removed_one_is_gone_for_everybody_until_it_is_restored(cast):
    question = ask(cast, "Cleo", "Something rude").json()["id"]
    removed = cast.browser("Tom").delete(f"/questions/{question}")
    assert f"/questions/{question}/restore" in removed.headers["hx-trigger"]
    assert waiting(cast) == []
    assert second(cast, "Ana", question).status_code == 404
    cast.browser("Tom").post(f"/questions/{question}/restore")
    assert [one["id"] for one in waiting(cast)] == [question]


def test_one_takes_back_only_ones_own(cast):
    question = ask(cast, "Cleo", "Why five?").json()["id"]
    path = f"/api/v1/questions/{question}/withdraw"
    assert cast.script("Ana").post(path).status_code == 409
    assert cast.script("Cleo").post(path).status_code == 204
    assert waiting(cast) == []


@pytest.mark.parametrize(("body", "status"), [("x" * (LONGEST + 1), 422), ("", 422), (" \u202e ", 422)])
def test_what_is_no_question_is_refused(cast, body, status):
    assert ask(cast, "Cleo", body).status_code == status


def test_the_same_question_is_not_asked_twice(cast):
    ask(cast, "Cleo", "Why five?")
    again = ask(cast, "Ana", "  why   FIVE? ")
    assert again.status_code == 409
    assert "second" in again.json()["detail"]


def test_one_person_does_not_fill_the_line(cast, monkeypatch):
    monkeypatch.setattr("boathouse.workshop.questions.MOST_OF_ONE", 2)
    codes = [ask(cast, "Cleo", f"Question {n}?").status_code for n in range(3)]
    assert codes == [201, 201, 409]
    monkeypatch.setattr("boathouse.workshop.web.questions.ASKS", "1 per 5 minute")
    assert [ask(cast, "Ana", f"Is it {n}?").status_code for n in range(2)] == [201, 429]
    monkeypatch.setattr("boathouse.workshop.questions.MOST", 3)
    assert ask(cast, "Ben", "One more?").status_code == 409


def test_after_the_end_nobody_asks(cast):
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    assert ask(cast, "Cleo", "Why five?").status_code == 409


def test_rooms_ask_while_a_group_is_on_the_stage(server, cast):
    with watch(server, cast, "Cleo", f"/rooms/{cast.rooms[2]}/live") as room:
        pushed(room, questions="hidden")
        show_room(cast)
        pushed(room, questions="On stage: Room 1")
        ask(cast, "Ana", "Who owns it?")
        pushed(room, questions="Who owns it?")
        show_room(cast, hides_names=True)
        pushed(room, questions="On stage: One of our rooms")


def test_hidden_names_are_hidden_from_scripts_of_participants_too(cast):
    show_room(cast, hides_names=True)
    mine = ask(cast, "Cleo", "Who owns it?")
    path = f"/api/v1/workshops/{cast.workshop}/questions"
    names = {
        who: [cast.script(who).get(path).json()[0][key] for key in ("author", "to")] for who in ("Ana", "Tom")
    }
    assert [mine.json()[key] for key in ("body", "author", "to")] == ["Who owns it?", "", ""]
    assert names["Ana"] == ["", ""]
    assert all(names["Tom"]), "coaches see who asks whom"
    show_room(cast, hides_names=False)
    assert cast.script("Ana").get(path).json()[0]["author"] == names["Tom"][0]


def test_what_is_asked_is_text_on_every_screen(cast):
    show_room(cast)
    question = ask(cast, "Cleo", "<script>alert(1)</script><b>bold</b>").json()["id"]
    cast.script("Tom").post(f"/api/v1/questions/{question}/show")
    desk = cast.browser("Tom").get(f"/workshops/{cast.workshop}/stage/desk").text
    room = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    for text in (desk, room, stage(cast)):
        assert "&lt;b&gt;bold" in text
        assert "<script>alert(1)" not in text


def test_the_page_knows_what_its_seat_has_seconded(cast):
    show_room(cast)
    question = ask(cast, "Cleo", "Why five?").json()["id"]
    pressed = cast.browser("Ana").put(f"/questions/{question}/second").text
    assert 'aria-pressed="true"' in pressed
    assert pressed.split("\n")[-1] in cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    assert pressed.split("\n")[-1] not in cast.browser("Ben").get(f"/rooms/{cast.rooms[1]}").text
    assert 'aria-pressed="false"' in cast.browser("Ana").delete(f"/questions/{question}/second").text
