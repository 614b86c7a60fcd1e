"""The calendar in a browser: a date is moved with the keyboard alone, undone, and the page passes axe."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.looks import looks_good
from tests.browser.people import REFUSED, People


def test_a_date_is_moved_and_undone_with_the_keyboard(own_house: House, people: People) -> None:
    page = people.coach(own_house, "Leo", may_say=REFUSED)
    page.goto(f"/programs/{own_house.cast.program}/calendar")
    close = page.locator("#on-close time")
    before = date.fromisoformat(close.get_attribute("datetime") or "")
    review = date.fromisoformat(page.locator("#on-review time").get_attribute("datetime") or "")

    page.locator("#move-close summary").press("Enter")
    field = page.get_by_label("To", exact=True).and_(page.locator("#to-close"))
    field.fill(str(review - timedelta(7)))
    field.press("Enter")
    expect(page.locator("#e-to-close")).to_contain_text("That is before “Mid-cycle review”")
    expect(field).to_be_focused()
    assert not looks_good(page, "calendar with a date that cannot be")

    closer = before - timedelta(3 if before.weekday() == 0 else 1)
    field.fill(str(closer))
    field.press("Enter")
    expect(close).to_have_attribute("datetime", str(closer))
    expect(page.locator("#on-close")).to_contain_text("by Leo")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(close).to_have_attribute("datetime", str(before))
    assert not looks_good(page, "calendar")
