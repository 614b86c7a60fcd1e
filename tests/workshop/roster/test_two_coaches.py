"""Two coaches at one roster: what one changes meanwhile stays, and how full the rooms get is told."""

import asyncio
import re
from typing import Any

from boathouse.workshop.web import invitee_people
from tests.cast import Cast
from tests.workshop.roster.test_invitees import invitees, roster, take

FIELDS = re.compile(r'name="((?:was:)?(?:name|email|column:[^"]*))"[^>]*? value="([^"]*)"')
ROOM = re.compile(r'name="was:room_id" value="([^"]*)"')


def opened(cast: Cast, who: str, invitee: str) -> dict[str, str]:
    """What somebody's open form would send back untouched."""
    text = cast.browser(who).get(f"/invitees/{invitee}").text
    room = ROOM.search(text)
    was = {"was:room_id": room[1], "room_id": room[1]} if room else {}
    return dict(FIELDS.findall(text)) | was


def test_each_saves_only_what_they_changed(cast: Cast):
    take(cast)
    dora = invitees(cast)[1]["id"]
    mine = opened(cast, "Mara", dora)
    theirs = opened(cast, "Tom", dora) | {"email": "dora@new.example", "room_id": cast.rooms[2]}
    assert cast.browser("Tom").post(f"/invitees/{dora}", data=theirs).status_code == 303
    mine["column:Team"] = "Green"
    assert cast.browser("Mara").post(f"/invitees/{dora}", data=mine).status_code == 303
    now = invitees(cast)[1]
    assert (now["email"], now["room_id"]) == ("dora@new.example", cast.rooms[2])
    assert now["columns"] == {"Team": "Green"}


def test_a_column_that_came_meanwhile_is_kept(cast: Cast):
    take(cast)
    dora = invitees(cast)[1]["id"]
    mine = opened(cast, "Mara", dora)
    take(cast, "Name,Email,Site\nDora,dora@finch.example,York\n")
    assert cast.browser("Mara").post(f"/invitees/{dora}", data=mine | {"name": "Dora B"}).status_code == 303
    assert invitees(cast)[1]["columns"] == {"Team": "Red", "Site": "York"}


def test_who_changes_the_same_is_told_and_keeps_what_was_typed(cast: Cast):
    take(cast)
    dora = invitees(cast)[1]["id"]
    mara, mine = cast.browser("Mara"), opened(cast, "Mara", dora)
    cast.browser("Tom").post(f"/invitees/{dora}", data=opened(cast, "Tom", dora) | {"email": "t@x.example"})
    told = mara.post(f"/invitees/{dora}", data=mine | {"email": "m@x.example"})
    assert told.status_code == 409
    assert "Somebody else has changed this line meanwhile. Email is now t@x.example." in told.text
    again = dict(FIELDS.findall(told.text))
    assert again["email"] == "m@x.example"
    assert mara.post(f"/invitees/{dora}", data=again | {"room_id": ""}).status_code == 303
    assert invitees(cast)[1]["email"] == "m@x.example"


def test_a_change_that_comes_while_another_is_written_stays(cast: Cast, monkeypatch):
    take(cast)
    dora, change = invitees(cast)[1]["id"], invitee_people.change_person
    mine = opened(cast, "Mara", dora) | {"column:Team": "Green"}
    theirs = opened(cast, "Tom", dora) | {"email": "dora@new.example"}

    async def when_tom_was_first(*given: Any) -> None:
        monkeypatch.setattr(invitee_people, "change_person", change)
        await asyncio.to_thread(cast.browser("Tom").post, f"/invitees/{dora}", data=theirs)
        await change(*given)

    monkeypatch.setattr(invitee_people, "change_person", when_tom_was_first)
    told = cast.browser("Mara").post(f"/invitees/{dora}", data=mine)
    assert told.status_code == 409
    assert invitees(cast)[1]["email"] == "dora@new.example"
    again = mine | dict(FIELDS.findall(told.text))
    assert again["column:Team"] == "Green"
    assert cast.browser("Mara").post(f"/invitees/{dora}", data=again).status_code == 303
    now = invitees(cast)[1]
    assert (now["email"], now["columns"]) == ("dora@new.example", {"Team": "Green"})


def test_more_people_than_places_is_told_before_rooms_are_given(cast: Cast):
    tom = cast.browser("Tom")
    take(cast, "Name\n" + "\n".join(f"Person {n}" for n in range(20)))
    page = tom.get(roster(cast)).text
    assert "24 people, and 2 rooms of 5 have 10 places. Evenly that is 12 in a room. Or add 3 rooms." in page
    take(cast, "Name\nLast one")
    crowd = [each["id"] for each in invitees(cast)[1:8]]
    answer = tom.post(
        f"{roster(cast)}/place", data={"ids": crowd, "room_id": cast.rooms[1]}, headers={"HX-Request": "true"}
    )
    assert "7 people have a place in Room 1 now." in answer.headers["hx-trigger"]
    assert "Room 1, 9 people" in tom.get(roster(cast)).text


def test_who_was_given_a_room_meanwhile_keeps_it(cast: Cast):
    take(cast)
    _, dora, emil, fay = (each["id"] for each in invitees(cast))
    page = cast.browser("Mara").get(roster(cast)).text
    shown = dict(re.findall(r'name="(shown:[^"]*)" value="([^"]*)"', page))
    cast.browser("Tom").post(f"{roster(cast)}/place", data={"ids": [dora], "room_id": cast.rooms[2]})
    wanted = {**shown, "ids": [dora, emil, fay], "room_id": cast.rooms[1]}
    answer = cast.browser("Mara").post(f"{roster(cast)}/place", data=wanted, headers={"HX-Request": "true"})
    told = answer.headers["hx-trigger"]
    assert "2 people have a place in Room 1 now." in told
    assert "Somebody else has placed Dora meanwhile." in told
    rooms = {each["id"]: each["room_id"] for each in invitees(cast)}
    assert [rooms[each] for each in (dora, emil, fay)] == [cast.rooms[2], cast.rooms[1], cast.rooms[1]]


def test_two_who_give_out_all_rooms_at_once_do_not_overwrite_each_other(cast: Cast):
    take(cast)
    deal, asked = f"{roster(cast)}/deal", {"HX-Request": "true"}
    seen = re.search(r'name="seen" value="([^"]*)"', cast.browser("Mara").get(roster(cast)).text)
    wanted = {"anew": "yes", "seen": seen[1] if seen else ""}
    together = wanted | {"way": "together", "heading": "Team"}
    assert cast.browser("Tom").post(deal, data=together, headers=asked).status_code == 204
    given = {each["id"]: each["room_id"] for each in invitees(cast)}
    answer = cast.browser("Mara").post(deal, data=wanted, headers=asked)
    assert (answer.status_code, "rosterChanged" in answer.headers["hx-trigger"]) == (409, True)
    assert "Somebody else has changed the roster meanwhile." in answer.headers["hx-trigger"]
    assert {each["id"]: each["room_id"] for each in invitees(cast)} == given
    assert cast.browser("Mara").post(deal, data=wanted).status_code == 409, "without a script, too"
    rest = cast.browser("Mara").post(deal, data={"seen": wanted["seen"]}, headers=asked)
    assert "Everybody has a room already." in rest.headers["hx-trigger"], "nobody loses a room by that"


def test_who_has_no_address_for_a_mail_merge_is_counted(cast: Cast):
    take(cast)
    assert "1 person has no address: give them" in cast.browser("Tom").get(roster(cast)).text


def test_who_has_not_come_is_listed(cast: Cast):
    take(cast)
    everybody, missing = (cast.browser("Tom").get(f"{roster(cast)}?come={come}").text for come in ("", "no"))
    assert all("Dora" in page for page in (everybody, missing))
    assert "Nobody on the roster matches that." in cast.browser("Tom").get(f"{roster(cast)}?come=yes").text
