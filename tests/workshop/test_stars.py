"""Stars: on rooms and single items, in order, shown one after another, following a merger."""

from boathouse.core.clock import now
from boathouse.workshop.tables import KeyResult, Objective, Room
from tests.watching import pushed, watch


def star(cast, **item):
    return cast.script("Tom").post(f"/api/v1/rooms/{cast.rooms[1]}/stars", json=item)


def stars(cast) -> list:
    return cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/stars").json()


def stage(cast) -> dict:
    return cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/stage").json()


def step(cast, way: str):
    return cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/stage/{way}")


def test_rooms_and_items_are_starred_once(cast):
    first = star(cast, key_result_id=cast.key_result)
    assert first.status_code == 201
    assert first.json()["words"] == "Money back fast"
    assert star(cast, key_result_id=cast.key_result).json()["id"] == first.json()["id"]
    assert star(cast, objective_id=cast.objective).json()["item"] == f"objective:{cast.objective}"
    assert [row["item"].partition(":")[0] for row in stars(cast)] == ["", "key_result", "objective"]


def test_what_is_not_in_the_room_cannot_be_starred(cast):
    elsewhere = cast.script("Tom").post(
        f"/api/v1/rooms/{cast.rooms[2]}/stars", json={"objective_id": cast.objective}
    )
    assert elsewhere.status_code == 404
    page = cast.browser("Tom").post(f"/rooms/{cast.rooms[1]}/stars", data={"item": "todo:1"})
    assert page.status_code == 422


def test_stars_change_places_and_go(cast):
    last = star(cast, key_result_id=cast.key_result).json()["id"]
    assert cast.script("Tom").post(f"/api/v1/stars/{last}/move", json={"number": 1}).status_code == 204
    assert [row["id"] for row in stars(cast)] == [last, cast.star]
    assert cast.browser("Tom").delete(f"/stars/{cast.star}").status_code == 204
    assert [row["id"] for row in stars(cast)] == [last]


def test_stars_come_to_the_stage_one_after_another(cast):
    star(cast, key_result_id=cast.key_result)
    assert step(cast, "next").status_code == 204
    assert (stage(cast)["item"], stage(cast)["star"], stage(cast)["stars"]) == ("", 1, 2)
    step(cast, "next")
    assert stage(cast)["item"] == f"key_result:{cast.key_result}"
    assert step(cast, "next").json()["detail"] == "That was the last star."
    step(cast, "previous")
    assert stage(cast)["star"] == 1
    assert step(cast, "previous").status_code == 409


def test_without_a_star_the_stage_stays_as_it_is(cast):
    cast.browser("Tom").delete(f"/stars/{cast.star}")
    assert step(cast, "next").status_code == 409
    assert stage(cast)["view"] == "clock"


def test_a_star_on_something_removed_or_closed_is_left_out(server, cast):
    star(cast, key_result_id=cast.key_result)

    async def remove() -> None:
        async with cast.app.state.database.writing() as session:
            (await session.get_one(KeyResult, cast.key_result)).deleted_at = now()

    server.portal.call(remove)
    assert [row["id"] for row in stars(cast)] == [cast.star]

    async def close() -> None:
        async with cast.app.state.database.writing() as session:
            (await session.get_one(Room, cast.rooms[1])).closed_at = now()

    server.portal.call(close)
    assert stars(cast) == []
    assert star(cast, objective_id=cast.objective).status_code == 409


def test_stars_follow_a_merger(server, cast):
    star(cast, objective_id=cast.objective)
    merged = cast.script("Tom").post(f"/api/v1/rooms/{cast.rooms[1]}/merge", json={"into": cast.rooms[2]})
    assert merged.status_code < 300
    (row,) = stars(cast)
    assert row["room_id"] == cast.rooms[2]
    assert row["words"] == "Returns are easy"


def test_the_drawer_and_the_board_follow(server, cast):
    with watch(server, cast, "Tom", f"/rooms/{cast.rooms[1]}/drawer/live") as drawer:
        pushed(drawer, drawer_draft="Star key result 1")
        star(cast, key_result_id=cast.key_result)
        pushed(drawer, drawer_draft='aria-pressed="true" aria-label="Star key result 1')
    with watch(server, cast, "Tom", f"/workshops/{cast.workshop}/board/live") as board:
        pushed(board, stage_strip="2 ready")
        step(cast, "next")
        pushed(board, stage_strip="1 of 2")


def test_many_stars_end_somewhere(server, cast, monkeypatch):
    monkeypatch.setattr("boathouse.workshop.stars.MOST", 1)
    assert star(cast, key_result_id=cast.key_result).status_code == 409


def test_titles_of_starred_objectives_are_text(server, cast):
    async def write() -> None:
        async with cast.app.state.database.writing() as session:
            (await session.get_one(Objective, cast.objective)).title = "<script>alert(1)</script>"

    server.portal.call(write)
    star(cast, objective_id=cast.objective)
    text = cast.browser("Tom").get(f"/workshops/{cast.workshop}/stage/desk").text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text
