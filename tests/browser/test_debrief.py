"""The end of a workshop in a browser: the debrief for coach and sponsor, and handing a draft over."""

from playwright.sync_api import Route, expect

from tests.browser.house import House
from tests.browser.looks import looks_good
from tests.browser.people import REFUSED, People
from tests.browser.steps import field, live, ready, saved


def test_from_the_end_to_the_unit(house: House, people: People) -> None:
    event = house.workshop("The end", program_id=house.cast.program)
    _, token = house.seat(event, "Ana")
    house.objective(event, token)
    ana = people.member(house, event, "Ana", token)
    ana.goto(event.room())
    live(ana)
    ready(field(ana, ":title")).fill("Returns are easy")
    ready(field(ana, ":statement")).fill("Returns booked without a call")
    ready(field(ana, ":target")).fill("75")
    saved(ana)
    house.api("POST", f"/workshops/{event.id}/phases/next")
    house.api("POST", f"/workshops/{event.id}/end")
    found: list[str] = []
    coach = people.coach(house, may_say=REFUSED)
    coach.goto(f"/workshops/{event.id}")
    coach.get_by_role("link", name="Debrief: did it work?").click()
    expect(coach.get_by_role("heading", name="Who was there")).to_be_visible()
    found += looks_good(coach, "debrief")
    coach.get_by_role("link", name="For the sponsor").click()
    expect(coach.get_by_role("heading", name="How long answers took")).to_have_count(0)
    coach.get_by_role("link", name="Hide all names").click()
    expect(coach.locator("main")).not_to_contain_text("Ana")
    found += looks_good(coach, "debrief without names")
    held: list[Route] = []
    coach.route("**/export?**", lambda route: held.append(route))
    with coach.expect_download() as paper:
        with coach.expect_request("**/export?**"):
            coach.get_by_role("link", name="PDF").click()
        expect(coach.locator("html[data-busy]")).to_have_count(1)
        held[0].continue_()
    expect(coach.locator("[aria-busy]")).to_have_count(0)
    assert paper.value.suggested_filename == "the-end-for-the-sponsor-without-names.pdf"
    with coach.expect_request("**/export?**"):
        coach.get_by_role("link", name="Excel").click()
    expect(coach.locator("[aria-busy]")).to_have_count(1)
    held[1].fulfill(status=429)
    expect(coach.locator("#toasts")).to_contain_text("could not be made")
    coach.unroute("**/export?**")

    coach.get_by_role("link", name="Hand over drafts").click()
    coach.get_by_label("Unit of Room 1").fill("Nowhere")
    coach.get_by_role("button", name="Hand over what is new").click()
    expect(coach.locator("[aria-invalid=true]")).to_be_visible()
    found += looks_good(coach, "hand-over with an error")
    coach.get_by_label("Unit of Room 1").fill("Returns")
    coach.get_by_role("button", name="Hand over what is new").click()
    coach.get_by_role("link", name="Returns", exact=True).click()
    expect(coach.get_by_role("heading", name="Draft OKRs")).to_be_visible()
    expect(coach.locator(".okrs")).to_contain_text("From what?")
    found += looks_good(coach, "unit with draft OKRs")

    house.api("POST", f"/workshops/{event.id}/reopen")
    ana.goto(event.room())
    live(ana)
    ready(field(ana, ":start")).fill("34")
    saved(ana)
    coach.goto(f"/workshops/{event.id}/hand-over")
    coach.get_by_role("link", name="See what is different").click()
    expect(coach.locator(".handover__changes ins")).to_have_text("34")
    found += looks_good(coach, "the difference")
    coach.get_by_role("button", name="Replace it for Returns").click()
    expect(coach.get_by_text("Handed over", exact=True)).to_be_visible()
    assert not found, "\n".join(found)


def test_who_is_signed_out_meanwhile_signs_in_instead_of_saving_that_page(
    house: House, people: People
) -> None:
    event = house.workshop("The end")
    coach = people.coach(house)
    coach.goto(f"/workshops/{event.id}")
    coach.context.clear_cookies()
    coach.get_by_role("link", name="Excel, with all figures").click()
    coach.wait_for_url("**/sign-in?next=**")
