"""Pages no other test looks at: decisions, both screens of a council, refused forms, rare account pages."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.looks import looks_good
from tests.browser.people import REFUSED, People
from tests.browser.steps import live


def looked_at(page: Page, paths: Iterable[str]) -> list[str]:
    """What is wrong with these pages."""
    found = []
    for path in paths:
        page.goto(path)
        found += looks_good(page, path)
    return found


def test_decisions_and_the_sheet(house: House, people: People) -> None:
    leader = people.coach(house, "Leo", may_say=REFUSED)
    here = f"/programs/{house.cast.program}"
    found = looked_at(leader, (f"{here}/decisions?show=levels", f"{here}/councils", f"{here}/sheet"))
    assert not found, "\n".join(found)


def test_forms_of_a_program_that_were_refused(house: House, people: People) -> None:
    leader = people.coach(house, "Leo", may_say=REFUSED)
    here = f"/programs/{house.cast.program}"
    found = []
    refused = {
        f"{here}/why": "Keep the why",
        f"{here}/decisions?show=scoring": "Record decision",
        f"{here}/units/new": "Add unit",
    }
    for path, button in refused.items():
        leader.goto(path)
        if path.endswith("/why"):
            leader.locator("#change-why").evaluate("(details) => { details.open = true }")
            leader.locator("#f-why").fill("")
        leader.locator("main form").evaluate_all("(forms) => forms.forEach((form) => form.noValidate = true)")
        leader.get_by_role("button", name=button).locator("visible=true").first.click()
        expect(leader.locator(".error").first).to_be_visible()
        found += looks_good(leader, f"{path} refused")
    assert not found, "\n".join(found)


def test_pages_for_whoever_has_a_link(own_house: House, people: People) -> None:
    house = own_house
    leader = people.coach(house, "Leo", may_say=REFUSED)
    here = f"/programs/{house.cast.program}"
    leader.goto(f"{here}/plan/hands")
    opt_in = leader.locator("#opt-in-link").input_value()
    leader.goto(f"{here}/councils")
    leader.get_by_role("button", name="Start the meeting").click()
    table = leader.locator("#table-link").input_value()
    nobody = people.somebody("Nobody", house.server.address, may_say=REFUSED)
    sheet = re.search(r"/sheets/[\w-]+", leader.request.get(f"{here}/sheet").text())
    assert sheet
    found = looked_at(nobody, (opt_in, sheet.group(), table))
    nobody.goto(opt_in)
    nobody.locator("form").evaluate("(form) => form.noValidate = true")
    nobody.get_by_role("button", name="Raise my hand").click()
    expect(nobody.get_by_text("Your name, please")).to_be_visible()
    found += looks_good(nobody, "a hand without a name")
    found += decided_live(leader, nobody, table)
    assert not found, "\n".join(found)


def decided_live(desk: Page, chair: Page, link: str) -> list[str]:
    """Both screens of a council, from the first question to its end."""
    chair.goto(link)
    chair.get_by_label("Your name").fill("Hanna Lind")
    chair.get_by_role("button", name="Sit down").click()
    live(chair)
    live(desk)
    found = looks_good(desk, "desk, before") + looks_good(chair, "chair, before")
    desk.locator("#desk-next").click()
    expect(chair.locator(".choice form")).to_be_visible()
    found += looks_good(desk, "desk, asked") + looks_good(chair, "chair, asked")
    chair.locator(".choice form input:is([type=checkbox], [type=radio]):enabled").first.check()
    chair.get_by_role("button", name="Choose", exact=True).click()
    expect(chair.locator(".chosen")).to_be_visible()
    desk.locator("#desk-reveal").click()
    expect(desk.get_by_role("button", name="Record decision")).to_be_in_viewport(ratio=1)
    expect(chair.locator(".spread")).to_be_visible()
    found += looks_good(desk, "desk, shown") + looks_good(chair, "chair, shown")
    desk.locator("#council-record textarea").fill("We agreed.")
    desk.get_by_role("button", name="Record decision").click()
    expect(chair.locator(".agreed")).to_be_visible()
    found += looks_good(desk, "desk, settled") + looks_good(chair, "chair, settled")
    desk.locator("#desk-end").click()
    desk.get_by_role("button", name="End the meeting").last.click()
    expect(chair.get_by_text("Thank you.")).to_be_visible()
    return found + looks_good(desk, "desk, ended") + looks_good(chair, "chair, ended")


def test_account_pages_that_few_people_meet(own_house: House, people: People) -> None:
    """A new password, an address that is taken, and a role that changes."""
    house = own_house
    owner = people.coach(house, may_say=REFUSED)
    owner.goto("/people")
    owner.locator('form[action*="/people/invitations"] select').select_option("leader")
    owner.get_by_role("button", name="Make an invitation link").click()
    invitation = owner.locator("input[value*='/invitations/']").first.input_value()
    nobody = people.somebody("Nobody", house.server.address, may_say=REFUSED)
    nobody.goto(invitation)
    nobody.get_by_label("Your name").fill("Mara")
    nobody.get_by_label("Email").fill("someone@else.example")
    nobody.get_by_label("Password").fill("a boat for eight rowers")
    nobody.get_by_role("button", name="Make my account").click()
    owner.goto("/people")
    owner.locator('form[action*="/people/invitations"] select').select_option("owner")
    owner.get_by_role("button", name="Make an invitation link").click()
    another = owner.locator("input[value*='/invitations/']").first.input_value()
    found = looked_at(nobody, (another,))  # a role that changes
    expect(nobody.get_by_text("Your role changes from leader to owner.")).to_be_visible()
    third = people.somebody("Third", house.server.address, may_say=REFUSED)
    third.goto(another)
    third.get_by_label("Your name").fill("Mara")
    third.get_by_label("Email").fill("someone@else.example")
    third.get_by_label("Password").fill("a boat for eight rowers")
    third.get_by_role("button", name="Make my account").click()
    expect(third.get_by_text("Is it your account?")).to_be_visible()
    found += looks_good(third, "an address that is taken")
    owner.goto("/people")
    owner.locator("form[action*='/password-link']").last.evaluate("(form) => form.submit()")
    link = owner.locator("input[value*='/new-password/'], input[value*='/password/']").first.input_value()
    found += looked_at(third, (link,))
    third.locator("form").evaluate("(form) => form.noValidate = true")
    third.get_by_label("New password").fill("short")
    third.get_by_role("button", name="Set it and sign in").click()
    expect(third.locator(".error")).to_be_visible()
    found += looks_good(third, "a new password that is too short")
    assert not found, "\n".join(found)
