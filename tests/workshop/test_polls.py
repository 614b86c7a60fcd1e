"""Polls: how answers lie, what counts as a word, who answers, what the stage and the rooms see."""

import pytest

from boathouse.core.errors import Problem
from boathouse.workshop.spread_picture import FLOOR, HEIGHT, picture_of
from boathouse.workshop.spreads import MOST_WORDS, one_word, spread_of
from boathouse.workshop.tables import Poll, PollKind
from tests.watching import pushed, watch

FIST, WORD = Poll(workshop_id="w", question="?"), Poll(workshop_id="w", question="?", kind=PollKind.WORD)


def test_fingers_are_counted():
    spread = spread_of(FIST, ["5", "4", "4", "0"], 9)
    assert spread.counts == [1, 0, 0, 0, 2, 1]
    assert (spread.answers, spread.most) == (4, 2)
    assert spread.sentence == "0: 1; 1: 0; 2: 0; 3: 0; 4: 2; 5: 1."


def test_words_that_differ_in_case_are_one_in_the_order_they_came():
    spread = spread_of(WORD, ["brave", "Calm", "calm", "calm", "ＢＲＡＶＥ"], 9)
    assert [(word.text, word.count) for word in spread.words] == [("brave", 2), ("calm", 3)]
    assert [spread.size(word) for word in spread.words] == [3, 5]


def test_struck_words_and_the_rarest_of_too_many_are_not_shown():
    struck = Poll(workshop_id="w", question="?", kind=PollKind.WORD, struck=["rude"])
    spread = spread_of(struck, ["Rude", "kind"], 2)
    assert [word.text for word in spread.words] == ["kind"]
    assert spread.answers == 2, "who gave it has answered all the same"
    many = spread_of(WORD, [*(f"w{n}" for n in range(99)), "late", "late"], 200)
    assert len(many.shown_words) == MOST_WORDS
    assert many.shown_words[-1].text == "late"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        (" calm! ", "calm"),
        ("“Calm”", "Calm"),
        ("self-made", "self-made"),
        ("ca\u202elm\x00", "calm"),
        ("e\u0301\u0301\u0301\u0301\u0301\u0301", "é\u0301\u0301\u0301"),
        ("<b>", "b"),
        ("🚣", "🚣"),
        ("平静", "平静"),
    ],
)
def test_a_word_is_cleaned(typed, word):
    assert one_word(typed) == word


@pytest.mark.parametrize("typed", ["", " !? ", "two words", "x" * 31])
def test_what_is_no_word_is_refused(typed):
    with pytest.raises(Problem) as refused:
        one_word(typed)
    assert refused.value.status == 422


@pytest.mark.parametrize("people", [0, 1, 5, 52, 250, 1000])
def test_the_picture_of_any_number_fits(people):
    picture = picture_of(spread_of(FIST, ["4"] * people, people))
    column = picture.columns[4]
    assert column.dots.count("M") == people
    assert 0 < column.top <= FLOOR
    assert picture.height == HEIGHT


# ---- routes


def ask(cast, **wanted):
    return cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/polls", json=wanted).json()


def answer(cast, name: str, poll: str, text: str):
    return cast.script(name).put(f"/api/v1/polls/{poll}/answer", json={"answer": text})


def latest(cast) -> dict:
    return cast.script("Ana").get(f"/api/v1/workshops/{cast.workshop}/polls").json()[0]


def stage(cast) -> str:
    return cast.browser("Vera").get(f"/workshops/{cast.workshop}/stage").text


def test_everybody_answers_once_and_may_change_it(cast):
    poll = ask(cast, question="How sure are you?")
    assert poll["counts"] == [0] * 6
    for name, text in [("Ana", "4"), ("Ben", "4"), ("Cleo", "0"), ("Ana", "5")]:
        assert answer(cast, name, poll["id"], text).status_code == 200
    assert latest(cast)["counts"] == [1, 0, 0, 0, 1, 1]
    assert (latest(cast)["answers"], latest(cast)["people"]) == (3, 3)
    assert answer(cast, "Ana", poll["id"], "6").status_code == 422


def test_only_seats_answer(cast):
    poll = ask(cast)
    for name in ("Tom", "Vera"):
        assert answer(cast, name, poll["id"], "4").status_code == 409
    assert answer(cast, "nobody", poll["id"], "4").status_code == 401


def test_a_new_poll_closes_the_one_before(cast):
    first, second = ask(cast, question="One?"), ask(cast, kind="word")
    assert answer(cast, "Ana", first["id"], "4").status_code == 409
    assert answer(cast, "Ana", second["id"], "calm").status_code == 200
    assert second["question"] == "This draft in one word?"
    cast.script("Tom").post(f"/api/v1/polls/{first['id']}/reopen")
    assert answer(cast, "Ana", second["id"], "brave").status_code == 409
    assert answer(cast, "Ana", first["id"], "4").status_code == 200
    assert "One?" in stage(cast)


def test_a_closed_poll_keeps_its_answers(cast):
    poll = ask(cast)
    answer(cast, "Ana", poll["id"], "3")
    cast.browser("Tom").post(f"/polls/{poll['id']}/close")
    assert answer(cast, "Ben", poll["id"], "3").status_code == 409
    assert "The poll is closed." in stage(cast)
    assert latest(cast)["counts"][3] == 1
    cast.browser("Tom").delete(f"/polls/{poll['id']}")
    assert latest(cast)["id"] != poll["id"]


def test_after_the_end_nobody_asks_or_answers(cast):
    poll = ask(cast)
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    assert answer(cast, "Ana", poll["id"], "3").status_code == 409
    again = cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/polls", json={})
    assert again.status_code == 409


def test_the_spread_is_live_on_the_stage_and_no_name_with_it(server, cast):
    poll = ask(cast, question="How sure are you?")
    with watch(server, cast, "Vera", f"/workshops/{cast.workshop}/stage/live") as screen:
        pushed(screen, stage='data-view="poll"')
        answer(cast, "Ana", poll["id"], "4")
        pushed(screen, stage="<b>1</b> of 3 has answered")
    assert "4: 1;" in stage(cast)
    assert "Ana" not in stage(cast)


def test_a_room_sees_the_poll_come_and_go(server, cast):
    with watch(server, cast, "Ana", f"/rooms/{cast.rooms[1]}/live") as room:
        pushed(room, poll='<div id="poll">')
        poll = ask(cast, question="How sure are you?")
        pushed(room, poll="How sure are you?")
        cast.script("Tom").post(f"/api/v1/polls/{poll['id']}/close")
        pushed(room, poll='<div id="poll">\n</div>')


def test_the_page_knows_what_its_seat_answered(cast):
    poll = ask(cast)
    pressed = f'id="answer-{poll["id"]}-4" class="btn" name="answer" value="4" aria-pressed="true"'
    assert pressed not in cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    given = cast.browser("Ana").post(f"/polls/{poll['id']}/answer", data={"answer": "4"})
    assert pressed in given.text
    assert pressed in cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    assert pressed not in cast.browser("Ben").get(f"/rooms/{cast.rooms[1]}").text


def test_what_is_wrong_is_said_at_the_field_and_kept(cast):
    poll = ask(cast, kind="word")
    given = cast.browser("Ana").post(f"/polls/{poll['id']}/answer", data={"answer": "two words"})
    assert given.status_code == 422
    assert 'value="two words"' in given.text
    assert "One word only" in given.text


def test_words_are_text_and_can_be_taken_off_the_stage(cast):
    poll = ask(cast, kind="word")
    answer(cast, "Ana", poll["id"], "<script>alert(1)</script>")
    answer(cast, "Ben", poll["id"], "Rude")
    assert "&lt;/script" in stage(cast)
    assert "alert(1)</script>" not in stage(cast)
    cast.browser("Tom").post(f"/polls/{poll['id']}/strike", data={"word": "Rude"})
    answer(cast, "Cleo", poll["id"], "rude")
    assert "ude" not in stage(cast).partition('class="cloud"')[2].partition("</ul>")[0]
    cast.browser("Tom").post(f"/polls/{poll['id']}/strike", data={"word": "rude", "back": "yes"})
    assert {"text": "Rude", "count": 2} in latest(cast)["words"]


def test_nobody_answers_without_end(cast, monkeypatch):
    monkeypatch.setattr("boathouse.workshop.web.polls.ANSWERS", "2 per 1 minute")
    poll = ask(cast)
    codes = [answer(cast, "Ana", poll["id"], str(n)).status_code for n in range(3)]
    assert codes == [200, 200, 429]
    assert answer(cast, "Ben", poll["id"], "1").status_code == 200
