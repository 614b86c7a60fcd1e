"""A plan in a real browser: units moved by hand and by keyboard, a rule set aside, every page looked at."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.house import House
from tests.browser.looks import looks_good
from tests.browser.people import REFUSED, People
from tests.browser.steps import tab_to

UNITS = """Name,Belongs to,People,Leader
Tern Ltd,,900,Ida
Shops,Tern Ltd,60,Ann
Returns,Shops,9,Nora
Depots,Tern Ltd,40,Kai"""


@pytest.fixture
def leader(house: House, people: People) -> Page:
    """Leo's browser."""
    return people.coach(house, "Leo", may_say=REFUSED)


def program_with_units(house: House) -> str:
    """The address of a new program of Leo's with four units and a plan to come."""
    token = house.cast.tokens["Leo"]
    program = house.api("POST", "/programs", {"name": "Tern Ltd", "headcount": 900}, token=token)["id"]
    house.api("POST", f"/programs/{program}/units/import", {"text": UNITS}, token=token)
    return f"/programs/{program}"


def wave_of(page: Page, unit: str) -> Locator:
    """The cell that says where a unit starts."""
    return page.get_by_role("row", name=unit).get_by_role("cell").nth(2)


def test_a_plan_from_the_recommendation_to_an_open_gate(house: House, leader: Page) -> None:
    here = program_with_units(house)
    leader.goto(f"{here}/plan")
    expect(leader.locator(".recommended")).to_contain_text("Organic")
    found = looks_good(leader, "where to begin")
    leader.get_by_role("radio", name="Pilot").check()
    leader.get_by_role("button", name="Make the plan").click()
    expect(leader.get_by_role("heading", level=1)).to_have_text("60 people in two waves")

    leader.goto(f"{here}/plan/units")
    found += looks_good(leader, "units in waves")
    expect(wave_of(leader, "Depots")).to_have_text("none")
    leader.get_by_role("row", name="Depots").drag_to(leader.locator("[data-wave]").nth(1))
    expect(wave_of(leader, "Depots")).to_have_text("Wave 2")
    tab_to(leader, leader.get_by_role("checkbox", name="Depots"))
    leader.keyboard.press("Space")
    expect(leader.get_by_role("status").filter(has_text="1 unit ticked")).to_be_visible()
    leader.get_by_label("Move to").focus()
    leader.keyboard.type("No wave")
    tab_to(leader, leader.get_by_role("button", name="Move", exact=True))
    leader.keyboard.press("Enter")
    expect(wave_of(leader, "Depots")).to_have_text("none")

    leader.goto(f"{here}/plan")
    rule = leader.locator(".rails li", has_text="Somebody carries it")
    rule.get_by_text("Set this aside").click()
    rule.get_by_role("textbox").fill("   ")
    rule.get_by_role("button", name="Set aside with this reason").click()
    expect(rule.locator(".error")).to_contain_text("Write down why")
    expect(rule.get_by_role("textbox")).to_be_focused()
    rule.get_by_role("textbox").fill("Nora starts in May.")
    expect(rule.locator(".error")).to_have_count(0)
    rule.get_by_role("button", name="Set aside with this reason").click()
    expect(leader.locator(".asides")).to_contain_text("Nora starts in May.")
    expect(leader.locator(".rails ol")).not_to_contain_text("Somebody carries it")

    wave = leader.get_by_role("article", name="Wave 2")
    wave.get_by_text("Change wave 2").click()
    wave.get_by_label("Executive sponsor").fill("Ida")
    wave.get_by_label("Starts in cycle").fill("1")
    wave.get_by_role("button", name="Save wave 2").click()
    expect(wave.locator(".error")).to_contain_text("It can start in cycle 2 or later.")
    expect(wave.get_by_label("Executive sponsor")).to_have_value("Ida")

    gate = leader.get_by_role("article", name="Gate A")
    gate.get_by_text("Type in what was seen").first.click()
    gate.get_by_text("Yes", exact=True).click()
    gate.get_by_role("button", name="Note it").first.click()
    expect(gate).to_contain_text("1 of 4 met")
    gate.get_by_text("Decide", exact=True).click()
    found += looks_good(leader, "plan with open forms")
    gate.get_by_label("Scale").check()
    gate.get_by_label("Because").fill("They ask to go on.")
    gate.get_by_role("button", name="Record the decision").click()
    expect(gate).to_contain_text("with 1 of 4 met")
    assert not found, "\n".join(found)


def test_stances_picture_and_hands(house: House, people: People, leader: Page) -> None:
    here = program_with_units(house)
    assert leader.request.post(f"{here}/plan", form={"approach": "pilot"}).ok
    leader.goto(f"{here}/plan/stances")
    leader.get_by_role("checkbox", name="Shops").check()
    leader.get_by_label("Stance", exact=True).select_option("not_now")
    leader.get_by_role("button", name="Note the stance").click()
    expect(leader.get_by_role("row", name="Shops")).to_contain_text("no reason yet")
    found = looks_good(leader, "stances")
    leader.goto(f"{here}/plan/map")
    expect(leader.get_by_role("img", name="Units by wave and stance")).to_be_visible()
    found += looks_good(leader, "picture")
    leader.goto(f"{here}/plan/hands")
    link = leader.get_by_role("textbox", name="The opt-in page").input_value()
    visitor = people.somebody("Nora", house.server.address)
    visitor.goto(link)
    found += looks_good(visitor, "opt-in page")
    visitor.get_by_label("Your name").fill("Nora")
    visitor.get_by_label("Your team").fill("Returns")
    visitor.get_by_role("button", name="Raise my hand").click()
    expect(visitor.get_by_role("heading", name="Your hand is up")).to_be_visible()
    found += looks_good(visitor, "hand is up")
    leader.reload()
    expect(leader.locator(".raised")).to_contain_text("Nora, Returns")
    found += looks_good(leader, "raised hands")
    assert not found, "\n".join(found)
