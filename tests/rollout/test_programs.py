"""Programs: who makes, sees, changes and deletes one."""

import pytest

from tests.cast import Cast

API = "/api/v1"


@pytest.mark.parametrize(("name", "status"), [("Mara", 303), ("Leo", 303), ("Ines", 303), ("Vera", 403)])
def test_owners_leaders_and_coaches_make_programs_and_lead_them(cast: Cast, name: str, status: int):
    browser = cast.browser(name)
    answer = browser.post("/programs", data={"name": "Tern Ltd", "headcount": "8,000", "led_by": "Ida"})
    assert answer.status_code == status
    if status == 303:
        home = browser.get(answer.headers["location"])
        assert home.status_code == 200
        assert "Tern Ltd" in home.text


@pytest.mark.parametrize("typed", ["8000", "8,000", "8.000", "8 000", "8\u202f000", "8'000", "8’000"])
def test_a_number_of_people_is_read_as_any_country_writes_it(cast: Cast, typed: str):
    made = cast.browser("Leo").post("/programs", data={"name": "Tern", "headcount": typed})
    assert "8,000 people" in cast.browser("Leo").get(made.headers["location"]).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Give it a name"),
        ({"name": "Tern", "headcount": "many"}, "A number from 1"),
        ({"name": "Tern", "headcount": "12.5"}, "A number from 1"),
        ({"name": "Tern", "headcount": "9" * 5000}, "A number from 1"),
        ({"name": "Tern", "led_by": "x" * 81}, "at most 80 letters"),
    ],
)
def test_what_was_typed_stays_and_the_mistake_is_told_at_its_field(cast: Cast, typed, sentence):
    answer = cast.browser("Leo").post("/programs", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed["name"].strip() in answer.text


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Mara", {"Alder & Finch", "Another company"}),
        ("Leo", {"Alder & Finch"}),
        ("Ines", {"Another company"}),
    ],
)
def test_one_sees_the_programs_one_takes_part_in(cast: Cast, name: str, seen: set[str]):
    listed = cast.script(name).get(f"{API}/programs").json()
    assert {program["name"] for program in listed} == seen


def test_a_member_of_one_program_sees_nothing_of_another(cast: Cast):
    for name, program in (("Ines", cast.program), ("Leo", cast.other_program), ("Tom", cast.other_program)):
        assert cast.browser(name).get(f"/programs/{program}").status_code == 403
        assert cast.script(name).get(f"{API}/programs/{program}").status_code == 403


def test_leaders_come_to_their_programs_and_coaches_to_their_workshops(cast: Cast):
    assert cast.browser("Leo").get("/").headers["location"] == "/programs"
    assert cast.browser("Tom").get("/").headers["location"] == "/workshops"


def test_settings_change_a_program(cast: Cast):
    leo = cast.browser("Leo")
    settings = {"name": "Alder", "headcount": "80", "led_by": "Hanna", "cycles_done": "1"}
    assert leo.post(f"/programs/{cast.program}/settings", data=settings).status_code == 303
    state = cast.script("Leo").get(f"{API}/programs/{cast.program}").json()
    assert (state["name"], state["headcount"], state["cycles_done"]) == ("Alder", 80, 1)


def test_deleting_asks_for_the_name_and_takes_everything(cast: Cast):
    leo = cast.browser("Leo")
    assert leo.post(f"/programs/{cast.program}/delete", data={"name": "Alder"}).status_code == 422
    assert leo.get(f"/programs/{cast.program}").status_code == 200
    assert leo.post(f"/programs/{cast.program}/delete", data={"name": "Alder & Finch"}).status_code == 303
    assert leo.get(f"/programs/{cast.program}").status_code == 404


def test_a_script_makes_a_program_with_its_why_and_fit(cast: Cast):
    leo = cast.script("Leo")
    wanted = {
        "name": "Tern",
        "headcount": 8000,
        "why": "Returns take too long.",
        "fit": {"direction": "change"},
    }
    made = leo.post(f"{API}/programs", json=wanted)
    assert made.status_code == 201
    changed = leo.patch(
        f"{API}/programs/{made.json()['id']}", json={"fit": {"direction": "maintain"}, "cycles_done": 2}
    ).json()
    assert (changed["why"], changed["cycles_done"]) == (wanted["why"], 2)
    assert changed["fit"]["verdict"] == "none_needed"
    noted = leo.post(
        f"{API}/programs", json={"name": "Tern", "fit": "Sales grows, the rest is steady."}
    ).json()
    assert noted["fit"]["note"] == "Sales grows, the rest is steady."
    assert leo.post(f"{API}/programs", json={"name": ""}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "kept"), [("Europe/Berlin", "Europe/Berlin"), ("Moon/Crater", "Etc/UTC"), ("", "Etc/UTC")]
)
def test_a_program_lives_in_the_time_zone_of_the_browser_that_made_it(cast: Cast, sent: str, kept: str):
    made = cast.browser("Tom").post("/programs", data={"name": "Quay", "time_zone": sent})
    assert made.status_code == 303
    program = made.headers["location"].removeprefix("/programs/")
    assert cast.script("Tom").get(f"/api/v1/programs/{program}").json()["time_zone"] == kept
