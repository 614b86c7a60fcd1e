"""Words typed right after pressing "Add" are kept, however long the server takes, also when it says no."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.house import Event, House
from tests.browser.looks import looks_good
from tests.browser.people import LINE_LOST, REFUSED, People
from tests.browser.steps import field, live, ready, saved, tab_to

TO_DO = re.compile(r"/rooms/\w+/todos$")
OBJECTIVE = re.compile(r"/rooms/\w+/objectives$")
KEY_RESULT = re.compile(r"/objectives/\w+/key-results$")


@contextmanager
def slow_line(page: Page, address: re.Pattern[str]) -> Iterator[list[Route]]:
    """What the page asks of `address` waits; at the end it goes on, unless the test has answered it."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))
    yield held
    for route in held:
        route.continue_()
    page.unroute(address)


def asked(page: Page, held: list[Route]) -> Route:
    """What was asked, taken out of the list: the test answers it."""
    while not held:
        page.wait_for_event("request")
    return held.pop()


def press(page: Page, button: Locator) -> None:
    """By keys alone."""
    tab_to(page, button)
    page.keyboard.press("Enter")


def in_room(house: House, people: People, event: Event, **options: object) -> Page:
    """Ana in her room with an objective."""
    _, token = house.seat(event, "Ana")
    house.api("POST", f"/rooms/{event.rooms[0]}/objectives", token=token)
    ana = people.member(house, event, "Ana", token, **options)
    ana.goto(event.room())
    live(ana)
    ready(field(ana, ":title"))
    return ana


def test_one_types_on_while_the_server_makes_the_place(house: House, people: People) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    live(ana)
    steps = (
        (TO_DO, "Add a to-do", ":text", "Call the carriers"),
        (OBJECTIVE, "Write the first objective", ":title", "Returns are easy"),
        (KEY_RESULT, "Write the first key result", ":statement", "Money is back sooner"),
        (KEY_RESULT, "Add key result 2", ":statement", "Nobody has to call"),
    )
    for address, name, ending, words in steps:
        with slow_line(ana, address):
            press(ana, ana.get_by_role("button", name=name))
            ana.keyboard.type(words[:-5])
        made = ana.locator(f'[data-field$="{ending}"]').last
        expect(made).to_have_value(words[:-5])
        expect(made).to_be_focused()
        ana.keyboard.type(words[-5:])
        expect(made).to_have_value(words)
    saved(ana)
    draft = house.draft(event)
    assert [todo["text"] for todo in draft["todos"]] == ["Call the carriers"]
    (objective,) = draft["objectives"]
    assert objective["title"] == "Returns are easy"
    assert [each["statement"] for each in objective["key_results"]] == [
        "Money is back sooner",
        "Nobody has to call",
    ]


def test_on_a_phone_too_and_somebody_else_is_not_written_over(house: House, people: People) -> None:
    event = house.workshop()
    ana = in_room(house, people, event, phone=True)
    with slow_line(ana, KEY_RESULT) as held:
        ana.get_by_role("button", name="Write the first key result").tap()
        expect(ana.get_by_label("New key result of objective 1")).to_be_focused()
        ana.keyboard.type("Money is back")
        assert not looks_good(ana, "a key result on its way")
        ana.get_by_role("button", name="Write the first key result").tap()
        ana.keyboard.type(" sooner")
        assert len(held) == 1
        ready(field(ana, ":title")).tap()
        ana.keyboard.type("Returns")
    expect(field(ana, ":statement")).to_have_value("Money is back sooner")
    expect(field(ana, ":title")).to_be_focused()
    expect(ana.locator("[data-item^='key_result']")).to_have_count(1)


def test_what_the_server_refuses_can_be_copied(house: House, people: People) -> None:
    event = house.workshop()
    ana = in_room(house, people, event, may_say=REFUSED)
    (objective,) = house.draft(event)["objectives"]
    with slow_line(ana, KEY_RESULT) as held:
        press(ana, ana.get_by_role("button", name="Write the first key result"))
        ana.keyboard.type("Money is back sooner")
        for _ in range(3):  # the limit of the default rules
            house.api("POST", f"/objectives/{objective['id']}/key-results", {"type": "metric"})
        asked(ana, held).continue_()
        expect(ana.locator("#draft").get_by_text("Your words are only here.")).to_be_visible()
    box = ana.get_by_label("New key result of objective 1")
    expect(box).to_be_focused()
    ana.keyboard.type(", says the survey")
    expect(box).to_have_value("Money is back sooner, says the survey")
    assert not looks_good(ana, "a key result refused")
    ana.get_by_role("button", name="I have them").click()
    expect(box).to_be_hidden()
    house.api("POST", f"/workshops/{event.id}/end")
    expect(ana.get_by_text("The workshop has ended.").first).to_be_visible()


def test_without_a_line_words_wait_and_go_out_later(house: House, people: People) -> None:
    event = house.workshop()
    ana = in_room(house, people, event, may_say=(*LINE_LOST, "Failed to fetch"))
    with slow_line(ana, KEY_RESULT) as held:
        press(ana, ana.get_by_role("button", name="Write the first key result"))
        ana.keyboard.type("Money is back")
        ana.context.set_offline(True)
        asked(ana, held).abort("internetdisconnected")
        expect(ana.locator("#draft").get_by_text("your words wait here")).to_be_visible()
        ana.keyboard.type(" sooner")
    ana.context.set_offline(False)
    expect(field(ana, ":statement")).to_have_value("Money is back sooner")
    expect(field(ana, ":statement")).to_be_focused()
    saved(ana)


def test_what_was_made_is_not_made_twice_when_only_the_answer_got_lost(house: House, people: People) -> None:
    event = house.workshop()
    ana = in_room(house, people, event, may_say=(*LINE_LOST, "Failed to fetch"))
    texts = ana.locator('[data-field$=":text"]')
    with slow_line(ana, TO_DO) as held:
        press(ana, ana.get_by_role("button", name="Add a to-do"))
        ana.keyboard.type("Call the carriers")
        lost = asked(ana, held)
        lost.fetch()
        lost.abort()
        expect(texts).to_have_value("Call the carriers")
        expect(texts).to_be_focused()
    press(ana, ana.get_by_role("button", name="Add a to-do"))
    expect(texts).to_have_count(2)
    saved(ana)
    assert [todo["text"] for todo in house.draft(event)["todos"]] == ["Call the carriers", ""]


def test_words_outlive_a_page_that_is_loaded_again_and_a_place_that_is_gone(
    house: House, people: People
) -> None:
    event = house.workshop()
    ana = in_room(house, people, event, may_say=(*LINE_LOST, "Failed to fetch"))
    (objective,) = house.draft(event)["objectives"]
    with slow_line(ana, KEY_RESULT) as held:
        press(ana, ana.get_by_role("button", name="Write the first key result"))
        ana.keyboard.type("Money is back sooner")
        house.api("DELETE", f"/objectives/{objective['id']}")
        expect(ana.locator("[data-kept-text]")).to_contain_text("had not been added")
        expect(ana.locator("[data-kept-words]")).to_have_text("Money is back sooner")
        asked(ana, held).abort()
    ana.locator("[data-kept-done]").click()
    with slow_line(ana, TO_DO) as held:
        press(ana, ana.get_by_role("button", name="Add a to-do"))
        ana.keyboard.type("Call the carriers")
        asked(ana, held).abort()
        people.all[-1].leaves = True
        ana.reload()
    expect(ana.locator("[data-kept-words]")).to_have_text("Call the carriers")


def test_words_without_a_place_stay_when_locked_words_go_out_after_all(house: House, people: People) -> None:
    event = house.workshop()
    ana = in_room(house, people, event, may_say=(*LINE_LOST, *REFUSED, "Failed to fetch"))
    _, token = house.seat(event, "Ben")
    lost, _ = house.objective(event, token)
    with slow_line(ana, re.compile(f"/objectives/{lost}/key-results$")) as held:
        press(ana, ana.locator(f"#add-to-objective-{lost}"))
        ana.keyboard.type("Money is back sooner")
        house.api("DELETE", f"/objectives/{lost}")
        expect(ana.locator("[data-kept-words]")).to_have_text("Money is back sooner")
        asked(ana, held).abort()
    ana.context.set_offline(True)
    field(ana, ":title").first.fill("Returns are easy")
    house.api("POST", f"/workshops/{event.id}/lock")
    ana.context.set_offline(False)
    expect(ana.locator("[data-kept-words]")).to_contain_text("Returns are easy")
    house.api("POST", f"/workshops/{event.id}/unlock")
    saved(ana)
    expect(ana.locator("[data-kept]")).to_be_visible()
    expect(ana.locator("[data-kept-words]")).to_have_text("Money is back sooner")
