"""The wall's calm: no tile moves under a pointer or while one reads; the newest order waits to be wanted."""

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.house import Event, House
from tests.browser.people import People
from tests.browser.steps import live


def at_the_wall(house: House, people: People) -> tuple[Event, Page]:
    """Mara looks at four rooms of which none waits."""
    event = house.workshop(rooms=4)
    for number in (1, 2, 3, 4):
        house.seat(event, f"Ana {number}", number)
    coach = people.coach(house)
    coach.goto(event.board)
    live(coach)
    expect(tiles(coach, "now")).to_have_count(0)
    return event, coach


def tiles(page: Page, band: str) -> Locator:
    """The rooms that stand in a band."""
    return page.locator(f'[data-band-list="{band}"] > [data-tile]')


def place_of(page: Page, event: Event, number: int) -> FloatRect | None:
    """Where the room's tile is on the screen."""
    return page.locator(f"#tile-{event.rooms[number - 1]}").bounding_box()


def raise_hand(house: House, event: Event, number: int) -> None:
    """Of a room, by the coach's script."""
    house.api("POST", f"/rooms/{event.rooms[number - 1]}/help")


def test_nothing_moves_under_the_pointer_until_it_is_wanted(house: House, people: People) -> None:
    event, coach = at_the_wall(house, people)
    coach.locator(f"#tile-{event.rooms[1]} a.tile").hover()
    before = [place_of(coach, event, number) for number in (1, 2, 3, 4)]
    raise_hand(house, event, 4)
    cue = coach.locator("[data-order-cue]")
    expect(cue).to_be_visible()
    expect(coach.get_by_role("heading", name="1 room needs a human")).to_be_visible()
    assert [place_of(coach, event, number) for number in (1, 2, 3, 4)] == before
    cue.focus()
    coach.keyboard.press("u")
    expect(cue).to_be_hidden()
    expect(tiles(coach, "now")).to_have_count(1)
    expect(coach.locator('[data-band-of="now"] [data-band-count]')).to_have_text("1 room")


def test_nothing_moves_while_a_tile_has_the_focus_or_a_room_is_read(house: House, people: People) -> None:
    event, coach = at_the_wall(house, people)
    coach.keyboard.press("j")
    expect(coach.locator("a.tile").first).to_be_focused()
    before = [place_of(coach, event, number) for number in (1, 2, 3, 4)]
    raise_hand(house, event, 3)
    cue = coach.locator("[data-order-cue]")
    expect(cue).to_be_visible()
    assert [place_of(coach, event, number) for number in (1, 2, 3, 4)] == before
    coach.keyboard.press("Enter")
    expect(coach.locator("#drawer-head")).to_be_visible()
    coach.locator("#drawer .drawer__body").click()
    coach.keyboard.press("u")
    expect(tiles(coach, "now")).to_have_count(1)
    raise_hand(house, event, 4)
    expect(cue).to_be_visible()
    expect(tiles(coach, "now")).to_have_count(1)


def test_at_rest_the_wall_puts_itself_in_order(house: House, people: People) -> None:
    event, coach = at_the_wall(house, people)
    raise_hand(house, event, 4)
    expect(tiles(coach, "now")).to_have_count(1)
    expect(coach.locator("[data-order-cue]")).to_be_hidden()
