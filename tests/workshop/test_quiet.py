"""When a room's questions change: only for items that rest, and only if something changed."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from boathouse.rollout.parameters import RECOMMENDED
from boathouse.workshop import pauses
from boathouse.workshop.drafts import Draft, ObjectiveDraft, TodoDraft
from boathouse.workshop.pauses import AGAIN, PAUSE, Pauses
from boathouse.workshop.quiet import QuietQuestions

TITLE = "objective:o:title"


def test_an_item_rests_some_seconds_after_its_last_words() -> None:
    room = Pauses({TITLE: "", "key_result:k:statement": "x"})
    room.note({TITLE: "A", "key_result:k:statement": "x"}, 100.0)
    assert room.busy((), 101.0) == {"objective:o": 100.0 + PAUSE}
    assert room.busy((), 100.0 + PAUSE) == {}


def test_an_item_does_not_rest_while_a_page_says_that_somebody_writes() -> None:
    room = Pauses({TITLE: "A"})
    assert room.busy({TITLE}, 100.0) == {"objective:o": 100.0 + AGAIN}
    assert room.busy({"key_result:k:start"}, 200.0) == {"key_result:k": 200.0 + AGAIN}


class House:
    """A live and documents in one, which remember what was touched."""

    def __init__(self) -> None:
        self.said: dict[str, str | None] = {TITLE: "Launch the portal", "objective:o:why": "Now"}
        self.in_use: set[str] = set()
        self.touched: list[tuple[str, ...]] = []
        self.watchers: dict[tuple[str, str], Any] = {("room", "r"): {print}}

    def words(self, room_id: str) -> Mapping[str, str | None]:
        return self.said

    def fields_in_use(self, room_id: str) -> set[str]:
        return self.in_use

    def touch(self, *region: str) -> None:
        self.touched.append(region)


def draft(house: House) -> Draft:
    title = house.said[TITLE] or ""
    objective = ObjectiveDraft("o", 1, None, title, "Now", [])
    return Draft("r", objectives=[objective], todos=[TodoDraft("t", 1, None, "", "", None)])


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses of a moment."""
    monkeypatch.setattr(pauses, "PAUSE", 0.05)
    monkeypatch.setattr(pauses, "AGAIN", 0.02)


async def test_questions_change_only_after_the_pause(short: None) -> None:
    house = House()
    questions = QuietQuestions(house, house)  # type: ignore[arg-type]
    shown = questions.show(draft(house), RECOMMENDED, {})
    assert [one.finding.code for one in shown["objective:o"].asked.questions] == ["objective.task"]
    first = shown["objective:o"].serial
    house.said[TITLE] = "People send a sofa back as easily as they buy one"
    questions.written({"r"})
    assert questions.show(draft(house), RECOMMENDED, {})["objective:o"].serial == first
    await asyncio.sleep(0.1)
    assert house.touched == [("room", "r", "asks")]
    shown = questions.show(draft(house), RECOMMENDED, {})
    assert shown["objective:o"].asked.questions == ()
    assert shown["objective:o"].serial > first


async def test_nothing_is_pushed_when_the_questions_stay_the_same(short: None) -> None:
    house = House()
    questions = QuietQuestions(house, house)  # type: ignore[arg-type]
    questions.show(draft(house), RECOMMENDED, {})
    house.said[TITLE] = "Launch the new portal"
    questions.written({"r"})
    await asyncio.sleep(0.1)
    assert house.touched == []


async def test_who_writes_on_is_left_alone_and_asked_later(short: None) -> None:
    house = House()
    questions = QuietQuestions(house, house)  # type: ignore[arg-type]
    questions.show(draft(house), RECOMMENDED, {})
    house.said[TITLE], house.in_use = "Calm harbours for every crew", {TITLE}
    questions.written({"r"})
    await asyncio.sleep(0.15)
    assert house.touched == []
    house.in_use = set()
    await asyncio.sleep(0.1)
    assert house.touched == [("room", "r", "asks")]


async def test_what_is_meant_goes_at_once_even_while_somebody_writes(short: None) -> None:
    house = House()
    questions = QuietQuestions(house, house)  # type: ignore[arg-type]
    questions.show(draft(house), RECOMMENDED, {})
    house.in_use = {TITLE}
    meant = {("objective:o", "objective.task"): "Ana"}
    assert questions.show(draft(house), RECOMMENDED, meant)["objective:o"].asked.questions == ()
    questions.forget("r")


async def test_a_room_nobody_looks_at_is_forgotten(short: None) -> None:
    house = House()
    questions = QuietQuestions(house, house)  # type: ignore[arg-type]
    questions.show(draft(house), RECOMMENDED, {})
    house.watchers.clear()
    house.said[TITLE] = "Something else"
    questions.written({"r"})
    assert questions.rooms == {}
