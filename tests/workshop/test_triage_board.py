"""Triage on the board: findings on tiles, patterns, the queue and who takes what."""

import re

import pytest

from boathouse.core.clock import now
from boathouse.rollout.checks import CODES
from boathouse.workshop.board import RoomState
from boathouse.workshop.finding_names import named
from boathouse.workshop.patterns import patterns_of
from boathouse.workshop.tables import Comment, KeyResult, Meant, Room
from tests.workshop.test_board import add, board, board_of, change, live, tile_in, until  # noqa: F401


@pytest.fixture
def flawed(board):  # noqa: F811
    """Room 1 has a task for a key result; nobody is here."""
    change(board, KeyResult, board.key_result, statement="Write 20 help articles")
    return board


def take_next(cast, name="Tom", after=""):
    return cast.browser(name).post(f"/workshops/{cast.workshop}/queue/next", data={"after": after})


def test_a_tile_tells_where_a_coach_would_begin(flawed):
    tile = tile_in(board_of(flawed).text, flawed.rooms[1])
    assert f'data-worst-place="key_result:{flawed.key_result}:statement"' in tile
    assert 'data-worst-code="kr.output"' in tile
    assert "kr.output" in re.search(r'data-codes="([^"]*)"', tile)[1].split()
    assert "A task where a result should be" in tile
    assert "data-worst" not in tile_in(board_of(flawed).text, flawed.rooms[2])


def test_what_a_coach_asked_about_is_counted_but_not_asked_again(flawed):
    asked = Comment(
        room_id=flawed.rooms[1],
        key_result_id=flawed.key_result,
        field="statement",
        body="And then?",
        author_name="Tom",
        person_id=flawed.people["Tom"],
    )
    add(flawed, asked)
    tile = tile_in(board_of(flawed).text, flawed.rooms[1])
    assert 'data-worst-code="kr.output"' not in tile
    assert "kr.output" in re.search(r'data-codes="([^"]*)"', tile)[1].split()


def test_what_the_crew_means_is_no_finding(flawed):
    item = f"key_result:{flawed.key_result}"
    add(flawed, Meant(room_id=flawed.rooms[1], item=item, code="kr.output", said_by="Ana"))
    assert "kr.output" not in tile_in(board_of(flawed).text, flawed.rooms[1])


def test_the_head_tells_the_order_and_who_is_next(flawed):
    change(flawed, Room, flawed.rooms[2], help_since=now())
    html = board_of(flawed).text
    queue = re.search(r'data-queue="([^"]*)"', html)[1].split()
    assert queue == [flawed.rooms[2], flawed.rooms[1]]
    assert f'data-next-room="{flawed.rooms[2]}"' in html
    assert "2 in the queue" in html
    assert "nobody yet" in html


def test_two_coaches_are_never_handed_the_same_room(flawed):
    change(flawed, Room, flawed.rooms[2], help_since=now())
    board_of(flawed)
    first, second = take_next(flawed, "Tom").json(), take_next(flawed, "Mara").json()
    assert (first["room"], first["place"]) == (flawed.rooms[2], None)
    assert second["room"] == flawed.rooms[1]
    assert second["code"] == "kr.output"
    assert take_next(flawed, "Mara", after=flawed.rooms[1]).status_code == 204, "Tom has the only other one"
    assert take_next(flawed, "Tom").json()["room"] == flawed.rooms[2], "one's own is no collision"


def test_a_claimed_room_is_left_to_its_coach(flawed):
    change(flawed, Room, flawed.rooms[2], help_since=now(), claimed_by=flawed.people["Mara"])
    html = board_of(flawed).text
    assert f'data-next-room="{flawed.rooms[1]}"' in html
    assert take_next(flawed, "Tom").json()["room"] == flawed.rooms[1]


@pytest.mark.parametrize("name", ["Leo", "Vera", "Ines", "Ana"])
def test_only_coaches_take_rooms(flawed, name):
    assert take_next(flawed, name).status_code == 403


def test_findings_of_written_words_reach_a_watched_board_once_they_rest(board, monkeypatch):  # noqa: F811
    monkeypatch.setattr("boathouse.workshop.resting.PAUSE", 0.2)
    monkeypatch.setattr("boathouse.workshop.web.walls.TICK", 0.1)
    field = f"key_result:{board.key_result}:statement"
    with live(board) as socket:
        until(socket, lambda push: push["region"] == "wall-head")

        async def write():
            await board.app.state.documents.edit(board.rooms[1], {field: "Write 20 help articles"})
            await board.app.state.documents.flush([board.rooms[1]])

        board.app.state.portal.call(write)
        until(
            socket,
            lambda push: push["region"] == f"tile-{board.rooms[1]}" and "kr.output" in push["content"],
        )


def test_patterns_are_what_several_open_rooms_share():
    def rooms(number, code, **more):
        return [RoomState(f"{code}{n}", n, "", findings=((code, 2),), **more) for n in range(number)]

    some = [*rooms(3, "kr.no_owner"), *rooms(2, "kr.output"), *rooms(1, "kr.vague")]
    some += rooms(9, "kr.bundled", closed=True)
    assert [(each.code, each.rooms) for each in patterns_of(some)] == [("kr.output", 2), ("kr.no_owner", 3)]
    assert patterns_of(some)[0].words == "rooms have a task where a result should be"


def test_every_finding_has_a_name():
    assert all(named(code) and named(code, 3).startswith("3 ") for code in CODES)
