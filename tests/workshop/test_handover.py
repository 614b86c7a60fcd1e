"""Hand-over: from a room to its unit, once; a second time shows the difference."""

import asyncio
import re
from typing import Any

import pytest
from sqlmodel import select

from boathouse.rollout.tables.programs import Unit
from boathouse.workshop.tables import Meant, Room, Workshop
from boathouse.workshop.web import handover
from boathouse.workshop.web.handover_desk import unit_names
from tests.cast import Cast
from tests.rows import in_database


@pytest.fixture
def in_program(cast: Cast) -> Cast:
    """The cast's workshop belongs to the cast's program."""

    async def join(session: Any) -> None:
        (await session.get_one(Workshop, cast.workshop)).program_id = cast.program

    in_database(cast, join)
    return cast


def api(cast: Cast, who: str, method: str, path: str, body: object = None) -> Any:
    """A script's request."""
    return cast.script(who).request(method, f"/api/v1{path}", json=body)


def hand_over(cast: Cast, who: str = "Tom", **body: object) -> Any:
    """Room 1's draft to a unit."""
    return api(cast, who, "POST", f"/rooms/{cast.rooms[1]}/hand-over", {"unit_id": cast.unit, **body})


def write(cast: Cast, field: str, text: str) -> None:
    """Into room 1's key result."""
    assert cast.portal
    name = f"key_result:{cast.key_result}:{field}"
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[1], {name: text})


def test_a_units_page_shows_the_draft_with_what_the_checks_found(in_program: Cast):
    cast = in_program
    write(cast, "target", "4")
    given = hand_over(cast).json()
    (key_result,) = given["objectives"][0]["key_results"]
    assert (key_result["statement"], key_result["target"]) == ("Money back fast", "4")
    assert "kr.no_baseline" in {each["code"] for each in key_result["findings"]}
    assert given["handed_over_by"] == "Tom"
    assert api(cast, "Leo", "GET", f"/units/{cast.unit}/okrs").json() == [given]
    page = cast.browser("Vera").get(f"/units/{cast.unit}").text
    for words in ("Draft OKRs", "Money back fast", "From what?", "Alder &amp; Finch, wave 1"):
        assert words in page, words


def test_a_second_time_shows_the_difference_and_then_replaces(in_program: Cast):
    cast = in_program
    assert hand_over(cast).status_code == 200
    assert hand_over(cast).status_code == 200, "the same once more changes nothing"
    write(cast, "start", "11")
    refused = hand_over(cast)
    assert refused.status_code == 409
    assert "Look at what has changed" in refused.json()["detail"]
    state = api(cast, "Tom", "GET", f"/rooms/{cast.rooms[1]}/hand-over").json()
    assert state["differences"] == [
        {
            "change": "other",
            "what": "starting point of key result",
            "called": "Money back fast",
            "before": "",
            "after": "11",
        }
    ]
    page = cast.browser("Tom").get(f"/rooms/{cast.rooms[1]}/hand-over").text
    assert "<ins>11</ins>" in page
    assert cast.browser("Tom").post(f"/rooms/{cast.rooms[1]}/hand-over").status_code == 303
    (draft,) = api(cast, "Tom", "GET", f"/units/{cast.unit}/okrs").json()
    assert draft["objectives"][0]["key_results"][0]["start"] == "11"
    assert hand_over(cast, replace=True).status_code == 200
    assert len(api(cast, "Tom", "GET", f"/units/{cast.unit}/okrs").json()) == 1


def test_what_changed_since_it_was_looked_at_is_shown_first(in_program: Cast):
    cast = in_program
    path, tom = f"/rooms/{cast.rooms[1]}/hand-over", cast.browser("Tom")
    hand_over(cast)
    write(cast, "start", "11")
    seen = api(cast, "Tom", "GET", path).json()["stamp"]
    assert f'name="seen" value="{seen}"' in tom.get(path).text
    assert hand_over(cast, who="Mara", replace=True).status_code == 200, "a colleague is faster"
    write(cast, "start", "12")
    refused = tom.post(path, data={"seen": seen})
    assert (refused.status_code, "changed since you looked" in refused.text) == (409, True)
    assert "<del>11</del>" in refused.text
    assert "<ins>12</ins>" in refused.text
    assert hand_over(cast, replace=True, seen=seen).status_code == 409
    fresh = api(cast, "Tom", "GET", path).json()["stamp"]
    assert tom.post(path, data={"seen": fresh}).status_code == 303


def test_a_key_result_without_a_statement_is_said_to_be_left_out(in_program: Cast):
    cast = in_program
    state = api(cast, "Tom", "GET", f"/rooms/{cast.rooms[1]}/hand-over").json()
    made = api(cast, "Ana", "POST", f"/objectives/{cast.objective}/key-results", {"type": "metric"})
    assert made.status_code == 201
    after = api(cast, "Tom", "GET", f"/rooms/{cast.rooms[1]}/hand-over").json()
    assert after["left_out"] == state["left_out"] + 1
    for path in (f"/rooms/{cast.rooms[1]}/hand-over", f"/workshops/{cast.workshop}/hand-over"):
        assert "without a statement" in cast.browser("Tom").get(path).text


def test_all_rooms_on_one_page(in_program: Cast):
    cast, here = in_program, f"/workshops/{in_program.workshop}/hand-over"
    tom = cast.browser("Tom")
    field = f"unit-{cast.rooms[1]}"
    assert field in tom.get(here).text
    wrong = tom.post(here, data={field: "No such team", "do": "hand-over"})
    assert wrong.status_code == 422
    assert "There is no unit of this name" in wrong.text
    assert 'value="No such team"' in wrong.text
    assert tom.post(here, data={field: " returns ", "do": "keep"}).status_code == 303
    page = tom.get(here).text
    assert 'value="Returns"' in page
    assert "Not handed over yet" in page
    assert tom.post(here, data={field: "Returns", "do": "hand-over"}).status_code == 303
    assert "Handed over" in tom.get(here).text
    write(cast, "start", "11")
    assert tom.post(here, data={field: "Returns", "do": "hand-over"}).status_code == 303
    assert "Changed since" in tom.get(here).text, "what was handed over is never replaced unseen"


@pytest.fixture
def two_rooms(in_program: Cast) -> Cast:
    """Both rooms have an objective; the program has the units Returns and Stores."""
    cast = in_program

    async def open_stores(session: Any) -> None:
        session.add(Unit(program_id=cast.program, name="Stores"))

    in_database(cast, open_stores)
    made = api(cast, "Cleo", "POST", f"/rooms/{cast.rooms[2]}/objectives").json()["id"]
    assert cast.portal
    words = {f"objective:{made}:title": "Shelves are never empty"}
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[2], words)
    return cast


def form(cast: Cast, who: str) -> dict[str, str]:
    """What somebody's open page would send back untouched."""
    text = cast.browser(who).get(f"/workshops/{cast.workshop}/hand-over").text
    fields = re.findall(r'<input[^>]* name="((?:unit|shown)-[^"]*)"[^>]* value="([^"]*)"', text)
    return dict(fields)


def test_a_colleagues_choice_made_meanwhile_stays(two_rooms: Cast):
    cast, here = two_rooms, f"/workshops/{two_rooms.workshop}/hand-over"
    one, other = (f"unit-{cast.rooms[n]}" for n in (1, 2))
    mine = form(cast, "Mara")
    assert cast.browser("Tom").post(here, data={**form(cast, "Tom"), one: "Returns"}).status_code == 303
    assert cast.browser("Mara").post(here, data={**mine, other: "Stores"}).status_code == 303
    now = form(cast, "Tom")
    assert (now[one], now[other]) == ("Returns", "Stores")


def test_two_who_choose_for_one_room_are_told(two_rooms: Cast):
    cast, here = two_rooms, f"/workshops/{two_rooms.workshop}/hand-over"
    field, other = (f"unit-{cast.rooms[n]}" for n in (1, 2))
    mara, mine = cast.browser("Mara"), form(cast, "Mara")
    cast.browser("Tom").post(here, data={**form(cast, "Tom"), field: "Returns"})
    told = mara.post(here, data={**mine, field: "Stores", other: "Stores"})
    assert told.status_code == 422
    assert "chose Returns for this room meanwhile" in told.text
    assert told.text.count('value="Stores" autocomplete') == 2, "what was typed is still there"
    assert form(cast, "Tom")[field] == "Returns"
    again = dict(re.findall(r'name="((?:unit|shown)-[^"]*)"[^>]* value="([^"]*)"', told.text))
    assert mara.post(here, data=again).status_code == 303
    assert form(cast, "Tom")[field] == "Stores"


def test_a_choice_that_comes_while_another_is_kept_stays(two_rooms: Cast, monkeypatch):
    cast, here = two_rooms, f"/workshops/{two_rooms.workshop}/hand-over"
    field, load = f"unit-{cast.rooms[1]}", handover.load_desk
    toms = {**form(cast, "Tom"), field: "Returns"}

    async def then_tom_is_first(request: Any, access: Any) -> Any:
        desk = await load(request, access)
        monkeypatch.setattr(handover, "load_desk", load)
        await asyncio.to_thread(cast.browser("Tom").post, here, data=toms)
        return desk

    mine = {**form(cast, "Mara"), field: "Stores", "do": "hand-over"}
    monkeypatch.setattr(handover, "load_desk", then_tom_is_first)
    told = cast.browser("Mara").post(here, data=mine)
    assert "chose Returns for this room meanwhile" in told.text
    assert 'value="Stores"' in told.text
    assert form(cast, "Tom")[field] == "Returns"
    assert not api(cast, "Tom", "GET", f"/rooms/{cast.rooms[1]}/hand-over").json()["handed_over"]


def test_a_room_that_was_not_on_the_page_is_left_alone(two_rooms: Cast):
    cast, here = two_rooms, f"/workshops/{two_rooms.workshop}/hand-over"
    late = f"unit-{cast.rooms[2]}"
    cast.browser("Tom").post(here, data={**form(cast, "Tom"), late: "Stores"})
    earlier = {name: value for name, value in form(cast, "Mara").items() if cast.rooms[2] not in name}
    assert cast.browser("Mara").post(here, data={**earlier, "do": "hand-over"}).status_code == 422
    assert form(cast, "Tom")[late] == "Stores"
    assert not api(cast, "Tom", "GET", f"/rooms/{cast.rooms[2]}/hand-over").json()["handed_over"]


def test_handing_over_without_a_unit_says_what_is_missing(two_rooms: Cast):
    cast, here = two_rooms, f"/workshops/{two_rooms.workshop}/hand-over"
    told = cast.browser("Tom").post(here, data={**form(cast, "Tom"), "do": "hand-over"})
    assert told.status_code == 422
    assert "Choose the unit of a room first" in told.text
    done = cast.browser("Tom").post(
        here, data={**form(cast, "Tom"), f"unit-{cast.rooms[1]}": "Returns", "do": "hand-over"}
    )
    assert "One draft was handed over." in cast.browser("Tom").get(done.headers["location"]).text


def test_a_unit_removed_meanwhile_is_told_and_the_other_rooms_keep_theirs(two_rooms: Cast):
    cast, here = two_rooms, f"/workshops/{two_rooms.workshop}/hand-over"
    one, other = (f"unit-{cast.rooms[n]}" for n in (1, 2))
    mine = {**form(cast, "Tom"), one: "Returns", other: "Stores", "do": "hand-over"}

    async def remove(session: Any) -> None:
        await session.delete((await session.exec(select(Unit).where(Unit.name == "Stores"))).one())

    in_database(cast, remove)
    told = cast.browser("Tom").post(here, data=mine)
    assert told.status_code == 422
    assert "There is no unit of this name" in told.text
    assert 'value="Returns"' in told.text
    assert 'value="Stores"' in told.text


def test_a_room_without_an_objective_is_named(in_program: Cast):
    page = in_program.browser("Tom").get(f"/workshops/{in_program.workshop}/hand-over").text
    assert "Room 2 has no objective yet" in page


def test_what_the_crew_means_so_is_a_difference_too(in_program: Cast):
    cast = in_program
    write(cast, "target", "4")
    hand_over(cast)

    async def mean(session: Any) -> None:
        item = f"key_result:{cast.key_result}"
        session.add(Meant(room_id=cast.rooms[1], item=item, code="kr.no_baseline", said_by="Ana"))

    in_database(cast, mean)
    (found,) = api(cast, "Tom", "GET", f"/rooms/{cast.rooms[1]}/hand-over").json()["differences"]
    assert (found["what"], found["called"]) == ("open questions of key result", "Money back fast")
    assert "starting point" in found["before"]
    assert hand_over(cast, replace=True).status_code == 200
    (draft,) = api(cast, "Tom", "GET", f"/units/{cast.unit}/okrs").json()
    (key_result,) = draft["objectives"][0]["key_results"]
    assert [each["code"] for each in key_result["findings"] if each["meant"]] == ["kr.no_baseline"]


def test_a_room_is_suggested_the_unit_of_its_name(in_program: Cast):
    cast = in_program

    async def rename(session: Any) -> None:
        (await session.get_one(Room, cast.rooms[1])).name = "RETURNS"

    in_database(cast, rename)
    assert "It has the room’s name." in cast.browser("Tom").get(f"/workshops/{cast.workshop}/hand-over").text


def test_who_may_hand_over(in_program: Cast):
    cast = in_program
    path = f"/rooms/{cast.rooms[1]}/hand-over"
    for who, status in {"Mara": 200, "Tom": 200, "Leo": 403, "Vera": 403, "Ines": 403, "Ana": 403}.items():
        assert api(cast, who, "GET", path).status_code == status, who

    async def elsewhere(session: Any) -> None:
        (await session.get_one(Workshop, cast.workshop)).program_id = cast.other_program

    in_database(cast, elsewhere)
    assert api(cast, "Tom", "GET", path).status_code == 403, "runs the workshop, does not see the program"
    assert hand_over(cast).status_code == 403
    assert "its program is not open to you" in cast.browser("Tom").get(path).text


@pytest.mark.parametrize("path", ["/rooms/{room}/hand-over", "/workshops/{workshop}/hand-over"])
def test_without_a_program_there_is_nobody_to_hand_over_to(cast: Cast, path: str):
    answer = cast.browser("Tom").get(path.format(room=cast.rooms[1], workshop=cast.workshop))
    assert answer.status_code == 409
    assert "belongs to no program" in answer.text


def test_only_a_unit_of_the_program_and_only_a_draft_with_words(in_program: Cast):
    cast = in_program

    async def stranger(session: Any) -> str:
        unit = Unit(program_id=cast.other_program, name="Elsewhere")
        session.add(unit)
        return unit.id

    assert hand_over(cast, unit_id=in_database(cast, stranger)).status_code == 422
    assert hand_over(cast, unit_id=None).status_code == 422
    empty = api(cast, "Tom", "POST", f"/rooms/{cast.rooms[2]}/hand-over", {"unit_id": cast.unit})
    assert empty.status_code == 409


def test_units_that_share_a_name_say_what_they_are_below():
    top = Unit(program_id="p", name="North")
    other = Unit(program_id="p", name="South")
    twins = [Unit(program_id="p", name="Sales", parent_id=each.id) for each in (top, other)]
    names = unit_names([top, other, *twins])
    assert [names[each.id] for each in (top, *twins)] == ["North", "Sales, below North", "Sales, below South"]
