"""A to-do becomes an objective or a key result: once, with its words, in one transaction."""

from concurrent.futures import ThreadPoolExecutor

from boathouse.workshop.documents.documents import Documents
from tests.cast import Cast


def write(cast: Cast, texts: dict[str, str]) -> None:
    """Write into room 1's document."""
    assert cast.portal
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[1], texts)


def word(cast: Cast, name: str) -> str:
    """A root text of room 1's document."""
    documents: Documents = cast.app.state.documents
    assert cast.portal
    return cast.portal.call(documents.open, cast.rooms[1]).words.text(name)


def draft(cast: Cast) -> dict:
    """Room 1's draft as programs read it."""
    return cast.script("Ana").get(f"/api/v1/rooms/{cast.rooms[1]}/draft").json()


def to_key_result(cast: Cast, who: str = "Ana"):  # type: ignore[no-untyped-def]
    """The answer to turning the cast's to-do into a key result."""
    path = f"/api/v1/todos/{cast.todo}/key-result"
    return cast.script(who).post(path, json={"objective_id": cast.objective})


def test_the_outcome_becomes_the_statement(cast: Cast) -> None:
    write(cast, {f"todo:{cast.todo}:outcome": "Customers book the pick-up themselves"})
    answer = to_key_result(cast)
    assert (answer.status_code, answer.json()["statement"]) == (201, "Customers book the pick-up themselves")
    name = f"key_result:{answer.json()['id']}:statement"
    assert word(cast, name) == "Customers book the pick-up themselves"
    assert draft(cast)["todos"][0]["converted_to"] == name.rpartition(":")[0]


def test_without_an_outcome_the_text_is_taken(cast: Cast) -> None:
    answer = cast.script("Ana").post(f"/api/v1/todos/{cast.todo}/objective")
    assert (answer.status_code, answer.json()["title"]) == (201, "Build a returns portal")
    assert word(cast, f"objective:{answer.json()['id']}:title") == "Build a returns portal"
    assert word(cast, f"todo:{cast.todo}:text") == "Build a returns portal"


def test_a_conversion_happens_once_for_each_item(cast: Cast) -> None:
    with ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(lambda _: to_key_result(cast).status_code, range(6)))
    assert codes == [201] + [409] * 5
    assert len(draft(cast)["objectives"][0]["key_results"]) == 2


def test_nothing_written_is_nothing_to_turn_round(cast: Cast) -> None:
    write(cast, {f"todo:{cast.todo}:text": "  "})
    assert to_key_result(cast).status_code == 409


def test_limits_hold_and_leave_the_item_as_it_was(cast: Cast) -> None:
    for _ in range(2):
        path = f"/api/v1/objectives/{cast.objective}/key-results"
        assert cast.script("Ana").post(path, json={"type": "metric"}).status_code == 201
    assert to_key_result(cast).status_code == 409
    assert draft(cast)["todos"][0]["converted_to"] is None


def test_a_removed_item_is_not_turned_round(cast: Cast) -> None:
    cast.script("Ana").delete(f"/api/v1/todos/{cast.todo}")
    assert to_key_result(cast).status_code == 409


def test_another_rooms_objective_is_not_found(cast: Cast) -> None:
    there = cast.script("Cleo").post(f"/api/v1/rooms/{cast.rooms[2]}/objectives").json()["id"]
    path = f"/api/v1/todos/{cast.todo}/key-result"
    assert cast.script("Ana").post(path, json={"objective_id": there}).status_code == 404
    assert cast.script("Tom").post(path, json={"objective_id": there}).status_code == 404
    assert draft(cast)["todos"][0]["converted_to"] is None


def test_the_page_says_what_became_of_it(cast: Cast) -> None:
    page = cast.browser("Ana")
    answer = page.post(f"/todos/{cast.todo}/key-result", data={"objective_id": cast.objective})
    assert answer.status_code == 204
    assert answer.headers["HX-Trigger"].startswith('{"focusField": "key_result:')
    assert "Now key result 2" in page.get(f"/rooms/{cast.rooms[1]}").text
