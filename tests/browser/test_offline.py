"""Words are kept: without a line, without a tab, without a server, and when somebody removes their place."""

import re
from contextlib import suppress

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.house import House
from tests.browser.looks import looks_good
from tests.browser.people import LINE_LOST, People
from tests.browser.steps import field, live, ready, saved, write


def test_words_typed_offline_outlive_the_tab(house: House, people: People) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    house.objective(event, token)
    ana = people.member(house, event, "Ana", token, may_say=LINE_LOST)
    ana.goto(event.room())
    write(field(ana, ":title"), "Returns are easy")
    saved(ana)
    ana.context.set_offline(True)
    write(field(ana, ":title"), " for everybody")
    expect(ana.locator("[data-saved]").first).to_have_text(re.compile("Offline, 1 change"))
    expect(ana.locator("[data-offline]")).to_be_visible()
    expect(ana.get_by_role("button", name="Raise hand").first).to_be_disabled()
    write(field(ana, ":why"), "Half of all calls are about them.")
    expect(ana.locator("[data-saved]").first).to_have_text(re.compile("Offline, 2 changes kept here"))
    assert not looks_good(ana, "room offline")
    close_tab(ana)
    ana = ana.context.new_page()
    ana.context.set_offline(False)
    ana.goto(event.room())
    expect(field(ana, ":title")).to_have_value("Returns are easy for everybody")
    expect(field(ana, ":why")).to_have_value("Half of all calls are about them.")
    saved(ana)
    (objective,) = house.draft(event)["objectives"]
    assert objective["title"] == "Returns are easy for everybody"
    assert objective["why"] == "Half of all calls are about them."


def close_tab(page: Page) -> None:
    """As somebody does it who stays a moment longer when the page asks whether to leave."""
    for _ in range(30):
        with suppress(TimeoutError), page.expect_event("close", timeout=500):
            page.close(run_before_unload=True)
        if page.is_closed():
            return
    raise AssertionError("the page would not let go")


def test_a_kill_while_two_people_type_loses_and_doubles_nothing(own_house: House, people: People) -> None:
    house, event = own_house, own_house.workshop()
    pages = []
    for name in ("Ana", "Ben"):
        _, token = house.seat(event, name)
        pages.append(people.member(house, event, name, token, may_say=LINE_LOST))
    house.objective(event, token)
    for page in pages:
        page.goto(event.room())
        ready(field(page, ":title")).focus()
    type_in_turns(pages, "abcdef", "ABCDEF")
    for page in pages:
        saved(page)
    called_saved = field(pages[0], ":title").input_value()
    house.server.kill()
    type_in_turns(pages, "ghijkl", "GHIJKL")
    for page in pages:
        expect(page.locator("[data-saved]").first).to_have_attribute("data-state", "offline")
        page.context.set_offline(True)  # what the server knows now, it knows from its disk
    house.server.start()
    assert house.draft(event)["objectives"][0]["title"] == called_saved
    for page in pages:
        page.context.set_offline(False)
    type_in_turns(pages, "mn", "MN")
    for page in pages:
        live(page)
        saved(page)
    words = field(pages[0], ":title").input_value()
    assert "".join(filter(str.islower, words)) == "abcdefghijklmn"
    assert "".join(filter(str.isupper, words)) == "ABCDEFGHIJKLMN"
    expect(field(pages[1], ":title")).to_have_value(words)
    assert house.draft(event)["objectives"][0]["title"] == words


def type_in_turns(pages: list[Page], *words: str) -> None:
    """Letter by letter, everybody their own words, where their carets are."""
    for letters in zip(*words, strict=True):
        for page, letter in zip(pages, letters, strict=True):
            page.keyboard.type(letter)


def test_what_somebody_removes_stays_under_the_hands_of_who_types(house: House, people: People) -> None:
    event = house.workshop()
    _, hers = house.seat(event, "Ana")
    _, his = house.seat(event, "Ben")
    house.objective(event, hers)
    ana, ben = (people.member(house, event, n, t) for n, t in (("Ana", hers), ("Ben", his)))
    for page in (ana, ben):
        page.goto(event.room())
        live(page)
    write(field(ben, ":statement"), "Money is back within")
    remove(ana, "key result 1")
    expect(ben.locator(".stub", has_text="A key result removed by Ana")).to_be_visible()
    expect(ben.get_by_text("Your words stay here until you leave this field.").first).to_be_visible()
    expect(field(ben, ":statement")).to_have_value("Money is back within")
    ben.get_by_role("button", name="Undo").click()
    for page in (ana, ben):
        expect(field(page, ":statement")).to_have_value("Money is back within")
        expect(page.locator(".stub")).to_have_count(0)
    write(field(ben, ":statement"), " five days")
    expect(field(ana, ":statement")).to_have_value("Money is back within five days")


def remove(page: Page, called: str) -> None:
    """Through the menu of the item."""
    page.get_by_label(f"More for {called}").click()
    page.locator("details.menu[open]").get_by_role("button", name="Remove").click()
