"""The room's page: what it shows to whom, and that pushes bring a stale page up to date."""

import json
import re

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.cast import Cast
from tests.watching import pushed, watch


def room_page(cast: Cast, who: str = "Ana", room: int = 1) -> str:
    """The page's html."""
    answer = cast.browser(who).get(f"/rooms/{cast.rooms[room]}")
    assert answer.status_code == 200
    return answer.text


def live(client: TestClient, cast: Cast, room: int = 1):  # type: ignore[no-untyped-def]
    """The live socket of a room, as the page opens it."""
    return client.websocket_connect(
        f"/rooms/{cast.rooms[room]}/live", headers={"origin": "http://testserver"}
    )


def test_fields_meet_the_document_by_name(cast: Cast) -> None:
    page = room_page(cast)
    for name in (
        f"objective:{cast.objective}:title",
        f"objective:{cast.objective}:why",
        *(f"key_result:{cast.key_result}:{column}" for column in ("statement", "start", "target", "unit")),
        f"todo:{cast.todo}:text",
        f"todo:{cast.todo}:outcome",
    ):
        assert page.count(f'data-field="{name}"') == 1
        assert page.count(f'data-field-box="{name}"') == 1
    assert "Money back fast</textarea>" in page


@pytest.mark.parametrize(
    ("column", "most"), [("title", 200), ("why", 1500), ("statement", 300), ("start", 40), ("unit", 80)]
)
def test_fields_have_their_greatest_length(cast: Cast, column: str, most: int) -> None:
    tag = re.search(rf'<[^>]*data-field="[^"]*:{column}"[^>]*>', room_page(cast))
    assert tag
    assert f'maxlength="{most}"' in tag[0]


@pytest.mark.parametrize(
    ("who", "writes", "standing"),
    [("Ana", "yes", "member"), ("Tom", "yes", "facilitator"), ("Vera", "no", "observer")],
)
def test_a_page_says_who_looks_and_whether_they_write(
    cast: Cast, who: str, writes: str, standing: str
) -> None:
    page = room_page(cast, who)
    assert f'data-writes="{writes}"' in page
    assert f'data-standing="{standing}"' in page


def test_whoever_has_no_place_here_is_told_so(cast: Cast) -> None:
    path = f"/rooms/{cast.rooms[1]}"
    own_room = cast.browser("Cleo").get(path)  # she sits in another one
    assert (own_room.status_code, own_room.headers["location"]) == (303, f"/rooms/{cast.rooms[2]}")
    assert cast.browser("Ines").get(path).status_code == 403
    assert cast.browser("nobody").get(path).status_code == 303
    assert cast.browser("Mara").get("/rooms/nowhere").status_code == 404


def test_script_in_words_and_names_stays_words(cast: Cast) -> None:
    script = "<script>alert(1)</script>"
    assert cast.portal
    cast.portal.call(
        cast.app.state.documents.edit,
        cast.rooms[1],
        {
            f"objective:{cast.objective}:title": f"</textarea>{script}",
            f"key_result:{cast.key_result}:start": f'">{script}',
        },
    )
    cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/comments", json={"body": script})
    page = room_page(cast)
    assert script not in page
    assert page.count("&lt;script&gt;") >= 3


def test_a_first_line_break_is_kept(cast: Cast) -> None:
    """A browser drops one line break after <textarea>, so there is always one of ours."""
    assert cast.portal
    cast.portal.call(
        cast.app.state.documents.edit, cast.rooms[1], {f"objective:{cast.objective}:why": "\nBecause"}
    )
    assert "hx-morph-skip>\n\nBecause</textarea>" in room_page(cast)


def test_limits_are_explained_before_a_button_is_pressed(cast: Cast) -> None:
    assert "Three is the limit. Two done well beats three." in room_page(cast)
    assert "Add objective 2" in room_page(cast)
    for _ in range(2):
        cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/objectives")
    assert "Add objective" not in room_page(cast)
    assert "Three is the limit. Two done well beats three." in room_page(cast)


def test_an_empty_room_asks_a_question(cast: Cast) -> None:
    page = room_page(cast, "Cleo", 2)
    assert "Write the first objective" in page
    assert "Start from what is on your list anyway." in page


def test_after_the_end_the_draft_is_text_to_keep(cast: Cast) -> None:
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    page = room_page(cast)
    assert "data-field=" not in page
    assert "Money back fast" in page
    assert "From what?" in page
    assert "Download as Markdown" in page
    assert 'data-writes="no"' in page
    assert "hx-post" not in page


def regions(socket, names: set[str]) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """The newest html of these regions, once all of them came."""
    found: dict[str, str] = {}
    while not names <= set(found):
        message = json.loads(socket.receive_text())
        for each in message if isinstance(message, list) else [message]:
            found[each.get("region", "")] = each.get("content", "")
    return found


def test_a_stale_page_and_its_pushes_equal_a_fresh_page(cast: Cast) -> None:
    browser = cast.browser("Ana")
    with live(browser, cast) as socket:
        regions(socket, {"draft", "room-threads"})
        cast.script("Ben").post(f"/api/v1/rooms/{cast.rooms[1]}/objectives")
        pushed = regions(socket, {"draft"})["draft"]
        while "Objective 2" not in pushed:
            pushed = regions(socket, {"draft"})["draft"]
    assert unnumbered(pushed) in unnumbered(room_page(cast))


def unnumbered(html: str) -> str:
    """Without the serial numbers of questions, which count what was shown."""
    return re.sub(r' data-serial="\d+"', "", html)


def test_a_region_holds_nothing_of_its_viewer(cast: Cast) -> None:
    def draft_in(page: str) -> str:
        return page[page.index('<div id="draft"') : page.index('id="composer"')]

    assert (
        draft_in(room_page(cast, "Ana"))
        == draft_in(room_page(cast, "Tom"))
        == draft_in(room_page(cast, "Vera"))
    )


@pytest.mark.parametrize(("who", "code"), [("Cleo", 4403), ("nobody", 4401), ("Ines", 4403)])
def test_the_live_socket_is_for_the_room(cast: Cast, who: str, code: int) -> None:
    with pytest.raises(WebSocketDisconnect) as ended, live(cast.browser(who), cast) as socket:
        socket.receive_text()
    assert ended.value.code == code


def test_another_name_of_the_room_or_the_workshop_shows_at_once(server: TestClient, cast: Cast) -> None:
    tom = cast.browser("Tom")
    with watch(server, cast, "Ana", f"/rooms/{cast.rooms[1]}/live") as room:
        tom.post(f"/rooms/{cast.rooms[1]}/rename", data={"name": "Returns"})
        pushed(room, room_name="Room 1, Returns")
        tom.post(f"/workshops/{cast.workshop}/settings", data={"title": "Wave 2"})
        pushed(room, room_name="Wave 2")
    assert (
        "<b>Room 1, Returns</b><span>Wave 2</span>" in cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    )


def test_a_crew_sees_the_coach_who_reads_beside_the_wall(server: TestClient, cast: Cast) -> None:
    with (
        watch(server, cast, "Ana", f"/rooms/{cast.rooms[1]}/live") as room,
        watch(server, cast, "Tom", f"/rooms/{cast.rooms[1]}/drawer/live"),
    ):
        pushed(room, roster="Tom, coach")
    assert "Tom, coach" not in room_page(cast)
