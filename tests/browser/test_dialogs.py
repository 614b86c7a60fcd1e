"""What is wrong with a field of a dialog is said in the dialog: what floats below it cannot be reached."""

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.people import REFUSED, People


def keeps(page: Page) -> None:
    """A wrong name is said below it, and nothing is deleted."""
    page.locator("#delete").evaluate("dialog => dialog.showModal()")
    name = page.locator("#delete-name")
    name.fill("Some other name")
    name.press("Enter")
    expect(page.locator("#delete .error")).to_contain_text("so nothing was deleted")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#toasts")).to_be_empty()


def test_a_wrong_name_deletes_no_workshop(house: House, people: People) -> None:
    event = house.workshop("Calm harbours")
    coach = people.coach(house, may_say=REFUSED)
    coach.goto(f"/workshops/{event.id}")
    keeps(coach)
    coach.locator("#delete-name").fill("Calm harbours")
    coach.get_by_role("button", name="Delete everything").click()
    coach.wait_for_url("**/workshops")


def test_a_wrong_name_deletes_no_program(house: House, people: People) -> None:
    program = house.api("POST", "/programs", {"name": "Alder"})
    coach = people.coach(house, may_say=REFUSED)
    coach.goto(f"/programs/{program['id']}")
    keeps(coach)
