"""Importing units over HTTP: the preview, the import, the script's way and the download."""

import pytest

from boathouse.rollout import unit_import
from boathouse.rollout.unit_import import judge
from tests.cast import Cast


def test_preview_shows_and_import_writes_all_or_nothing(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}/units"
    names = lambda: {unit["name"] for unit in cast.script("Leo").get(f"/api/v1{here}").json()}  # noqa: E731
    before = names()
    wrong = "Name,Belongs to\nRepairs,Alder & Finch\nOutlet,Nowhere"
    for step in ("preview", "import"):
        answer = leo.post(f"{here}/{step}", data={"text": wrong})
        assert answer.status_code == 422
        assert "Nowhere" in answer.text
        assert "Repairs,Alder &amp; Finch" in answer.text  # nothing that was pasted is lost
        assert names() == before
    right = wrong.replace("Nowhere", "Repairs")
    preview = leo.post(f"{here}/preview", files={"file": ("units.csv", right.encode())})
    assert preview.status_code == 200
    assert "Add 2 units" in preview.text
    assert names() == before
    assert leo.post(f"{here}/import", data={"text": right}).status_code == 303
    assert names() == before | {"Repairs", "Outlet"}


def test_a_file_that_cannot_be_read_is_told_at_its_field(cast: Cast):
    file = ("units.csv", "Name\nMüller".encode("latin-1"))
    answer = cast.browser("Leo").post(f"/programs/{cast.program}/units/preview", files={"file": file})
    assert answer.status_code == 422
    assert 'id="e-file"' in answer.text
    assert "CSV UTF-8" in answer.text


def test_what_is_wrong_with_a_whole_file_is_told_where_it_was_chosen(cast: Cast):
    preview = f"/programs/{cast.program}/units/preview"
    answer = cast.browser("Leo").post(preview, files={"file": ("units.csv", b"Name,Level\n")})
    assert answer.status_code == 422
    assert 'id="e-file"' in answer.text
    assert 'id="e-text"' not in answer.text


def test_two_mistakes_in_a_line_are_one_line_to_look_at(cast: Cast):
    preview = f"/programs/{cast.program}/units/preview"
    answer = cast.browser("Leo").post(preview, data={"text": "Name,Level,People\nA,tribe,-4\n"})
    assert "1 line needs" in answer.text


@pytest.mark.parametrize("text", ["", "\n\n", "Name,Level"])
def test_an_empty_list_says_so(cast: Cast, text: str):
    answer = cast.browser("Leo").post(f"/programs/{cast.program}/units/preview", data={"text": text})
    assert answer.status_code == 422
    assert "There is no unit in this" in answer.text


def test_units_that_change_while_a_table_is_judged_are_judged_again(cast: Cast, monkeypatch):
    path, judged = f"/api/v1/programs/{cast.program}/units", []

    def slowly(*arguments):
        judged.append(judge(*arguments))
        if len(judged) == 1:  # a colleague is faster
            cast.script("Mara").post(path, json={"name": "Repairs", "parent_id": cast.unit})
        return judged[-1]

    monkeypatch.setattr(unit_import, "judge", slowly)
    table = "Name,Belongs to\nRepairs,Alder & Finch\nOutlet,Repairs"
    assert cast.script("Leo").post(f"{path}/import", json={"text": table}).json()["added"] == 1
    assert len(judged) == 2


def test_scripts_import_too(cast: Cast):
    leo, path = cast.script("Leo"), f"/api/v1/programs/{cast.program}/units/import"
    checked = leo.post(path, json={"text": "Name\n=1+1\nRepairs", "check_only": True}).json()
    assert (checked["added"], checked["troubles"][0]["line"]) == (1, 2)
    refused = leo.post(path, json={"text": "Name\n=1+1\nRepairs"})
    assert refused.status_code == 422
    assert "Line 2" in refused.json()["detail"]
    assert leo.post(path, json={"text": "Name\nRepairs"}).json()["added"] == 1


def test_the_download_can_be_imported_again(cast: Cast):
    answer = cast.browser("Vera").get(f"/programs/{cast.program}/units.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    preview = cast.browser("Leo").post(
        f"/programs/{cast.program}/units/preview", files={"file": ("units.csv", answer.content)}
    )
    assert "All of it is there already." in preview.text
