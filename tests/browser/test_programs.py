"""A leader prepares a program in a real browser: without a pointer, and every page looked at."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.house import House
from tests.browser.looks import looks_good
from tests.browser.people import REFUSED, People
from tests.browser.steps import tab_to

MISTAKES = "Name,Belongs to,People\nShops,,many\nDepots,Nowhere,9"
LIST = "Name\tBelongs to\tPeople\nShops\tTern Ltd\t1,200\nReturns\tShops\t9\nDepots\tTern Ltd\t40"
OPEN = "dialog[open]"


@pytest.fixture
def leader(house: House, people: People) -> Page:
    """Leo's browser."""
    return people.coach(house, "Leo", may_say=REFUSED)


def use(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Tab to something and press a key on it."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, label: str, words: str) -> None:
    """Tab to a box and type."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_a_leader_prepares_a_program_with_the_keyboard(leader: Page) -> None:
    leader.goto("/")
    expect(leader.get_by_role("heading", name="Programs", exact=True)).to_be_visible()
    write(leader, "Organisation", "Tern Ltd")
    write(leader, "How many people work there?", "8,000")
    write(leader, "Who leads it?", "Ida Brandt")
    use(leader, leader.get_by_role("button", name="Create program"))
    expect(leader.get_by_role("heading", name="Tern Ltd")).to_be_visible()
    use(leader, leader.locator(".first a"))
    write(leader, "The why", "Customers wait nine days for their money. It shall be two.")
    use(leader, leader.get_by_role("checkbox", name="Focus"), "Space")
    wrong = leader.get_by_role("checkbox", name="To measure, reward or rank people")
    answer = leader.locator("#answer-performance")
    expect(answer).to_be_hidden()
    use(leader, wrong, "Space")
    expect(answer).to_be_visible()
    use(leader, leader.get_by_role("button", name="Keep the why"))
    expect(leader.locator("figure.why")).to_contain_text("nine days")
    expect(leader.locator("#stated .answer")).to_contain_text("Keep performance reviews")
    fit_is_checked(leader)
    units_are_tended(leader)


def fit_is_checked(leader: Page) -> None:
    """Three questions with the arrow keys."""
    for name, place in (("direction", 0), ("leader_speaks", 0), ("has_time", 0)):
        use(leader, leader.locator(f'[name="{name}"]').nth(place), "Space")
    use(leader, leader.get_by_role("button", name="Check", exact=True))
    expect(leader.locator(".verdict")).to_contain_text("It fits")


def units_are_tended(leader: Page) -> None:
    """A company by hand, a list below it, then one is moved and one removed."""
    use(leader, leader.get_by_role("link", name="People and units"))
    use(leader, leader.locator(".halves").get_by_role("link", name="Units"))
    use(leader, leader.get_by_role("link", name="Add a unit"))
    write(leader, "Name", "Tern Ltd")
    leader.get_by_label("Level").focus()
    leader.keyboard.type("Company")
    use(leader, leader.get_by_role("button", name="Add unit"))
    expect(leader.locator(".units .unit__name")).to_have_text(["Tern Ltd"])
    use(leader, leader.get_by_role("link", name="Import a list"))
    tab_to(leader, leader.locator("#f-text"))
    leader.keyboard.insert_text(LIST)
    use(leader, leader.get_by_role("button", name="Look at it first"))
    expect(leader.locator("#result")).to_contain_text("3 new")
    use(leader, leader.get_by_role("button", name="Add 3 units"))
    expect(leader.locator(".units .unit__name")).to_have_text(["Tern Ltd", "Shops", "Returns", "Depots"])
    use(leader, leader.locator(".units summary").nth(1), "Space")  # a small tree is open: fold it and back
    expect(leader.get_by_role("link", name="Returns")).to_be_hidden()
    use(leader, leader.locator(".units summary").nth(1), "Space")
    use(leader, leader.get_by_role("link", name="Returns"))
    leader.get_by_label("Belongs below").focus()
    leader.keyboard.type("Depots")
    use(leader, leader.get_by_role("button", name="Save"))
    expect(leader.locator(".units .unit__name:visible")).to_have_text(
        ["Tern Ltd", "Shops", "Depots", "Returns"]
    )
    use(leader, leader.get_by_role("link", name="Depots"))
    use(leader, leader.get_by_role("button", name="Remove", exact=True))
    use(leader, leader.get_by_role("button", name="Remove 2 units"))
    expect(leader.locator(".units .unit__name")).to_have_text(["Tern Ltd", "Shops"])


def test_programs_pages(house: House, people: People, leader: Page) -> None:
    found: list[str] = []
    program = house.api("POST", "/programs", {"name": "Empty"}, token=house.cast.tokens["Leo"])["id"]
    here = f"/programs/{program}"
    for path in ("/programs", here, f"{here}/why", f"{here}/people", f"{here}/units", f"{here}/units/new"):
        leader.goto(path)
        found += looks_good(leader, path.replace(program, "empty"))
    leader.goto(f"{here}/units/import")
    leader.locator("#f-text").fill(MISTAKES)
    leader.get_by_role("button", name="Look at it first").click()
    expect(leader.locator("#result")).to_contain_text("2 lines need a look")
    found += looks_good(leader, "import with mistakes")
    leader.locator("#f-text").fill("Name\n" + "A very long name of a unit " * 4)
    leader.get_by_role("button", name="Look at it first").click()
    expect(leader.locator("#result")).to_contain_text("1 new")
    found += looks_good(leader, "import that would work")
    leader.get_by_role("button", name="Add 1 unit").click()
    leader.goto(here)
    for dialog in ("settings", "delete"):
        leader.evaluate("(id) => document.getElementById(id).showModal()", dialog)
        found += looks_good(leader, f"home, dialog {dialog}", OPEN)
        leader.keyboard.press("Escape")
    assert not found, "\n".join(found)


def test_a_program_in_full_and_what_a_viewer_sees(house: House, people: People, leader: Page) -> None:
    found: list[str] = []
    here = f"/programs/{house.cast.program}"
    for role in (
        {"duty": "ambassador", "name": "Ida Brandt", "strengths": "leads"},
        {"duty": "coach", "name": "Tom Weller", "side": "external", "hands_over_on": "2027-06-01"},
    ):
        assert leader.request.post(f"{here}/holders", form=role).ok
    why = {"why": "Money back in two days. " * 12, "led_by": "Hanna Lind", "reasons": "imitation"}
    assert leader.request.post(f"{here}/why", form=why).ok
    assert leader.request.post(f"{here}/fit", form={"direction": "maintain"}).ok
    leader.goto(f"{here}/people")
    for fold in leader.locator("details.adding > summary").all():
        fold.click()
    found += looks_good(leader, "people, all folds open")
    leader.get_by_role("button", name="Remove Tom Weller").click()
    leader.locator("dialog.confirm").get_by_role("button", name="Remove").click()
    expect(leader.locator("#coaches")).not_to_contain_text("Tom Weller")
    leader.locator("#members select").nth(1).select_option("ambassador")
    with leader.expect_navigation():
        leader.get_by_role("button", name="Change the part of Tom").click()
    expect(leader.locator("#members select").nth(1)).to_have_value("ambassador")
    leader.get_by_role("button", name="Make an invitation link").click()
    expect(leader.locator("#invitation-link")).to_be_visible()
    found += looks_good(leader, "people with an invitation")
    viewer = people.coach(house, "Vera")
    for path in (here, f"{here}/why", f"{here}/people", f"{here}/units", f"/units/{house.cast.unit}"):
        viewer.goto(path)
        found += looks_good(viewer, f"viewer, {path.replace(house.cast.program, 'full')}")
    assert not found, "\n".join(found)
