"""What every page must pass, whatever is on it: axe in both colour schemes, and the width of a phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
COLOURS = ["color-contrast", "link-in-text-block"]
# Colours on their way from one scheme to the other are nobody's contrast. They are put at their end: waiting
# for that could last for ever on a page that is not being painted.
AT_REST = """() => document.getAnimations().filter((one) => one instanceof CSSTransition)
  .forEach((one) => one.finish())"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
  .map((it) => it.outerHTML.slice(0, 120)).slice(0, 5)"""
SERIOUS = """async ([within, rules]) => {
  const runOnly = rules ? {runOnly: rules} : {};
  const found = await axe.run(within || document, {resultTypes: ['violations'], ...runOnly});
  const serious = found.violations.filter(({impact}) => ['serious', 'critical'].includes(impact));
  return serious.flatMap(({id, nodes}) => nodes.slice(0, 3).map(({html, failureSummary}) =>
    `${id}: ${html.slice(0, 140)} ${failureSummary}`)) }"""


def looks_good(page: Page, name: str, within: str = "") -> list[str]:
    """What is wrong with the page as it stands now, a line each; `name` begins the lines.

    `within` looks only at a part of it, when the rest has been looked at before.
    """
    laptop = page.viewport_size
    assert laptop
    found = _findings(page, f"{name}, light", within)
    page.emulate_media(color_scheme="dark")
    found += _findings(page, f"{name}, dark", within, COLOURS)  # the rest is as in light
    page.set_viewport_size(PHONE)
    found += _findings(page, f"{name}, dark on a phone", within)
    found += [f"{name} is wider than a phone: {element}" for element in page.evaluate(TOO_WIDE)]
    page.set_viewport_size(laptop)
    page.emulate_media(color_scheme="light")
    return found


def _findings(page: Page, name: str, within: str, rules: list[str] | None = None) -> list[str]:
    page.evaluate(AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [f"{name}: {line}" for line in page.evaluate(SERIOUS, [within, rules])]
