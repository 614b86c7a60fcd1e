"""Findings of a room's draft: what is found, what is asked of it, and "we meant it"."""

import pytest

from boathouse.rollout.parameters import RECOMMENDED, GroundRules
from boathouse.workshop.asking import questions_of, with_words
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft, TodoDraft
from boathouse.workshop.findings import counts_of, findings_of
from boathouse.workshop.tables import KeyResultType
from tests.cast import Cast

STATEMENT = "Refunds are paid within a week"


def key_result(
    number: int = 1,
    statement: str = STATEMENT,
    start: str = "34",
    target: str = "75",
    unit: str = "%",
    owner: str | None = "Ana",
    kind: KeyResultType = KeyResultType.METRIC,
) -> KeyResultDraft:
    """One with nothing to ask about, unless something else is said."""
    owner_id = "s" if owner else None
    return KeyResultDraft(
        f"k{number}", number, None, "o", kind, statement, start, target, unit, owner_id, owner
    )


def draft(*key_results: KeyResultDraft, title: str = "Sending a sofa back is as easy as buying one") -> Draft:
    """One objective with these key results."""
    return Draft("r", objectives=[ObjectiveDraft("o", 1, None, title, "Now or never", list(key_results))])


def codes(of: Draft, item: str = "key_result:k1", rules: GroundRules = RECOMMENDED) -> set[str]:
    return {one.finding.code for one in findings_of(of, rules).get(item, [])}


def asked(of: Draft, place: str, meant: dict[tuple[str, str], str] | None = None) -> list[str]:
    return [one.finding.code for one in questions_of(of, RECOMMENDED, meant or {})[place].questions]


def test_a_target_without_a_start_is_found_where_it_is_asked() -> None:
    found = findings_of(draft(key_result(start="")), RECOMMENDED)
    assert [(one.finding.code, one.field) for one in found["key_result:k1"]] == [("kr.no_baseline", "start")]
    assert counts_of(found) == {"kr.no_baseline": 1}


def test_whoever_says_that_nothing_is_measured_yet_is_believed() -> None:
    found = findings_of(draft(key_result(start="not measured yet")), RECOMMENDED)
    assert [one.finding.severity for one in found["key_result:k1"]] == ["info"]
    assert counts_of(found) == {}


def test_an_item_without_words_has_no_findings() -> None:
    assert findings_of(draft(key_result(statement=" ", start="", target="", owner=None)), RECOMMENDED) == {}


def test_findings_follow_the_ground_rules() -> None:
    milestone = draft(key_result(kind=KeyResultType.MILESTONE, start="", target="31 March", unit=""))
    assert "kr.type_not_allowed" not in codes(milestone)
    assert "kr.type_not_allowed" in codes(milestone, rules=GroundRules(key_result_types=["metric"]))
    four = draft(*(key_result(n, f"{STATEMENT}, kind {n}") for n in range(1, 5)))
    assert "kr.too_many" in codes(four, "key_result:k4")
    assert "kr.too_many" not in codes(four, "key_result:k4", GroundRules(max_key_results=4))


def test_what_is_meant_is_marked_and_not_counted() -> None:
    found = findings_of(draft(key_result(start="")), RECOMMENDED, {("key_result:k1", "kr.no_baseline")})
    assert [one.meant for one in found["key_result:k1"]] == [True]
    assert counts_of(found) == {}


def test_two_questions_at_once_and_the_weightiest_first() -> None:
    vague = draft(key_result(statement="Better returns", start="", target="", unit="", owner=None))
    assert codes(vague) == {"kr.no_number", "kr.vague", "kr.no_owner"}
    assert asked(vague, "key_result:k1") == ["kr.no_number", "kr.vague"]


def test_an_owner_is_asked_for_once_nothing_else_is_left() -> None:
    assert asked(draft(key_result(start="", owner=None)), "key_result:k1") == ["kr.no_baseline"]
    assert asked(draft(key_result(owner=None)), "key_result:k1") == ["kr.no_owner"]


def test_the_empty_place_itself_asks_for_the_first_key_result() -> None:
    assert "objective.no_key_results" in codes(draft(), "objective:o")
    assert asked(draft(), "objective:o") == []


def test_why_now_is_asked_at_its_own_field() -> None:
    without = Draft("r", objectives=[ObjectiveDraft("o", 1, None, "Calm harbours for crews", "", [])])
    assert asked(without, "objective:o:why") == ["objective.no_why"]
    assert asked(without, "objective:o") == []


def test_what_was_meant_is_shown_with_who_said_so() -> None:
    meant = {("key_result:k1", "kr.no_baseline"): "Ana"}
    place = questions_of(draft(key_result(start="")), RECOMMENDED, meant)["key_result:k1"]
    assert place.questions == ()
    assert [(one.finding.code, by) for one, by in place.kept] == [("kr.no_baseline", "Ana")]


def todos(*pairs: tuple[str, str]) -> Draft:
    return Draft("r", todos=[TodoDraft(f"t{n}", n, None, *pair, None) for n, pair in enumerate(pairs, 1)])


def test_the_strip_asks_what_changes_one_to_do_at_a_time() -> None:
    strip = todos(("Build a portal", ""), ("Train drivers", ""))
    assert asked(strip, "todo:t1") == ["todo.no_outcome"]
    assert asked(strip, "todo:t2") == []
    assert asked(strip, "todo:t2", {("todo:t1", "todo.no_outcome"): "Ana"}) == ["todo.no_outcome"]


def test_the_strip_asks_on_when_the_outcome_is_work_again() -> None:
    strip = todos(("Train drivers", "Run three trainings for drivers"), ("Portal", "Nobody has to call us"))
    assert asked(strip, "todo:t1") == ["todo.work"]
    assert asked(strip, "todo:t2") == []
    strip = todos(
        ("Hire", "Train the whole team on the new tool"), ("Portal", "New colleagues can work on day one")
    )
    assert asked(strip, "todo:t1") == ["todo.work"], "without a number, too"
    assert asked(strip, "todo:t2") == [], "a state at the end may be what one wants"


def test_words_of_the_document_take_the_place_of_those_in_the_rows() -> None:
    now = with_words(
        draft(key_result(start="")),
        {"key_result:k1:start": "34", "objective:o:title": "New", "todo:x:text": "?"},
    )
    assert now.objectives[0].title == "New"
    assert asked(now, "key_result:k1") == []


def findings(cast: Cast) -> dict[str, bool]:
    """Code → whether it is meant, of the key result in room 1."""
    answer = cast.script("Ana").get(f"/api/v1/rooms/{cast.rooms[1]}/draft").json()
    return {one["code"]: one["meant"] for one in answer["objectives"][0]["key_results"][0]["findings"]}


def test_a_draft_comes_with_its_findings(cast: Cast) -> None:
    answer = cast.script("Ana").get(f"/api/v1/rooms/{cast.rooms[1]}/draft").json()
    found = answer["objectives"][0]["findings"]
    assert [(one["code"], one["severity"], one["field"]) for one in found] == [
        ("objective.no_why", "ask", "why")
    ]
    assert set(findings(cast)) == {"kr.milestone", "kr.no_number", "kr.no_owner"}


def test_we_meant_it_holds_for_the_room_and_can_be_taken_back(cast: Cast) -> None:
    path = f"/rooms/{cast.rooms[1]}/meant"
    said = {"item": f"key_result:{cast.key_result}", "code": "kr.milestone"}
    for _ in range(2):  # twice is once
        assert cast.browser("Ana").post(path, data=said).status_code == 204
    assert findings(cast)["kr.milestone"] is True
    page = cast.browser("Ben").get(f"/rooms/{cast.rooms[1]}").text
    assert "Ana said: we meant it." in page
    assert cast.browser("Ben").delete(path, params=said).status_code == 204
    assert findings(cast)["kr.milestone"] is False


def test_scripts_say_so_too(cast: Cast) -> None:
    path = f"/api/v1/rooms/{cast.rooms[1]}/meant"
    said = {"item": f"todo:{cast.todo}", "code": "todo.no_outcome"}
    assert cast.script("Ana").post(path, json=said).status_code == 204
    assert "Ana said: we meant it." in cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    assert cast.script("Tom").delete(path, params=said).status_code == 204


@pytest.mark.parametrize(
    ("item", "code", "status"),
    [
        ("key_result:{key_result}", "kr.wrong", 422),
        ("key_result:nowhere", "kr.milestone", 404),
        ("todo:nowhere", "todo.no_outcome", 404),
        ("", "", 422),
    ],
)
def test_only_what_is_there_can_be_meant(cast: Cast, item: str, code: str, status: int) -> None:
    said = {"item": item.format(key_result=cast.key_result), "code": code}
    assert cast.browser("Ana").post(f"/rooms/{cast.rooms[1]}/meant", data=said).status_code == status


def test_a_locked_draft_is_left_as_it_is(cast: Cast) -> None:
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/lock")
    said = {"item": f"key_result:{cast.key_result}", "code": "kr.milestone"}
    assert cast.browser("Ana").post(f"/rooms/{cast.rooms[1]}/meant", data=said).status_code == 423


def test_script_in_words_stays_words_in_what_is_asked(cast: Cast) -> None:
    assert cast.portal
    script = "<script>alert(1)</script> & <b>"
    words = {f"key_result:{cast.key_result}:statement": f"Publish 3 {script} posts"}
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[1], words)
    said = {"item": f"key_result:{cast.key_result}", "code": "kr.output"}
    cast.browser("Ana").post(f"/rooms/{cast.rooms[1]}/meant", data=said)
    assert "<script>alert" not in cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
