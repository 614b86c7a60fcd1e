"""Units: a tree that is changed by hand and never becomes a circle."""

import pytest

from boathouse.core.errors import Problem
from boathouse.rollout.tables.programs import Program, UnitKind
from boathouse.rollout.trees import in_order, tree_of, with_ends
from boathouse.rollout.units import (
    UnitPlan,
    add_unit,
    change_unit,
    path_of,
    remove_unit,
    units_of,
)
from tests.cast import Cast

COMPANY, DEPARTMENT, TEAM = UnitKind.COMPANY, UnitKind.DEPARTMENT, UnitKind.TEAM


@pytest.fixture
async def written(database):
    """An open writing session with a program of a company, two departments and a team."""
    async with database.writing() as session:
        program = Program(name="Tern")
        session.add(program)
        await session.flush()
        ids = {}
        for name, kind, above in (
            ("Tern", COMPANY, None),
            ("Shops", DEPARTMENT, "Tern"),
            ("Depots", DEPARTMENT, "Tern"),
            ("Returns", TEAM, "Shops"),
        ):
            plan = UnitPlan(name=name, kind=kind, parent_id=ids.get(above))
            ids[name] = (await add_unit(session, program.id, plan)).id
            await session.flush()
        yield session, program.id, ids


async def test_the_tree_reads_from_the_top(written):
    session, program, ids = written
    units = await units_of(session, program)
    branches = in_order(tree_of(units))
    assert [(branch.unit.name, branch.depth) for branch in branches] == [
        ("Tern", 0),
        ("Shops", 1),
        ("Returns", 2),
        ("Depots", 1),
    ]
    assert [ends for _, ends in with_ends(tree_of(units))] == [0, 0, 1, 1]  # as nested lists close
    assert with_ends([]) == []
    by_id = {unit.id: unit for unit in units}
    assert [unit.name for unit in path_of(by_id, by_id[ids["Returns"]])] == ["Tern", "Shops"]


@pytest.mark.parametrize(
    ("unit", "change", "field"),
    [
        ("Shops", {"parent_id": "Shops"}, "parent_id"),  # below itself
        ("Shops", {"parent_id": "Returns"}, "parent_id"),  # below its own
        ("Shops", {"parent_id": "000000000000"}, "parent_id"),
        ("Shops", {"name": " depots "}, "name"),  # a twin
        ("Returns", {"kind": "company"}, "kind"),  # wider than what it stands below
        ("Shops", {"kind": "team", "parent_id": "Depots"}, None),
        ("Tern", {"kind": "team"}, "kind"),  # narrower than what stands below it
        ("Returns", {"parent_id": "Depots"}, None),
        ("Depots", {"parent_id": None, "name": "Shops"}, None),  # no twin at the top
    ],
)
async def test_a_change_keeps_the_tree_a_tree(written, unit, change, field):
    session, program, ids = written
    by_id = {each.id: each for each in await units_of(session, program)}
    wanted = by_id[ids[unit]].model_dump() | change
    wanted["parent_id"] = ids.get(wanted["parent_id"], wanted["parent_id"])
    plan = UnitPlan.model_validate(wanted)
    if field is None:
        assert (await change_unit(session, ids[unit], plan)).parent_id == wanted["parent_id"]
    else:
        with pytest.raises(Problem) as problem:
            await change_unit(session, ids[unit], plan)
        assert (problem.value.status, problem.value.field) == (422, field)


async def test_removing_takes_what_stands_below(written):
    session, program, ids = written
    await remove_unit(session, ids["Shops"])
    await session.flush()
    session.expire_all()
    assert [unit.name for unit in await units_of(session, program)] == ["Tern", "Depots"]


def test_units_are_added_moved_and_removed_on_pages(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}/units"
    assert "Returns" in leo.get(here).text
    answer = leo.post(
        here, data={"name": "Repairs", "kind": "team", "parent_id": cast.unit, "headcount": "1,200"}
    )
    assert answer.status_code == 303
    unit = answer.headers["location"].split("#unit-")[1]
    assert "1,200" in leo.get(here).text
    moved = {"name": "Repairs", "kind": "team", "parent_id": "", "leader": "Ida", "leader_is_bought_in": "no"}
    assert leo.post(f"/units/{unit}", data=moved).status_code == 303
    page = leo.get(here).text
    assert "led by Ida" in page
    assert "Leader not bought in" in page
    assert leo.post(f"/units/{cast.unit}/delete").status_code == 303
    left = cast.script("Leo").get(f"/api/v1/programs/{cast.program}/units").json()
    assert [each["name"] for each in left] == ["Repairs"]


def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(cast: Cast):
    leo = cast.browser("Leo")
    wrong = {"name": "Returns", "kind": "team", "parent_id": cast.unit, "leader": "Somebody new"}
    answer = leo.post(f"/programs/{cast.program}/units", data=wrong)
    assert answer.status_code == 422
    assert "There is a unit of this name in this place already." in answer.text
    assert "Somebody new" in answer.text
    answer = leo.post(f"/units/{cast.unit}", data={"name": "", "kind": "company", "only_maintains": "yes"})
    assert answer.status_code == 422
    assert 'name="only_maintains" value="yes" checked' in answer.text


def test_units_are_found_by_name_leader_and_sponsor(cast: Cast):
    page = cast.browser("Vera").get(f"/programs/{cast.program}/units?find=nora").text
    assert "Returns" in page
    assert "Alder &amp; Finch</span>" in page  # the way to it
    assert "No unit, leader" in cast.browser("Vera").get(f"/programs/{cast.program}/units?find=zzz").text


def test_a_viewer_reads_when_a_unit_starts_and_what_it_does(cast: Cast):
    page = cast.browser("Vera").get(f"/units/{cast.unit}").text
    assert "In the plan" in page
    assert "No answer yet" in page
    said = {"units": [cast.unit], "cycle": "1", "kind": "health_metrics", "reason": "All is well since May."}
    cast.browser("Leo").post(f"/programs/{cast.program}/plan/stances", data=said)
    page = cast.browser("Vera").get(f"/units/{cast.unit}").text
    assert "Health metrics, because:" in page
    assert "All is well since May." in page
    unit = {"wave": cast.plan["wave_id"], "units": [cast.unit]}
    assert cast.browser("Leo").post(f"/plans/{cast.plan['plan_id']}/units", data=unit).status_code == 303
    assert "With wave 2" in cast.browser("Vera").get(f"/units/{cast.unit}").text


def test_a_unit_of_another_program_is_out_of_reach(cast: Cast):
    for change in ({"parent_id": cast.unit}, {"name": "Mine"}):
        assert cast.script("Ines").patch(f"/api/v1/units/{cast.unit}", json=change).status_code == 403
    plan = {"name": "Mine", "parent_id": cast.unit}
    answer = cast.script("Ines").post(f"/api/v1/programs/{cast.other_program}/units", json=plan)
    assert answer.status_code == 422


def test_scripts_change_one_thing_and_leave_the_rest(cast: Cast):
    leo = cast.script("Leo")
    changed = leo.patch(f"/api/v1/units/{cast.unit}", json={"sponsor": "Hanna"}).json()
    assert (changed["name"], changed["headcount"], changed["sponsor"]) == ("Alder & Finch", 70, "Hanna")
    assert leo.delete(f"/api/v1/units/{cast.unit}").status_code == 204
    assert leo.patch(f"/api/v1/units/{cast.unit}", json={}).status_code == 404
