"""Script in every field that people fill: it is shown as words, and nothing of it runs."""

from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.house import Event, House
from tests.browser.people import REFUSED, People
from tests.browser.steps import field, live, ready, saved

EVIL = """<img src=x onerror="window.ran=1">'"><script>window.ran=1</script>{{7*7}}"""
SHORT = "<b onclick=ran=1>'\"><img src=x onerror=ran=1>"  # where little fits


def test_words_never_become_script(house: House, people: People) -> None:
    event = house.workshop(f"A {EVIL}"[:120], running=False, agenda=evil_agenda())
    house.api("POST", f"/rooms/{event.rooms[0]}/rename", {"name": SHORT})
    house.api("POST", f"/workshops/{event.id}/start", {"use_recommended": True})
    _, token = house.seat(event, f"Eve {SHORT}")
    objective, result = house.objective(event, token)
    house.api("POST", f"/rooms/{event.rooms[0]}/todos", {}, token)
    member = people.member(house, event, "Eve", token)
    fill_every_field(member, event)
    say_it_everywhere(house, event, token, objective, result)
    coach = people.coach(house, may_say=REFUSED)
    for name, look in {"room": room, "board": board, "stage": stage, "lobby": lobby, "join": join}.items():
        page = member if name == "room" else coach
        look(house, event, page)
        assert page.evaluate("window.ran") is None, name
    for form in ("md", "csv", "json"):
        answer = coach.request.get(f"/workshops/{event.id}/export?format={form}")
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["content-disposition"].startswith("attachment")


def evil_agenda() -> list[dict[str, object]]:
    """One phase whose every word is script, Markdown's ways to it included."""
    words = f"{EVIL}\n\n[click](javascript:window.ran=1) ![x](x) <svg onload=window.ran=1>"
    return [{"title": SHORT, "minutes": 5, "instructions": words}, {"title": "End", "minutes": 5}]


def fill_every_field(page: Page, event: Event) -> None:
    page.goto(event.room())
    for box in page.locator("[data-field]").all():
        limit = int(box.get_attribute("maxlength") or 200)
        ready(box).fill((EVIL if limit >= len(EVIL) else SHORT)[:limit])
    saved(page)


def say_it_everywhere(house: House, event: Event, token: str, objective: str, result: str) -> None:
    places: list[dict[str, str]] = [
        {},
        {"objective_id": objective},
        {"key_result_id": result, "field": "start"},
    ]
    for place in places:
        comment = house.api("POST", f"/rooms/{event.rooms[0]}/comments", {"body": EVIL, **place})
        house.api("POST", f"/comments/{comment['id']}/replies", {"body": EVIL}, token)
    house.api("POST", f"/workshops/{event.id}/broadcasts", {"body": EVIL})
    house.api("POST", f"/rooms/{event.rooms[0]}/help", token=token)


def room(house: House, event: Event, page: Page) -> None:
    expect(page.locator(".thread__body", has_text=EVIL)).to_have_count(6)
    expect(page.locator(".broadcast .banner", has_text=EVIL)).to_be_visible()
    expect(page.locator("#brief h1")).to_have_text(SHORT)
    expect(page.locator('#brief [href^="javascript"]')).to_have_count(0)
    page.reload()
    live(page)
    expect(field(page, ":title")).to_have_value(EVIL)
    page.locator("#roster summary").click()
    page.get_by_role("button", name="Your name, your link").click()
    expect(page.locator("#my-name")).to_have_value(f"Eve {SHORT}")


def board(house: House, event: Event, page: Page) -> None:
    page.goto(event.board)
    live(page)
    page.keyboard.press("n")
    expect(page.locator("#drawer-head h2")).to_have_text(SHORT)
    expect(page.locator('#drawer [data-text$=":title"]')).to_have_text(EVIL)
    expect(page.locator("#drawer .thread__body", has_text=EVIL)).to_have_count(6)
    page.locator('#drawer [data-comment-on$=":title"]').click()
    expect(page.locator("#drawer #composer")).to_be_visible()


def stage(house: House, event: Event, page: Page) -> None:
    page.goto(event.stage)
    live(page)
    page.get_by_label("Show a room").select_option(event.rooms[0])
    expect(page.locator('.shown [data-text$=":title"]')).to_have_text(EVIL)


def lobby(house: House, event: Event, page: Page) -> None:
    page.goto(f"/workshops/{event.id}")
    expect(page.locator("#agenda b").first).to_have_text(SHORT)
    expect(page.locator(".roomlist .nm").first).to_have_text(SHORT)
    page.goto(f"/workshops/{event.id}/people")
    page.locator(".folds summary").click()
    expect(page.locator('.folds input[name="name"]')).to_have_value(f"Eve {SHORT}")
    page.locator('.folds form[id^="remove-"] button').click()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.get_by_role("button", name="Not now").click()
    page.goto("/workshops")
    expect(page.get_by_text("A <img src=x").first).to_be_visible()


def join(house: House, event: Event, page: Page) -> None:
    page.goto(f"/join/{event.code}")
    page.get_by_label("Your name").fill(EVIL[:80])
    page.get_by_role("button", name="Take my seat").click()
    expect(page.locator("#roster")).to_be_attached()
    wrong = "<img src=x onerror=window.ran=1>"
    page.goto(f"/join/{quote(wrong)}")
    expect(page.locator("#code")).to_have_value(wrong)
