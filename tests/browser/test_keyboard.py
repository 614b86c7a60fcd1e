"""The whole story without a pointer: every step by keys, the focus always to be seen."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.house import Event, House
from tests.browser.people import People
from tests.browser.steps import field, live, path_of, ready, saved, seen_focus, tab_to


def test_a_participant_needs_no_pointer(house: House, people: People) -> None:
    event = house.workshop("By keys alone")
    ana = people.somebody("Ana", house.server.address)
    ana.goto("/join")
    expect(ana.locator("#code")).to_be_focused()
    ana.keyboard.type(event.code)
    ana.keyboard.press("Enter")
    expect(ana.locator("#name")).to_be_focused()
    ana.keyboard.type("Ana Lind")
    ana.keyboard.press("Enter")
    assert path_of(ana) == event.room()
    live(ana)
    skips_to_the_draft(ana)
    draft_is_written(ana)
    seat_is_looked_at(ana)
    press(ana, ana.get_by_role("button", name="Raise hand").first)
    expect(ana.get_by_role("button", name="Hand is up").first).to_be_focused()
    comment_is_answered(house, event, ana)


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Tab there and press it."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def skips_to_the_draft(page: Page) -> None:
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to your draft")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def draft_is_written(page: Page) -> None:
    """Adding something puts the focus into it."""
    press(page, page.get_by_role("button", name="Write the first objective"))
    expect(field(page, ":title")).to_be_focused()
    page.keyboard.type("Returns are easy")
    press(page, page.get_by_role("button", name="Write the first key result"))
    expect(field(page, ":statement")).to_be_focused()
    seen_focus(page)
    page.keyboard.type("Money is back sooner")
    for ending, words in ((":start", "19"), (":target", "5"), (":unit", "days")):
        page.keyboard.press("Tab")
        tab_to(page, field(page, ending), most=2)
        page.keyboard.type(words)
    tab_to(page, page.locator('select[name="owner_id"]'))
    page.keyboard.type("Ana")
    expect(page.locator('select[name="owner_id"] option:checked')).to_have_text("Ana Lind")
    saved(page)


def seat_is_looked_at(page: Page) -> None:
    """A menu opens and closes by keys; its dialog keeps the focus and gives it back."""
    menu = page.locator("#roster summary")
    press(page, menu)
    press(page, page.get_by_role("button", name="Your name, your link"))
    dialog = page.locator("#my-seat")
    expect(page.locator("#my-link")).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert dialog.evaluate(
            "(it) => it.contains(document.activeElement) || document.activeElement === document.body"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(menu).to_be_focused()


def comment_is_answered(house: House, event: Event, page: Page) -> None:
    result = house.draft(event)["objectives"][0]["key_results"][0]["id"]
    comment = {"body": "Since when?", "key_result_id": result, "field": "start"}
    house.api("POST", f"/rooms/{event.rooms[0]}/comments", comment)
    thread = page.locator(".thread", has_text="Since when?")
    press(page, thread.locator("summary", has_text="Reply"))
    tab_to(page, page.get_by_label("Reply to Mara"), most=3)
    page.keyboard.type("Since March.")
    page.keyboard.press("Control+Enter")
    expect(thread.locator(".thread__reply", has_text="Since March.")).to_be_visible()
    press(page, thread.get_by_role("button", name="Done"))
    expect(page.get_by_text("Settled by Ana Lind")).to_be_visible()


def test_a_coach_needs_no_pointer(house: House, people: People) -> None:
    coach = people.coach(house)
    event = made_by_keys(house, coach)
    _, token = house.seat(event, "Ana")
    objective, _ = house.objective(event, token)
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    ready(field(ana, ":title")).fill("Returns are easy")
    expect(coach.locator(".tile", has_text="Returns are easy")).to_be_visible()
    rooms_are_walked(coach)
    comment = house.api(
        "POST", f"/rooms/{event.rooms[0]}/comments", {"body": "Why?", "objective_id": objective}
    )
    house.api("POST", f"/comments/{comment['id']}/replies", {"body": "Calls."}, token)
    reply_is_dealt_with(house, coach, ana, comment["id"], token)
    keys_are_shown(coach)
    workshop_is_ended(coach)
    expect(ana.get_by_text("The workshop has ended.").first).to_be_visible()


def made_by_keys(house: House, coach: Page) -> Event:
    """From the list of workshops to the running board."""
    coach.goto("/workshops")
    expect(coach.locator("#title")).to_be_focused()
    coach.keyboard.type("Made by keys")
    tab_to(coach, coach.locator("#rooms"))
    coach.keyboard.press("Control+a")
    coach.keyboard.type("3")
    coach.keyboard.press("Enter")
    press(coach, coach.get_by_role("button", name="Start the workshop"))
    expect(coach.get_by_role("timer")).to_be_visible()
    live(coach)
    id = coach.url.split("/")[-2]
    rooms = house.api("GET", f"/workshops/{id}")["rooms"]
    return Event(id, house.api("GET", f"/workshops/{id}")["code"], [room["id"] for room in rooms])


def rooms_are_walked(coach: Page) -> None:
    """j and k go through the tiles, in the wall and in the drawer; Enter opens, Esc closes."""
    tiles = coach.locator("a.tile")
    coach.keyboard.press("j")
    expect(tiles.first).to_be_focused()
    seen_focus(coach)
    coach.keyboard.press("j")
    expect(tiles.nth(1)).to_be_focused()
    coach.keyboard.press("k")
    coach.keyboard.press("Enter")
    expect(coach.locator("#drawer-head")).to_be_visible()
    expect(tiles.first).to_have_attribute("aria-current", "true")
    coach.keyboard.press("j")
    expect(tiles.nth(1)).to_have_attribute("aria-current", "true")
    expect(coach.locator("#drawer-head .no")).to_have_text(tiles.nth(1).locator(".no").inner_text())
    coach.keyboard.press("Escape")
    expect(coach.locator("#drawer")).to_be_hidden()


def reply_is_dealt_with(house: House, coach: Page, ana: Page, comment: str, token: str) -> None:
    """n takes the room with the reply and opens the answer, c and 1 comment, Ctrl+Enter sends, d settles."""
    expect(coach.locator("[data-take-next]").first).to_be_visible()
    coach.keyboard.press("n")
    expect(coach.locator("#drawer .thread", has_text="Calls.")).to_be_visible()
    expect(coach.locator("#drawer").get_by_label("Reply to Mara")).to_be_focused()
    coach.keyboard.type("Which ones?")
    coach.keyboard.press("Control+Enter")
    expect(ana.locator(".thread__reply", has_text="Which ones?")).to_be_visible()
    house.api("POST", f"/comments/{comment}/replies", {"body": "Late ones."}, token)
    expect(coach.locator("#drawer-settle")).to_be_visible()
    coach.keyboard.press("c")
    body = coach.locator("#composer-body")
    expect(body).to_be_focused()
    coach.keyboard.type("Well done.")
    coach.keyboard.press("Control+Enter")
    expect(ana.locator(".thread", has_text="Well done.")).to_be_visible()
    expect(coach.locator("#composer")).to_be_hidden()
    coach.keyboard.press("1")
    expect(body).to_be_focused()
    expect(body).not_to_have_value("")
    coach.keyboard.press("Escape")
    expect(coach.locator("#composer")).to_be_hidden()
    coach.keyboard.press("d")
    expect(ana.locator(".thread--done")).to_have_count(1)
    coach.keyboard.press("Escape")
    expect(coach.locator("#drawer")).to_be_hidden()


def keys_are_shown(coach: Page) -> None:
    coach.keyboard.press("/")
    expect(coach.locator("[data-search]")).to_be_focused()
    coach.keyboard.type("nobody is called so")
    expect(coach.get_by_text("No room matches.")).to_be_visible()
    coach.keyboard.press("Control+a")
    coach.keyboard.press("Delete")
    coach.keyboard.press("Escape")
    coach.keyboard.press("?")
    expect(coach.locator("#keys")).to_be_visible()
    coach.keyboard.press("n")
    expect(coach.locator("#drawer")).to_be_hidden()
    coach.keyboard.press("Escape")
    expect(coach.locator("#keys")).to_be_hidden()


def workshop_is_ended(coach: Page) -> None:
    """The dialog that asks is reached, left and confirmed by keys."""
    menu = coach.locator("#run-menu summary")
    press(coach, menu)
    press(coach, coach.locator("#run-menu").get_by_role("button", name="End the workshop"))
    expect(coach.locator("#end-workshop")).to_be_visible()
    coach.keyboard.press("Escape")
    expect(coach.locator("#end-workshop")).to_be_hidden()
    expect(menu).to_be_focused()
    coach.keyboard.press("Enter")
    press(coach, coach.locator("#run-menu").get_by_role("button", name="End the workshop"))
    press(coach, coach.locator("#step-end"))
    expect(coach.get_by_role("heading", name="The workshop has ended")).to_be_visible()
