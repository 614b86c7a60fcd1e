"""What Chromium does by itself and other browsers do not: here it has to do without, too."""

from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import People
from tests.browser.steps import live, saved, write

# Safari cannot move an element without letting go of its focus, make fields as tall as their words, or say
# whether something is shown (before 17.4).
LESS = """delete Element.prototype.moveBefore; delete Element.prototype.checkVisibility;
const able = CSS.supports;
CSS.supports = (...what) => what[0] !== "field-sizing" && able.call(CSS, ...what);"""
PLACE = "() => [document.activeElement.dataset.field, document.activeElement.selectionStart]"


def test_a_key_result_that_moves_takes_the_caret_along(house: House, people: People) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    objective, _ = house.objective(event, token)
    adding = f"/objectives/{objective}/key-results"
    last = house.api("POST", adding, {"type": "metric"}, token)["id"]
    ana = people.member(house, event, "Ana", token)
    ana.add_init_script(LESS)
    ana.goto(event.room())
    live(ana)
    name = f"key_result:{last}:statement"
    write(ana.locator(f'[data-field="{name}"]'), "Money is back")
    saved(ana)
    for _ in "sooner"[:3]:
        ana.keyboard.press("ArrowLeft")
    for number in (1, 2):
        house.api("POST", f"/key-results/{last}/move", {"number": number}, token)
        place = ana.locator('[data-field$=":statement"]').nth(number - 1)
        expect(place).to_have_attribute("data-field", name)
        assert ana.evaluate(PLACE) == [name, len("Money is back") - 3]
    ana.keyboard.type("not ")
    expect(ana.locator(f'[data-field="{name}"]')).to_have_value("Money is bnot ack")


def test_fields_grow_with_their_words(house: House, people: People) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    house.objective(event, token)
    ana = people.member(house, event, "Ana", token)
    ana.add_init_script(
        LESS + "document.addEventListener('DOMContentLoaded', () => {"
        "for (const it of document.querySelectorAll('.write')) it.style.fieldSizing = 'fixed' });"
    )
    ana.goto(event.room())
    why = ana.locator('[data-field$=":why"]')
    write(why, "Half of all calls are about them. " * 8)
    assert why.evaluate("it => it.scrollHeight <= it.offsetHeight && it.offsetHeight > 60")
    ana.set_viewport_size({"width": 390, "height": 844})
    expect(why).not_to_have_css("block-size", "")
    ana.wait_for_function(
        "() => { const it = document.querySelector('[data-field$=\":why\"]');"
        "return it.offsetHeight > 150 && it.scrollHeight <= it.offsetHeight }"
    )


def test_a_touch_beside_a_menu_closes_it(house: House, people: People) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    ana = people.member(house, event, "Ana", token, phone=True)
    ana.goto(event.room())
    live(ana)
    menu = ana.locator(".bar details.menu").first
    menu.locator("summary").tap()
    expect(menu).to_have_attribute("open", "")
    ana.get_by_role("heading", level=1).dispatch_event("pointerdown")  # all that an iPhone tells
    expect(menu).not_to_have_attribute("open", "")
