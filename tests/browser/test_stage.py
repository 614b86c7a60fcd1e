"""The stage in real browsers: stars by keyboard, polls and questions from phones, all of it live."""

import re

from playwright.sync_api import Page, expect

from tests.browser.house import Event, House
from tests.browser.people import People
from tests.browser.steps import field, live, ready, saved


def drafted(house: House, people: People, event: Event) -> tuple[Page, str]:
    """Ana's page with a key result that has words but no starting point, and its id."""
    _, token = house.seat(event, "Ana")
    _, result = house.objective(event, token)
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    ready(field(ana, ":title")).fill("Returns are easy")
    ready(field(ana, ":statement")).fill("Nobody calls twice")
    saved(ana)
    return ana, result


def test_stars_one_after_another_before_and_after_and_without_names(house: House, people: People) -> None:
    event = house.workshop("Stars")
    ana, result = drafted(house, people, event)
    board = people.coach(house)
    board.goto(f"{event.board}/rooms/{event.rooms[0]}")
    live(board)
    board.locator(f'#drawer [data-comment-on="key_result:{result}:statement"]').focus()
    board.keyboard.press("s")
    expect(board.locator(f"[id$='key_result-{result}'][data-star]")).to_have_attribute("aria-pressed", "true")
    board.locator("#drawer-head [data-star]").click()
    expect(board.locator("#stage-strip")).to_contain_text("2 ready")

    screen = board.context.new_page()
    screen.goto(event.stage)
    live(screen)
    screen.keyboard.press("ArrowRight")
    expect(screen.locator(".solo__st")).to_have_text("Nobody calls twice")
    board.keyboard.press(".")
    expect(screen.locator(".shown .draft")).to_be_visible()
    screen.keyboard.press("PageUp")
    expect(screen.locator(".solo__st")).to_be_visible()
    for key, words in [("b", "No comment has changed"), ("p", "There is no poll yet")]:
        screen.keyboard.press(key)
        expect(screen.locator("#toasts")).to_contain_text(words)

    asked = {"body": "From what?", "key_result_id": result, "field": "start"}
    house.api("POST", f"/rooms/{event.rooms[0]}/comments", asked)
    ready(field(ana, ":start")).fill("18")
    saved(ana)
    expect(screen.locator('.solo [data-text$=":start"]')).to_have_text("18")
    expect(screen.locator("#show-turn")).to_be_visible()
    screen.keyboard.press("b")
    expect(screen.locator(".ba .before .none").first).to_have_text("no starting point")
    expect(screen.locator(".ba .after ins")).to_have_text("18")
    screen.keyboard.press("h")
    expect(screen.locator(".ba h1")).to_contain_text("One of our rooms")
    expect(screen.locator(".ba")).not_to_contain_text("Mara")
    screen.keyboard.press("o")
    expect(screen.locator(".objectives li")).to_have_text("Returns are easy")


def test_a_poll_and_questions_from_the_rooms(house: House, people: People) -> None:
    event = house.workshop("Asked")
    _, token = house.seat(event, "Ana")
    _, other = house.seat(event, "Ben", 2)
    ana = people.member(house, event, "Ana", token, phone=True)
    ben = people.member(house, event, "Ben", other)
    ana.goto(event.room())
    ben.goto(event.room(2))
    desk = people.coach(house)
    desk.goto(f"{event.stage}/desk")
    live(desk)
    screen = desk.context.new_page()
    screen.goto(event.stage)
    live(screen)

    desk.get_by_label("Question", exact=True).fill("How sure are you?")
    desk.get_by_role("button", name="Ask and show the answers").click()
    expect(screen.get_by_role("heading", name="How sure are you?")).to_be_visible()
    four = ana.locator("#poll").get_by_role("button", name="4", exact=True)
    four.click()
    expect(four).to_have_attribute("aria-pressed", "true")
    expect(screen.locator(".asking .say")).to_contain_text("1 of 2 has answered")
    expect(screen.locator(".fist")).to_have_attribute("aria-label", re.compile("4: 1;"))

    desk.locator("#show-questions").click()
    box = ben.get_by_label("Your question")
    box.fill("Half a thought")
    ana.get_by_label("Your question").fill("Why <b>five</b>?")
    ana.get_by_role("button", name="Ask", exact=True).click()
    expect(ana.get_by_label("Your question")).to_have_value("")
    too = ben.get_by_role("button", name="I ask this too")
    expect(too).to_be_visible()
    expect(box).to_have_value("Half a thought")
    too.click()
    expect(ben.get_by_role("button", name="I ask this too")).to_have_attribute("aria-pressed", "true")
    expect(ana.locator(".floor__list li")).to_contain_text("+1")
    expect(ana.get_by_role("button", name="I ask this too")).to_be_hidden()
    expect(screen.locator(".thequestions li p")).to_have_text("Why <b>five</b>?")
    house.api("POST", f"/workshops/{event.id}/questions", {"body": "And then?"}, token)
    expect(ben.locator(".floor__list li")).to_have_count(2)
    pressed = ben.get_by_role("button", name="I ask this too").first
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(four).to_have_attribute("aria-pressed", "true")

    desk.locator("#desk-questions").get_by_role("button", name="Show").first.click()
    expect(screen.locator(".thequestion blockquote")).to_have_text("Why <b>five</b>?")
    desk.locator("#desk-questions").get_by_role("button", name="Answered").first.click()
    expect(screen.locator(".thequestions li")).to_have_count(1)
    expect(ana.locator(".floor__list li")).to_have_count(1)
    desk.locator("#show-clock").click()
    expect(ana.locator("#questions")).to_be_hidden()
