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
