"""Quiet questions: they come when people pause, never while somebody writes, and go for everybody at once."""

import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.house import House
from tests.browser.people import People
from tests.browser.steps import field, live, ready


def asks(page: Page, key_result: str) -> Locator:
    """What is asked at a key result."""
    return page.locator(f"#asks-key_result-{key_result} .coach")


def test_a_question_comes_after_the_pause_and_goes_for_everybody(house: House, people: People) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    _, other = house.seat(event, "Ben")
    _, key_result = house.objective(event, token)
    ana = people.member(house, event, "Ana", token)
    ben = people.member(house, event, "Ben", other)
    for page in (ana, ben):
        page.goto(event.room())
        live(page)
    box = ready(field(ana, ":statement"))
    box.focus()
    ends = time.monotonic() + 9
    while time.monotonic() < ends:  # a slow writer, who never stops for long
        box.press_sequentially("calls ")
        assert asks(ana, key_result).count() == 0, "asked while somebody writes"
        assert asks(ben, key_result).count() == 0, "asked beside somebody who writes"
        time.sleep(1.2)
    top = box.bounding_box()
    expect(asks(ana, key_result).first).to_be_visible()
    expect(asks(ben, key_result).first).to_be_visible()
    assert box.bounding_box() == top
    expect(ana.locator("#announce")).to_contain_text("A question about key result 1")
