"""Erasing a person: nothing tells who they were, and what they gave the group is still there."""

from typing import Any

import pytest
from sqlmodel import SQLModel, col, select

from boathouse.core.clock import now
from boathouse.rollout.tables.okrs import OkrDraft
from boathouse.workshop.erasing import without_owner
from boathouse.workshop.tables import (
    Comment,
    DraftCopy,
    Invitee,
    KeyResult,
    Meant,
    Objective,
    Poll,
    PollAnswer,
    Question,
    RoomNote,
    Seat,
    Visit,
)
from tests.cast import Cast
from tests.rows import in_database
from tests.watching import pushed, watch

NAME, EARLIER, EMAIL = "Ophelia Quill", "Ophelie Q.", "ophelia@quill.example"


def as_noted(cast: Cast) -> list[dict[str, Any]]:
    """Objectives as a kept draft has them, with her as the owner of a key result."""
    words = {"type": "metric", "statement": "Answered calls", "start": "2", "target": "4", "unit": ""}
    number = {"id": "k1", "number": 1, "removed_by": None, "objective_id": "o1"}
    owned = {**number, **words, "owner": NAME, "owner_id": cast.seats["Ana"]}
    ours = {"id": "o1", "number": 1, "removed_by": None, "title": "Calls", "why": "Now"}
    return [{**ours, "key_results": [owned, {**owned, "owner": "Ben", "owner_id": cast.seats["Ben"]}]}]


@pytest.fixture
def ophelia(cast: Cast) -> str:
    """Ana under a name that is nowhere else, who has left traces of every kind; her seat."""
    seat_id, room = cast.seats["Ana"], cast.rooms[1]

    async def write(session) -> None:
        seat = await session.get_one(Seat, seat_id)
        seat.name, seat.email = NAME, EMAIL
        line = {"workshop_id": cast.workshop, "name": NAME, "name_key": NAME.lower(), "email": EMAIL}
        poll = Poll(workshop_id=cast.workshop, question="How sure are you?")
        objective = Objective(room_id=room, title="Gone", deleted_at=now(), deleted_by=NAME)
        key_result = await session.get_one(KeyResult, cast.key_result)
        key_result.owner_id = seat_id
        settled = await session.get_one(Comment, cast.comment)
        settled.resolved_at, settled.resolved_by = now(), NAME
        settled.stood = {"statement": "Money back", "owner": NAME}
        draft = {"room_id": room, "objectives": as_noted(cast), "todos": [], "updated_at": None}
        handed = {
            "program_id": cast.program,
            "unit_id": cast.unit,
            "workshop_title": "x",
            "handed_over_by": "Tom",
        }
        session.add_all(
            [
                poll,
                objective,
                Invitee(position=1, seat_id=seat_id, columns={"Department": "Quill shop"}, **line),
                Invitee(position=2, code_seat_id=seat_id, **{**line, "email": "o@quill.example"}),
                Comment(room_id=room, body="We could ask them", author_name=EARLIER, seat_id=seat_id),
                Question(workshop_id=cast.workshop, author_name=NAME, body="Why 4?", seat_id=seat_id),
                Visit(room_id=room, seat_id=seat_id),
                Meant(room_id=room, item=f"key_result:{key_result.id}", code="kr.vague", said_by=NAME),
                RoomNote(room_id=room, author_name=EARLIER, body="words kept"),
                DraftCopy(room_id=room, moment="End", draft=draft),
                OkrDraft(room_id=room, objectives=as_noted(cast), **handed),
            ]
        )
        await session.flush()
        session.add(PollAnswer(poll_id=poll.id, seat_id=seat_id, answer="4"))

    in_database(cast, write)
    return seat_id


def everything(cast: Cast) -> str:
    """Every cell of the database as text."""

    async def read(session) -> str:
        connection = await session.connection()
        tables = SQLModel.metadata.sorted_tables
        return "\n".join([str(row) for table in tables for row in await connection.execute(select(table))])

    return in_database(cast, read)


def rows(cast: Cast, table: type[SQLModel], *where: object) -> list[Any]:
    async def read(session) -> list[Any]:
        return list(await session.exec(select(table).where(*where)))

    return in_database(cast, read)


def test_nothing_tells_who_they_were_and_what_they_gave_stays(cast, ophelia):
    assert all(words in everything(cast) for words in (NAME, EARLIER, EMAIL, "Quill shop"))
    assert cast.script("Tom").post(f"/api/v1/seats/{ophelia}/erase").status_code == 204
    left = everything(cast)
    for words in ("Ophel", "quill", "Quill"):
        assert words not in left
    assert [each.author_name for each in rows(cast, Comment, Comment.body == "We could ask them")] == [
        "Somebody"
    ]
    assert [each.author_name for each in rows(cast, Question, Question.body == "Why 4?")] == ["Somebody"]
    settled = rows(cast, Comment, Comment.id == cast.comment)[0]
    assert (settled.author_name, settled.resolved_by) == ("Tom", "Somebody")
    assert settled.stood == {"statement": "Money back", "owner": ""}
    assert [each.deleted_by for each in rows(cast, Objective, Objective.title == "Gone")] == ["Somebody"]
    assert rows(cast, KeyResult, KeyResult.id == cast.key_result)[0].owner_id is None
    for table in (Visit, PollAnswer):
        assert rows(cast, table) == []
    assert [each.name for each in rows(cast, Invitee)] == ["Edda Holm"]
    assert {"Ben", "Cleo"} == {each.name for each in rows(cast, Seat)}
    draft = cast.script("Tom").get(f"/api/v1/rooms/{cast.rooms[1]}/draft").json()
    assert [each["title"] for each in draft["objectives"]] == ["Returns are easy"]


def test_every_page_and_file_of_the_workshop_still_works(cast, ophelia):
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    cast.script("Tom").post(f"/api/v1/seats/{ophelia}/erase")
    for path in ("", "/board", "/stage", "/debrief", "/people", "/roster", "/export?format=md"):
        answer = cast.browser("Tom").get(f"/workshops/{cast.workshop}{path}")
        assert answer.status_code == 200, path
        assert "Ophel" not in answer.text, path
    room = cast.browser("Ben").get(f"/rooms/{cast.rooms[1]}").text
    assert "We could ask them" in room
    assert "Somebody" in room
    assert "Calls" in cast.browser("Leo").get(f"/units/{cast.unit}").text


def test_the_link_and_the_token_of_an_erased_person_lead_nowhere(cast, ophelia):
    token = cast.tokens["Ana"]
    cast.browser("Tom").post(f"/seats/{ophelia}/erase")
    assert cast.script("Ana").get(f"/api/v1/rooms/{cast.rooms[1]}/draft").status_code == 401
    assert cast.browser("nobody").get(f"/seat/{token}").status_code == 404
    assert cast.script("Tom").post(f"/api/v1/seats/{ophelia}/erase").status_code == 404


def test_a_coach_finds_it_beside_removing_and_for_those_who_were_removed(server, cast, ophelia):
    tom, people = cast.browser("Tom"), f"/workshops/{cast.workshop}/people"
    form = tom.get(f"/seats/{ophelia}/change").text
    assert f'hx-post="/seats/{ophelia}/remove"' in form
    assert f'hx-post="/seats/{ophelia}/erase"' in form
    assert "What they wrote in the shared draft stays" in form
    assert "Removed from the workshop" not in tom.get(people).text
    tom.post(f"/seats/{ophelia}/remove")
    page = tom.get(people).text
    assert "Removed from the workshop" in page
    assert NAME in page
    assert "Removed from the workshop" in tom.get(f"{people}?find=ophelia").text
    assert "Removed from the workshop" not in tom.get(f"{people}?find=ben").text
    answer = tom.post(f"/seats/{ophelia}/erase", headers={"HX-Request": "true"})
    assert "Erased. What they wrote stays, without a name." in answer.headers["HX-Trigger"]
    assert "Removed from the workshop" not in tom.get(people).text


def test_the_pages_of_the_others_follow(server, cast, ophelia):
    with watch(server, cast, "Ben", f"/rooms/{cast.rooms[1]}/live") as ben:
        pushed(ben, roster=NAME)
        cast.browser("Tom").post(f"/seats/{ophelia}/erase")
        pushed(ben, room_threads="Somebody")


def test_a_namesake_elsewhere_keeps_their_name(cast, ophelia):
    async def write(session) -> None:
        (await session.get_one(Seat, cast.seats["Cleo"])).name = NAME
        session.add(Meant(room_id=cast.rooms[2], item="todo:x", code="kr.vague", said_by=NAME))

    in_database(cast, write)
    cast.script("Tom").post(f"/api/v1/seats/{ophelia}/erase")
    assert [each.said_by for each in rows(cast, Meant, col(Meant.room_id) == cast.rooms[2])] == [NAME]
    assert [each.name for each in rows(cast, Seat, Seat.id == cast.seats["Cleo"])] == [NAME]


def test_who_came_with_the_personal_link_keeps_the_line(cast, ophelia):
    async def write(session) -> None:
        line = (await session.exec(select(Invitee).where(Invitee.code_seat_id == ophelia))).one()
        line.seat_id = cast.seats["Cleo"]  # so it was somebody else who joined with the code under this name

    in_database(cast, write)
    cast.script("Tom").post(f"/api/v1/seats/{ophelia}/erase")
    kept = rows(cast, Invitee, Invitee.seat_id == cast.seats["Cleo"])
    assert [(each.position, each.code_seat_id) for each in kept] == [(2, None)]


def test_an_owner_is_known_by_seat_or_where_none_was_noted_by_name(cast):
    noted = as_noted(cast)
    assert without_owner(noted, "other", []) == noted
    found = without_owner(noted, cast.seats["Ana"], [])
    owners = [(each["owner"], each["owner_id"]) for each in found[0]["key_results"]]
    assert owners == [("", None), ("Ben", cast.seats["Ben"])]
    assert without_owner(noted, "another Ophelia", [NAME]) == noted
    handed = [{"id": "o", "key_results": [{"id": "k", "owner": NAME}]}]
    assert without_owner(handed, "other", [NAME]) == [{"id": "o", "key_results": [{"id": "k", "owner": ""}]}]
