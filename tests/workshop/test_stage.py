"""The stage: what it shows by itself, what the coach chooses, and that it follows."""

import pytest

from boathouse.core.clock import now
from boathouse.workshop.stage import View, view_of
from boathouse.workshop.tables import Room, StageView, Status, Workshop
from tests.watching import pushed, watch


@pytest.mark.parametrize(
    ("status", "view", "room_id", "shown"),
    [
        (Status.SCHEDULED, StageView.AUTO, None, View.JOIN),
        (Status.RUNNING, StageView.AUTO, None, View.CLOCK),
        (Status.PAUSED, StageView.AUTO, None, View.CLOCK),
        (Status.ENDED, StageView.AUTO, None, View.END),
        (Status.RUNNING, StageView.JOIN, None, View.JOIN),
        (Status.SCHEDULED, StageView.CLOCK, None, View.CLOCK),
        (Status.RUNNING, StageView.JOIN, "room", View.DRAFT),
    ],
)
def test_the_stage_follows_the_workshop_unless_the_coach_chose(status, view, room_id, shown):
    workshop = Workshop(title="W", status=status, stage_view=view, stage_room_id=room_id)
    assert view_of(workshop) == shown


def show(cast, **form: str):
    return cast.browser("Tom").post(f"/workshops/{cast.workshop}/stage", data=form)


def stage(cast) -> str:
    return cast.browser("Tom").get(f"/workshops/{cast.workshop}/stage").text


def test_while_it_runs_the_phase_is_shown_and_how_to_join_late(cast):
    text = stage(cast)
    assert 'data-view="clock"' in text
    assert "<h1>Why we are here</h1>" in text
    assert f"{cast.code[:4]} {cast.code[4:]}" in text
    assert "testserver/join" in text


def test_the_code_is_shown_large_with_the_boats(cast):
    assert show(cast, view="join").status_code == 303
    text = stage(cast)
    assert 'data-view="join"' in text
    assert "<b>3 people</b> are in." in text
    assert text.count('class="boat"') == 2


def test_a_room_is_shown_with_words_that_stay_live(cast):
    show(cast, room_id=cast.rooms[1])
    text = stage(cast)
    assert f'data-reading="{cast.rooms[1]}"' in text
    assert f'data-text="objective:{cast.objective}:title"' in text
    assert "Returns are easy" in text
    assert "no starting point" in text


def test_only_an_open_room_of_this_workshop_is_shown(server, cast):
    async def another() -> str:
        async with cast.app.state.database.writing() as session:
            closed = Room(workshop_id=cast.workshop, number=3, name="Closed", closed_at=now())
            other = Room(workshop_id=cast.other_workshop, number=1, name="Other")
            session.add_all([closed, other])
            return [closed.id, other.id]

    for room_id in (*server.portal.call(another), "nothing"):
        assert show(cast, room_id=room_id).status_code == 409
    assert show(cast).status_code == 422
    assert show(cast, view="fireworks").status_code == 422


def test_the_next_phase_takes_the_stage_back(cast):
    show(cast, room_id=cast.rooms[1])
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/phases/next")
    assert 'data-view="clock"' in stage(cast)


def test_after_the_end_it_says_thank_you(cast):
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/end")
    text = stage(cast)
    assert 'data-view="end"' in text
    assert "Thank you for rowing" in text


def test_a_page_that_is_open_follows(server, cast):
    with watch(server, cast, "Vera", f"/workshops/{cast.workshop}/stage/live") as stage:
        pushed(stage, stage='data-view="clock"')
        show(cast, view="join")
        pushed(stage, stage="<b>3 people</b>")
        show(cast, room_id=cast.rooms[1])
        pushed(stage, stage="Returns are easy")


def test_what_a_coach_alone_may_change_is_hidden_from_others(cast):
    assert (
        cast.browser("Vera").post(f"/workshops/{cast.workshop}/stage", data={"view": "join"}).status_code
        == 403
    )
    assert 'class="remote for-coach"' in stage(cast)


# ---- single items, before and after, names, all objectives


def put(cast, **wanted):
    return cast.script("Tom").put(f"/api/v1/workshops/{cast.workshop}/stage", json=wanted)


def write(server, cast, **words: str) -> None:
    names = {f"key_result:{cast.key_result}:{column}": text for column, text in words.items()}
    server.portal.call(cast.app.state.documents.edit, cast.rooms[1], names)


def comment(cast, body: str) -> str:
    pinned = {"body": body, "key_result_id": cast.key_result, "field": "start"}
    return cast.script("Tom").post(f"/api/v1/rooms/{cast.rooms[1]}/comments", json=pinned).json()["id"]


def test_one_key_result_fills_the_screen(cast):
    put(cast, room_id=cast.rooms[1], item=f"key_result:{cast.key_result}")
    text = stage(cast)
    assert "solo__st" in text
    assert "Returns are easy" in text  # what it is for
    assert put(cast, room_id=cast.rooms[2], item=f"key_result:{cast.key_result}").status_code == 404
    assert put(cast, view="clock", item=f"key_result:{cast.key_result}").status_code == 422
    assert put(cast).status_code == 422


def test_before_and_after_a_comment(server, cast):
    write(server, cast, target="5")
    asked = comment(cast, "Five from what?")
    put(cast, room_id=cast.rooms[1], item=f"key_result:{cast.key_result}")
    turn = f"/api/v1/workshops/{cast.workshop}/stage/turn"
    assert cast.script("Tom").post(turn).status_code == 409  # nothing changed yet
    write(server, cast, start="18", statement="Money back very fast")
    assert cast.script("Tom").post(turn).status_code == 204
    text = stage(cast)
    before, _, after = text.partition('<section class="after">')
    assert 'class="none">no starting point' in before
    assert "Five from what?" in before
    assert "<ins>18</ins>" in after
    assert "Money back <ins>very </ins>fast" in after
    assert cast.script("Tom").get(turn.removesuffix("/turn")).json()["comment_id"] == asked
    cast.script("Tom").post(turn)  # there is no other
    assert "solo__st" in stage(cast)


def test_a_comment_of_another_room_is_not_shown(cast):
    assert put(cast, room_id=cast.rooms[2], comment_id=cast.comment).status_code == 404


def test_names_stay_hidden_until_they_are_shown(server, cast):
    write(server, cast, start="18")
    asked = comment(cast, "From what?")
    put(cast, hides_names=True)
    write(server, cast, start="19")
    for shown in (
        {"room_id": cast.rooms[1]},
        {"room_id": cast.rooms[1], "item": f"key_result:{cast.key_result}", "comment_id": asked},
    ):
        put(cast, **shown)
        text = stage(cast).partition('id="stage"')[2].partition("<nav")[0]
        assert "One of our rooms" in text
        assert "Room 1" not in text
        assert "Tom" not in text
    assert "selected" not in stage(cast).partition("<nav")[2]
    put(cast, hides_names=False)
    assert "Tom asked" in stage(cast)


def test_all_objectives_are_on_one_wall_and_follow(server, cast):
    put(cast, view="wall")
    assert "1 objective" in stage(cast)
    with watch(server, cast, "Vera", f"/workshops/{cast.workshop}/stage/live") as screen:
        pushed(screen, stage="Returns are easy")
        names = {f"objective:{cast.objective}:title": " indeed"}
        server.portal.call(cast.app.state.documents.edit, cast.rooms[1], names)
        pushed(screen, stage="indeed")


def test_the_desk_is_for_coaches(cast):
    path = f"/workshops/{cast.workshop}/stage/desk"
    assert cast.browser("Vera").get(path).status_code == 403
    text = cast.browser("Tom").get(path).text
    for region in ("desk-now", "desk-stars", "desk-questions", "desk-polls"):
        assert f'id="{region}"' in text


def test_the_next_phase_clears_everything_but_hidden_names(cast):
    put(cast, room_id=cast.rooms[1], item=f"key_result:{cast.key_result}", hides_names=True)
    cast.script("Tom").post(f"/api/v1/workshops/{cast.workshop}/phases/next")
    state = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/stage").json()
    assert (state["view"], state["room_id"], state["item"], state["comment_id"]) == ("clock", None, "", None)
    assert state["hides_names"]
