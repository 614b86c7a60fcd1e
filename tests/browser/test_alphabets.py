"""Words of every alphabet: no letter is cut in two, and nobody disturbs an input method."""

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.people import People
from tests.browser.steps import field, live, ready, saved

FAMILY = "👩‍👩‍👧"  # five code points that are one picture
SAMPLES = [f"{FAMILY} for all 🏳️‍🌈 e\u0301", "זמן ההחזר קצר", "काम आसान है"]


def two_in_a_room(house: House, people: People) -> tuple[Page, Page, list[str]]:
    """Ana's and Ben's pages of one room with an objective, and where its draft is read."""
    event = house.workshop()
    tokens = [house.seat(event, name)[1] for name in ("Ana", "Ben")]
    house.objective(event, tokens[0])
    pages = [people.member(house, event, n, t) for n, t in zip(("Ana", "Ben"), tokens, strict=True)]
    for page in pages:
        page.goto(event.room())
        live(page)
        ready(field(page, ":title"))
    return pages[0], pages[1], [f"/rooms/{event.rooms[0]}/draft", tokens[0]]


def stored(house: House, where: list[str]) -> str:
    """The title on the server."""
    path, token = where
    return str(house.api("GET", path, token=token)["objectives"][0]["title"])


def test_letters_of_every_alphabet_arrive_whole(house: House, people: People) -> None:
    ana, ben, where = two_in_a_room(house, people)
    hers, his = field(ana, ":title"), field(ben, ":title")
    for words in SAMPLES:
        hers.fill(words)
        expect(his).to_have_value(words)
        his.press("Control+Home")
        ben.keyboard.insert_text("«")
        expect(hers).to_have_value("«" + words)
        hers.press("End")
        ana.keyboard.insert_text("😀»")
        expect(his).to_have_value("«" + words + "😀»")
        hers.press("Backspace")
        hers.press("Backspace")
        expect(his).to_have_value("«" + words)
        saved(ana)
        saved(ben)
        assert stored(house, where) == "«" + words


def test_a_remote_letter_does_not_break_what_an_input_method_composes(house: House, people: People) -> None:
    ana, ben, where = two_in_a_room(house, people)
    hers, his = field(ana, ":title"), field(ben, ":title")
    hers.fill("は簡単")
    expect(his).to_have_value("は簡単")
    hers.focus()
    hers.press("Control+Home")
    method = ana.context.new_cdp_session(ana)
    for so_far in ("h", "へ", "へn", "へんぴん"):
        method.send("Input.imeSetComposition", composing(so_far))
    expect(hers).to_have_value("へんぴんは簡単")
    his.press("Control+End")
    ben.keyboard.insert_text("です🙂")
    saved(ben)
    assert hers.input_value() == "へんぴんは簡単"  # what is being composed is left alone
    method.send("Input.imeSetComposition", composing("返品"))
    method.send("Input.insertText", {"text": "返品"})
    for box in (hers, his):
        expect(box).to_have_value("返品は簡単です🙂")
    assert hers.evaluate("(it) => it.selectionStart") == len("返品")
    saved(ana)
    assert stored(house, where) == "返品は簡単です🙂"


def composing(text: str) -> dict[str, object]:
    """What an input method tells Chromium with each key."""
    return {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
