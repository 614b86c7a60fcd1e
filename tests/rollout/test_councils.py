"""Deciding together: who sits at the table, what stays private until when, and what is recorded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boathouse.rollout.council_table import attendees_of
from boathouse.rollout.councils import MOST_LEADERS
from boathouse.rollout.parameters import Key
from boathouse.rollout.recommendations import Situation, recommend
from boathouse.rollout.spread import in_a_sentence, most_chosen, spread_of
from tests.rollout.seated import Sitting, seat_leaders
from tests.watching import watch

SECRET = "because of the sofa range"


@pytest.fixture
def table(cast) -> Sitting:
    return seat_leaders(cast, "Hanna", "Amir", "Bea")


# ---- the spread


@pytest.mark.parametrize(
    ("key", "answers", "bars"),
    [
        (
            Key.CYCLE_MONTHS,
            [("Ana", 3), ("Ben", 5), ("Cleo", 3)],
            [("Three months", 2), ("Four months", 0), ("Five months", 1), ("Six months", 0)],
        ),
        (
            Key.SCORING,
            [("Ana", "confidence")],
            [("0 to 1", 0), ("One target, half likely", 1), ("Commit, target, stretch", 0)],
        ),
        (
            Key.LEVELS,
            [("Ana", ["company", "team"]), ("Ben", ["team"])],
            [("Company", 1), ("Business unit", 0), ("Department", 0), ("Team", 2), ("Individual", 0)],
        ),
        (
            Key.SYSTEM_OF_RECORD,
            [("Ana", {"name": "Wiki", "link": ""}), ("Ben", {"name": "wiki", "link": ""})],
            [("Wiki", 2)],
        ),
        (
            Key.CHECK_IN_CADENCE,
            [("Ana", {"team": "weekly"}), ("Ben", {"team": "biweekly"})],
            [("Company every month", 0), ("Team every week", 1), ("Team every two weeks", 1)],
        ),
    ],
)
def test_one_bar_an_answer_and_one_dot_a_person(key, answers, bars):
    recommended = recommend(key, Situation(70)).value
    assert [(bar.words, len(bar.names)) for bar in spread_of(key, answers, recommended)] == bars


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_nobody_is_left_out_of_the_picture(values):
    answers = [(f"Leader {n}", value) for n, value in enumerate(values)]
    bars = spread_of(Key.MAX_OBJECTIVES, answers, 3)
    assert sorted(name for bar in bars for name in bar.names) == sorted(name for name, _ in answers)
    assert values.count(most_chosen(answers)) == max(values.count(value) for value in values)
    assert sum(int(part.rpartition(": ")[2].rstrip(".")) for part in in_a_sentence(bars).split(", ")) == len(
        values
    )


# ---- sitting down


def test_a_leader_needs_a_link_and_a_name(table: Sitting):
    page = table.cast.browser("nobody").get(table.link).text
    assert "Your name, as the others know you" in page
    assert "Hanna" in table.screen("Amir")
    assert table.leaders["Hanna"].get(table.link).headers["location"] == f"/councils/{table.id}/table"


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("", 422, "Write your name"),
        (" \t ", 422, "Write your name"),
        ("x" * 81, 422, "Write your name"),
        (" hanna ", 409, "Hanna sits here already. If that is you, ask the facilitator"),
    ],
)
def test_a_name_that_cannot_be_is_said_at_its_field(table: Sitting, name, status, sentence):
    answer = table.cast.browser("nobody").post(table.link, data={"name": name})
    assert answer.status_code == status
    assert sentence in answer.text


def test_names_are_text_and_the_table_has_an_end(table: Sitting):
    table.sit("<script>alert(1)</script>", *(f"Leader {n}" for n in range(MOST_LEADERS - 4)))
    assert "<script>alert" not in table.screen("Amir")
    answer = table.cast.browser("nobody").post(table.link, data={"name": "One more"})
    assert answer.status_code == 409
    assert "The table is full" in answer.text


def test_a_forged_chair_is_none(table: Sitting):
    for token in ("", "x", "abc.def", next(iter(table.cookie("Hanna").values())) + "x"):
        stranger = table.cast.browser("nobody")
        stranger.cookies.set(f"boathouse_chair_{table.id}", token)
        assert stranger.get(f"/councils/{table.id}/table").status_code == 403
        assert stranger.post(f"/councils/{table.id}/votes", data={"key": "levels"}).status_code == 403


def test_a_chair_of_one_table_is_none_at_another(table: Sitting):
    other = seat_leaders(table.cast, "Zoe")
    stranger = table.cast.browser("nobody")
    stranger.cookies.set(f"boathouse_chair_{other.id}", next(iter(table.cookie("Hanna").values())))
    assert stranger.get(f"/councils/{other.id}/table").status_code == 403


def test_somebody_taken_off_the_table_is_told_and_may_sit_down_again(server, table: Sitting):
    seat = table.desk.get(f"/councils/{table.id}").text.split('id="chair-')[1].split('"')[0]
    assert table.do("attendees/remove", attendee_id=seat) == 204
    assert table.leaders["Hanna"].get(f"/councils/{table.id}/table").status_code == 403
    assert table.leaders["Hanna"].get(table.link).status_code == 200
    assert table.leaders["Hanna"].post(table.link, data={"name": "Hanna"}).status_code == 303
    assert table.do("attendees/remove", attendee_id="nobody") == 404


# ---- choosing, privately


def everything_readable(table: Sitting, name: str, server) -> str:
    """All that one leader can get out of the server: pages, one's own choice, and what the socket pushes."""
    read = [
        table.screen(name),
        table.leaders[name].get(f"/councils/{table.id}/choice").text,
        table.leaders[name].get(f"/councils/{table.id}/choice?change=yes").text,
    ]
    read += [push["content"] for push in pushes(server, table, table.cookie(name), "table")]
    return "\n".join(read)


def pushes(server, table: Sitting, cookies: dict[str, str], kind: str) -> list[dict]:
    """What a fresh socket receives."""
    headers = {"origin": "http://testserver", "cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
    found: list[dict] = []
    with server.websocket_connect(f"/councils/{table.id}/{kind}/live", headers=headers) as socket:
        socket.send_json({"t0": 1})
        while len(found) < (4 if kind == "table" else 7):
            message = socket.receive_json()
            if "t0" not in message:
                found.append(message)
    return found


def test_nobody_reads_a_choice_before_all_are_shown(server, table: Sitting):
    table.do("questions/max_key_results")
    assert table.vote("Hanna", "max_key_results", "5", SECRET) == 200
    assert table.vote("Amir", "max_key_results", "2") == 200
    cast = table.cast
    for words in (
        everything_readable(table, "Amir", server),
        everything_readable(table, "Bea", server),
        table.desk.get(f"/councils/{table.id}").text,
        *(push["content"] for push in pushes(server, table, cast.cookies("Leo"), "desk")),
        cast.browser("Mara").get(f"/programs/{cast.program}/decisions").text,
        cast.script("Mara").get(f"/api/v1/programs/{cast.program}/parameters").text,
    ):
        assert SECRET not in words
        assert "How the answers lie" not in words
    # Who has chosen is for all to see, and one's own answer for oneself.
    assert "2 of 3 have chosen" in table.screen("Bea")
    assert SECRET in table.leaders["Hanna"].get(f"/councils/{table.id}/choice").text
    assert 'value="5" checked' not in table.leaders["Amir"].get(f"/councils/{table.id}/choice?change=1").text
    assert table.do("questions/max_key_results/reveal") == 204
    for name in ("Hanna", "Amir", "Bea"):
        assert SECRET in table.screen(name)
        assert 'aria-label="How the answers lie. Up to two: 1, Up to five: 1."' in table.screen(name)


def test_a_choice_may_be_changed_until_all_are_shown(table: Sitting):
    table.do("questions/max_key_results")
    table.vote("Hanna", "max_key_results", "5")
    table.vote("Hanna", "max_key_results", "3", "On second thought.")
    assert table.do("questions/max_key_results/reveal") == 204
    assert "On second thought." in table.screen("Amir")
    assert table.vote("Hanna", "max_key_results", "1") == 409
    assert table.vote("Amir", "max_key_results", "1") == 409


@pytest.mark.parametrize(
    ("key", "value", "line", "status"),
    [
        ("max_key_results", "9", "", 422),
        ("max_key_results", "", "", 422),
        ("max_key_results", "3", "x" * 201, 422),
        ("scoring", "confidence", "", 409),  # not on the table
        ("nonsense", "3", "", 422),
    ],
)
def test_a_wrong_choice_is_refused_and_not_kept(table: Sitting, key, value, line, status):
    table.do("questions/max_key_results")
    assert table.vote("Hanna", key, value, line) == status
    assert "0 of 3 have chosen" in table.screen("Amir")


def test_before_a_question_there_is_nothing_to_choose(table: Sitting):
    assert table.vote("Hanna", "levels", "team") == 409
    assert table.leaders["Hanna"].get(f"/councils/{table.id}/choice").status_code == 204
    assert table.do("questions/levels/reveal") == 409
    table.do("questions/levels")
    assert table.do("questions/levels/reveal") == 409  # nobody has chosen
    assert table.do("decisions/levels", rationale="x", value="team") == 409  # not shown yet


# ---- deciding


def test_what_the_table_agrees_on_is_recorded_with_how_many_agreed(table: Sitting):
    table.do("questions/max_key_results")
    table.vote("Hanna", "max_key_results", "3")
    table.do("questions/max_key_results/reveal")
    assert 'value="3" checked' in table.desk.get(f"/councils/{table.id}").text
    assert table.do("decisions/max_key_results", value="2", rationale="") == 422
    assert table.do("decisions/scoring", value="confidence", rationale="x") == 409
    assert table.do("decisions/max_key_results", value="2", rationale="Two keep each other honest.") == 204
    cast = table.cast
    decided = {
        each["key"]: each
        for each in cast.script("Leo").get(f"/api/v1/programs/{cast.program}/parameters").json()
    }["max_key_results"]
    assert (decided["status"], decided["value"]) == ("decided", 2)
    assert decided["history"][0]["by"] == "Leo, with 3 leaders at the table"
    assert "Two keep each other honest." in table.screen("Bea")
    assert "1 of 13 decided" in table.screen("Bea")


def test_choosing_again_drops_what_was_chosen(table: Sitting):
    table.do("questions/levels")
    table.vote("Hanna", "levels", "team", SECRET)
    table.do("questions/levels/reveal")
    table.do("questions/levels/again")
    assert SECRET not in table.screen("Hanna")
    assert "0 of 3 have chosen" in table.screen("Hanna")


@pytest.mark.parametrize("late", ["reveal", "again"])
def test_a_press_for_a_question_that_has_gone_touches_no_other(table: Sitting, late: str):
    """Two people share the desk: one goes on while the other shows the answers or asks anew."""
    table.do("questions/levels")
    table.do("questions/max_key_results")
    table.vote("Hanna", "max_key_results", "5", SECRET)
    assert table.do(f"questions/levels/{late}") == 409
    assert SECRET not in table.screen("Amir")
    assert "1 of 3 have chosen" in table.screen("Amir")


def test_no_two_leaders_share_a_pattern(table: Sitting):
    async def seated():
        async with table.cast.app.state.database.reading() as session:
            return await attendees_of(session, table.id)

    first, *_ = table.cast.portal.call(seated)
    assert table.do("attendees/remove", attendee_id=first.id) == 204
    table.sit("Zoe")
    numbers = [each.number for each in table.cast.portal.call(seated)]
    assert len(set(numbers)) == len(numbers) == 3


def test_after_the_end_nobody_sits_down_or_chooses(table: Sitting):
    table.do("questions/levels")
    assert table.do("end") == 204
    assert table.vote("Hanna", "levels", "team") == 409
    assert table.do("questions/scoring") == 409
    assert "This meeting has ended" in table.cast.browser("nobody").get(table.link).text
    assert table.cast.browser("nobody").post(table.link, data={"name": "Late"}).status_code == 409
    assert "Thank you." in table.screen("Hanna")


def test_only_who_decides_runs_the_table(table: Sitting):
    cast = table.cast
    asking = ("questions/levels", "questions/levels/again", "questions/levels/reveal")
    for who in (cast.browser("Tom"), cast.browser("Vera"), cast.browser("Ines"), table.leaders["Hanna"]):
        for what in (*asking, "decisions/levels", "end", "attendees/remove"):
            assert table.do(what, who) in (401, 403)
    assert "data-decides" not in cast.browser("Tom").get(f"/councils/{table.id}").text
    assert table.link not in cast.browser("Vera").get(f"/councils/{table.id}").text


# ---- the screens follow


def test_everybodys_screen_follows(server, table: Sitting):
    cast = table.cast
    with watch(server, cast, "Leo", f"/councils/{table.id}/desk/live") as desk:
        for _ in range(7):
            desk.receive_json()
        table.do("questions/levels")
        seen = set()
        while seen < {"council-bar", "council-question", "council-desk"}:
            seen.add(desk.receive_json()["region"])
        table.vote("Hanna", "levels", "team")
        while "1 of 3 have chosen" not in (desk.receive_json())["content"]:
            pass
