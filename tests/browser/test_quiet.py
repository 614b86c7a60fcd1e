"""Quiet questions: they come when people pause, never while somebody writes, and go for everybody at once."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.house import Event, House
from tests.browser.people import People
from tests.browser.steps import live, ready, write

UNTIL_ASKED = 8.0  # seconds, a good deal longer than the pause


def asks(page: Page, item: str) -> Locator:
    """What is asked at an item, such as key_result-ID."""
    return page.locator(f"#asks-{item} .coach")


def box(page: Page, name: str) -> Locator:
    """A field by its name."""
    return ready(page.locator(f'[data-field="{name}"]'))


def crew(house: House, people: People, event: Event, **options: object) -> tuple[Page, Page, str]:
    """The pages of Ana and Ben in room 1, and Ana's token."""
    pages = []
    tokens = [house.seat(event, name)[1] for name in ("Ana", "Ben")]
    for name, token in zip(("Ana", "Ben"), tokens, strict=True):
        pages.append(people.member(house, event, name, token, **options))
        pages[-1].goto(event.room())
        live(pages[-1])
    return pages[0], pages[1], tokens[0]


def test_a_question_comes_after_the_pause_and_goes_for_everybody(house: House, people: People) -> None:
    event = house.workshop()
    ana, ben, token = crew(house, people, event)
    key_result = f"key_result-{house.objective(event, token)[1]}"
    statement = box(ana, f"{key_result.replace('-', ':')}:statement")
    statement.focus()
    ends = time.monotonic() + UNTIL_ASKED
    while time.monotonic() < ends:  # a slow writer, who never stops for long
        statement.press_sequentially("better ")
        assert asks(ana, key_result).count() == 0, "asked while somebody writes"
        assert asks(ben, key_result).count() == 0, "asked beside somebody who writes"
        time.sleep(1.2)
    place = statement.bounding_box()
    for page in (ana, ben):
        expect(asks(page, key_result)).to_have_count(2)
    assert statement.bounding_box() == place
    expect(statement).to_be_focused()
    expect(ana.locator("#announce")).to_contain_text("A question about key result 1: How will we know?")
    expect(statement).to_have_accessible_description(re.compile("A question: How will we know"))
    ana.get_by_role("button", name="We meant it in key result 1: There is no number").click()
    for page in (ana, ben):
        expect(page.locator(f"#meant-{key_result} summary")).to_have_text("1 kept on purpose")
        expect(asks(page, key_result).get_by_text("How will we know?")).to_have_count(0)
    ben.locator(f"#meant-{key_result} summary").click()
    expect(ben.get_by_text("Ana said: we meant it.")).to_be_visible()
    ben.get_by_role("button", name="Ask us again").click()
    expect(asks(ana, key_result).first).to_contain_text("How will we know?")


def test_questions_of_others_wait_until_one_pauses_and_move_nothing(house: House, people: People) -> None:
    event = house.workshop()
    ana, ben, token = crew(house, people, event, viewport={"width": 1000, "height": 420})
    objective, first = house.objective(event, token)
    house.api("POST", f"/objectives/{objective}/key-results", {"type": "metric"}, token)
    write(box(ben, f"key_result:{first}:statement"), "Better returns")
    below = ana.locator('[data-field$=":statement"]').nth(1)
    ready(below).focus()
    ends = time.monotonic() + UNTIL_ASKED
    while time.monotonic() < ends:
        below.press_sequentially("calls ")
        assert asks(ana, f"key_result-{first}").count() == 0, "asked while this person writes"
        time.sleep(0.5)
    expect(asks(ben, f"key_result-{first}").first).to_be_visible()
    place = below.bounding_box()
    expect(asks(ana, f"key_result-{first}").first).to_be_visible()
    after = below.bounding_box()
    assert place is not None
    assert after is not None
    assert abs(place["y"] - after["y"]) < 2


def test_a_to_do_is_asked_what_it_changes_and_a_card_explains(house: House, people: People) -> None:
    event = house.workshop()
    ana, _, token = crew(house, people, event)
    todo = house.api("POST", f"/rooms/{event.rooms[0]}/todos", None, token)["id"]
    write(box(ana, f"todo:{todo}:text"), "Build a returns portal")
    question = asks(ana, f"todo-{todo}")
    expect(question).to_contain_text("What changes for whom if this is done?")
    question.get_by_role("button", name="Why we ask").click()
    card = ana.get_by_role("dialog")
    expect(card.get_by_role("heading", name="What is it for?")).to_be_visible()
    expect(card.locator("li[aria-current=step]")).to_contain_text("Task")
    ana.keyboard.press("Escape")
    write(box(ana, f"todo:{todo}:outcome"), "Customers arrange the pick-up themselves")
    expect(question).to_have_count(0)


def test_a_missing_start_can_be_answered_with_one_press(house: House, people: People) -> None:
    event = house.workshop()
    ana, _, token = crew(house, people, event)
    _, result = house.objective(event, token)
    write(box(ana, f"key_result:{result}:statement"), "Calls about the same return")
    write(box(ana, f"key_result:{result}:target"), "5")
    answer = ana.get_by_role("button", name="Not measured yet")
    answer.click()
    expect(box(ana, f"key_result:{result}:start")).to_have_value("not measured yet")
    expect(answer).to_have_count(0)
