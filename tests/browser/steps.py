"""What people do and see in a room, in their own words."""

import re

from playwright.sync_api import Locator, Page, expect

# An outline or a shadow, at the thing itself or close around it; or an underline.
FOCUS_SHOWS = """() => {
  const drawn = (it) => { const look = getComputedStyle(it), {outlineStyle, outlineWidth, boxShadow} = look;
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none' };
  const near = [];
  for (let it = document.activeElement; it && near.length < 3; it = it.parentElement) near.push(it);
  return near.some(drawn) || getComputedStyle(near[0]).textDecorationLine.includes('underline') }"""


def field(page: Page, ending: str) -> Locator:
    """The first text field whose root name ends so, for example ":title"."""
    return page.locator(f'[data-field$="{ending}"]').first


def ready(box: Locator) -> Locator:
    """The field, once it takes words."""
    expect(box).to_be_editable()
    return box


def write(box: Locator, words: str) -> None:
    """Type at the end of a field, key by key."""
    ready(box).focus()
    box.press("Control+End")
    box.press_sequentially(words)


def saved(page: Page) -> None:
    """Wait until the page says that the server has everything."""
    expect(page.locator("[data-saved]").first).to_have_attribute("data-state", "saved")


def live(page: Page) -> None:
    """Wait until every socket of the page is up."""
    expect(page.locator("body")).to_have_attribute("data-live", "on")


def tab_to(page: Page, wanted: Locator, most: int = 80) -> None:
    """Reach something with the Tab key alone; it must be seen to have the focus."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate("(it) => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    seen_focus(page)


def seen_focus(page: Page) -> None:
    """What has the focus shows it."""
    shows = page.evaluate(FOCUS_SHOWS)
    where = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert shows, f"nobody can see that this has the focus: {where}"


def path_of(page: Page) -> str:
    """The path of a room's page, once it is open."""
    page.wait_for_url(re.compile(r"/rooms/\w+"))
    return re.sub(r"^https?://[^/]+", "", page.url)
