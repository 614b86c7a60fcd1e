"""Exports: everything that is left, nothing that was removed, and no formula."""

import csv
import io
import json
import re

import pytest

from boathouse.core.clock import now
from boathouse.workshop.export_markdown import paragraphs, plain, to_markdown
from boathouse.workshop.export_table import safe_cell, to_csv
from boathouse.workshop.exports import ExportData, ExportedObjective, ExportedRoom, from_json, to_json
from boathouse.workshop.tables import Status
from boathouse.workshop.web.exports import Format, attachment
from tests.cast import Cast


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_a_nul_neither_starts_nor_ends_a_cell() -> None:
    assert safe_cell("\0=1+1") == "'=1+1"
    assert safe_cell("a\0b") == "ab"


@pytest.mark.parametrize("text", ["34", "1=1", "a@b", "", None])
def test_other_cells_stay_as_they_are(text: str | None) -> None:
    assert safe_cell(text) == (text or "")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# Not a heading", "\\# Not a heading"),
        ("1. Not a list", "1\\. Not a list"),
        ("- nor this", "\\- nor this"),
        ("*loud* <b>words</b>", "\\*loud\\* \\<b\\>words\\</b\\>"),
        ("two\nlines", "two lines"),
        ("from -5 to 3", "from -5 to 3"),
    ],
)
def test_typed_words_are_no_markup(typed: str, written: str) -> None:
    assert plain(typed) == written


def test_paragraphs_keep_their_lines() -> None:
    assert paragraphs("First\n\n# second") == "First  \n\\# second"


def test_files_are_named_after_the_workshop() -> None:
    assert attachment("Alder & Finch, wave 1", Format.CSV).startswith(
        'attachment; filename="alder-finch-wave-1.csv"'
    )
    assert attachment("Übung", Format.MD).endswith("filename*=UTF-8''%C3%BCbung.md")
    assert 'filename="workshop.json"' in attachment("会議", Format.JSON)


def one_room(title: str = "=cmd()") -> ExportData:
    """A small export."""
    objective = ExportedObjective(id="o", title=title, why="", key_results=[], comments=[])
    room = ExportedRoom(
        id="r", number=1, name="Room 1", people=["Ana"], objectives=[objective], todos=[], comments=[]
    )
    return ExportData(
        id="w",
        title="Pilot",
        status=Status.ENDED,
        started_at=None,
        ended_at=None,
        exported_at=now(),
        rooms=[room],
    )


def test_json_reads_back_as_it_was() -> None:
    data = one_room()
    assert from_json(to_json(data)) == data


def test_an_objective_without_key_results_has_a_row() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(one_room()).removeprefix("\ufeff"))))
    assert [(row["kind"], row["objective"], row["room"]) for row in rows] == [
        ("objective", "'=cmd()", "Room 1")
    ]


def test_markdown_has_a_part_for_each_room() -> None:
    assert to_markdown(one_room("Returns")) == "# Pilot\n\n## Room 1\n\nAna\n\n### Objective 1: Returns\n"


def test_markdown_says_once_which_rooms_have_no_words() -> None:
    data = one_room("Returns")
    empty = {"people": [], "objectives": [], "todos": [], "comments": []}
    data.rooms += [
        ExportedRoom(id=str(number), number=number, name=f"Room {number}", **empty) for number in range(2, 33)
    ]
    data.rooms.append(data.rooms[0].model_copy(update={"number": 33, "name": "Depot"}))
    data.rooms.append(data.rooms[1].model_copy(update={"number": 34, "name": "Room 34"}))
    text = to_markdown(data)
    assert re.findall("^## .*|^Nothing.*", text, re.MULTILINE) == [
        "## Room 1",
        "Nothing written in rooms 2 to 32.",
        "## Room 33: Depot",
        "Nothing written in room 34.",
    ]


def export(cast: Cast, form: str, who: str = "Tom") -> str:
    """The file of the cast's workshop."""
    answer = cast.script(who).get(f"/api/v1/workshops/{cast.workshop}/export?format={form}")
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig")


def write(cast: Cast, name: str, text: str) -> None:
    """Write into room 1's document."""
    assert cast.portal
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[1], {name: text})


def test_every_format_has_words_and_comments(cast: Cast) -> None:
    write(cast, f"key_result:{cast.key_result}:start", "34")
    cast.script("Ana").post(f"/api/v1/comments/{cast.comment}/replies", json={"body": "From last spring"})
    for form in ("json", "csv", "md"):
        text = export(cast, form)
        for words in (
            "Returns are easy",
            "Money back fast",
            "34",
            "Build a returns portal",
            "From what?",
            "From last spring",
        ):
            assert words in text, (form, words)


def test_removed_words_are_in_no_export(cast: Cast) -> None:
    path = f"/api/v1/rooms/{cast.rooms[1]}/comments"
    cast.script("Tom").post(path, json={"body": "Who notices?", "key_result_id": cast.key_result})
    cast.script("Ana").delete(f"/api/v1/key-results/{cast.key_result}")
    for form in ("json", "csv", "md"):
        text = export(cast, form)
        assert "Money back fast" not in text
        assert "Who notices?" in text


def test_the_json_has_the_documented_shape(cast: Cast) -> None:
    data = json.loads(export(cast, "json"))
    assert data["format"] == 1
    room = data["rooms"][0]
    assert (room["name"], room["people"]) == ("Room 1", ["Ana", "Ben"])
    assert room["objectives"][0]["comments"][0]["author_role"] == "coach"


def test_who_may_take_it_away(cast: Cast) -> None:
    allowed = {"Mara": 200, "Tom": 200, "Vera": 200, "Leo": 200, "Ines": 403, "Ana": 403, "nobody": 401}
    for who, status in allowed.items():
        path = f"/api/v1/workshops/{cast.workshop}/export?format=csv"
        assert cast.script(who).get(path).status_code == status, who
    assert cast.browser("Tom").get(f"/workshops/{cast.workshop}/export?format=md").status_code == 200


def test_participants_take_their_own_draft_away(cast: Cast) -> None:
    answer = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}/export?format=md")
    assert "Returns are easy" in answer.text
    assert "Room 2" not in answer.text
    assert 'filename="alder-finch-wave-1-room-1.md"' in answer.headers["content-disposition"]
    assert cast.browser("Ana").get(f"/rooms/{cast.rooms[2]}/export?format=md").status_code == 403


def test_another_format_is_wrong_input(cast: Cast) -> None:
    assert cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/export?format=exe").status_code == 422
