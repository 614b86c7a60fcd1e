"""The roster on its pages and for scripts: imported, given rooms, taken along."""

import asyncio
import csv
import io
import re

import pytest
from openpyxl import Workbook

from boathouse.workshop.roster.exports import Line, RosterData, to_csv, to_links, to_list, to_zoom
from boathouse.workshop.roster.imports import judge
from boathouse.workshop.roster.placing import plan_rooms
from boathouse.workshop.roster.zoom_warnings import zoom_warnings
from boathouse.workshop.web import rostering
from tests.cast import Cast

LIST = "Name,Email,Team\nDora,dora@finch.example,Red\nEmil,emil@finch.example,Red\nFay,,Blue\n"
EVIL = '=HYPERLINK("http://evil.example";"x")'


def roster(cast: Cast) -> str:
    """Path of the page."""
    return f"/workshops/{cast.workshop}/roster"


def invitees(cast: Cast, **params: str) -> list[dict]:
    """The lines as scripts see them."""
    answer = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/invitees", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["invitees"]


def take(cast: Cast, text: str = LIST, **body: object) -> dict:
    """Import a list."""
    address = f"/api/v1/workshops/{cast.workshop}/invitees/import"
    answer = cast.script("Tom").post(address, json={"text": text, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def exported(cast: Cast, form: str) -> str:
    """A file's content."""
    answer = cast.browser("Tom").get(f"{roster(cast)}/export?format={form}")
    assert answer.status_code == 200
    return answer.content.decode()


def line(name: str, email: str = "", room: int = 0, called: str = "", **columns: str) -> Line:
    """A line of a file; room 0: none."""
    if not room:
        return Line(name, name, email, columns=columns)
    return Line(name, name, email, f"r{room}", room, called or f"Room {room}", columns)


def data(*lines: Line, domains: str = "") -> RosterData:
    """A roster to write."""
    return RosterData("Wave 1", list(lines), ["Team"], domains.split())


def test_a_list_is_seen_before_it_is_taken_and_then_taken_whole(cast):
    tom = cast.browser("Tom")
    files = {"text": (None, LIST)}
    seen = tom.post(f"{roster(cast)}/preview", files=files)
    assert (seen.status_code, "Add 3 people" in seen.text) == (200, True)
    assert [each["name"] for each in invitees(cast)] == ["Edda Holm"]
    taken = tom.post(
        f"{roster(cast)}/import", files={**files, "asked": (None, "yes"), "keep": (None, "Team")}
    )
    assert (taken.status_code, taken.headers["location"]) == (303, roster(cast))
    assert [each["name"] for each in invitees(cast)] == ["Edda Holm", "Dora", "Emil", "Fay"]
    assert invitees(cast)[1]["columns"] == {"Team": "Red"}
    assert "4 people expected, 4 without a room yet" in tom.get(roster(cast)).text


def test_a_file_is_read_and_its_wrong_lines_stop_all_of_it(cast):
    book, file = Workbook(), io.BytesIO()
    for row in (["Name", "Email"], ["Dora", "dora@finch.example"], ["Emil", "emil@"]):
        book.active.append(row)
    book.save(file)
    tom = cast.browser("Tom")
    seen = tom.post(f"{roster(cast)}/preview", files={"file": ("people.xlsx", file.getvalue())})
    assert seen.status_code == 422
    assert "1 line needs a look" in seen.text
    assert "Emil\temil@" in seen.text  # to be put right in the box
    refused = tom.post(f"{roster(cast)}/import", files={"text": (None, "Name,Email\nDora,\nEmil,emil@")})
    assert (refused.status_code, "Nothing was imported. Line 3" in refused.text) == (422, True)
    assert len(invitees(cast)) == 1


def test_wrong_letters_are_told_at_the_file(cast):
    name = {"file": ("people.csv", "Name\nMüller".encode("latin-1"))}
    seen = cast.browser("Tom").post(f"{roster(cast)}/preview", files=name)
    assert seen.status_code == 422
    assert re.search(r'id="e-file".*Line 2 has letters that cannot be read', seen.text, re.DOTALL)


def test_importing_twice_changes_nothing(cast):
    assert take(cast)["added"] == 3
    assert take(cast) == {
        **{"added": 0, "changed": 0, "unchanged": 3},
        **{"kept": ["Team"], "left_out": [], "troubles": [], "notices": []},
    }
    check = take(cast, LIST.replace("Blue", "Red") + "Gus,gus@", check_only=True)
    assert (check["changed"], check["troubles"][0]["line"]) == (1, 5)


def test_everybody_gets_a_room_and_teams_stay_together(cast):
    take(cast)
    address = f"/api/v1/workshops/{cast.workshop}/invitees/deal"
    body = {"way": "together", "column": "Team"}
    assert cast.script("Tom").post(address, json=body).json() == {"people": 4}
    room = {each["name"]: each["room_id"] for each in invitees(cast)}
    assert room["Dora"] == room["Emil"]
    assert set(room.values()) == set(cast.rooms.values())
    assert cast.script("Tom").post(address, json={"way": "evenly"}).json() == {"people": 0}
    assert cast.script("Tom").post(address, json={"way": "mix", "column": "Nothing"}).status_code == 422


def test_some_get_a_room_by_hand_and_whoever_has_come_moves_there(cast):
    take(cast)
    lines = {each["name"]: each for each in invitees(cast)}
    seat = cast.script("nobody").post("/api/v1/join", json={"code": cast.code, "name": "Dora"}).json()
    other = next(room for room in cast.rooms.values() if room != seat["room_id"])
    ids = [lines["Dora"]["id"], lines["Fay"]["id"]]
    tom = cast.browser("Tom")
    assert tom.post(f"{roster(cast)}/place", data={"ids": ids, "room_id": other}).status_code == 303
    assert [each["name"] for each in invitees(cast, room_id=other)] == ["Dora", "Fay"]
    held = {"Authorization": f"Bearer {seat['token']}"}
    assert cast.script("nobody").post(f"/api/v1/rooms/{other}/help", headers=held).status_code == 204
    assert tom.post(f"{roster(cast)}/place", data={"ids": ids[1:], "to": "none"}).status_code == 303
    assert [each["name"] for each in invitees(cast, room_id="nobody")] == ["Edda Holm", "Emil", "Fay"]
    assert tom.post(f"{roster(cast)}/place", data={"ids": ids[:1], "to": "none"}).status_code == 409
    assert tom.post(f"{roster(cast)}/place", data={"room_id": other}).status_code == 422


def test_a_roster_that_changes_while_a_list_is_judged_is_judged_again(server, cast, monkeypatch):
    judged = []

    def slowly(*arguments):
        judged.append(judge(*arguments))
        if len(judged) == 1:  # a colleague is faster
            cast.script("Mara").post(f"/api/v1/workshops/{cast.workshop}/invitees", json={"name": "Emil"})
        return judged[-1]

    monkeypatch.setattr(rostering, "judge", slowly)
    assert (take(cast)["added"], len(judged)) == (2, 2)
    assert [each["name"] for each in invitees(cast)] == ["Edda Holm", "Emil", "Dora", "Fay"]


def test_rooms_are_dealt_anew_when_the_roster_or_its_rooms_change_meanwhile(server, cast, monkeypatch):
    take(cast)
    planned, mara, base = [], cast.script("Mara"), f"/api/v1/workshops/{cast.workshop}"

    async def slowly(*arguments):
        planned.append(await plan_rooms(*arguments))
        if len(planned) == 1:  # a colleague adds somebody
            await asyncio.to_thread(mara.post, f"{base}/invitees", json={"name": "Gus"})
        if len(planned) == 2:  # and closes a room
            await asyncio.to_thread(mara.post, f"/api/v1/rooms/{cast.rooms[2]}/close", json={})
        return planned[-1]

    monkeypatch.setattr(rostering, "plan_rooms", slowly)
    assert cast.script("Tom").post(f"{base}/invitees/deal", json={}).json() == {"people": 5}
    assert len(planned) == 3
    assert {each["room_id"] for each in invitees(cast)} == {cast.rooms[1]}


def test_who_cannot_be_placed_is_not_half_saved(cast):
    cast.script("Tom").post(f"/api/v1/rooms/{cast.rooms[2]}/close", json={})
    tom, closed = cast.browser("Tom"), cast.rooms[2]
    refused = tom.post(roster(cast), data={"name": "Gus", "room_id": closed})
    assert (refused.status_code, 'value="Gus"' in refused.text) == (409, True)
    edda = f"/invitees/{cast.invitee}"
    assert tom.post(edda, data={"name": "Edda Ek", "room_id": closed}).status_code == 409
    change = {"name": "Edda Ek", "room_id": closed}
    assert cast.script("Tom").patch(f"/api/v1{edda}", json=change).status_code == 409
    assert [each["name"] for each in invitees(cast)] == ["Edda Holm"]


def test_one_person_is_added_changed_and_taken_off(cast):
    tom, room = cast.browser("Tom"), cast.rooms[2]
    wrong = tom.post(roster(cast), data={"name": "Gus", "email": "gus@"})
    assert (wrong.status_code, 'value="gus@"' in wrong.text) == (422, True)
    assert tom.post(roster(cast), data={"name": "Gus", "room_id": room}).status_code == 303
    assert "gus is on the roster already" in tom.post(roster(cast), data={"name": "gus"}).text
    gus = invitees(cast, find="GUS")[0]
    assert gus["room_id"] == room
    page = tom.get(f"/invitees/{gus['id']}").text
    assert gus["link"] in page
    changed = {"name": "Gus Ek", "email": "gus@finch.example", "column:Team": "Red", "room_id": ""}
    assert tom.post(f"/invitees/{gus['id']}", data=changed).status_code == 303
    assert invitees(cast, find="gus@finch")[0] | {"link": ""} == {
        **{"id": gus["id"], "name": "Gus Ek", "email": "gus@finch.example", "columns": {"Team": "Red"}},
        **{"room_id": None, "participant_id": None, "came_by_link": False, "link": ""},
    }
    assert tom.post(f"/invitees/{gus['id']}/remove").status_code == 303
    assert invitees(cast, find="gus") == []


def test_the_list_is_found_filtered_and_cleared(cast):
    take(cast)
    tom = cast.browser("Tom")
    assert "Nobody on the roster matches that." in tom.get(f"{roster(cast)}?find=%25").text
    assert [each["name"] for each in invitees(cast, find="FINCH", start="2")] == ["Emil"]
    assert tom.post(f"{roster(cast)}/clear").status_code == 303
    assert "Do you know who will come?" in tom.get(roster(cast)).text


def test_people_of_a_closed_room_wait_for_another(cast):
    edda, tom = cast.invitee, cast.script("Tom")
    tom.patch(f"/api/v1/invitees/{edda}", json={"room_id": cast.rooms[2]})
    tom.post(f"/api/v1/rooms/{cast.rooms[2]}/close", json={"into": cast.rooms[1]})
    assert invitees(cast)[0]["room_id"] == cast.rooms[1]
    assert tom.patch(f"/api/v1/invitees/{edda}", json={"room_id": cast.rooms[2]}).status_code == 409


def test_zooms_file_is_exact_to_the_byte(cast):
    take(cast)
    deal = f"/api/v1/workshops/{cast.workshop}/invitees/deal"
    cast.script("Tom").post(deal, json={"way": "together", "column": "Team"})
    text = exported(cast, "zoom")
    head, *rows = text.split("\n")
    assert head.encode() == b"Pre-assign Room Name,Email Address"
    assert sorted(rows) == sorted(
        ["", "Room 1,dora@finch.example", "Room 1,emil@finch.example", "Room 2,edda@finch.example"]
    )
    assert (
        text == cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/invitees/export?format=zoom").text
    )


def test_zoom_gets_each_address_once_and_rooms_of_one_name_stay_two():
    lines = [line("A", "a@x.org", 1, "Shops"), line("B", "a@x.org", 2, "Shops"), line("C", "", 1, "Shops")]
    lines += [line("D", "d@x.org", 2, "shops"), line("E", "e@x.org"), line("F", "f@x.org", 3, "A, B")]
    assert list(csv.reader(io.StringIO(to_zoom(data(*lines)))))[1:] == [
        ["Shops (1)", "a@x.org"],
        ["shops (2)", "d@x.org"],
        ["A, B", "f@x.org"],
    ]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ([line("A", "a@x.org", 1)], []),
        ([line(f"P{n}", f"p{n}@x.org", n) for n in range(1, 102)], ["rooms"]),
        ([line(f"P{n}", f"p{n}@x.org", 1 + n % 9) for n in range(1001)], ["people"]),
        ([line("A", "a@x.org", 1), line("B", "", 1)], ["no_email"]),
        ([line("A", "a@x.org", 1), line("B", "a@x.org", 2)], ["same_email"]),
        ([line("A", "a@x.org", 1), line("B", "b@x.org")], ["no_room"]),
        ([line("A", "a@x.org", 1), line("B", "b@x.org", 1), line("C", "c@y.org", 1)], ["guest"]),
        ([line("A", "a@x.org", 1), line("B", "b@uk.x.org", 1)], []),
    ],
)
def test_what_zoom_would_ignore_is_told(lines: list[Line], kinds: list[str]):
    assert [each.kind for each in zoom_warnings(data(*lines))] == kinds


def test_guests_are_those_outside_the_domains_that_the_coach_has_named(cast):
    take(cast)
    tom = cast.browser("Tom")
    wrong = tom.post(f"{roster(cast)}/domains", data={"domains": "finch"})
    assert (wrong.status_code, "“finch” is no domain" in wrong.text) == (422, True)
    tom.post(f"{roster(cast)}/domains", data={"domains": "@alder.example, uk.example"})
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/invitees/deal", json={})
    view = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/invitees/zoom").json()
    assert view["domains"] == ["alder.example", "uk.example"]
    assert [each["kind"] for each in view["warnings"]] == ["no_email", "guest"]
    assert "outside alder.example and uk.example" in tom.get(roster(cast)).text


def test_the_plain_list_goes_room_by_room():
    lines = [line("A", "a@x.org", 2), line("B", "", 1), line("C", "c@x.org")]
    assert to_list(data(*lines)) == (
        "Wave 1\n\nRoom 1 (1)\nB\n\nRoom 2 (1)\nA <a@x.org>\n\nWithout a room (1)\nC <c@x.org>\n"
    )


def test_no_file_has_a_cell_that_is_calculated():
    lines = [line(EVIL, f"{EVIL}@x.org", 1, EVIL, Team="+1"), line("@Ana", "-a@x.org", 2, "=1", Team="-2")]
    for text in (
        to_zoom(data(*lines)),
        to_csv(data(*lines)),
        to_links(data(*lines), lambda line: "http://l"),
    ):
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_roster_comes_back_as_it_went(cast):
    take(cast, LIST + "'=Gus,gus@finch.example,'+1\n")
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/invitees/deal", json={})
    before = invitees(cast)
    again = take(cast, exported(cast, "csv").removeprefix("\ufeff"))
    assert (again["added"], again["changed"], again["troubles"]) == (0, 0, [])
    assert invitees(cast) == before
    assert before[-1]["name"] == "=Gus"


def test_a_script_in_a_name_is_text(cast):
    take(cast, "Name,Team\n<script>alert(1)</script>,<b>x</b>\n")
    page = cast.browser("Tom").get(roster(cast)).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page


def test_links_are_a_line_a_person(cast):
    rows = list(csv.DictReader(io.StringIO(exported(cast, "links").removeprefix("\ufeff"))))
    assert [(row["First name"], row["Email"]) for row in rows] == [("Edda", "edda@finch.example")]
    assert rows[0]["Link"] == invitees(cast)[0]["link"]
