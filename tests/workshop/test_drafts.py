"""A room's draft: order, limits, removal and the way back; first the rules, then the routes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from boathouse.rollout.parameters import GroundRules
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft, numbered
from boathouse.workshop.items import next_position, put
from boathouse.workshop.key_results import allowed_types, key_result_limit
from boathouse.workshop.objectives import objective_limit
from boathouse.workshop.open_rooms import why_closed
from boathouse.workshop.tables import KeyResultType, Objective, Room, Status, Workshop
from boathouse.workshop.web.drafts import harvest_month
from tests.cast import Cast

GONE = datetime(2026, 5, 4, tzinfo=UTC)


def rows(*names: str) -> list[Objective]:
    """Objectives in this order; a name in brackets is a removed one."""
    return [
        Objective(
            id=name.strip("()"), room_id="r", position=n, deleted_at=GONE if name.startswith("(") else None
        )
        for n, name in enumerate(names)
    ]


def order(placed: list[Objective]) -> str:
    """Their ids by position."""
    return "".join(row.id for row in sorted(placed, key=lambda row: row.position))


@pytest.mark.parametrize(
    ("moved", "number", "expected"),
    [("a", 2, "bac"), ("c", 1, "cab"), ("a", 3, "bca"), ("a", 99, "bca"), ("b", 0, "bac"), ("b", 2, "abc")],
)
def test_an_item_goes_to_its_number(moved: str, number: int, expected: str) -> None:
    placed = rows("a", "b", "c")
    put(placed, moved, number)
    assert order(placed) == expected


def test_removed_items_do_not_count_and_keep_their_neighbour() -> None:
    placed = rows("a", "(x)", "b", "c")
    put(placed, "c", 2)
    assert order(placed) == "axcb"


def test_a_new_item_stands_behind_removed_ones() -> None:
    assert next_position(rows("a", "(x)")) == 2
    assert next_position([]) == 0


def test_numbers_count_what_is_left() -> None:
    assert [number for number, _ in numbered(rows("a", "(x)", "b"))] == [1, 0, 2]


@pytest.mark.parametrize(
    ("most", "sentence"),
    [
        (1, "One objective is the limit here. Choosing it is the work."),
        (3, "Three is the limit. Two done well beats three."),
        (5, "Five is the limit. Four done well beats five."),
    ],
)
def test_a_limit_is_said_kindly(most: int, sentence: str) -> None:
    assert objective_limit(GroundRules(max_objectives=most)) == sentence
    assert key_result_limit(GroundRules(max_key_results=most))


def test_a_metric_is_always_allowed() -> None:
    assert allowed_types(GroundRules(key_result_types=["milestone"])) == [
        KeyResultType.METRIC,
        KeyResultType.MILESTONE,
    ]


def test_why_a_draft_is_closed() -> None:
    room, workshop = Room(workshop_id="w", number=1, name="Room 1"), Workshop(title="W")
    assert why_closed(room, workshop) is None
    workshop.locked = True
    assert "locked" in (why_closed(room, workshop) or "")
    room.closed_at = GONE
    assert "closed" in (why_closed(room, workshop) or "")
    workshop.status = Status.ENDED
    assert "ended" in (why_closed(room, workshop) or "")


def test_what_people_call_an_item() -> None:
    key_result = KeyResultDraft("k", 2, None, "o", KeyResultType.METRIC, "", "", "", "", None, None)
    objective = ObjectiveDraft("o", 1, None, "", "", [key_result])
    assert Draft("r", objectives=[objective]).called("key_result:k") == "key result 2"
    other = ObjectiveDraft("p", 2, None, "", "", [])
    assert Draft("r", objectives=[objective, other]).called("key_result:k") == "key result 2 of objective 1"
    assert Draft("r", objectives=[objective]).called("objective:p") is None


@pytest.mark.parametrize(
    ("month", "cycle", "harvest"), [(5, 3, "September"), (11, 3, "March"), (12, 1, "February")]
)
def test_the_month_in_which_it_will_have_worked(month: int, cycle: int, harvest: str) -> None:
    assert harvest_month(datetime(2026, month, 4, tzinfo=UTC), cycle) == harvest


def add_objective(cast: Cast, who: str = "Ana", room: int = 1) -> str:
    """A new objective's id."""
    answer = cast.script(who).post(f"/api/v1/rooms/{cast.rooms[room]}/objectives")
    assert answer.status_code == 201
    return str(answer.json()["id"])


def draft(cast: Cast, room: int = 1) -> dict:
    """The draft as programs read it."""
    return cast.script("Ana" if room == 1 else "Cleo").get(f"/api/v1/rooms/{cast.rooms[room]}/draft").json()


def test_asked_for_once_more_because_an_answer_got_lost_it_is_made_once(cast: Cast) -> None:
    room, ana = cast.rooms[1], cast.browser("Ana")
    objective, key_result, todo = ("k1m2n3p4q5r6", "k1m2n3p4q5r7", "k1m2n3p4q5r8")
    wishes = {
        f"/rooms/{room}/objectives": objective,
        f"/objectives/{objective}/key-results": key_result,
        f"/rooms/{room}/todos": todo,
    }
    for address, own_id in wishes.items():
        for _ in range(2):
            answer = ana.post(address, data={"id": own_id})
            assert answer.status_code == 204
            assert own_id in answer.headers["hx-trigger"]
    made = next(each for each in draft(cast)["objectives"] if each["id"] == objective)
    assert [each["id"] for each in made["key_results"]] == [key_result]
    assert [each["id"] for each in draft(cast)["todos"]].count(todo) == 1
    elsewhere = cast.browser("Cleo").post(f"/rooms/{cast.rooms[2]}/objectives", data={"id": objective})
    assert elsewhere.status_code == 409


def test_a_draft_has_the_shape_of_the_contract(cast: Cast) -> None:
    body = draft(cast)
    assert body["room_id"] == cast.rooms[1]
    objective = body["objectives"][0]
    assert objective["title"] == "Returns are easy"
    assert [each["code"] for each in objective["findings"]] == ["objective.no_why"]
    key_result = objective["key_results"][0]
    assert key_result.pop("findings")[0].keys() >= {"code", "severity", "message", "question"}
    assert key_result | {"id": 0} == {
        "id": 0,
        "type": "metric",
        "statement": "Money back fast",
        "start": "",
        "target": "",
        "unit": "",
        "commit": "",
        "stretch": "",
        "owner": None,
        "owner_id": None,
    }
    assert body["todos"][0]["text"] == "Build a returns portal"


def test_an_objective_over_the_limit_is_refused_with_the_rule(cast: Cast) -> None:
    add_objective(cast)
    add_objective(cast)
    answer = cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/objectives")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Three is the limit. Two done well beats three."


def test_a_limit_holds_when_many_press_at_once(cast: Cast) -> None:
    def press(_: int) -> int:
        return cast.script("Cleo").post(f"/api/v1/rooms/{cast.rooms[2]}/objectives").status_code

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(press, range(8)))
    assert codes == [201] * 3 + [409] * 5
    assert len(draft(cast, 2)["objectives"]) == 3


def test_key_results_are_limited_and_typed(cast: Cast) -> None:
    path = f"/api/v1/objectives/{cast.objective}/key-results"
    ana = cast.script("Ana")
    baseline = ana.post(path, json={"type": "baseline"})
    assert (baseline.status_code, baseline.json()["type"]) == (201, "baseline")
    assert ana.post(path, json={"type": "wish"}).status_code == 422
    assert ana.post(path, json={"type": "milestone"}).status_code == 201
    full = ana.post(path, json={"type": "metric"})
    assert (full.status_code, "limit" in full.json()["detail"]) == (409, True)


def test_a_type_that_is_not_used_is_refused_with_the_rule(cast: Cast) -> None:
    async def forbid_milestones() -> None:
        async with cast.app.state.database.writing() as session:
            workshop = await session.get(Workshop, cast.workshop)
            workshop.ground_rules = {**workshop.ground_rules, "key_result_types": ["metric"]}

    assert cast.portal
    cast.portal.call(forbid_milestones)
    ana = cast.script("Ana")
    added = ana.post(f"/api/v1/objectives/{cast.objective}/key-results", json={"type": "milestone"})
    changed = ana.patch(f"/api/v1/key-results/{cast.key_result}", json={"type": "milestone"})
    assert (added.status_code, changed.status_code) == (409, 409)
    assert "“Change a number”" in added.json()["detail"]


def test_type_and_owner_change(cast: Cast) -> None:
    path, ana = f"/api/v1/key-results/{cast.key_result}", cast.script("Ana")
    assert ana.patch(path, json={"type": "milestone"}).json()["type"] == "milestone"
    assert ana.patch(path, json={"owner_id": cast.seats["Ben"]}).json()["owner_id"] == cast.seats["Ben"]
    assert draft(cast)["objectives"][0]["key_results"][0]["owner"] == "Ben"
    assert ana.patch(path, json={"owner_id": None}).json()["owner_id"] is None


def test_an_owner_sits_in_the_room(cast: Cast) -> None:
    path = f"/api/v1/key-results/{cast.key_result}"
    assert cast.script("Ana").patch(path, json={"owner_id": cast.seats["Cleo"]}).status_code == 409


def test_removing_leaves_a_way_back(cast: Cast) -> None:
    page, ana = cast.browser("Ana"), cast.script("Ana")
    assert page.delete(f"/objectives/{cast.objective}").status_code == 204
    assert draft(cast)["objectives"] == []
    assert "An objective removed by Ana" in page.get(f"/rooms/{cast.rooms[1]}").text
    assert ana.post(f"/api/v1/objectives/{cast.objective}/restore").status_code == 200
    assert draft(cast)["objectives"][0]["key_results"][0]["statement"] == "Money back fast"


def test_the_way_back_is_closed_over_the_limit(cast: Cast) -> None:
    page = cast.browser("Ana")
    page.delete(f"/objectives/{cast.objective}")
    for _ in range(3):
        add_objective(cast)
    answer = cast.script("Ana").post(f"/api/v1/objectives/{cast.objective}/restore")
    assert (answer.status_code, answer.json()["detail"]) == (
        409,
        "Three is the limit. Two done well beats three.",
    )


def test_a_key_result_does_not_come_back_without_its_objective(cast: Cast) -> None:
    ana = cast.script("Ana")
    ana.delete(f"/api/v1/key-results/{cast.key_result}")
    ana.delete(f"/api/v1/objectives/{cast.objective}")
    assert ana.post(f"/api/v1/key-results/{cast.key_result}/restore").status_code == 409


def test_objectives_are_reordered(cast: Cast) -> None:
    second = add_objective(cast)
    page = cast.browser("Ana")
    assert page.post(f"/objectives/{second}/move", data={"number": 1}).status_code == 204
    assert [each["id"] for each in draft(cast)["objectives"]] == [second, cast.objective]


def test_todos_come_and_go(cast: Cast) -> None:
    ana = cast.script("Ana")
    added = ana.post(f"/api/v1/rooms/{cast.rooms[1]}/todos").json()["id"]
    ana.post(f"/api/v1/todos/{added}/move", json={"number": 1})
    assert [todo["id"] for todo in draft(cast)["todos"]] == [added, cast.todo]
    ana.delete(f"/api/v1/todos/{added}")
    assert [todo["id"] for todo in draft(cast)["todos"]] == [cast.todo]
    assert ana.post(f"/api/v1/todos/{added}/restore").status_code == 200


@pytest.mark.parametrize("end", ["lock", "end"])
def test_a_closed_draft_is_not_changed(cast: Cast, end: str) -> None:
    assert cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/{end}").status_code == 200
    answer = cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/objectives")
    assert answer.status_code == 423
    assert cast.browser("Ana").delete(f"/objectives/{cast.objective}").status_code == 423


def test_nobody_drafts_in_a_room_that_is_not_theirs(cast: Cast) -> None:
    for who in ("Cleo", "Vera", "Leo", "Ines"):
        assert cast.script(who).delete(f"/api/v1/objectives/{cast.objective}").status_code == 403
    assert cast.script("nobody").delete(f"/api/v1/objectives/{cast.objective}").status_code == 401


def test_new_fields_may_be_written_at_once(cast: Cast) -> None:
    documents, room_id = cast.app.state.documents, cast.rooms[1]
    cast.portal.call(documents.edit, room_id, {f"objective:{cast.objective}:title": "Returns are easy"})
    added = add_objective(cast)
    room = documents.rooms[room_id]  # somebody's words opened it
    assert f"objective:{added}:title" in room.copies
