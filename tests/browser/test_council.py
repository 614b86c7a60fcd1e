"""Twelve leaders decide thirteen parameters live; a workshop made from them obeys."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from boathouse.rollout.parameter_questions import QUESTIONS
from boathouse.rollout.parameters import REQUIRED, Key
from tests.browser.house import House
from tests.browser.looks import looks_good
from tests.browser.people import People
from tests.browser.steps import field as words_field
from tests.browser.steps import live, ready, saved, write

SCRIPTED = ["Amir", "Bea", "Carl", "Dina", "Egon", "Fee", "Gus", "Ida", "Jon", "Kim"]
# What the table agrees on; each leader chooses something, and not all the same.
AGREED: dict[Key, dict[str, Any]] = {
    Key.LEVELS: {"value": ["company", "team"]},
    Key.MAX_OBJECTIVES: {"value": "1"},
    Key.MAX_KEY_RESULTS: {"value": "2"},
    Key.CYCLE_MONTHS: {"value": "4"},
    Key.KEY_RESULT_TYPES: {"value": ["metric", "baseline"]},
    Key.SCORING: {"value": "commit_target_stretch"},
    Key.AMBITION: {"value": "both"},
    Key.PERFORMANCE_REVIEWS: {"value": "separate"},
    Key.BOTTOM_UP_SHARE: {"value": "80"},
    Key.ALIGNMENT: {"value": "conversation"},
    Key.KPIS: {"value": "key_results_when_improving"},
    Key.CHECK_IN_CADENCE: {"company": "monthly", "team": "weekly"},
    Key.SYSTEM_OF_RECORD: {"name": "The wiki", "link": "https://wiki.example/okr"},
}
OTHERWISE: dict[Key, dict[str, Any]] = {
    Key.MAX_OBJECTIVES: {"value": "3"},
    Key.CYCLE_MONTHS: {"value": "other", "other": "5"},
    Key.SCORING: {"value": "zero_to_one"},
    Key.SYSTEM_OF_RECORD: {"name": "A spreadsheet", "link": ""},
}


@dataclass
class Council:
    """A table with ten scripted leaders; the desk and one leader sit in browsers."""

    desk: Page
    hanna: Page
    id: str = ""
    others: list[httpx.Client] = field(default_factory=list)

    def everybody_chooses(self, key: Key) -> None:
        """Ten scripts, and Hanna with her hands."""
        for n, client in enumerate(self.others):
            fields = OTHERWISE.get(key, AGREED[key]) if n < 3 else AGREED[key]
            form = {"key": key.value, "line": f"Line {n} on {key}", **fields}
            answer = client.post(f"/councils/{self.id}/votes", data=form)
            assert answer.status_code == 200, answer.text
        form_of(self.hanna, key)
        fill(self.hanna, key)
        self.hanna.get_by_label("Why, in a line").fill(f"Hanna on {key}")
        self.hanna.get_by_role("button", name="Choose", exact=True).click()
        expect(self.hanna.locator(".chosen")).to_contain_text(f"Hanna on {key}")
        expect(self.hanna.locator(".choice")).to_be_focused()  # the button that had the focus is gone


def form_of(page: Page, key: Key) -> None:
    """Wait until the form of this question is there."""
    expect(page.locator(f'.choice input[name="key"][value="{key}"]')).to_be_attached()


def fill(page: Page, key: Key) -> None:
    """Answer with what will be agreed, as a person does."""
    form, fields = page.locator(".choice form"), AGREED[key]
    if key == Key.CHECK_IN_CADENCE:
        for level, often in fields.items():
            form.locator(f'select[name="{level}"]').select_option(often)
    elif key == Key.SYSTEM_OF_RECORD:
        for name, text in fields.items():
            form.locator(f'input[name="{name}"]').fill(text)
    else:
        values = fields["value"] if isinstance(fields["value"], list) else [fields["value"]]
        for value in values:
            box = form.locator(
                f'input[type="radio"][value="{value}"], input[type="checkbox"][value="{value}"]'
            )
            if box.is_enabled():
                box.check()


@pytest.fixture
def council(people: People, own_house: House) -> Council:
    """Leo opens the table in his browser, Hanna sits down in hers on a phone."""
    house = own_house
    desk = people.coach(house, "Leo")
    desk.goto(f"/programs/{house.cast.program}/councils")
    desk.get_by_role("button", name="Start the meeting").click()
    link = desk.locator("#table-link").input_value()
    hanna = people.somebody("Hanna", house.server.address, phone=True)
    hanna.goto(link)
    hanna.get_by_label("Your name").fill("Hanna Lind")
    hanna.get_by_role("button", name="Sit down").click()
    sitting = Council(desk, hanna, re.search(r"/councils/(\w+)", desk.url)[1])  # type: ignore[index]
    for name in SCRIPTED:
        client = httpx.Client(base_url=house.server.address, timeout=20)
        assert client.post(link, data={"name": name}).status_code == 303
        sitting.others.append(client)
    late = httpx.Client(base_url=house.server.address, timeout=20)
    assert late.post(link, data={"name": "Lou"}).status_code == 303  # the twelfth says nothing
    live(hanna)
    live(desk)
    expect(desk.locator("#council-people")).to_contain_text("12 leaders")
    return sitting


def test_twelve_leaders_decide_thirteen_parameters_and_a_workshop_obeys(
    council: Council, own_house: House, people: People
):
    desk, hanna = council.desk, council.hanna
    began, found = time.monotonic(), []
    desk.get_by_role("button", name="Ask the first question").click()
    for number, key in enumerate(Key, 1):
        expect(hanna.locator("#council-question h1")).to_have_text(QUESTIONS[key].question)
        if number == 2:
            found += looks_good(hanna, "choosing") + looks_good(desk, "the desk")
        council.everybody_chooses(key)
        expect(desk.locator("#council-people")).to_contain_text("11 of 12 have chosen")
        expect(desk.locator("body")).not_to_contain_text(f"Hanna on {key}")
        desk.locator("#desk-reveal").click()
        expect(hanna.get_by_role("img", name="How the answers lie")).to_be_visible()
        expect(hanna.locator("#council-answers")).to_contain_text(f"Line 0 on {key}")
        expect(desk.locator("#council-answers")).to_contain_text(f"Hanna on {key}")
        if number == 2:
            expect(desk.locator(".council-dock")).to_be_focused()
            found += looks_good(hanna, "the spread") + looks_good(desk, "the spread on the desk")
        desk.get_by_label("In one sentence, why").fill(f"We agreed on {key}.")
        desk.get_by_role("button", name="Record decision").click()
        expect(hanna.locator(".agreed")).to_contain_text(f"We agreed on {key}.")
        if number < len(Key):
            expect(desk.locator("#desk-next.btn--primary")).to_be_visible()  # the desk has followed too
            desk.locator("#desk-next").click()
    expect(desk.locator("#council-bar")).to_contain_text("13 of 13 decided")
    # By hand an hour has 277 seconds for each; the product itself must take next to nothing of them.
    assert time.monotonic() - began < 60 * len(Key)
    hanna.reload()
    expect(hanna.locator(".agreed")).to_contain_text("We agreed on system_of_record.")
    assert not found, "\n".join(found)
    the_workshop_obeys(own_house, people)


def the_workshop_obeys(house: House, people: People) -> None:
    """Tom makes a workshop of the program; its rooms allow what was decided, and say why."""
    token = house.cast.tokens["Leo"]
    parameters = house.api("GET", f"/programs/{house.cast.program}/parameters", token=token)
    assert {each["status"] for each in parameters} == {"decided"}
    tom = people.coach(house, "Tom", may_say=("the server responded with a status of 409",))
    tom.goto("/workshops")
    tom.get_by_label("Name", exact=True).fill("Wave 1")
    tom.get_by_label("Whose ground rules?").select_option(house.cast.program)
    tom.get_by_role("button", name="Create workshop").click()
    expect(tom.locator("#rules")).to_contain_text("We agreed on max_objectives.")
    workshop = tom.url.rpartition("/")[2]
    tom.get_by_role("button", name="Start the workshop").click()
    tom.wait_for_url(re.compile(r"/board$"))
    room = house.api("GET", f"/workshops/{workshop}")["rooms"][0]["id"]
    tom.goto(f"/rooms/{room}")
    live(tom)
    tom.get_by_text("Ground rules", exact=True).click()
    expect(tom.locator("#brief-rules")).to_contain_text("We agreed on max_objectives.")
    tom.get_by_role("button", name="Write the first objective").click()
    expect(tom.locator("#draft-foot")).to_contain_text("One objective is the limit here.")
    expect(tom.get_by_role("button", name="Add objective")).to_have_count(0)
    for name in ("Write the first key result", "Add key result 2"):
        tom.get_by_role("button", name=name).click()
    expect(tom.locator(".kr")).to_have_count(2)
    expect(tom.get_by_role("button", name=re.compile("Add key result"))).to_have_count(0)
    types = tom.locator('.kr select[name="type"]').first.locator("option")
    expect(types).to_have_count(2)  # no milestone
    for column in ("commit", "target", "stretch"):
        write(ready(words_field(tom, f":{column}")), f"9 {column}")
    saved(tom)
    (objective,) = house.api("GET", f"/rooms/{room}/draft")["objectives"]
    result = objective["key_results"][0]
    assert (result["commit"], result["target"], result["stretch"]) == ("9 commit", "9 target", "9 stretch")
    tom.get_by_role("link", name="All ground rules and their reasons").click()
    for key in REQUIRED:
        expect(tom.locator(f"#rule-{key}")).to_contain_text(f"We agreed on {key}.")
    assert not looks_good(tom, "the sheet of the workshop")
