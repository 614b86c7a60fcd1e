"""Roles, training, and who may open a program."""

import re
from datetime import date

import pytest

from boathouse.core.people import Person
from boathouse.rollout.roles import CoachingModel, gaps, missing_points, model_of, reach_of
from boathouse.rollout.tables.roles import Audience, Duty, Holder, Training
from boathouse.rollout.trainings import TOPICS, coverage
from tests.cast import Cast

TODAY = date(2027, 3, 1)


def holder(duty: str = "coach", **values) -> Holder:
    """Somebody with a duty."""
    return Holder(program_id="p", name=values.pop("name", "Noor"), duty=Duty(duty), **values)


INSIDE, OUTSIDE = holder(), holder(name="Tom", is_internal=False, hands_over_on=date(2027, 6, 1))
LEARNING = holder(in_training=True)
SPONSORED = [holder("executive_sponsor"), holder("hr_sponsor"), holder("ambassador")]


@pytest.mark.parametrize(
    ("coaches", "model"),
    [
        ([], CoachingModel.NONE),
        ([INSIDE], CoachingModel.INTERNAL),
        ([OUTSIDE], CoachingModel.EXTERNAL),
        ([OUTSIDE, LEARNING], CoachingModel.BOTH),
    ],
)
def test_coaches_come_from_inside_outside_or_both(coaches, model):
    assert model_of(coaches) == model


@pytest.mark.parametrize(
    ("holders", "words"),
    [
        ([], ["No executive sponsor", "No ambassador", "No sponsor in HR"]),
        ([*SPONSORED, INSIDE], []),
        ([*SPONSORED, OUTSIDE], ["nobody inside is trained"]),
        ([*SPONSORED, OUTSIDE, LEARNING], []),
        ([*SPONSORED, INSIDE, holder(name="Tom", is_internal=False)], ["no date to hand over"]),
        (
            [*SPONSORED, INSIDE, holder(is_internal=False, hands_over_on=date(2027, 2, 28))],
            ["was to hand over by now"],
        ),
    ],
)
def test_what_is_missing_is_said(holders, words):
    found = gaps(holders, TODAY)
    assert len(found) == len(words)
    assert all(word in sentence for word, sentence in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("people", "coaches", "needed", "missing"),
    [(70, [], 2, 2), (50, [INSIDE], 1, 0), (51, [INSIDE], 2, 1), (100, [INSIDE, LEARNING, OUTSIDE], 2, 0)],
)
def test_about_one_coach_inside_for_fifty_people(people, coaches, needed, missing):
    reach = reach_of("Everybody", people, coaches)
    assert (reach.needed, reach.missing) == (needed, missing)


def test_the_self_check_becomes_what_to_train_next():
    missing = missing_points(holder("ambassador", strengths=["communicates", "leads"]))
    assert [point.key for point in missing] == [
        "organises",
        "has_trained",
        "has_run_projects",
        "knows_people_work",
    ]
    assert all(point.train for point in missing)


def test_training_is_counted_by_role_and_topic():
    held = [
        Training(program_id="p", audience=Audience.COACH, topics=["writing"], people=3, held_on=TODAY),
        Training(
            program_id="p", audience=Audience.COACH, topics=["writing", "aligning"], people=2, held_on=TODAY
        ),
    ]
    covered = {each.audience: each for each in coverage(held)}
    assert covered[Audience.COACH].people_by_topic["writing"] == 5
    assert covered[Audience.COACH].untouched == ["check_ins", "difficulties"]
    assert list(covered) == list(TOPICS)


def test_people_get_roles_on_the_page(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}"
    for role in (
        {"duty": "executive_sponsor", "name": "Hanna"},
        {"duty": "ambassador", "name": "Ida", "strengths": ["leads"]},
        {
            "duty": "coach",
            "name": "Tom",
            "side": "external",
            "hands_over_on": "2027-06-01",
            "in_training": "yes",
        },
        {"duty": "coach", "name": "Ben", "side": "internal", "in_training": "yes"},
    ):
        assert leo.post(f"{here}/holders", data=role).status_code == 303
    page = leo.get(f"{here}/people").text
    assert "1 of 6 there" in page
    assert "1 Jun 2027" in page
    assert page.count('chip--buoy-soft">In training<') == 1  # somebody from outside is not
    assert "Outside starts, inside learns" in page
    assert "1 more to find" in page  # 70 people need two, one is in training


def test_a_mistake_in_one_form_is_told_there_and_the_rest_stays(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}"
    leo.post(f"{here}/holders", data={"duty": "ambassador", "name": "Ida"})
    twin = leo.post(f"{here}/holders", data={"duty": "ambassador", "name": "ida", "strengths": ["leads"]})
    assert twin.status_code == 422
    assert "ida is on this list already." in twin.text
    assert 'value="leads" id="f-new-ambassador-leads" checked' in twin.text
    wrong = leo.post(
        f"{here}/holders", data={"duty": "coach", "name": "Tom", "side": "external", "hands_over_on": "x"}
    )
    assert wrong.status_code == 422
    assert "That day could not be read." in wrong.text
    nothing = leo.post(f"{here}/trainings", data={"audience": "lead", "held_on": "", "who": "Shops"})
    assert nothing.status_code == 422
    assert "On which day was it?" in nothing.text
    assert "Choose what they were trained in." in nothing.text
    assert 'value="Shops"' in nothing.text
    nobody = {"audience": "lead", "topics": ["writing"], "held_on": "2027-01-01", "people": "0"}
    assert "A number from 1 to" in leo.post(f"{here}/trainings", data=nobody).text


def test_trainings_are_kept_and_taken_off_the_record(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}"
    held = {
        "audience": "coach",
        "topics": ["writing", "nonsense"],
        "people": "1,200",
        "held_on": "2027-01-01",
    }
    assert leo.post(f"{here}/trainings", data=held).status_code == 303
    assert "Writing good OKRs: 1,200" in leo.get(f"{here}/people").text
    assert leo.post(f"/trainings/{cast.training}/delete").status_code == 303
    assert "Leading check-ins: 4" not in leo.get(f"{here}/people").text


def test_accounts_are_let_in_by_name_or_address(cast: Cast):
    leo, here = cast.browser("Leo"), f"/programs/{cast.program}"
    assert cast.browser("Ines").get(here).status_code == 403
    assert leo.post(f"{here}/members", data={"who": "ines", "part": "ambassador"}).status_code == 303
    assert cast.browser("Ines").get(here).status_code == 200
    assert cast.browser("Ines").get(f"{here}/units/new").status_code == 200  # an ambassador plans
    for who, words in (("Ines", "takes part already"), ("Nobody", "No account has this name"), ("", "Whom?")):
        answer = leo.post(f"{here}/members", data={"who": who, "part": "viewer"})
        assert answer.status_code == 422
        assert words in answer.text
    leo.post(f"{here}/members/{cast.people['Ines']}", data={"part": "viewer"})
    assert cast.browser("Ines").get(f"{here}/units/new").status_code == 403
    leo.post(f"{here}/members/{cast.people['Ines']}/delete")
    assert cast.browser("Ines").get(here).status_code == 403


def test_a_program_keeps_a_leader(cast: Cast):
    leo, mine = cast.browser("Leo"), f"/programs/{cast.program}/members/{cast.people['Leo']}"
    assert leo.post(f"{mine}/delete").status_code == 409
    assert leo.post(mine, data={"part": "viewer"}).status_code == 409
    leo.post(f"/programs/{cast.program}/members/{cast.people['Tom']}", data={"part": "leader"})
    assert leo.post(f"{mine}/delete").headers["location"] == "/programs"


@pytest.mark.parametrize(
    ("inviter", "program", "part", "role"),
    [
        ("Leo", "program", "leader", "leader"),
        ("Leo", "program", "ambassador", "coach"),
        ("Leo", "program", "viewer", "viewer"),
        ("Ines", "other_program", "leader", "coach"),  # a coach cannot hand on a look at every workshop
        ("Ines", "other_program", "viewer", "coach"),
    ],
)
def test_a_link_lets_one_person_in(cast: Cast, inviter: str, program: str, part: str, role: str):
    here = f"/programs/{getattr(cast, program)}"
    page = cast.browser(inviter).post(f"{here}/invitations", data={"part": part}).text
    link = re.search(r"/invitations/[\w-]+", page)[0]  # type: ignore[index]
    guest = cast.browser("nobody")
    account = {"name": "Gus", "email": "gus@alder.example", "password": "a long enough one"}
    answer = guest.post(link, data=account)
    assert answer.headers["location"] == f"{here}?as={part}"
    assert guest.get(here).status_code == 200
    assert guest.get(f"{here}/units/new").status_code == (200 if part in ("leader", "ambassador") else 403)
    assert cast.browser("nobody").post(link, data=account).status_code == 410
    members = cast.browser(inviter).get(f"{here}/people").text
    assert "Gus" in members
    people = cast.browser("Mara").get("/people").text
    assert re.search(rf"Gus.*?{role}", people, re.DOTALL)


def test_who_takes_part_already_keeps_their_part_and_the_link_stays_good(cast: Cast):
    page = cast.browser("Leo").post(f"/programs/{cast.program}/invitations", data={"part": "viewer"}).text
    link = re.search(r"/invitations/[\w-]+", page)[0]  # type: ignore[index]
    assert cast.browser("Leo").post(link).status_code == 409
    assert cast.browser("Ines").post(link).status_code == 303
    assert cast.browser("Ines").get(f"/programs/{cast.program}").status_code == 200


def test_viewers_see_the_people_and_are_offered_nothing(cast: Cast):
    page = cast.browser("Vera").get(f"/programs/{cast.program}/people").text
    assert "Noor" in page
    assert "/holders" not in page
    assert "/members" not in page


def test_scripts_do_all_of_it_too(cast: Cast):
    leo, here = cast.script("Leo"), f"/api/v1/programs/{cast.program}"
    ida = leo.post(
        f"{here}/holders", json={"duty": "ambassador", "name": "Ida", "strengths": ["leads"]}
    ).json()
    assert len(ida["train_next"]) == 5
    changed = leo.put(f"/api/v1/holders/{ida['id']}", json={"duty": "coach", "name": "Ida B."}).json()
    assert (changed["name"], changed["duty"]) == ("Ida B.", "ambassador")
    assert leo.delete(f"/api/v1/holders/{ida['id']}").status_code == 204
    held = {"audience": "lead", "topics": ["check_ins"], "held_on": "2027-01-02", "people": 3}
    training = leo.post(f"{here}/trainings", json=held).json()
    assert training["topics"] == ["check_ins"]
    assert leo.delete(f"/api/v1/trainings/{training['id']}").status_code == 204
    ines = leo.post(f"{here}/members", json={"who": "Ines", "part": "ambassador"}).json()
    assert leo.put(f"{here}/members/{ines['person_id']}", json={"part": "viewer"}).status_code == 204
    assert {each["name"]: each["part"] for each in leo.get(f"{here}/members").json()}["Ines"] == "viewer"
    assert leo.delete(f"{here}/members/{ines['person_id']}").status_code == 204
    assert "/invitations/" in leo.post(f"{here}/invitations", json={"part": "coach"}).json()["link"]
    leo.patch(here, json={"why": "Faster returns.", "reasons": ["focus", "nonsense"], "cycles_done": 1})
    assert leo.get(here).json()["reasons"] == ["focus"]
    assert leo.post(f"{here}/why/reviews", json={"truth": "partly"}).status_code == 201
    assert leo.get(f"{here}/why/reviews").json()[0]["why"] == "Faster returns."
    assert leo.delete(here).status_code == 204
    assert leo.get(here).status_code == 404


def test_a_name_lets_in_whatever_its_alphabet(cast: Cast):
    async def rename() -> None:
        async with cast.app.state.database.writing() as session:
            (await session.get_one(Person, cast.people["Ines"])).name = "Özlem Şahin"

    cast.portal.call(rename)
    members = f"/api/v1/programs/{cast.program}/members"
    let_in = cast.script("Leo").post(members, json={"who": "özlem şahin", "part": "viewer"})
    assert let_in.status_code == 201
