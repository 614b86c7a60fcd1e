"""Deciding the ground rules on the page and by script; the sheet."""

import pytest

from boathouse.rollout.parameters import REQUIRED, Key
from boathouse.rollout.sheets import make_sheet
from boathouse.rollout.snapshots import recommended_snapshot
from tests.rollout.test_parameters import LARGE


def put(cast, who: str, key: str, value, **more):
    path = f"/api/v1/programs/{cast.program}/parameters/{key}"
    return cast.script(who).put(path, json={"value": value, "rationale": "It is enough.", **more})


def listed(cast, who: str = "Leo") -> dict:
    answer = cast.script(who).get(f"/api/v1/programs/{cast.program}/parameters")
    assert answer.status_code == 200, answer.text
    return {each["key"]: each for each in answer.json()}


def test_the_list_has_what_the_contract_names(cast):
    parameters = listed(cast, "Vera")
    assert set(parameters) == set(Key)
    for key, each in parameters.items():
        assert each.keys() >= {
            *("key", "question", "type", "options", "required", "value", "status", "recommendation"),
            "reason",
        }
        assert each["required"] == (key in REQUIRED)
        assert (each["status"], each["value"], each["history"]) == ("open", None, [])


def test_a_decision_is_kept_with_who_when_and_why(cast):
    answer = put(cast, "Leo", "max_objectives", 2)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["status"], answer.json()["value"]) == ("decided", 2)
    (entry,) = listed(cast)["max_objectives"]["history"]
    assert (entry["by"], entry["rationale"]) == ("Leo", "It is enough.")
    assert entry["created_at"].endswith("Z")


def test_nothing_said_is_ever_lost(cast):
    put(cast, "Leo", "scoring", "zero_to_one", status="proposed")
    put(cast, "Leo", "scoring", "confidence")
    path = f"/api/v1/programs/{cast.program}/parameters/scoring/reopen"
    assert cast.script("Leo").post(path, json={"rationale": "Nobody got it."}).json()["status"] == "open"
    assert cast.script("Leo").post(path).status_code == 409
    put(cast, "Leo", "scoring", "commit_target_stretch", look_again_on="2027-08-16")
    parameter = listed(cast)["scoring"]
    assert [entry["status"] for entry in parameter["history"]] == ["decided", "open", "decided", "proposed"]
    assert parameter["history"][0]["look_again_on"] == "2027-08-16"
    assert parameter["history"][1]["rationale"] == "Nobody got it."


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"value": 9, "rationale": "x"}, "value"),
        ({"value": 2, "rationale": "  "}, "rationale"),
        ({"value": 2}, "rationale"),
        ({"value": 2, "rationale": "x" * 1001}, "rationale"),
        ({"value": 2, "rationale": "x\0"}, "rationale"),
        ({"value": 2, "rationale": "x", "status": "open"}, "status"),
        ({"value": 2, "rationale": "x", "status": "maybe"}, "status"),
        ({"value": 2, "rationale": "x", "look_again_on": "soon"}, "look_again_on"),
    ],
)
def test_a_wrong_decision_is_422_at_its_field_and_changes_nothing(cast, body, field):
    answer = cast.script("Leo").put(f"/api/v1/programs/{cast.program}/parameters/max_objectives", json=body)
    assert answer.status_code == 422
    assert field in answer.json()["field"]
    assert listed(cast)["max_objectives"]["history"] == []


def test_a_leader_decides_and_a_coach_or_viewer_reads(cast):
    for who in ("Tom", "Vera", "Ines", "nobody"):
        assert put(cast, who, "max_objectives", 2).status_code in (401, 403), who
    assert cast.script("Ines").get(f"/api/v1/programs/{cast.program}/parameters").status_code == 403


FORM = {"value": "2", "rationale": "Two is what we can talk about.", "by": "Hanna Lind", "status": "decided"}


def test_the_page_records_what_was_filled_in(cast):
    here, leo = f"/programs/{cast.program}/decisions", cast.browser("Leo")
    answer = leo.post(f"{here}/max_objectives", data=FORM | {"look_again_on": "2027-08-16"})
    assert answer.status_code == 303
    text = leo.get(f"{here}?show=max_objectives").text
    for words in (
        "Up to two",
        "Two is what we can talk about.",
        "Hanna Lind",
        "16 Aug 2027",
        "1 of 13 decided",
    ):
        assert words in text
    assert leo.post(f"{here}/max_objectives/reopen", data={"why": "We split."}).status_code == 303
    assert "We split." in leo.get(here).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": "7"}, "A whole number from 1 to 5, please."),
        ({"value": ""}, "Choose one of the answers."),
        ({"rationale": " "}, "Say in a sentence why"),
        ({"look_again_on": "2027-13-40"}, "That day could not be read."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_is_kept(cast, change, sentence):
    answer = cast.browser("Leo").post(
        f"/programs/{cast.program}/decisions/max_objectives", data=FORM | change
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Hanna Lind" in answer.text
    assert listed(cast)["max_objectives"]["history"] == []


def test_forms_of_every_kind_are_read(cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}/decisions"
    forms = {
        "levels": ({"value": ["company", "team"]}, ["company", "team"]),
        "key_result_types": ({"value": ["metric", "baseline"]}, ["metric", "baseline"]),
        "cycle_months": ({"value": "other", "other": "5"}, 5),
        "bottom_up_share": ({"value": "60", "other": ""}, 60),
        "check_in_cadence": ({"company": "monthly", "team": "weekly", "department": ""}, None),
        "system_of_record": ({"name": "Wiki", "link": "https://w.example"}, None),
        "alignment": ({"value": "conversation"}, "conversation"),
    }
    for key, (fields, value) in forms.items():
        answer = leo.post(f"{here}/{key}", data={"rationale": "So.", "status": "decided", **fields})
        assert answer.status_code == 303, f"{key}: {answer.text}"
        if value is not None:
            assert listed(cast)[key]["value"] == value
    assert listed(cast)["check_in_cadence"]["value"] == {"company": "monthly", "team": "weekly"}
    assert leo.get(here).text.count("status--decided") >= len(forms)


def test_viewers_read_and_have_no_forms(cast):
    text = cast.browser("Vera").get(f"/programs/{cast.program}/decisions").text
    assert "How long is one cycle?" in text
    assert "Record decision" not in text
    assert "Decide together" not in text


def test_the_sheet_is_there_for_everybody_with_its_link(cast):
    put(cast, "Leo", "system_of_record", {"name": "Wiki <b>", "link": "https://w.example"})
    page = cast.browser("Leo").get(f"/programs/{cast.program}/sheet").text
    link = page.split('data-copies="http://testserver')[1].split('"')[0]
    text = cast.browser("nobody").get(link).text
    assert "Wiki &lt;b&gt;" in text
    assert 'href="https://w.example"' in text
    assert "Not decided yet. Practitioners recommend this." in text
    assert cast.browser("nobody").get("/sheets/nothing").status_code == 404
    paper = cast.browser("nobody").get(f"{link}.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_the_sheet_fits_one_page_and_knows_other_alphabets(cast):
    from boathouse.core.paper import Paper
    from boathouse.rollout.web.sheets import _printed

    content = _printed(make_sheet("Ольха и Ζέφυρος", recommended_snapshot(LARGE), why="Ռիթմ"))
    assert content.count(b"/Type /Page\n") == 1
    paper = Paper("t", "f")
    font = paper.fonts["print"]
    assert all(ord(letter) in font.cmap for letter in "OЖΩՔაłőşאب")
    assert not paper.lacks("Ольха и Ζέφυρος, Ռիթմ: “łőş”\n")
    assert paper.lacks("修理")
    assert paper.lacks("شراع")  # not joined, and from the wrong side
