"""Pages that follow what happens to a person, the right time, and the weight of a room."""

import gzip
import re
import time
from datetime import datetime

from playwright.sync_api import Page, Response, expect

from tests.browser.house import House
from tests.browser.people import People
from tests.browser.steps import field, live, ready, saved, write

# Every way a page asks the time; performance.now and timeOrigin stay right, for the test itself.
WRONG_CLOCK = """(() => { const Right = Date, wrong = () => Right.now() + MINUTES * 60000;
  window.Date = class extends Right { constructor(...at) { at.length ? super(...at) : super(wrong()) }
    static now() { return wrong() } } })()"""
# The next change of the clock: the figure, and the true time in ms at which it appeared.
NEXT_FIGURE = """() => new Promise((done) => {
  const clock = document.querySelector('[role=timer] [data-clock]');
  new MutationObserver((_, watch) => { watch.disconnect();
    done([clock.textContent, performance.timeOrigin + performance.now()]) })
  .observe(clock, {childList: true, characterData: true, subtree: true});
  setTimeout(done, 5000, ['0:00', 0]) })"""


def test_a_moved_persons_page_follows_and_a_removed_ones_says_so(house: House, people: People) -> None:
    event = house.workshop()
    seat, token = house.seat(event, "Ana")
    house.objective(event, token)
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    live(ana)
    write(field(ana, ":title"), "Written before the move")
    house.api("POST", f"/seats/{seat}/move", {"room_id": event.rooms[1]})
    ana.wait_for_url(re.compile(event.room(2)))
    live(ana)
    ana.get_by_role("button", name="Write the first objective").click()
    write(field(ana, ":title"), "Written after it")
    saved(ana)
    assert house.draft(event)["objectives"][0]["title"] == "Written before the move"
    began = time.monotonic()
    house.api("POST", f"/seats/{seat}/remove")
    expect(ana.get_by_role("alert")).to_contain_text("The coach has ended your seat here.")
    print(f"A removed person knew after {time.monotonic() - began:.2f} s")
    expect(field(ana, ":title")).not_to_be_editable()
    ana.goto(f"/join/{event.code}")
    expect(ana.get_by_text("The coach has ended the seat you had.")).to_be_visible()


def test_signing_out_closes_every_board_of_that_session(house: House, people: People) -> None:
    board = people.coach(house, "Tom")
    board.goto(f"/workshops/{house.cast.workshop}/board")
    live(board)
    other = board.context.new_page()
    other.goto("/workshops")
    other.get_by_role("button", name="Sign out").click()
    expect(board.get_by_role("alert")).to_have_text(re.compile("You signed out."))
    board.reload()
    expect(board.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_countdown_is_right_on_wrong_clocks(house: House, people: People) -> None:
    event = house.workshop()
    for minutes in (-14, 14):
        name = f"{minutes} minutes off"
        page = people.member(house, event, name, house.seat(event, name)[1])
        page.add_init_script(WRONG_CLOCK.replace("MINUTES", str(minutes)))
        page.goto(event.room())
        live(page)
        assert abs(page.evaluate("Date.now() - performance.timeOrigin - performance.now()")) > 13 * 60_000
        error = countdown_error(page)
        print(f"{name}: the countdown is {error:.2f} s off")
        assert error < 0.5


def countdown_error(page: Page) -> float:
    """Seconds between the countdown and the server's deadline, at the best of three changes."""
    deadline = page.get_by_role("timer").get_attribute("data-ends-at")
    assert deadline
    end = datetime.fromisoformat(deadline).timestamp()
    page.evaluate(NEXT_FIGURE)  # the first one may be the correction of what the server rendered
    errors = []
    for _ in range(3):
        figure, at = page.evaluate(NEXT_FIGURE)
        minute, second = map(int, figure.split(":"))
        # A rounded figure appears when half a second more than it is left.
        errors.append(abs(minute * 60 + second + 0.5 - (end - at / 1000)))
        if errors[-1] < 0.5:
            break
    return min(errors)


def test_a_rooms_page_is_light_and_soon_usable(house: House, people: People) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    house.objective(event, token)
    ana = people.member(house, event, "Ana", token)
    files: list[Response] = []
    ana.on("response", lambda file: files.append(file))
    began = time.monotonic()
    ana.goto(event.room())
    ready(field(ana, ":title"))
    print(f"Usable after {time.monotonic() - began:.2f} s")
    code = [file for file in files if re.search(r"\.(js|css)(\?|$)", file.url)]
    weight = sum(len(gzip.compress(file.body(), 6)) for file in code)
    print(f"{weight / 1024:.1f} KB of script and style in {len(code)} files")
    assert len(code) >= 4
    assert weight <= 80 * 1024
