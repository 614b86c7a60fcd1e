"""The board: what its page and tiles say, that what is pushed keeps a page fresh, and the same as data."""

import asyncio
import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from boathouse.core.clock import now
from boathouse.workshop.retention import Retention
from boathouse.workshop.tables import Comment, Room, Seat, Workshop


def board_of(cast, name="Tom"):
    return cast.browser(name).get(f"/workshops/{cast.workshop}/board")


def change(cast, table, row_id, **values):
    """Write straight into a row, as another noun would."""

    async def write():
        async with cast.app.state.database.writing() as session:
            row = await session.get(table, row_id)
            for name, value in values.items():
                setattr(row, name, value)

    cast.app.state.portal.call(write)


@pytest.fixture
def board(cast, server):
    cast.app.state.portal, cast.app.state.client = server.portal, server
    server.portal.call(cast.app.state.documents.flush)  # the cast's words count as activity
    return cast


def add(cast, row):
    async def write():
        async with cast.app.state.database.writing() as session:
            session.add(row)

    cast.app.state.portal.call(write)
    return row


@contextmanager
def live(cast, name="Tom"):
    """This person's live socket, on the loop the app runs on; it has ended when the block has."""
    cookie = "; ".join(f"{key}={value}" for key, value in cast.cookies(name).items())
    with opened(cast, f"/workshops/{cast.workshop}/board/live", {"cookie": cookie}) as socket:
        yield socket


@contextmanager
def opened(cast, address, headers):
    """A live socket that has ended when the block has."""
    headers = {"origin": "http://testserver", **headers}
    with cast.app.state.client.websocket_connect(address, headers=headers) as socket:
        yield socket
        socket.close()
        cast.app.state.portal.call(asyncio.sleep, 0.05)  # the test client cancels what has not ended


def until(socket, found):
    """Read pushes, each region on its own, until one fits."""
    while True:
        message = socket.receive_json()
        for push in message.get("regions", [message]):
            if "region" in push and found(push):
                return push


def tile_in(html, room_id):
    return re.search(rf'<li id="tile-{room_id}".*?</li>', html, re.S).group(0)


def test_a_tile_says_how_many_of_the_roster_are_here(board):
    base, tom = f"/api/v1/workshops/{board.workshop}/invitees", board.script("Tom")
    room = board.rooms[2]
    tom.post(f"{base}/place", json={"ids": [board.invitee], "room_id": room})
    assert "One expected" in board_of(board).text
    tom.post(f"{base}/import", json={"text": "Name,Room\nDora,2\nEmil,2"})
    assert "3 expected, none here yet" in board_of(board).text
    seat = board.script("nobody").post("/api/v1/join", json={"code": board.code, "name": "Dora"}).json()
    assert seat["room_id"] == room
    headers = {"authorization": f"Bearer {seat['token']}"}
    with opened(board, f"/rooms/{room}/live", headers) as socket:
        socket.receive_json()
        assert "1 of 3 expected are here" in board_of(board).text
    tom.delete(base)
    assert "expected" not in board_of(board).text


def test_the_page_shows_every_room_with_words_and_people(board):
    html = board_of(board).text
    first = tile_in(html, board.rooms[1])
    assert '<span class="o">Returns are easy</span>' in first
    assert "Money back fast" in first
    assert "Ana, Ben" in first
    assert "0 of 2 here" in first
    assert "No objective yet" in tile_in(html, board.rooms[2])


def test_a_hand_puts_a_room_into_the_first_band_and_into_the_head(board):
    change(board, Room, board.rooms[2], help_since=now())
    html = board_of(board).text
    assert 'data-band="now"' in tile_in(html, board.rooms[2])
    assert "1 room needs a human" in html
    assert "Take the next: room 2" in html


def test_the_head_counts_crews_and_empty_rooms(board):
    for name in ("Ana", "Ben", "Cleo"):
        change(board, Seat, board.seats[name], removed_at=now())
    html = board_of(board).text
    assert "No crew is at work" in html
    assert "2 rooms are empty." in html
    assert "Nobody has joined" in tile_in(html, board.rooms[2])
    assert 'data-band="row"' in tile_in(html, board.rooms[2])


def test_the_banner_says_when_the_simulated_have_left(board):
    change(board, Seat, board.seats["Cleo"], simulated=True)
    assert "1 simulated participant has left." in board_of(board).text


def test_a_reply_is_open_until_a_coach_answers_or_settles_it(board):
    room_id = board.rooms[1]
    first = add(
        board, Comment(room_id=room_id, body="From what?", author_name="Tom", person_id=board.people["Tom"])
    )
    assert 'data-replies="0"' in tile_in(board_of(board).text, room_id)
    reply = Comment(
        room_id=room_id, parent_id=first.id, body="18", author_name="Ana", seat_id=board.seats["Ana"]
    )
    add(board, reply)
    tile = tile_in(board_of(board).text, room_id)
    assert 'data-replies="1"' in tile
    assert "Reply open" in tile
    change(board, Comment, first.id, resolved_at=now())
    assert 'data-replies="0"' in tile_in(board_of(board).text, room_id)


def test_script_in_words_is_shown_as_text(board):
    change(board, Room, board.rooms[1], name="<script>alert(1)</script>")
    change(board, Seat, board.seats["Ana"], name='"><img src=x>')
    html = board_of(board).text
    assert "<script>alert(1)" not in html
    assert "<img src=x>" not in html


def test_a_stale_page_and_the_pushes_make_a_fresh_page(board):
    with live(board) as socket:
        until(socket, lambda push: push["region"] == "wall-head")
        change(board, Room, board.rooms[1], help_since=now(), name="Depot South")
        touch(board, board.rooms[1])
        tile = until(
            socket, lambda push: push["region"] == f"tile-{board.rooms[1]}" and "Depot" in push["content"]
        )
        until(socket, lambda push: push["region"] == "wall-head" and "1 room needs" in push["content"])
        fresh = tile_in(board_of(board).text, board.rooms[1])
    assert tile["content"].strip() == fresh


def touch(cast, room_id):
    async def push():
        cast.app.state.live.touch("board", cast.workshop, "tile", key=room_id)

    cast.app.state.portal.call(push)


def test_written_words_reach_a_watched_board(board):
    with live(board) as socket:
        until(socket, lambda push: push["region"] == "wall-head")

        async def write():
            from boathouse.workshop.tables import Objective

            async with board.app.state.database.writing() as session:
                row = await session.get(Objective, board.objective)
                row.title = "Nobody waits for a refund"
            from boathouse.workshop import web

            web.drafts_written(board.app, {board.rooms[1], "a room of nobody's"})

        board.app.state.portal.call(write)
        push = until(socket, lambda push: push["region"] == f"tile-{board.rooms[1]}")
        while "Nobody waits" not in push["content"]:
            push = until(socket, lambda push: push["region"] == f"tile-{board.rooms[1]}")


def test_a_closed_room_leaves_the_wall(board):
    with live(board) as socket:
        until(socket, lambda push: push["region"] == "wall-head")
        change(board, Room, board.rooms[2], closed_at=now())
        touch(board, board.rooms[2])
        until(
            socket, lambda push: push["region"] == f"tile-{board.rooms[2]}" and "data-gone" in push["content"]
        )
    assert f"tile-{board.rooms[2]}" not in board_of(board).text


def test_who_looks_at_a_room_is_shown_and_ends_with_the_page(board):
    room_id = board.rooms[1]
    with live(board, "Mara") as mara:
        until(mara, lambda push: push["region"] == "wall-head")
        with live(board) as tom:
            until(tom, lambda push: push["region"] == "wall-head")
            tom.send_json({"looking": room_id})
            until(mara, lambda push: push["region"] == f"tile-{room_id}" and "Tom is here" in push["content"])
            tom.send_json({"looking": "somewhere else"})
            until(
                mara,
                lambda push: push["region"] == f"tile-{room_id}" and "Tom is here" not in push["content"],
            )
            tom.send_json({"looking": room_id})
            until(mara, lambda push: push["region"] == f"tile-{room_id}" and "Tom is here" in push["content"])
        until(mara, lambda push: push["region"] == f"tile-{room_id}" and "Tom is here" not in push["content"])


def test_a_leader_looks_without_being_shown(board):
    with live(board, "Leo") as socket:
        until(socket, lambda push: push["region"] == "wall-head")
        socket.send_json({"looking": board.rooms[1]})
    assert "Leo" not in board_of(board).text


@pytest.mark.parametrize(("name", "status"), [("Tom", 200), ("Leo", 200), ("Ines", 403), ("Ana", 403)])
def test_who_may_see_the_board(board, name, status):
    assert board_of(board, name).status_code == status


def test_nothing_is_kept_of_a_board_that_nobody_watches(board):
    with live(board) as socket:
        until(socket, lambda push: push["region"] == "wall-head")
    walls = board.app.state.walls
    assert not walls.looks.pages


def test_the_board_as_data(board):
    change(board, Room, board.rooms[2], help_since=now() - timedelta(minutes=3))
    answer = board.script("Tom").get(f"/api/v1/workshops/{board.workshop}/board")
    rooms = answer.json()["rooms"]
    assert [each["name"] for each in rooms] == ["Room 1", "Room 2"]
    first, second = rooms
    assert (first["people"], first["online"], first["objectives"]) == (2, 0, 1)
    assert first["findings"] == {"kr.milestone": 1, "kr.no_owner": 1, "objective.no_why": 1}
    assert 0 < first["attention"] < 500 < 1000 < second["attention"]
    assert first["help_since"] is None
    assert second["reasons"][0] == "Hand up 3 min"
    assert second["help_since"].endswith("Z")


def test_a_room_opens_beside_the_wall_and_at_its_own_address(board):
    address = f"/workshops/{board.workshop}/board/rooms/{board.rooms[1]}"
    beside = board.browser("Tom").get(address, headers={"hx-request": "true"}).text
    assert "Money back fast" in beside
    assert 'data-text="key_result:' in beside
    assert "<html" not in beside
    alone = board.browser("Tom").get(address).text
    assert "data-drawer-room" in alone
    assert "data-band-list" in alone


def test_the_board_of_a_workshop_that_has_not_begun_or_has_ended(board):
    change(board, Workshop, board.workshop, status="scheduled")
    html = board_of(board).text
    assert board.code[:4] in html
    assert "2 rooms need" not in html
    change(board, Workshop, board.workshop, status="ended")
    assert "The workshop has ended" in board_of(board).text
    assert "2 drafts are kept, with every comment." in board_of(board).text


def test_the_board_says_until_when_an_ended_workshop_is_kept(board):
    board.app.state.retention = Retention(30, date(2020, 1, 1))
    change(board, Workshop, board.workshop, status="ended", ended_at=datetime(2026, 11, 22, tzinfo=UTC))
    said = 'drafts are kept until <time datetime="2026-12-22">22 December 2026</time>.</p>'
    assert said in board_of(board).text
