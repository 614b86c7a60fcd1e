"""The whole story in real browsers: a coach on the board, a laptop and a phone in one room."""

import json
import re
import time

import httpx2 as httpx
from playwright.sync_api import Page, expect

from tests.browser.people import People
from tests.browser.steps import field, live, path_of, ready, saved, tab_to, write
from tests.serving import Server


def test_a_live_workshop_from_the_setup_link_to_the_export(empty_server: Server, people: People) -> None:
    coach = people.somebody("Mara", empty_server.address)
    code = make_workshop(coach, setup_path(empty_server))
    start(coach)
    ana = people.somebody("Ana", empty_server.address)
    ben = people.somebody("Ben", empty_server.address, phone=True)
    room = sit_down(ana, code, "Ana Lind")
    assert sit_down(ben, code, "Ben Okoro") == room
    draft_together(ana, ben)
    comment_from_the_board(coach, ana, ben)
    ask_for_help(coach, ben)
    run_the_workshop(coach, [ana, ben])
    end_and_take_home(coach, ana, ben)
    log = empty_server.log.read_text()
    assert not re.search(r"error|warning|traceback", log, re.IGNORECASE), log


def setup_path(server: Server) -> str:
    """The link that the first start prints."""
    found = re.search(r"/setup/\S+", server.log.read_text())
    assert found, server.log.read_text()
    return found.group()


def make_workshop(coach: Page, path: str) -> str:
    """From the link to a workshop with 50 rooms, where people choose theirs; its code."""
    coach.goto(path)
    coach.get_by_label("Your name").fill("Mara Vance")
    coach.get_by_label("Email").fill("mara@alderfinch.example")
    coach.get_by_label("Password").fill("rowing at seven o'clock")
    coach.get_by_role("button", name="Set up Boathouse").click()
    coach.get_by_label("Name", exact=True).fill("Alder & Finch, spring")
    coach.get_by_label("Rooms", exact=True).fill("50")
    coach.get_by_role("button", name="Create workshop").click()
    expect(coach.get_by_role("heading", name="Alder & Finch, spring")).to_be_visible()
    expect(coach.locator("ul.roomlist > li")).to_have_count(50)
    expect(coach.locator(".share .qr svg")).to_be_visible()
    coach.get_by_role("button", name="Change that").click()
    coach.get_by_label("People choose their room when they join").check()
    coach.get_by_role("button", name="Save").click()
    expect(coach.get_by_text("People choose their room.")).to_be_visible()
    link = coach.get_by_label("Link to send").input_value()
    return link.rsplit("/", 1)[1]


def start(coach: Page) -> None:
    coach.get_by_role("button", name="Start the workshop").click()
    expect(coach.get_by_role("timer")).to_contain_text(re.compile(r"\d:\d\d"))
    live(coach)


def sit_down(page: Page, code: str, name: str) -> str:
    """Type the code as people do, choose room 7; its path."""
    page.goto("/join")
    page.get_by_label("Eight letters").fill(f" {code[:4].lower()} {code[4:].lower()}")
    page.get_by_role("button", name="Find my workshop").click()
    page.get_by_label("Your name").fill(name)
    page.get_by_text("Choose another").click()
    page.get_by_role("radio", name=re.compile(r"Room 7\b")).check()
    page.get_by_role("button", name="Take my seat").click()
    live(page)
    return path_of(page)


def draft_together(ana: Page, ben: Page) -> None:
    """A to-do becomes a key result, and both write in one field at once."""
    ana.get_by_role("button", name="Write the first objective").click()
    title, same = field(ana, ":title"), field(ben, ":title")
    expect(title).to_be_focused()
    write(title, "Returns ")
    expect(same).to_have_value("Returns ")
    ready(same).focus()
    same.press("Control+Home")
    for hers, his in zip("are easy", "New! All ", strict=False):
        ana.keyboard.type(hers)
        ben.keyboard.type(his)
    ben.keyboard.type(" ")
    for box in (title, same):
        expect(box).to_have_value("New! All Returns are easy")
    assert title.evaluate("(it) => it.selectionStart") == len("New! All Returns are easy")
    assert same.evaluate("(it) => it.selectionStart") == len("New! All ")
    ben.get_by_role("button", name="Add a to-do").tap()
    write(ready(field(ben, ":text")), "Build a returns portal")
    expect(field(ana, ":text")).to_have_value("Build a returns portal")
    ana.locator(".turn summary").click()
    ana.get_by_role("button", name="Key result of objective 1").click()
    for page in (ana, ben):
        expect(page.get_by_text("Now key result 1", exact=True)).to_be_visible()
    write(ready(field(ana, ":statement")), "Money is back within days")
    write(ready(field(ben, ":start")), "19")
    saved(ana)
    saved(ben)


def comment_from_the_board(coach: Page, ana: Page, ben: Page) -> None:
    """By keys alone the coach opens the room and comments on the very field; it is answered and settled."""
    expect(coach.locator(".tile", has_text="New! All Returns are easy")).to_be_visible()
    coach.keyboard.press("/")
    coach.keyboard.type("Ben Okoro")
    tile = coach.locator("[data-tile]:visible a.tile")
    expect(tile).to_have_count(1)
    coach.keyboard.press("Escape")
    coach.keyboard.press("j")
    expect(tile).to_be_focused()
    coach.keyboard.press("Enter")
    words = coach.locator('#drawer [data-comment-on$=":start"]')
    expect(words).to_have_text("19")
    tab_to(coach, words)
    coach.keyboard.press("c")
    expect(coach.get_by_label("Comment on the starting point")).to_be_focused()
    coach.keyboard.type("Where does this number come from?")
    sent = time.monotonic()
    coach.keyboard.press("Control+Enter")
    remark = ben.locator(".pin .thread", has_text="Where does this number come from?")
    expect(remark).to_be_visible()
    print(f"A comment was in the room after {time.monotonic() - sent:.2f} s")
    place = ana.locator(".kr", has=ana.locator(".thread", has_text="Where does this number"))
    expect(place.locator('[data-field$=":start"]')).to_have_value("19")
    expect(ana.locator("#announce")).to_have_text(re.compile("Mara Vance commented on"))
    ben.locator(".thread").get_by_text("Reply").tap()
    ben.get_by_label("Reply to Mara Vance").fill("From the till, March.")
    ben.locator(".thread").get_by_role("button", name="Send").tap()
    expect(coach.locator("#drawer .thread__reply", has_text="From the till")).to_be_visible()
    ana.locator(".thread").get_by_role("button", name="Done").click()
    expect(ben.get_by_text("Settled by Ana Lind")).to_be_visible()
    coach.keyboard.press("Escape")
    expect(coach.locator("#drawer")).to_be_hidden()


def ask_for_help(coach: Page, ben: Page) -> None:
    ben.locator(".dock").get_by_role("button", name="Raise hand").tap()
    expect(coach.get_by_role("heading", name="1 room needs a human")).to_be_visible()
    expect(coach.locator('[data-tile][data-band="now"][data-hand="yes"]')).to_have_count(1)
    coach.keyboard.press("n")
    expect(coach.locator("#drawer [data-done-button]")).to_be_visible()
    coach.keyboard.press("d")
    expect(ben.locator(".dock").get_by_role("button", name="Raise hand")).to_be_visible()
    coach.keyboard.press("Escape")


def run_the_workshop(coach: Page, room: list[Page]) -> None:
    """The next phase, a broadcast and a lock reach everybody."""
    coach.get_by_role("button", name="Next phase").click()
    for page in room:
        expect(page.get_by_role("heading", name="From to-do to outcome", level=1)).to_be_visible()
        page.locator("#draft").get_by_role(
            "button", name="Comment on the whole room"
        ).scroll_into_view_if_needed()
    coach.get_by_role("button", name="Tell all rooms").click()
    coach.get_by_label("What they will read").fill("Ten minutes, then we share.")
    coach.get_by_role("button", name=re.compile("Tell 50 rooms")).click()
    for page in room:
        expect(page.locator(".broadcast .banner", has_text="Ten minutes, then we share.")).to_be_in_viewport()
    menu = coach.get_by_label("More about this workshop")
    menu.click()
    coach.get_by_role("button", name="Lock all drafts").click()
    for page in room:
        expect(page.get_by_text("Drafts are locked for the moment.")).to_be_visible()
        expect(field(page, ":title")).not_to_be_editable()
    coach.get_by_role("button", name="Unlock", exact=True).click()
    for page in room:
        expect(field(page, ":title")).to_be_editable()


def end_and_take_home(coach: Page, ana: Page, ben: Page) -> None:
    """A read-only page with comments, and a file with everything."""
    coach.get_by_label("More about this workshop").click()
    coach.get_by_role("button", name="End the workshop").click()
    coach.get_by_role("button", name="End for everybody").click()
    expect(coach.get_by_role("heading", name="The workshop has ended")).to_be_visible()
    for page in (ana, ben):
        expect(page.get_by_text("The workshop has ended.").first).to_be_visible()
        expect(page.locator(".said", has_text="New! All Returns are easy")).to_be_visible()
    ana.reload()
    expect(ana.locator("textarea[data-field]")).to_have_count(0)
    ana.get_by_text("Settled by Ana Lind").click()
    expect(ana.get_by_text("From the till, March.")).to_be_visible()
    with coach.expect_download() as download:
        coach.get_by_role("link", name="Drafts as Markdown").click()
    text = download.value.path().read_text()
    for words in ("New! All Returns are easy", "Where does this number come from?", "From the till, March."):
        assert words in text
    exported = coach.request.get(re.sub(r"/board.*", "/export?format=json", coach.url))
    assert "Build a returns portal" in json.dumps(exported.json(), ensure_ascii=False)
    assert "Returns are easy" not in httpx.get(ana.url, follow_redirects=True).text
