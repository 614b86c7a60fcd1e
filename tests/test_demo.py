"""The demo data: believable on every page, from its rows and from its documents."""

import re

import pytest

from boathouse.demo import CAST, HANDS, ROOMS, TITLE, seed_demo
from boathouse.workshop.exports import from_json
from tests.cast import Cast


@pytest.fixture
def demo(server, settings, capsys) -> str:
    """The path of the link that signs Mara in."""
    server.portal.call(seed_demo, server.app.state.database, settings)
    found = re.search(r"http://\S+(/sign-in/\S+)", capsys.readouterr().out)
    assert found
    return found[1]


def test_the_link_signs_mara_in_and_the_wall_is_full(server, demo):
    assert "Welcome, Mara" in server.get(demo).text
    server.post(demo)
    shelf = server.get("/workshops").text
    assert TITLE.replace("&", "&amp;") in shelf
    workshop = re.search(r'href="/workshops/(\w{12})/board"', shelf)
    assert workshop
    board = server.get(f"/workshops/{workshop[1]}/board").text
    assert len(set(re.findall(r'id="(tile-\w{12})"', board))) == ROOMS
    assert "Hand up" in board
    assert "14 min" in board
    for path in ("", "/stage", "/people"):
        assert server.get(f"/workshops/{workshop[1]}{path}").status_code == 200
    people = server.get("/people").text
    assert all(name in people for name in CAST)


def test_documents_say_what_the_rows_say(server, demo):
    server.post(demo)
    workshop = re.search(r'href="/workshops/(\w{12})/board"', server.get("/workshops").text)
    assert workshop
    data = from_json(server.get(f"/workshops/{workshop[1]}/export").text)
    drafted = [room for room in data.rooms if room.objectives]
    assert len(drafted) == ROOMS - 1
    assert all(room.objectives[0].title and room.todos[0].outcome for room in drafted)
    assert sum(len(room.objectives[0].key_results) for room in drafted) > ROOMS
    comments = [said for room in drafted for line in room.objectives[0].key_results for said in line.comments]
    assert len(comments) == len(HANDS) + 1
    assert all(said.author == "Tom" and len(said.replies) == 1 and said.about for said in comments)


def test_two_programs_are_under_way(server, demo):
    server.post(demo)
    shelf = server.get("/programs").text
    small, large = (
        re.search(rf'href="(/programs/\w{{12}})"><b>{name}', shelf) for name in ("Alder", "Nordhafen")
    )
    assert small
    assert large
    for program in (small[1], large[1]):
        for page in ("", "/why", "/decisions", "/plan", "/calendar", "/people", "/units", "/plan/stances"):
            assert server.get(f"{program}{page}").status_code == 200, page
    assert "9 of 13 decided" in server.get(small[1]).text
    assert "Cycle 1" in server.get(f"{small[1]}/calendar").text
    assert "13 of 13 decided" in server.get(large[1]).text
    assert "Cycle 3" in server.get(f"{large[1]}/calendar").text
    assert "Moved from" in server.get(f"{large[1]}/calendar").text


def test_it_leaves_what_is_there_alone(server, cast: Cast, demo):
    assert cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}").json()["title"] == TITLE
    draft = cast.script("Ana").get(f"/api/v1/rooms/{cast.rooms[1]}/draft").json()
    assert draft["objectives"][0]["title"] == "Returns are easy"
