"""Plans: made from our proposal or from a script, judged, and what becomes of earlier ones."""

import re
from typing import Any

import pytest

from boathouse.core.clock import now
from boathouse.rollout.tables.programs import Unit
from boathouse.rollout.web.plans import at_home
from tests.cast import Cast
from tests.rollout.next_steps import next_step
from tests.watching import pushed, watch

API = "/api/v1"


def units_of(cast: Cast, program: str, *units: Unit) -> list[str]:
    """Store them."""

    async def write() -> None:
        async with cast.app.state.database.writing() as session:
            session.add_all(units)

    for unit in units:
        unit.program_id = program
    assert cast.portal
    cast.portal.call(write)
    return [unit.id for unit in units]


def the_plan(cast: Cast) -> dict[str, Any]:
    return cast.script("Leo").get(f"{API}/plans/{cast.plan['plan_id']}").json()


def codes(plan: dict[str, Any], *, set_aside: bool = False) -> list[str]:
    return [each["code"] for each in plan["findings"] if bool(each["set_aside"]) == set_aside]


def test_the_recommendation_is_for_this_program(cast: Cast):
    small = cast.script("Leo").get(f"{API}/programs/{cast.program}/recommendation").json()
    assert small["approach"] == "top_down"
    assert len(small["because"]) == len(small["sources"]) == 2
    assert {each["approach"] for each in small["not_chosen"]} == {"pilot", "organic"}
    large = cast.script("Ines").get(f"{API}/programs/{cast.other_program}/recommendation").json()
    assert large["approach"] == "organic"  # nobody sponsors it yet


def test_before_there_is_a_plan_its_page_recommends_where_to_begin(cast: Cast):
    ines = cast.browser("Ines")
    page = ines.get(f"/programs/{cast.other_program}/plan")
    assert "Where to begin" in page.text
    assert "no units yet" in page.text
    assert ines.post(f"/programs/{cast.other_program}/plan", data={"approach": "all_in"}).status_code == 422
    assert ines.post(f"/programs/{cast.other_program}/plan", data={"approach": "pilot"}).status_code == 303
    assert "Nobody yet in two waves" in ines.get(f"/programs/{cast.other_program}/plan").text
    for part in ("units", "stances", "map"):
        page = ines.get(f"/programs/{cast.other_program}/plan/{part}")
        assert "Which units does the organisation have?" in page.text


def test_pages_of_a_plan_that_is_not_there_lead_to_where_it_is_made(cast: Cast):
    for part in ("units", "stances", "map"):
        answer = cast.browser("Ines").get(f"/programs/{cast.other_program}/plan/{part}")
        assert answer.headers["location"] == f"/programs/{cast.other_program}/plan"


def test_a_top_down_plan_lets_the_company_start_and_its_teams_follow(cast: Cast):
    plan = the_plan(cast)
    assert plan["approach"] == "top_down"
    assert [[unit["name"] for unit in wave["units"]] for wave in plan["waves"]] == [
        ["Alder & Finch"],
        ["Returns"],
    ]
    assert [wave["people"] for wave in plan["waves"]] == [61, 9]
    assert len(plan["gates"]) == 1
    assert plan["gates"][0]["before_wave"] == plan["waves"][1]["id"]


def test_a_pilot_takes_the_pocket_of_the_right_size(cast: Cast):
    company = Unit(name="Another company", headcount=8000, kind="company")
    (top,) = units_of(cast, cast.other_program, company)
    pockets = [
        Unit(name=name, headcount=people, parent_id=top, leader_is_bought_in=True)
        for name, people in [("Few", 6), ("Eighty", 81), ("Many", 900)]
    ]
    pocket = units_of(cast, cast.other_program, *pockets)[1]
    team = units_of(cast, cast.other_program, Unit(name="Team", headcount=7, parent_id=pocket))[0]
    ines = cast.script("Ines")
    plan = ines.post(f"{API}/programs/{cast.other_program}/plans", json={"approach": "pilot"}).json()
    assert {unit["id"] for unit in plan["waves"][0]["units"]} == {pocket, team}
    assert plan["people"] == 81


def test_a_pilot_is_some_neighbours_where_teams_are_small_and_departments_large(cast: Cast):
    (top,) = units_of(
        cast, cast.other_program, Unit(name="Group", headcount=8000, kind="company", sponsor="Ruth")
    )
    (north,) = units_of(cast, cast.other_program, Unit(name="North", headcount=200, parent_id=top))
    teams = [Unit(name=f"Team {n}", headcount=20, parent_id=north, position=n) for n in range(10)]
    ids = units_of(cast, cast.other_program, *teams)
    ines = cast.script("Ines")
    plan = ines.post(f"{API}/programs/{cast.other_program}/plans", json={"approach": "pilot"}).json()
    assert [unit["id"] for unit in plan["waves"][0]["units"]] == ids[:4]
    assert plan["people"] == 80
    # Ruth stands behind the group, so behind its teams as well.
    assert "wave.no_sponsor" not in codes(plan)


def test_an_organic_plan_starts_with_those_who_asked(cast: Cast):
    """The hand of the cast is up for Returns; another team is no unit."""
    link = secret_of(cast)
    cast.browser("nobody").post(f"/opt-in/{link}", data={"wish": "try", "name": "Nora", "team": "the yard"})
    plan = (
        cast.script("Leo").post(f"{API}/programs/{cast.program}/plans", json={"approach": "organic"}).json()
    )
    assert [unit["name"] for unit in plan["waves"][0]["units"]] == ["Returns"]


def secret_of(cast: Cast) -> str:
    text = cast.browser("Leo").get(f"/programs/{cast.program}/plan/hands").text
    return text.partition("/opt-in/")[2].partition('"')[0]


def test_a_script_makes_the_plan_it_wants_and_is_told_what_it_breaks(cast: Cast):
    returns = the_plan(cast)["waves"][1]["units"][0]["id"]
    wish = {
        "approach": "top_down",
        "waves": [
            {"units": [cast.unit, returns], "cycle": 2, "includes_individuals": True, "sponsor": "Ida"}
        ],
        "effort": {"workshop_people": 30},
    }
    answer = cast.script("Leo").post(f"{API}/programs/{cast.program}/plans", json=wish)
    assert answer.status_code == 201
    plan = answer.json()
    assert plan["waves"][0]["cycle"] == 2
    assert plan["waves"][0]["workshops"] == 3
    assert {"plan.whole_organisation", "plan.individuals", "plan.no_ambassador"} <= set(codes(plan))
    assert "wave.no_sponsor" not in codes(plan)
    found = next(each for each in plan["findings"] if each["code"] == "plan.whole_organisation")
    assert (found["severity"], found["source"]) == ("fix", "S37")
    assert found["why"]
    plans = cast.script("Leo").get(f"{API}/programs/{cast.program}/plans").json()
    assert [each["id"] for each in plans] == [plan["id"], cast.plan["plan_id"]]


@pytest.mark.parametrize(
    "wish",
    [
        {"approach": "all_in"},
        {"waves": []},
        {"waves": [{"units": ["nobody"]}]},
        {"waves": [{"units": ["{unit}"]}, {"units": ["{unit}"]}]},
        {"waves": [{"cycle": 2}, {"cycle": 2}]},
        {"waves": [{"cycle": 0}]},
        {"waves": [{"sponsor": "x" * 81}]},
        {"effort": {"room_size": 0}},
    ],
    ids=str,
)
def test_a_plan_that_cannot_be_is_refused_and_nothing_is_made(cast: Cast, wish: dict[str, Any]):
    for wave in wish.get("waves", []):
        wave["units"] = [unit.format(unit=cast.unit) for unit in wave.get("units", [])]
    answer = cast.script("Leo").post(f"{API}/programs/{cast.program}/plans", json=wish)
    assert answer.status_code == 422
    assert len(cast.script("Leo").get(f"{API}/programs/{cast.program}/plans").json()) == 1


def test_units_of_another_program_are_nobodys_business(cast: Cast):
    (alien,) = units_of(cast, cast.other_program, Unit(name="Theirs"))
    answer = cast.script("Leo").post(
        f"{API}/programs/{cast.program}/plans", json={"waves": [{"units": [alien]}]}
    )
    assert answer.status_code == 422
    moved = cast.browser("Leo").post(
        f"/plans/{cast.plan['plan_id']}/units", data={"units": alien, "wave": cast.plan["wave_id"]}
    )
    assert moved.status_code == 422


def test_an_earlier_plan_stays_to_be_read(cast: Cast):
    leo = cast.browser("Leo")
    leo.post(f"/programs/{cast.program}/plan", data={"approach": "pilot"})
    page = leo.get(f"/programs/{cast.program}/plan").text
    assert f"/plans/{cast.plan['plan_id']}" in page
    old = leo.get(f"/plans/{cast.plan['plan_id']}").text
    assert "This is an earlier plan" in old
    assert "Nora starts in May." in old
    assert "<form" not in old.partition('id="plan"')[2]


def test_an_earlier_plan_can_not_be_changed_any_more(cast: Cast):
    leo, plan = cast.browser("Leo"), the_plan(cast)
    wave, gate = plan["waves"][1]["id"], cast.plan["gate_id"]
    leo.post(f"/programs/{cast.program}/plan", data={"approach": "pilot"})
    paths = (
        *(f"/plans/{plan['id']}/{part}" for part in ("waves", "agree")),
        *(f"/waves/{wave}/remove", f"/gates/{gate}/criteria"),
        f"/criteria/{cast.plan['criterion_id']}/remove",
    )
    for path in paths:
        assert leo.post(path, data={"key": "drafts"}).status_code == 409, path
    assert leo.post(f"/plans/{plan['id']}/units", data={"units": ["x"], "wave": wave}).status_code == 409
    assert the_plan(cast) == plan


def test_others_who_have_the_plan_open_hear_that_it_was_changed(server, cast: Cast):
    with watch(server, cast, "Vera", f"/programs/{cast.program}/plan/live") as vera:
        cast.browser("Leo").post(f"/plans/{cast.plan['plan_id']}/waves")
        pushed(vera, plan_news="Leo has changed the plan since you opened it.")


def test_the_home_says_where_the_plan_stands(cast: Cast):
    home = cast.browser("Leo").get(f"/programs/{cast.program}").text
    assert "70 people in 2 waves" in home
    assert "to put right" in home


def test_the_next_step_is_to_mend_to_agree_and_then_the_gate(cast: Cast, monkeypatch):
    def words() -> str | None:
        step = next_step(cast, at_home)
        return step and step.words

    def today(year: int, month: int, day: int) -> None:
        moment = now().replace(year=year, month=month, day=day)
        monkeypatch.setattr("boathouse.rollout.calendars.now", lambda: moment)

    leo, plan = cast.browser("Leo"), f"/plans/{cast.plan['plan_id']}"
    assert words() == "Put right what the guardrails found."
    for found in the_plan(cast)["findings"]:
        if found["severity"] == "fix" and not found["set_aside"]:
            rule = {"code": found["code"], "wave": found["wave"] or "", "severity": "fix", "reason": "Known."}
            assert leo.post(f"{plan}/exceptions", data=rule).status_code == 303
    assert words() == "The plan keeps its guardrails. Agree on it."
    leo.post(f"{plan}/agree")
    today(2026, 11, 22)
    leo.post(
        f"/programs/{cast.program}/calendar",
        data={"starts_on": "2027-01-01", "fiscal_year_starts": "1", "check_in_weekday": "1"},
    )
    assert words() is None
    today(2027, 6, 25)
    assert words() == "Gate A is due. Note what was seen, then decide."
    asked = set(re.findall(r"/criteria/(\w+)/remove", leo.get(f"/programs/{cast.program}/plan").text))
    for criterion in asked - {cast.plan["criterion_id"]}:
        leo.post(f"/criteria/{criterion}/remove")
    leo.post(f"/criteria/{cast.plan['criterion_id']}", data={"seen": "1"})
    assert words() == "Gate A is met. Decide whether it opens."


def test_the_page_and_its_picture_say_the_same_in_words(cast: Cast):
    page = cast.browser("Vera").get(f"/programs/{cast.program}/plan").text
    assert '<title id="river-title">' in page
    assert "Wave 2, 9 people, prepares from" in page
    assert 'style="' not in page


@pytest.mark.parametrize("cycle", ["", "0", "101", "two", "٣", "0001" + "9" * 5000])
def test_a_cycle_that_is_no_number_changes_nothing(cast: Cast, cycle: str):
    answer = cast.browser("Leo").post(f"/waves/{cast.plan['wave_id']}", data={"cycle": cycle})
    assert answer.status_code == 422


def test_no_coach_accompanies_a_unit_of_another_program(cast: Cast):
    form = {"do": "coach", "units": [cast.unit, "a\0b"]}
    assert cast.browser("Leo").post(f"/plans/{cast.plan['plan_id']}/units", data=form).status_code == 422
