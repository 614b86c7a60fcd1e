"""The opt-in page by link, hands raised on it, and what those who plan do with them."""

import re

import pytest

from tests.cast import Cast

HAND = {"wish": "try", "name": "Nora", "team": "Returns", "contact": "desk 4", "words": "We <b>want</b> to."}


def link(cast: Cast) -> str:
    text = cast.browser("Leo").get(f"/programs/{cast.program}/plan/hands").text
    return re.search(r"/opt-in/[\w-]+", text)[0]


def hands(cast: Cast) -> str:
    return cast.browser("Vera").get(f"/programs/{cast.program}/plan/hands").text


def test_whoever_has_the_link_looks_on_and_raises_a_hand(cast: Cast):
    nobody, address = cast.browser("nobody"), link(cast)
    page = nobody.get(address)
    assert page.status_code == 200
    assert "How Alder &amp; Finch starts with OKRs" in page.text
    assert "Wave 2" in page.text
    answer = nobody.post(address, data=HAND)
    assert answer.headers["location"] == f"{address}?raised#raised"
    assert "Your hand is up" in nobody.get(f"{address}?raised").text
    assert "Nora" in hands(cast)
    assert "We &lt;b&gt;want&lt;/b&gt; to." in hands(cast)
    assert "Nora" not in nobody.get(address).text  # who raised a hand is told to those who plan alone


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Your name, please, in at most 80 letters"),
        ({"team": ""}, "The name of your team"),
        ({"wish": "lead"}, "Choose one of the two."),
        ({"words": "x" * 501}, "At most 500 letters"),
        ({"contact": "x" * 121}, "At most 120 letters"),
        ({"name": "a\0b"}, "Your name, please, in at most 80 letters"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_rest_stays(cast: Cast, typed: dict, sentence: str):
    answer = cast.browser("nobody").post(link(cast), data=HAND | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "desk 4" in answer.text or "contact" in typed
    assert "Nora" not in hands(cast)


def test_hands_go_up_at_a_human_pace(cast: Cast):
    nobody, address = cast.browser("nobody"), link(cast)
    answers = [nobody.post(address, data=HAND | {"name": f"N {n}"}).status_code for n in range(301)]
    assert answers[:300] == [303] * 300  # a whole company may be in one meeting
    assert answers[300] == 429


def test_a_hand_raised_twice_is_one_hand_with_what_was_said_last(cast: Cast):
    nobody, address = cast.browser("nobody"), link(cast)
    nobody.post(address, data=HAND)
    nobody.post(address, data=HAND | {"team": " returns", "words": "", "contact": "desk 5"})
    nobody.post(address, data=HAND | {"wish": "ambassador"})
    page = cast.browser("Leo").get(f"/programs/{cast.program}/plan/hands").text
    assert page.count("<b>Nora</b>") == 2  # a team to try, and a person to become ambassador
    assert "desk 5" in page
    assert page.count("We &lt;b&gt;want&lt;/b&gt; to.") == 2


def test_how_to_reach_somebody_is_for_those_who_plan(cast: Cast):
    cast.browser("nobody").post(link(cast), data=HAND)
    assert "desk 4" in cast.browser("Leo").get(f"/programs/{cast.program}/plan/hands").text
    assert "desk 4" not in hands(cast)  # Vera only looks on


def test_a_hand_finds_its_unit_in_every_alphabet(cast: Cast):
    unit = {"name": "Ärzte", "parent_id": cast.unit}
    cast.script("Leo").post(f"/api/v1/programs/{cast.program}/units", json=unit)
    cast.browser("nobody").post(link(cast), data=HAND | {"team": "ärzte"})
    assert (
        'name="unit" list="unit-names" value="Ärzte"'
        in cast.browser("Leo").get(f"/programs/{cast.program}/plan/hands").text
    )


def test_a_hand_finds_a_unit_that_was_added_later(cast: Cast):
    cast.browser("nobody").post(link(cast), data=HAND | {"team": "night shift"})
    unit = {"name": "Night shift", "parent_id": cast.unit}
    cast.script("Leo").post(f"/api/v1/programs/{cast.program}/units", json=unit)
    assert 'value="Night shift"' in cast.browser("Leo").get(f"/programs/{cast.program}/plan/hands").text


def test_a_new_link_ends_the_old_one(cast: Cast):
    old = link(cast)
    cast.browser("Leo").post(f"/programs/{cast.program}/opt-in-link")
    assert link(cast) != old
    assert cast.browser("nobody").get(old).status_code == 404
    assert cast.browser("nobody").post(old, data=HAND).status_code == 404


def test_the_link_is_for_those_who_plan(cast: Cast):
    assert "/opt-in/" not in hands(cast)


def test_a_hand_feeds_a_wave_and_is_answered(cast: Cast):
    leo, hand = cast.browser("Leo"), cast.plan["hand_id"]
    leo.post(
        f"/plans/{cast.plan['plan_id']}/units", data={"units": unit_named(cast, "Returns"), "wave": "none"}
    )
    wrong = leo.post(f"/hands/{hand}/wave", data={"unit": "Unheard of", "wave": cast.plan["wave_id"]})
    assert wrong.status_code == 422
    page = leo.get(f"/programs/{cast.program}/plan/hands").text
    assert '<option value="Returns">' in page  # units that start nowhere yet are offered
    assert (
        leo.post(f"/hands/{hand}/wave", data={"unit": "returns ", "wave": cast.plan["wave_id"]}).status_code
        == 303
    )
    assert "Returns starts in wave 2" in leo.get(f"/programs/{cast.program}/plan/hands").text
    assert "Leo talked to them" in hands(cast)
    leo.post(f"/hands/{hand}", data={"answered": ""})
    assert "Leo talked to them" not in hands(cast)


def unit_named(cast: Cast, name: str) -> str:
    plan = cast.script("Leo").get(f"/api/v1/plans/{cast.plan['plan_id']}").json()
    return next(unit["id"] for wave in plan["waves"] for unit in wave["units"] if unit["name"] == name)


def test_a_hand_belongs_to_its_program(cast: Cast):
    assert cast.browser("Ines").post(f"/hands/{cast.plan['hand_id']}").status_code == 403
    theirs = cast.browser("Ines").get(f"/programs/{cast.other_program}/plan/hands").text
    assert "Kai" not in theirs


@pytest.mark.parametrize("path", ["/opt-in/gone", "/sheets/gone", "/table/gone", "/invitations/gone"])
def test_a_wrong_link_asks_nobody_for_a_code(cast: Cast, path: str):
    page = cast.browser("nobody").get(path).text
    assert "Sign in" in page
    assert "Type a code" not in page
    leader = cast.browser("Leo").get(path).text
    assert ('href="/programs">Your programs' in leader) == (path != "/invitations/gone")


@pytest.mark.parametrize(
    "way", ["councils", "criteria", "gates", "hands", "holders", "plans", "trainings", "units", "waves"]
)
def test_whoever_follows_an_old_link_into_a_program_goes_on_to_their_programs(cast: Cast, way: str):
    page = cast.browser("Leo").get(f"/{way}/gone/nothing").text
    assert 'href="/programs">Your programs' in page
