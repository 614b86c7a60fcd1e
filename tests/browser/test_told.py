"""What a room says about itself wherever one has scrolled to: locked drafts, a move, open comments."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import People
from tests.browser.steps import live


@pytest.mark.parametrize("width", [1440, 390])
def test_locked_drafts_are_said_wherever_one_has_scrolled_to(
    house: House, people: People, width: int
) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    house.objective(event, token)
    ana = people.member(house, event, "Ana", token, viewport={"width": width, "height": 500})
    ana.goto(event.room())
    live(ana)
    ana.evaluate("scrollTo(0, document.body.scrollHeight)")
    house.api("POST", f"/workshops/{event.id}/lock")
    reason = ana.get_by_text("Drafts are locked for the moment.")
    expect(reason).to_be_in_viewport()
    bar = ana.locator(".bar").bounding_box()
    words = reason.bounding_box()
    assert bar is not None
    assert words is not None
    assert words["y"] >= bar["y"] + bar["height"] - 1


def test_a_moved_person_is_told(house: House, people: People) -> None:
    event = house.workshop()
    seat, token = house.seat(event, "Ana")
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    live(ana)
    house.api("POST", f"/seats/{seat}/move", {"room_id": event.rooms[1]})
    ana.wait_for_url(re.compile(event.room(2)))
    expect(ana.locator("#toasts")).to_contain_text("Your coach moved you from Room 1 to Room 2.")


@pytest.mark.parametrize("width", [1440, 390])
def test_open_comments_are_counted_in_the_bar(house: House, people: People, width: int) -> None:
    event = house.workshop()
    _, token = house.seat(event, "Ana")
    house.objective(event, token)
    ana = people.member(house, event, "Ana", token, viewport={"width": width, "height": 700})
    ana.goto(event.room())
    live(ana)
    count = ana.locator("#open-comments")
    expect(count).to_be_hidden()
    said = house.api("POST", f"/rooms/{event.rooms[0]}/comments", {"body": "Why this one?"})
    expect(count).to_have_text("1open comment")
    way = count.get_by_role("link", name="1 open comment")
    expect(way).to_be_in_viewport()
    way.click()
    expect(ana.locator(f"#thread-{said['id']}")).to_be_in_viewport()
    house.api("POST", f"/comments/{said['id']}/resolve")
    expect(count).to_be_hidden()
