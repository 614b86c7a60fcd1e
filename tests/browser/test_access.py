"""Every page in every state that people meet: nothing serious for axe, nothing wider than a phone.

The room without a line is looked at in test_offline.py.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import Event, House
from tests.browser.looks import looks_good
from tests.browser.people import REFUSED, People
from tests.browser.steps import field, live, ready, saved

OPEN = "dialog[open]"


class Round:
    """Looks at pages one after the other and keeps what it finds until the end."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def look(self, page: Page, name: str, within: str = "") -> None:
        """Look at the page as it is, or at a part of it."""
        self.found += looks_good(page, name, within)


@pytest.fixture
def round_() -> Round:
    """An empty one."""
    return Round()


def test_pages_for_everybody(house: House, people: People, round_: Round) -> None:
    event, ended = house.workshop("For everybody"), house.workshop("Over")
    house.api("POST", f"/workshops/{ended.id}/end")
    _, token = house.seat(event, "Ana")
    setup = re.search(r"/setup/\S+", house.server.log.read_text())
    assert setup
    page = people.somebody("Nobody", house.server.address, may_say=REFUSED)
    paths = {
        "setup": setup.group(),
        "sign-in": "/sign-in",
        "join": "/join",
        "wrong code": "/join/ABCDEFGH",
        "seat": f"/join/{event.code}",
        "closed door": f"/join/{ended.code}",
        "personal link": f"/seat/{token}",
        "problem": "/nothing/here",
        "api docs": "/api/docs",
        "gallery": "/gallery",
        "a card": "/checks/kr.output",
    }
    for name, path in paths.items():
        page.goto(path)
        round_.look(page, name)
    assert not round_.found, "\n".join(round_.found)


def test_old_documents(house: House, people: People, round_: Round) -> None:
    coach = people.coach(house, may_say=REFUSED)
    coach.goto("/checks")
    round_.look(coach, "where to bring them")
    coach.get_by_role("button", name="Read and check").click()
    expect(coach.locator("[aria-invalid=true]")).to_be_visible()
    round_.look(coach, "nothing brought")
    coach.get_by_label("Paste the text here").fill("# Calm harbours\n- NPS of 30\n- Run 3 workshops\n")
    coach.get_by_role("button", name="Read and check").click()
    expect(coach.get_by_role("heading", name="Calm harbours")).to_be_visible()
    round_.look(coach, "the report")
    coach.get_by_role("button", name="Why we ask").first.click()
    expect(coach.locator("#card h3")).to_be_visible()
    round_.look(coach, "a card in the report", OPEN)
    assert not round_.found, "\n".join(round_.found)


def test_coaches_pages(house: House, people: People, round_: Round) -> None:
    event = house.workshop("For coaches", running=False)
    house.seat(event, "Ana")
    coach = people.coach(house, may_say=REFUSED)
    coach.goto("/workshops")
    round_.look(coach, "workshops, new workshop")
    coach.locator("#rooms").fill("0")
    coach.locator("form.make").evaluate("(form) => form.noValidate = true")
    coach.get_by_role("button", name="Create workshop").click()
    expect(coach.locator("[aria-invalid=true]").first).to_be_visible()
    round_.look(coach, "new workshop with errors")
    coach.goto("/people")
    round_.look(coach, "people")
    coach.goto(f"/workshops/{event.id}/people")
    coach.locator(".folds summary").click()
    expect(coach.locator('.folds input[name="name"]')).to_be_visible()
    round_.look(coach, "people of the workshop")
    coach.goto(f"/workshops/{event.id}")
    live(coach)
    coach.locator("#agenda summary").first.click()
    round_.look(coach, "lobby")
    for dialog in ("settings", "add-phase", "delete"):
        coach.evaluate("(id) => document.getElementById(id).showModal()", dialog)
        round_.look(coach, f"lobby, dialog {dialog}", OPEN)
        coach.keyboard.press("Escape")
    assert not round_.found, "\n".join(round_.found)


def test_the_room_in_every_state(house: House, people: People, round_: Round) -> None:
    event = house.workshop("A room")
    _, token = house.seat(event, "Ana Lind")
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    live(ana)
    round_.look(ana, "empty room")
    drafted(house, event, token, ana)
    expect(ana.locator(".asks .coach").first).to_be_visible()
    round_.look(ana, "room with a draft, comments and questions")
    ana.get_by_role("button", name="Why we ask").first.click()
    expect(ana.locator("#card h3")).to_be_visible()
    round_.look(ana, "room, a card", OPEN)
    ana.keyboard.press("Escape")
    ana.locator(".addnote").first.focus()
    ana.locator(".addnote").first.press("Enter")
    expect(ana.locator("#composer")).to_be_visible()
    round_.look(ana, "room, composer open", "#composer")
    ana.locator("#roster summary").click()
    round_.look(ana, "room, who is here", "#roster")
    ana.get_by_role("button", name="Your name, your link").click()
    expect(ana.locator("#my-link")).to_be_visible()
    round_.look(ana, "room, dialog of my seat", OPEN)
    ana.keyboard.press("Escape")
    house.api("POST", f"/workshops/{event.id}/lock")
    expect(field(ana, ":title")).not_to_be_editable()
    round_.look(ana, "locked room")
    house.api("POST", f"/workshops/{event.id}/end")
    expect(ana.locator(".said").first).to_be_visible()
    ana.reload()
    round_.look(ana, "ended room")
    assert not round_.found, "\n".join(round_.found)


def drafted(house: House, event: Event, token: str, page: Page) -> None:
    """Words in every field, an open thread with a reply, a settled one, a broadcast, a hand."""
    objective, result = house.objective(event, token)
    house.api("POST", f"/rooms/{event.rooms[0]}/todos", {}, token)
    expect(page.locator("[data-field]")).to_have_count(8)
    for box in page.locator("[data-field]").all():
        ready(box).fill("19" if box.get_attribute("data-gap") is not None else "Returns are easy")
    saved(page)
    room = f"/rooms/{event.rooms[0]}"
    on_field = {"key_result_id": result, "field": "start"}
    for place in ({"objective_id": objective}, on_field, {}):
        comment = house.api("POST", f"{room}/comments", {"body": "Where does this come from?", **place})
    house.api("POST", f"/comments/{comment['id']}/replies", {"body": "From the till."}, token)
    settled = house.api("POST", f"{room}/comments", {"body": "Good.", **on_field})
    house.api("POST", f"/comments/{settled['id']}/resolve", token=token)
    house.api("POST", f"/workshops/{event.id}/broadcasts", {"body": "Ten minutes more for everybody."})
    house.api("POST", f"{room}/help", token=token)
    expect(page.locator(".broadcast .banner")).to_be_visible()
    expect(page.locator(".thread--done")).to_be_visible()


def test_the_board_in_every_state(house: House, people: People, round_: Round) -> None:
    event = house.workshop("A board", rooms=50, running=False)
    coach = people.coach(house)
    coach.goto(event.board)
    live(coach)
    round_.look(coach, "scheduled board")
    house.api("POST", f"/workshops/{event.id}/start", {"use_recommended": True})
    _, token = house.seat(event, "Ana Lind")
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    drafted(house, event, token, ana)
    expect(coach.locator("[data-take-next]").first).to_be_visible()
    round_.look(coach, "running board")
    coach.keyboard.press("n")
    expect(coach.locator("#drawer .thread").first).to_be_visible()
    live(coach)
    round_.look(coach, "drawer", "#drawer")
    coach.locator('#drawer [data-comment-on$=":start"]').click()
    round_.look(coach, "drawer, composer open", "#drawer")
    coach.keyboard.press("Escape")
    coach.keyboard.press("Escape")
    expect(coach.locator("#drawer")).to_be_hidden()
    coach.locator("#run-menu summary").click()
    round_.look(coach, "board, menu open", "#run-menu")
    coach.locator("#run-menu").get_by_role("button", name="End the workshop").click()
    expect(coach.locator("#ending p").first).to_be_visible()
    round_.look(coach, "board, dialog end", OPEN)
    coach.keyboard.press("Escape")
    for dialog in ("keys", "say"):
        coach.evaluate("(id) => document.getElementById(id).showModal()", dialog)
        round_.look(coach, f"board, dialog {dialog}", OPEN)
        coach.keyboard.press("Escape")
    house.api("POST", f"/workshops/{event.id}/lock")
    expect(coach.get_by_text("The drafts are locked.")).to_be_visible()
    round_.look(coach, "locked board", "#board-bar")
    house.api("POST", f"/workshops/{event.id}/end")
    expect(coach.get_by_role("heading", name="The workshop has ended")).to_be_visible()
    round_.look(coach, "ended board")
    assert not round_.found, "\n".join(round_.found)


def test_every_view_of_the_stage(house: House, people: People, round_: Round) -> None:
    event = house.workshop("A stage", rooms=12, running=False)
    coach = people.coach(house)
    coach.goto(event.stage)
    live(coach)
    round_.look(coach, "stage, how to join")
    coach.locator("#show-clock").click()
    expect(coach.locator("#stage[data-view=clock]")).to_be_visible()
    round_.look(coach, "stage, before the start")
    house.api("POST", f"/workshops/{event.id}/start", {"use_recommended": True})
    expect(coach.get_by_role("timer")).to_be_visible()
    round_.look(coach, "stage, clock")
    _, token = house.seat(event, "Ana Lind")
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    drafted(house, event, token, ana)
    coach.locator("#show-room").select_option(event.rooms[0])
    expect(coach.locator('.shown [data-text$=":title"]')).to_have_text("Returns are easy")
    round_.look(coach, "stage, a draft")
    house.api("POST", f"/workshops/{event.id}/end")
    coach.locator("#show-clock").click()
    expect(coach.get_by_text("Thank you for rowing")).to_be_visible()
    round_.look(coach, "stage, the end")
    assert not round_.found, "\n".join(round_.found)


def test_everything_that_is_shared(house: House, people: People, round_: Round) -> None:
    event = house.workshop("Shared", rooms=3)
    _, token = house.seat(event, "Ana Lind")
    _, other = house.seat(event, "Ben Ochoa")
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    drafted(house, event, token, ana)
    key_result = house.draft(event)["objectives"][0]["key_results"][0]["id"]
    room, stage = event.rooms[0], f"/workshops/{event.id}/stage"
    item = {"room_id": room, "item": f"key_result:{key_result}"}
    house.api("POST", f"/rooms/{room}/stars", {"key_result_id": key_result})
    comment = house.api("GET", f"/rooms/{room}/comments")[1]["id"]
    ready(field(ana, ":start")).fill("21")
    saved(ana)
    coach = people.coach(house)
    coach.goto(event.stage)
    live(coach)
    house.api("PUT", stage, item)
    expect(coach.locator(".solo__st")).to_be_visible()
    round_.look(coach, "stage, one key result")
    house.api("PUT", stage, {**item, "comment_id": comment, "hides_names": True})
    expect(coach.locator(".ba .after ins").first).to_be_visible()
    round_.look(coach, "stage, before and after")
    house.api("PUT", stage, {"view": "wall"})
    expect(coach.locator(".objectives li")).to_be_visible()
    round_.look(coach, "stage, all objectives")
    for kind, answer, shown in (("fist", "4", ".fist"), ("word", "calm", ".cloud li")):
        poll = house.api("POST", f"/workshops/{event.id}/polls", {"kind": kind, "question": f"A {kind}?"})
        house.api("PUT", f"/polls/{poll['id']}/answer", {"answer": answer}, token)
        expect(coach.locator(shown).first).to_be_visible()
        expect(ana.locator(f"#answer-{poll['id']}")).to_be_visible()
        round_.look(coach, f"stage, poll with {kind}")
        round_.look(ana, f"room, poll with {kind}", "#poll")
    asked = house.api("POST", f"/workshops/{event.id}/questions", {"body": "Why five?"}, other)["id"]
    house.api("POST", f"/workshops/{event.id}/questions", {"body": "And then?"}, token)
    house.api("PUT", stage, {"view": "questions", "hides_names": False})
    expect(coach.locator(".thequestions li")).to_have_count(2)
    round_.look(coach, "stage, questions")
    expect(ana.locator(".floor__list li")).to_have_count(2)
    round_.look(ana, "room, questions", "#questions")
    house.api("POST", f"/questions/{asked}/show")
    expect(coach.locator(".thequestion")).to_be_visible()
    round_.look(coach, "stage, one question")
    coach.keyboard.press("?")
    round_.look(coach, "stage, keys", OPEN)
    coach.goto(f"{event.stage}/desk")
    live(coach)
    round_.look(coach, "desk of the stage")
    assert not round_.found, "\n".join(round_.found)
