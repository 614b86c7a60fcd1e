"""A plan in the making: units move, waves change, rules are set aside, and it is agreed on."""

import json

import pytest

from boathouse.rollout.access import add_member
from boathouse.rollout.tables.programs import Part, Unit
from tests.cast import Cast
from tests.rollout.test_plans import codes, the_plan, units_of


def test_units_move_between_waves_and_out_of_all(cast: Cast):
    leo, plan_id = cast.browser("Leo"), cast.plan["plan_id"]
    moved = leo.post(
        f"/plans/{plan_id}/units",
        data={"units": cast.unit, "wave": cast.plan["wave_id"], "below": "yes", "back": "q=&place=none"},
    )
    assert moved.headers["location"] == f"/programs/{cast.program}/plan/units?q=&place=none"
    assert [len(wave["units"]) for wave in the_plan(cast)["waves"]] == [0, 2]
    assert "plan.whole_organisation" in codes(the_plan(cast))
    leo.post(f"/plans/{plan_id}/units", data={"units": cast.unit, "wave": "none"})
    assert [len(wave["units"]) for wave in the_plan(cast)["waves"]] == [0, 1]
    assert leo.post(f"/plans/{plan_id}/units", data={"wave": "none"}).status_code == 422


def test_the_list_of_units_is_searched_and_filtered(cast: Cast):
    leo, page = cast.browser("Leo"), f"/programs/{cast.program}/plan/units"
    assert "1 to 2 of 2" in leo.get(page).text
    assert "1 to 1 of 1" in leo.get(f"{page}?q=nora").text
    assert "No unit matches" in leo.get(f"{page}?q=nobody").text
    assert "1 to 1 of 1" in leo.get(f"{page}?place={cast.plan['wave_id']}").text
    assert "No unit matches" in leo.get(f"{page}?place=none&start=-7").text
    vera = cast.browser("Vera").get(page).text
    assert 'name="units"' not in vera


def test_waves_are_added_changed_and_removed(cast: Cast):
    leo, wave_id = cast.browser("Leo"), cast.plan["wave_id"]
    leo.post(f"/plans/{cast.plan['plan_id']}/waves")
    assert [wave["cycle"] for wave in the_plan(cast)["waves"]] == [1, 2, 3]
    leo.post(f"/waves/{wave_id}", data={"cycle": "4", "sponsor": "Ida", "executives_draft": "yes"})
    plan = the_plan(cast)
    assert [wave["cycle"] for wave in plan["waves"]] == [1, 4, 5]
    assert plan["waves"][1]["sponsor"] == "Ida"
    for cycle in ("1", "0", "101", "soon", ""):
        assert leo.post(f"/waves/{wave_id}", data={"cycle": cycle}).status_code == 422
    leo.post(f"/waves/{plan['waves'][0]['id']}/remove")
    plan = the_plan(cast)
    assert [wave["number"] for wave in plan["waves"]] == [1, 2]
    assert [gate["before_wave"] for gate in plan["gates"]] == [plan["waves"][1]["id"]]
    leo.post(f"/waves/{plan['waves'][0]['id']}/remove")
    assert leo.post(f"/waves/{plan['waves'][1]['id']}/remove").status_code == 409


def test_there_are_not_too_many_waves(cast: Cast):
    leo = cast.browser("Leo")
    answers = [leo.post(f"/plans/{cast.plan['plan_id']}/waves").status_code for _ in range(11)]
    assert answers == [303] * 10 + [409]
    assert "in twelve waves" in leo.get(f"/programs/{cast.program}/plan").text


def test_a_rule_is_set_aside_with_a_reason_that_stays(cast: Cast):
    leo, plan_id = cast.browser("Leo"), cast.plan["plan_id"]
    aside = {
        "code": "wave.no_sponsor",
        "wave": "",
        "severity": "fix",
    }  # both waves lack one, which is said once
    for reason in ("", "  ", "x" * 1001):
        assert leo.post(f"/plans/{plan_id}/exceptions", data=aside | {"reason": reason}).status_code == 422
    leo.post(f"/plans/{plan_id}/exceptions", data=aside | {"reason": "The board elects one in May."})
    plan = the_plan(cast)
    assert codes(plan, set_aside=True) == ["plan.no_ambassador", "wave.no_sponsor"]
    assert "wave.no_sponsor" not in codes(plan)
    assert leo.post(f"/plans/{plan_id}/exceptions", data=aside | {"reason": "Again."}).status_code == 409
    page = f"/programs/{cast.program}/plan"
    assert "The board elects one in May." in leo.get(page).text
    leo.post(f"/plans/{plan_id}/exceptions/{cast.plan['override_id']}/back")
    assert "plan.no_ambassador" in codes(the_plan(cast))
    assert "Taken back by Leo" in leo.get(page).text
    assert "Nora starts in May." in leo.get(page).text
    again = leo.post(f"/plans/{plan_id}/exceptions/{cast.plan['override_id']}/back")
    assert again.status_code == 404
    leo.post(f"/plans/{plan_id}/waves")
    third = the_plan(cast)["waves"][2]["id"]
    leo.post(f"/plans/{plan_id}/units", data={"units": [cast.unit], "wave": third})
    assert "wave.no_sponsor" in codes(the_plan(cast))  # the reason was not written for this wave


def test_an_exception_covers_the_units_it_was_written_for(cast: Cast):
    leo, plan_id, wave = cast.browser("Leo"), cast.plan["plan_id"], cast.plan["wave_id"]
    (other,) = units_of(cast, cast.program, Unit(name="Stores", parent_id=cast.unit, headcount=3))
    aside = {"code": "wave.leader_not_bought_in", "wave": wave, "severity": "ask"}
    leo.post(f"/plans/{plan_id}/exceptions", data=aside | {"reason": "Nora decides on Monday."})

    def is_set_aside() -> list[bool]:
        found = [each for each in the_plan(cast)["findings"] if each["wave"] == wave]
        return [bool(each["set_aside"]) for each in found if each["code"] == aside["code"]]

    assert is_set_aside() == [True]
    leo.post(f"/plans/{plan_id}/units", data={"units": other, "wave": wave})
    assert is_set_aside() == [False]


def test_a_reason_for_one_leader_is_none_for_another(cast: Cast):
    leo, plan_id, wave = cast.browser("Leo"), cast.plan["plan_id"], cast.plan["wave_id"]
    against = Unit(name="Stores", parent_id=cast.unit, headcount=3, leader_is_bought_in=False)
    (stores,) = units_of(cast, cast.program, against)
    leo.post(f"/plans/{plan_id}/units", data={"units": stores, "wave": wave})
    aside = {"code": "wave.leader_not_bought_in", "wave": wave, "severity": "fix"}
    leo.post(f"/plans/{plan_id}/exceptions", data=aside | {"reason": "She comes to the first workshop."})
    found = [each for each in the_plan(cast)["findings"] if each["code"] == aside["code"]]
    assert {each["severity"]: bool(each["set_aside"]) for each in found} == {"fix": True, "ask": False}


def test_a_plan_is_agreed_on_once_nothing_is_left_to_fix(cast: Cast):
    leo, plan_id = cast.browser("Leo"), cast.plan["plan_id"]
    assert leo.post(f"/plans/{plan_id}/agree").status_code == 409
    for finding in the_plan(cast)["findings"]:
        if finding["severity"] == "fix" and not finding["set_aside"]:
            aside = {name: finding[name] or "" for name in ("code", "wave", "severity")}
            aside |= {"reason": "We know."}
            leo.post(f"/plans/{plan_id}/exceptions", data=aside)
    assert "Agree on this plan" in leo.get(f"/programs/{cast.program}/plan").text
    assert leo.post(f"/plans/{plan_id}/agree").status_code == 303
    assert the_plan(cast)["agreed_at"]
    assert "by Leo" in leo.get(f"/programs/{cast.program}/plan").text


def test_an_ambassador_plans_and_leadership_agrees(cast: Cast):
    async def appoint() -> None:
        async with cast.app.state.database.writing() as session:
            await add_member(session, cast.program, cast.people["Tom"], Part.AMBASSADOR)

    assert cast.portal
    cast.portal.call(appoint)
    tom = cast.browser("Tom")
    assert tom.post(f"/plans/{cast.plan['plan_id']}/waves").status_code == 303
    assert tom.post(f"/plans/{cast.plan['plan_id']}/agree").status_code == 403
    assert tom.post(f"/gates/{cast.plan['gate_id']}/decision").status_code == 403


def test_the_forecast_follows_its_inputs(cast: Cast):
    leo, plan_id = cast.browser("Leo"), cast.plan["plan_id"]
    typed = {name: str(value) for name, value in the_plan(cast)["effort"].items()}
    answer = leo.post(
        f"/plans/{plan_id}/effort", data=typed | {"workshop_people": "10"}, headers={"HX-Request": "true"}
    )
    assert answer.text.lstrip().startswith('<div id="plan"')
    plan = the_plan(cast)
    assert [wave["workshops"] for wave in plan["waves"]] == [7, 1]
    assert sum(month["workshops"] for month in plan["forecast"]) == 8
    assert the_plan(cast)["effort"]["workshop_people"] == 10


@pytest.mark.parametrize("number", ["13", "0", "-5", "", "five", "2.5", "9" * 40])
def test_a_number_the_forecast_cannot_rest_on_is_answered_at_its_field(cast: Cast, number: str):
    leo, plan_id = cast.browser("Leo"), cast.plan["plan_id"]
    typed = {name: str(value) for name, value in the_plan(cast)["effort"].items()}
    wrong = leo.post(
        f"/plans/{plan_id}/effort", data=typed | {"room_size": number}, headers={"HX-Request": "true"}
    )
    assert wrong.status_code == 422
    told = json.loads(wrong.headers["hx-trigger"])["toast"]
    assert told == {"text": "A whole number from 1 to 12, please.", "kind": "stop", "field": "room_size"}
    assert the_plan(cast)["effort"]["room_size"] == 5
