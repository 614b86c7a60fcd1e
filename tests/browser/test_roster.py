"""The roster by keyboard, a personal link on two devices, and how their pages look."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.house import Event, House
from tests.browser.looks import looks_good
from tests.browser.people import REFUSED, People

LIST = "Name,Email,Team\n" + "\n".join(f"Person {n},p{n}@finch.example,Team {n % 4}" for n in range(1, 13))


@pytest.fixture
def event(house: House) -> Event:
    """A workshop with twelve people expected."""
    event = house.workshop("Expected")
    house.api("POST", f"/workshops/{event.id}/invitees/import", {"text": LIST})
    return event


def test_rooms_are_given_by_keyboard(house: House, people: People, event: Event) -> None:
    coach = people.coach(house)
    coach.goto(f"/workshops/{event.id}/roster")
    for n in (0, 2):
        coach.locator(".invitees input[type=checkbox]").nth(n).focus()
        coach.keyboard.press("Space")
    assert coach.locator("#tick-all").evaluate("(all) => all.indeterminate")
    coach.locator("#place-room").select_option(event.rooms[1])
    coach.locator("#place-there").focus()
    coach.keyboard.press("Enter")
    expect(coach.locator("#toasts")).to_contain_text("2 people have a place in Room 2 now.")
    expect(coach.locator(".invitees__room").nth(2)).to_have_text("Room 2")
    expect(coach.locator(".invitees input:checked")).to_have_count(0)
    coach.locator("#way-together").focus()
    coach.keyboard.press("Space")
    coach.get_by_role("button", name="Give out rooms").press("Enter")
    expect(coach.locator("#roster-list h1 + p")).to_contain_text("everybody has a room")


def test_a_refusal_leaves_once_what_was_refused_is_done(house: House, people: People, event: Event) -> None:
    coach = people.coach(house, may_say=REFUSED)
    coach.goto(f"/workshops/{event.id}/roster")
    refusal = {"HX-Reswap": "none", "HX-Trigger": '{"toast": {"text": "Not just now.", "kind": "stop"}}'}
    coach.route("**/roster/deal", lambda route: route.fulfill(status=409, headers=refusal))
    give_out = coach.get_by_role("button", name="Give out rooms")
    give_out.click()
    red = coach.locator("#toasts .toast--stop")
    expect(red).to_contain_text("Not just now.")
    coach.locator(".invitees input[type=checkbox]").first.check()
    coach.locator("#place-room").select_option(event.rooms[1])
    coach.locator("#place-there").click()
    expect(coach.locator("#toasts")).to_contain_text("One person has a place in Room 2 now.")
    expect(red).to_be_visible()  # that was something else
    coach.unroute("**/roster/deal")
    give_out.click()
    expect(coach.locator("#toasts")).to_contain_text("11 people were given a room.")
    expect(red).to_have_count(0, timeout=3_000)  # long before it would leave by itself


def test_a_list_is_pasted_looked_at_and_taken(house: House, people: People) -> None:
    event = house.workshop("Pasted")
    coach = people.coach(house, may_say=REFUSED)
    coach.goto(f"/workshops/{event.id}/roster")
    found = looks_good(coach, "empty roster")
    coach.get_by_role("link", name="Import a list").click()
    coach.locator("#f-text").fill("Name,Email\nAna,ana@\n=A1,x@x.org")
    coach.get_by_role("button", name="Look at it first").click()
    expect(coach.get_by_role("heading", name="2 lines need a look")).to_be_visible()
    found += looks_good(coach, "lines that need a look")
    coach.locator("#f-text").fill(LIST)
    coach.get_by_role("button", name="Look at it first").click()
    expect(coach.get_by_role("button", name="Add 12 people")).to_be_visible()
    found += looks_good(coach, "what would happen")
    coach.get_by_role("button", name="Add 12 people").click()
    expect(coach.locator(".invitees li")).to_have_count(12)
    found += looks_good(coach, "roster")
    coach.get_by_role("link", name="Person 3").click()
    expect(coach.locator("#personal-link")).to_be_visible()
    found += looks_good(coach, "one person")
    assert not found, "\n".join(found)


def test_a_personal_link_is_one_seat_on_two_devices(house: House, people: People, event: Event) -> None:
    line = house.api("GET", f"/workshops/{event.id}/invitees")["invitees"][0]
    link = urlsplit(line["link"]).path
    laptop, phone = (people.somebody(name, house.server.address) for name in ("Laptop", "Phone"))
    laptop.goto(link)
    found = looks_good(laptop, "welcome")
    laptop.get_by_role("button", name="Take my seat as Person 1").click()
    laptop.wait_for_url("**/rooms/**")
    phone.goto(link)
    found += looks_good(phone, "welcome back")
    phone.get_by_role("button", name="Continue as Person 1").click()
    phone.wait_for_url("**/rooms/**")
    people_there = house.api("GET", f"/workshops/{event.id}/participants")
    assert [each["name"] for each in people_there] == ["Person 1"]
    assert not found, "\n".join(found)
