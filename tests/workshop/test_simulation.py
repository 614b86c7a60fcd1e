"""Simulated crews: what they write, how they type, and whether a lost word would be noticed."""

import itertools
import random
from types import SimpleNamespace
from unittest.mock import AsyncMock

import pytest

from boathouse.workshop.simulation.behaviour import Behaviour
from boathouse.workshop.simulation.cast import people
from boathouse.workshop.simulation.crew import TODOS, Crew, Step
from boathouse.workshop.simulation.document_line import first_of
from boathouse.workshop.simulation.hands import SLIP, keystrokes, typing
from boathouse.workshop.simulation.line import LONGEST_WAIT, full_jitter
from boathouse.workshop.simulation.passages import Passage, find_fault
from boathouse.workshop.simulation.problems import Problems
from boathouse.workshop.simulation.script import Line, reply, script
from boathouse.workshop.simulation.tally import Tally, percentile
from boathouse.workshop.simulation.voice import Voice
from boathouse.workshop.simulation.words import Words, clocks, moved

FARMER = "👩🏽\u200d🌾"


def chance() -> random.Random:
    return random.Random(7)


def passage(text: str) -> Passage:
    return Passage(keys=list(text))


def exchange(one: Words, other: Words) -> None:
    for giver, taker in ((one, other), (other, one)):
        taker.hear(giver.missing(taker.vector()))


# ---- what they write


def test_the_script_is_large_and_every_story_is_complete():
    stories = script().stories
    assert len({story.objective for story in stories}) == len(stories) >= 60
    assert all(story.todo and story.outcome and len(story.lines) >= 2 for story in stories)


def test_the_script_holds_good_key_results_and_every_typical_problem():
    faults = {line.fault for story in script().stories for line in story.lines}
    typical = {"", "kr.no_baseline", "kr.output", "kr.bundled", "kr.vague", "kr.milestone", "kr.no_number"}
    assert faults >= typical


def test_a_line_without_a_baseline_can_name_it_once_asked():
    lines = [line for story in script().stories for line in story.lines if line.fault == "kr.no_baseline"]
    assert all(line.found and line.target and not line.start for line in lines)
    assert reply(chance(), Line("Calls", target="5", unit="a week", found="18")) == (
        "Good question: about 18 a week."
    )


def test_names_are_many_and_from_many_scripts():
    names = list(itertools.islice(people(chance()), 300))
    assert len(set(names)) == 300
    assert any(not name.isascii() for name in names)
    assert names == list(itertools.islice(people(chance()), 300))


# ---- how they type


def test_a_keystroke_never_cuts_an_emoji_or_an_accent():
    assert keystrokes(f"e\u0301ü{FARMER}.") == ["e\u0301", "ü", FARMER, "."]


def test_strokes_end_in_the_text():
    text = f"Grüße an alle, שלום {FARMER}. " + "the quick brown fox " * 20
    screen: list[str] = []
    strokes = list(typing(text, chance()))
    for stroke in strokes:
        if stroke.keys:
            screen.append(stroke.keys)
        else:
            screen.pop()
    assert "".join(screen) == text
    assert any(not stroke.keys for stroke in strokes), f"no slip in {len(text)} letters at {SLIP}"


def test_people_type_at_human_speed():
    strokes = list(typing("the quick brown fox jumps over the lazy dog " * 10, chance()))
    per_second = len(strokes) / sum(stroke.pause for stroke in strokes)
    assert 1.5 < per_second < 6


def test_retries_are_spread_and_bounded():
    waits = [full_jitter(attempt) for attempt in range(100)]
    assert all(0 <= wait <= LONGEST_WAIT for wait in waits)
    assert full_jitter(0) <= 0.1


# ---- the pen


@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        ([{"insert": "ä"}], 7),
        ([{"retain": 5}, {"insert": "abc"}], 5),
        ([{"retain": 6}, {"insert": "abc"}], 5),
        ([{"retain": 2}, {"delete": 2}], 3),
        ([{"retain": 4}, {"delete": 9}], 4),
        ([{"delete": 1}, {"retain": 1}, {"insert": "zz"}, {"retain": 9}], 6),
    ],
)
def test_a_pen_at_five_follows_what_others_do(delta: list[dict[str, object]], expected: int):
    assert moved(5, delta, goes_along=False) == expected


def test_a_pen_that_has_not_written_waits_behind_the_others():
    assert moved(5, [{"retain": 5}, {"insert": "abc"}], goes_along=True) == 8
    ana, ben = Words(), Words()
    first, second = ana.pen("f"), ben.pen("f")
    for key in "We ":
        first.write(key)
        exchange(ana, ben)
    second.write("?")
    exchange(ana, ben)
    first.write("row")
    exchange(ana, ben)
    assert ben.text("f") == "We row?"


def test_two_pens_in_one_field_keep_every_keystroke():
    ana, ben = Words(), Words()
    pens = [
        (ana, ana.pen("f"), passage("Übung macht 👩🏽\u200d🌾 froh")),
        (ben, ben.pen("f"), passage("und müde.")),
    ]
    typed = [(pen, iter(meant.keys)) for _, pen, meant in pens]
    for _ in range(40):
        for pen, keys in typed:
            if key := next(keys, ""):
                pen.write(key)
        exchange(ana, ben)
    assert ana.text("f") == ben.text("f")
    assert find_fault(ana.text("f"), [meant for *_, meant in pens]) is None


def test_a_pen_takes_back_its_own_keystrokes_only():
    ana, ben = Words(), Words()
    pen = ana.pen("f")
    for key in "good":
        pen.write(key)
    exchange(ana, ben)
    assert pen.take_back("d", "good")
    assert ana.text("f") == "goo"
    ben.pen("f", "g").write("r")
    exchange(ana, ben)
    assert not pen.take_back("o", "goo")
    pen.write("!")
    assert ana.text("f") == "groo!"


def test_a_vector_tells_what_is_stored_of_ones_own():
    ana, ben = Words(), Words()
    ana.pen("f").write("a")
    ben.pen("f").write("b")
    before = ana.vector()
    exchange(ana, ben)
    assert ana.is_within(before)
    ana.pen("f").write("c")
    assert not ana.is_within(before)
    assert clocks(ana.vector())[ana.client] == 2


def test_only_what_was_typed_here_is_passed_on():
    ana, ben = Words(), Words()
    ana.pen("f").write("a")
    ben.hear(ana.fresh[0])
    assert ben.fresh == []
    assert first_of(ana.fresh[0]) == (ana.client, 0)


# ---- would a loss be noticed


def test_words_of_several_people_may_be_mixed():
    assert find_fault("We row well together", [passage("We well"), passage(" row together")]) is None


def test_a_lost_keystroke_is_noticed():
    assert find_fault("We rw", [passage("We row")]) == "“We row” was typed, and the field says “We rw”"


def test_a_doubled_word_is_noticed():
    fault = find_fault("We row We row", [passage("We row")])
    assert fault == "“We row We row” holds letters that nobody typed"


# ---- the crew's plan


def test_a_crew_begins_with_todos_and_adds_key_results_to_its_objectives():
    crew = Crew("r", "Room 1", chance())
    assert [step.kind for step in list(crew.steps)[: TODOS + 1]] == ["todo"] * TODOS + ["objective"]
    step = Step("objective", crew.stories[0])
    crew.added_objective(step, "o1")
    assert crew.steps[0] == Step("key_result", crew.stories[0], crew.stories[0].lines[0], "o1")
    assert crew.texts[0].field == "objective:o1:title"


def test_a_title_that_the_server_copied_counts_as_written():
    crew = Crew("r", "Room 1", chance())
    crew.added_objective(Step("objective", crew.stories[0]), "o1", copied="Bread after work")
    assert [part.text for part in crew.passages["objective:o1:title"]] == ["Bread after work"]


def test_a_rule_that_was_met_is_not_tried_again():
    crew = Crew("r", "Room 1", chance())
    crew.is_at_limit(Step("objective", crew.stories[0]))
    assert {step.kind for step in crew.steps} == {"todo"}


def test_a_locked_room_is_closed_until_it_opens():
    crew = Crew("r", "Room 1", chance())
    crew.notice("room-state", '<div id="room-state" data-locked="yes">')
    assert crew.is_closed
    crew.notice("room-state", '<div id="room-state" data-locked="no">')
    assert not crew.is_closed


def test_comments_are_looked_at_once_for_several_pushes():
    crew = Crew("r", "Room 1", chance())
    crew.notice("draft", "")
    crew.notice("room-threads", "")
    assert crew.should_listen()
    assert not crew.should_listen()


# ---- the report


def test_percentiles():
    assert percentile([], 99) == 0
    assert percentile(range(1, 101), 50) == 51
    assert percentile([3.0], 99) == 3


def test_a_loss_is_in_the_report_and_spoils_it():
    tally = Tally(joined=5, rooms=1)
    assert tally.is_clean
    tally.lost.append("Room 1: a word")
    assert not tally.is_clean
    assert "lost: Room 1: a word" in tally.report()


# ---- what they need


async def test_whoever_calls_a_coach_asks_and_raises_a_hand_at_once():
    world = SimpleNamespace(is_over=False, rest=AsyncMock(), tally=Tally(), problems=Problems(chance()))
    crew = SimpleNamespace(room_id="r", hand_is_up=False)
    document = SimpleNamespace(final=None)
    person = SimpleNamespace(world=world, crew=crew, document=document, chance=chance())
    person.has_left, person.may_write, calls = False, True, []

    async def call(method, path, body=None):
        calls.append((method, path))
        world.is_over = method == "DELETE"
        return {"id": "c"}

    person.call = call
    await Behaviour(person, None, calls_coach=True).take_part()
    assert calls == [("POST", "/rooms/r/comments"), ("POST", "/rooms/r/help"), ("DELETE", "/rooms/r/help")]


# ---- what they say besides


def on_stage(crew: Crew, *asked: str) -> None:
    listed = "".join(f'<li id="question-{one}" data-by="seat:x">' for one in asked)
    crew.notice("questions", f'<section id="questions"><form hx-post="/workshops/w/questions">{listed}')


async def test_polls_are_answered_once_and_questions_of_others_seconded_once(monkeypatch):
    monkeypatch.setattr("boathouse.workshop.simulation.voice.VOTES", 1)
    monkeypatch.setattr("boathouse.workshop.simulation.voice.SECONDS", 1)
    monkeypatch.setattr("boathouse.workshop.simulation.voice.ASKS", 0)
    crew, calls = Crew("r", "Room 1", chance()), []
    seat, world = SimpleNamespace(id="me"), SimpleNamespace(tally=Tally())
    person = SimpleNamespace(crew=crew, chance=chance(), seat=seat, world=world)

    async def call(method, path, body=None):
        calls.append((method, path))

    person.call = call
    voice = Voice(person)
    assert voice.wish() is None
    crew.notice("poll", '<div id="poll"><form hx-post="/polls/p/answer"><div class="fingers">')
    on_stage(crew, "q")
    while wish := voice.wish():
        await wish()
    assert calls == [("PUT", "/polls/p/answer"), ("PUT", "/questions/q/second")]
    assert world.tally.votes == 1
    crew.notice("poll", '<div id="poll"></div>')
    crew.notice("questions", '<section id="questions" hidden><form hx-post="/workshops/w/questions">')
    assert (crew.poll, crew.workshop_on_stage, crew.asked) == (None, "", [])
