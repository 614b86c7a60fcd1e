"""Comments: pinned, answered, settled, kept; first the rules, then the routes."""

from datetime import UTC, datetime, timedelta

import pytest

from boathouse.core.errors import Problem
from boathouse.workshop.comments import gather_threads, is_gone, pinned_to, waits_for_coach, words_at
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft
from boathouse.workshop.remarks import Pin
from boathouse.workshop.tables import Comment, KeyResultType
from tests.cast import Cast

START = datetime(2026, 5, 4, tzinfo=UTC)
KEY_RESULT = KeyResultDraft(
    "k", 1, None, "o", KeyResultType.METRIC, "Money back", "34", "75", "%", None, None
)
DRAFT = Draft("r", objectives=[ObjectiveDraft("o", 1, None, "Returns", "Now or never", [KEY_RESULT])])


def said(name: str, minute: int, parent: str | None = None, **more: object) -> Comment:
    """A row; participants have lower-case names."""
    author = {"seat_id": name} if name.islower() else {"person_id": name}
    return Comment(
        id=f"{name}{minute}",
        room_id="r",
        parent_id=parent,
        body=f"{name} speaks",
        author_name=name,
        created_at=START + timedelta(minutes=minute),
        **author,
        **more,
    )


def threads(*rows: Comment) -> list:
    """The room's threads."""
    return gather_threads([(row, 1) for row in rows], ["r"])["r"]


@pytest.mark.parametrize(
    ("rows", "waits"),
    [
        ([said("Mara", 1)], False),
        ([said("ana", 1)], True),
        ([said("Mara", 1), said("ana", 2, "Mara1")], True),
        ([said("Mara", 1), said("ana", 2, "Mara1"), said("Tom", 3, "Mara1")], False),
        ([said("Mara", 1), said("ana", 2, "Mara1", deleted_at=START)], False),
        ([said("ana", 1, resolved_at=START)], False),
    ],
)
def test_an_open_thread_waits_when_a_participant_spoke_last(rows: list[Comment], waits: bool) -> None:
    assert waits_for_coach(threads(*rows)[0]) is waits


def test_a_deleted_comment_stays_while_it_has_answers() -> None:
    gone = said("Mara", 1, deleted_at=START)
    assert threads(gone) == []
    thread = threads(gone, said("ana", 2, "Mara1"))[0]
    assert [remark.is_deleted for remark in thread.remarks] == [True, False]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("room", ""),
        ("objective:o", "Returns"),
        ("objective:o:why", "Now or never"),
        ("key_result:k", "Money back"),
        ("key_result:k:start", "34"),
        ("key_result:x:start", None),
        ("objective:x", None),
    ],
)
def test_the_words_at_a_place(place: str, words: str | None) -> None:
    assert words_at(DRAFT, place) == words


def test_where_a_thread_is_pinned_in_words() -> None:
    assert pinned_to(DRAFT, threads(said("ana", 1))[0]) == "the whole room"
    at_start = threads(said("ana", 1, key_result_id="k", field="start"))[0]
    assert pinned_to(DRAFT, at_start) == "the starting point of key result 1"
    lost = threads(said("ana", 1, key_result_id="x"))[0]
    assert is_gone(DRAFT, lost)
    assert pinned_to(DRAFT, lost) == "a key result that was removed"


@pytest.mark.parametrize("place", ["room", "objective:o", "key_result:k:start"])
def test_a_pin_is_read_from_a_place(place: str) -> None:
    assert Pin.parse(place).place == place


@pytest.mark.parametrize("place", ["", "todo:t", "objective:", "seat:x"])
def test_a_place_that_cannot_be_commented_on(place: str) -> None:
    with pytest.raises(Problem):
        Pin.parse(place)


def test_a_pin_names_a_field_of_its_item() -> None:
    Pin(key_result_id="k", field="start").check()
    for wrong in (
        Pin(objective_id="o", field="start"),
        Pin(field="title"),
        Pin(key_result_id="k", field="id"),
    ):
        with pytest.raises(Problem):
            wrong.check()


def comment(cast: Cast, who: str = "Tom", body: str = "From what?", **pin: str) -> dict:
    """A new comment in room 1."""
    answer = cast.script(who).post(f"/api/v1/rooms/{cast.rooms[1]}/comments", json={"body": body, **pin})
    assert answer.status_code == 201, answer.text
    return answer.json()


def listed(cast: Cast, comment_id: str) -> dict:
    """One of room 1's threads, as programs read it."""
    found = cast.script("Ana").get(f"/api/v1/rooms/{cast.rooms[1]}/comments").json()
    return next(each for each in found if each["id"] == comment_id)


def write(cast: Cast, name: str, text: str) -> None:
    """Write into room 1's document."""
    assert cast.portal
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[1], {name: text})


def test_a_comment_keeps_the_text_it_was_about(cast: Cast) -> None:
    name = f"key_result:{cast.key_result}:start"
    write(cast, name, "about five")
    made = comment(cast, key_result_id=cast.key_result, field="start")
    assert made["about"] == "about five"
    write(cast, name, "18 of 100")
    cast.script("Ana").post(f"/api/v1/comments/{made['id']}/resolve")
    thread = listed(cast, made["id"])
    assert (thread["about"], thread["about_settled"], thread["resolved_by"]) == (
        "about five",
        "18 of 100",
        "Ana",
    )


def test_either_side_settles_and_opens_again(cast: Cast) -> None:
    made = comment(cast)
    for who in ("Ana", "Tom"):
        program = cast.script(who)
        assert program.post(f"/api/v1/comments/{made['id']}/resolve").json()["resolved_at"]
        assert program.post(f"/api/v1/comments/{made['id']}/resolve").status_code == 200
        assert program.post(f"/api/v1/comments/{made['id']}/reopen").json()["resolved_at"] is None


def test_a_reply_hangs_below_the_thread_and_opens_it(cast: Cast) -> None:
    made = comment(cast)
    cast.script("Tom").post(f"/api/v1/comments/{made['id']}/resolve")
    reply = cast.script("Ana").post(f"/api/v1/comments/{made['id']}/replies", json={"body": "18"}).json()
    again = cast.script("Tom").post(f"/api/v1/comments/{reply['id']}/replies", json={"body": "Good"}).json()
    assert again["parent_id"] == made["id"]
    thread = listed(cast, made["id"])
    assert [each["body"] for each in thread["replies"]] == ["18", "Good"]
    assert [each["is_coach"] for each in thread["replies"]] == [False, True]
    assert thread["resolved_at"] is None


def test_scripts_hear_who_said_it_by_one_name_wherever_they_look(cast: Cast) -> None:
    tom, path = cast.script("Tom"), f"/api/v1/rooms/{cast.rooms[1]}/comments"
    made = tom.post(path, json={"body": "From what?"}).json()
    reply = cast.script("Ana").post(f"/api/v1/comments/{made['id']}/replies", json={"body": "8 %"}).json()
    read = next(each for each in tom.get(path).json() if each["id"] == made["id"])
    assert (made["author"], read["author"]) == ("Tom", "Tom")
    assert (reply["author"], read["replies"][0]["author"]) == ("Ana", "Ana")
    assert "author_name" not in made | reply | read


def test_only_its_author_edits_and_deletes_a_comment(cast: Cast) -> None:
    path = f"/api/v1/comments/{comment(cast)['id']}"
    for who in ("Ana", "Mara"):
        assert cast.script(who).put(path, json={"body": "Mine now"}).status_code == 403
        assert cast.script(who).delete(path).status_code == 403
    assert (
        cast.script("Tom").put(path, json={"body": "From which number?"}).json()["body"]
        == "From which number?"
    )
    assert cast.script("Tom").delete(path).status_code == 204
    assert cast.script("Tom").put(path, json={"body": "Again"}).status_code == 404


def test_a_comment_outlives_what_it_was_pinned_to(cast: Cast) -> None:
    made = comment(cast, key_result_id=cast.key_result)
    cast.script("Ana").delete(f"/api/v1/key-results/{cast.key_result}")
    thread = listed(cast, made["id"])
    assert (thread["gone"], thread["about"]) == (True, "Money back fast")
    page = cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").text
    assert "Comments whose place is gone" in page
    assert "on a key result that was removed" in page


def test_participants_start_comments_too(cast: Cast) -> None:
    answer = cast.browser("Ana").post(
        f"/rooms/{cast.rooms[1]}/comments",
        data={"body": "Is this one?", "on": f"objective:{cast.objective}:title"},
    )
    assert answer.status_code == 204
    assert "Is this one?" in cast.browser("Tom").get(f"/rooms/{cast.rooms[1]}").text


def test_a_place_in_another_room_is_not_found(cast: Cast) -> None:
    path = f"/api/v1/rooms/{cast.rooms[2]}/comments"
    there = {"body": "Hello", "objective_id": cast.objective}
    assert cast.script("Tom").post(path, json=there).status_code == 404
    assert cast.script("Cleo").post(path, json=there).status_code == 404


def test_a_key_result_is_not_found_below_another_objective(cast: Cast) -> None:
    other = cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/objectives").json()["id"]
    pin = {"body": "Hello", "objective_id": other, "key_result_id": cast.key_result}
    assert cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/comments", json=pin).status_code == 404
    assert comment(cast, "Ana", objective_id=cast.objective, key_result_id=cast.key_result)


@pytest.mark.parametrize("body", ["", "   ", "x" * 2001])
def test_a_comment_has_words_but_not_too_many(cast: Cast, body: str) -> None:
    page = cast.browser("Ana").post(f"/rooms/{cast.rooms[1]}/comments", data={"body": body})
    assert page.status_code == 422
    assert (
        cast.script("Ana").post(f"/api/v1/rooms/{cast.rooms[1]}/comments", json={"body": body}).status_code
        == 422
    )


def test_who_may_comment(cast: Cast) -> None:
    path = f"/api/v1/rooms/{cast.rooms[1]}/comments"
    for who, status in {"Vera": 403, "Leo": 403, "Ines": 403, "Cleo": 403, "nobody": 401, "Ben": 201}.items():
        assert cast.script(who).post(path, json={"body": "Hello"}).status_code == status, who


def test_locked_drafts_are_talked_about_and_the_end_is_the_end(cast: Cast) -> None:
    tom, made = cast.script("Tom"), comment(cast)
    tom.post(f"/api/v1/workshops/{cast.workshop}/lock")
    assert (
        cast.script("Ana").post(f"/api/v1/comments/{made['id']}/replies", json={"body": "18"}).status_code
        == 201
    )
    tom.post(f"/api/v1/workshops/{cast.workshop}/end")
    assert (
        cast.script("Ana").post(f"/api/v1/comments/{made['id']}/replies", json={"body": "20"}).status_code
        == 423
    )
