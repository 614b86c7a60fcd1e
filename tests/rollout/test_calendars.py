"""A program's calendar over HTTP: laid out, fixed, moved, subscribed to; who may, and what is refused."""

import json
import re
from datetime import date, timedelta

import icalendar
import pytest

from boathouse.core.clock import now
from boathouse.rollout.calendars import today_in
from boathouse.rollout.closed_days import Unreadable, countries, read_breaks, regions, working_week
from boathouse.rollout.tables.programs import Program
from boathouse.rollout.web.calendars import at_home
from tests.cast import Cast
from tests.rollout.next_steps import next_step

SETTINGS = {
    "starts_on": "2027-01-01",
    "fiscal_year_starts": "1",
    "time_zone": "Europe/Berlin",
    "country": "",
    "region": "",
    "days_off": "",
    "check_in_weekday": "1",
    "meets_at": "10:00",
}


@pytest.fixture
def january(cast: Cast, monkeypatch) -> Cast:
    """The cast in a program whose first cycle begins in 2027, seen from November before."""
    moment = now().replace(year=2026, month=11, day=22)
    monkeypatch.setattr("boathouse.rollout.calendars.now", lambda: moment)
    assert cast.browser("Leo").post(page(cast), data=SETTINGS).status_code == 303
    return cast


def page(cast: Cast) -> str:
    """The calendar's address."""
    return f"/programs/{cast.program}/calendar"


def state(cast: Cast) -> dict:
    """The calendar as scripts read it."""
    return cast.script("Vera").get(f"/api/v1{page(cast)}").json()


def days(cast: Cast, cycle: int = 1) -> dict[str, str]:
    """The days of a cycle by the keys of their events."""
    found = next(each for each in state(cast)["cycles"] if each["number"] == cycle)
    return {each["key"]: each["on"] for each in found["dates"]}


def move(cast: Cast, key: str, to: str, cycle: int = 1):
    """What Leo's browser sends."""
    form = {"cycle": cycle, "key": key, "to": to}
    return cast.browser("Leo").post(f"{page(cast)}/dates", data=form, headers={"HX-Request": "true"})


def decide(cast: Cast, key: str, value: object) -> None:
    """Leo decides a parameter."""
    path = f"/api/v1/programs/{cast.program}/parameters/{key}"
    answer = cast.script("Leo").put(path, json={"value": value, "rationale": "It suits us."})
    assert answer.status_code == 200, answer.text


def feed(cast: Cast) -> icalendar.Calendar:
    """What a calendar that subscribed reads."""
    return icalendar.Calendar.from_ical(cast.browser("nobody").get(state(cast)["feed_url"]).content)


def test_a_new_program_has_a_proposal_for_a_year(cast):
    cycles = state(cast)["cycles"]
    assert [each["number"] for each in cycles] == [1, 2, 3, 4]
    assert not any(each["fixed"] for each in cycles)
    text = cast.browser("Leo").get(page(cast)).text
    assert "This is a proposal" in text
    assert "Fix these dates" in text
    assert "Fix these dates" not in cast.browser("Vera").get(page(cast)).text


def test_length_and_cadence_follow_the_parameters(january):
    decide(january, "cycle_months", 6)
    decide(january, "check_in_cadence", {"team": "weekly"})
    calendar = state(january)
    assert [(each["first"], each["last"]) for each in calendar["cycles"]] == [
        ("2027-01-01", "2027-06-30"),
        ("2027-07-01", "2027-12-31"),
    ]
    assert {each["level"] for each in calendar["cycles"][0]["dates"]} == {"", "team"}


def test_fixed_cycles_keep_their_days_until_a_decision_is_taken_over(january):
    leo = january.browser("Leo")
    leo.post(f"{page(january)}/cycles")
    before = days(january)
    move(january, "close", "2027-03-22")
    decide(january, "cycle_months", 4)
    assert days(january) == before | {"close": "2027-03-22"}
    assert "Take the decision over" in leo.get(page(january)).text
    leo.post(f"{page(january)}/cycles")
    assert state(january)["cycles"][0]["last"] == "2027-04-30"
    assert "Take the decision over" not in leo.get(page(january)).text


def test_what_has_begun_stays_as_it_is(january, monkeypatch):
    leo = january.browser("Leo")
    leo.post(f"{page(january)}/cycles")
    monkeypatch.setattr("boathouse.rollout.calendars.now", lambda: now().replace(year=2027, month=2, day=2))
    decide(january, "cycle_months", 4)
    leo.post(f"{page(january)}/cycles")
    assert [(each["first"], each["last"]) for each in state(january)["cycles"][:2]] == [
        ("2027-01-01", "2027-03-31"),
        ("2027-04-01", "2027-07-31"),
    ]
    assert "Cycle 1 has begun" in leo.get(page(january)).text


def test_a_date_is_moved_undone_and_stays_moved_when_laid_out_anew(january):
    leo = january.browser("Leo")
    answer = move(january, "score", "2027-03-30")
    assert "Score moved to 30 March" in answer.headers["hx-trigger"]
    assert "Moved from 26 March by Leo" in answer.text
    leo.post(
        page(january), data=SETTINGS | {"days_off": "2027-01-04 to 2027-01-08 Snow", "meets_at": "09:00"}
    )
    assert days(january)["score"] == "2027-03-30"
    assert days(january)["draft"] > "2027-01-08"
    undo = json.loads(answer.headers["hx-trigger"])["toast"]["undo"]["url"]
    assert leo.post(undo, headers={"HX-Request": "true"}).headers["hx-refresh"] == "true"
    assert days(january)["score"] == "2027-03-29"


def test_a_move_that_fits_no_more_is_set_aside_and_said(january):
    move(january, "score", "2027-03-29")
    january.browser("Leo").post(page(january), data=SETTINGS | {"days_off": "2027-03-29 Spring day"})
    assert days(january)["score"] == "2027-03-25"
    text = january.browser("Leo").get(page(january)).text
    assert (
        "Moved to 29 March by Leo, which is not possible any more: that is a day off (Spring day) now."
        in text
    )
    january.browser("Leo").post(page(january), data=SETTINGS)
    assert days(january)["score"] == "2027-03-29"


def test_putting_everything_back(january):
    before = days(january)
    move(january, "score", "2027-03-29")
    move(january, "review", "2027-02-18")
    move(january, "review", "2027-02-19")
    form = {"cycle": 1}
    answer = january.browser("Leo").post(f"{page(january)}/dates/reset", data=form)
    assert answer.status_code == 303
    assert days(january) == before


@pytest.mark.parametrize(
    ("key", "to", "because"),
    [
        ("close", "2027-03-28", "28 March is a Sunday. The nearest working days are 26 March and 29 March."),
        ("close", "2027-04-02", "Cycle 1 runs from 1 January to 31 March 2027."),
        ("finalise", "2027-03-02", "That is after “Mid-cycle review” on 16 February. Move that one first."),
        ("close", "2027-02-30", "There is no such day."),
    ],
)
def test_a_date_that_cannot_be_moved_says_why_where_it_was_typed(january, key, to, because):
    before = days(january)
    answer = move(january, key, to)
    assert answer.status_code == 422
    error = re.search(rf'id="e-to-{key}".*?<span>(.*?)</span>', answer.text)
    assert error
    assert error[1] == because
    assert f'value="{to}"' in answer.text
    assert days(january) == before
    assert (
        january.browser("Leo").post(f"{page(january)}/dates", data={"cycle": 1, "key": "nothing"}).status_code
        == 404
    )


def test_everything_that_is_wrong_is_said_at_once(january):
    wrong = SETTINGS | {"days_off": "next week", "time_zone": "Atlantis", "meets_at": ""}
    text = january.browser("Leo").post(page(january), data=wrong).text
    for sentence in ("Line 1 does not begin with a day.", "Choose a time zone", "A time from 06:00"):
        assert sentence in text


@pytest.mark.parametrize(
    ("field", "typed", "because"),
    [
        ("days_off", "2027-01-04 Snow\n4 January", "Line 2 does not begin with a day."),
        ("days_off", "2027-02-30", "Line 1: there is no day 2027-02-30."),
        ("days_off", "2027-02-03 to 2027-02-01", "Line 1 ends before it begins."),
        (
            "days_off",
            "2027-01-01 to 2027-02-28\n2027-03-01 to 2027-03-30",
            "Cycle 1: 1 working days are too few",
        ),
        ("time_zone", "Europe/Atlantis", "Choose a time zone from the list"),
        ("country", "XX", "Choose a country from the list."),
        ("meets_at", "23:30", "A time from 06:00 to 17:59, please."),
        ("starts_on", "1027-01-01", "A day between 2000 and 2090, please."),
    ],
)
def test_settings_that_cannot_be_taken_change_nothing(january, field, typed, because):
    before = state(january)
    answer = january.browser("Leo").post(page(january), data=SETTINGS | {field: typed})
    assert answer.status_code == 422
    error = re.search(rf'id="e-{field}".*?<span>(.*?)</span>', answer.text)
    assert error
    assert because in error[1]
    assert typed.splitlines()[0] in answer.text or field == "country"  # which has no such choice to keep
    assert state(january) == before


def test_public_holidays_of_a_region_are_days_off(january):
    with_region = SETTINGS | {"country": "DE", "region": "BW", "starts_on": "2027-01-01"}
    assert january.browser("Leo").post(page(january), data=with_region).status_code == 303
    draft = {each["key"]: each["on"] for each in state(january)["cycles"][0]["dates"]}["draft"]
    assert draft == "2027-01-08"  # Epiphany is a holiday there
    text = january.browser("Leo").get(page(january)).text
    assert "Baden-Württemberg" in text
    wrong = january.script("Leo").put(f"/api/v1{page(january)}", json={"country": "FR", "region": "BW"})
    assert wrong.json()["detail"] == "This country has no such region."


def test_a_feed_takes_changes_with_the_same_identities(january):
    before = feed(january)
    move(january, "close", "2027-03-22")
    after = feed(january)
    assert [event["uid"] for event in before.events] == [event["uid"] for event in after.events]
    assert after.events[0]["sequence"] > before.events[0]["sequence"]
    closes = [
        event.decoded("dtstart")
        for event in after.events
        if str(event["summary"]).startswith("Close, OKR cycle 1")
    ]
    assert closes == [date(2027, 3, 22)]
    decide(january, "check_in_cadence", {"team": "weekly"})
    assert feed(january).events[0]["sequence"] > after.events[0]["sequence"]


def test_who_has_the_feed_is_not_sent_it_again(january):
    reader, address = january.browser("nobody"), state(january)["feed_url"]
    first = reader.get(address)
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    again = reader.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    move(january, "close", "2027-03-22")
    assert reader.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_a_link_that_was_replaced_shows_nothing_more(january):
    reader, old = january.browser("nobody"), state(january)["feed_url"]
    january.browser("Leo").post(f"{page(january)}/link")
    assert reader.get(old).status_code == 404
    assert reader.get(state(january)["feed_url"]).status_code == 200


def test_the_file_is_the_feed(january):
    saved = january.browser("Vera").get(f"{page(january)}.ics")
    assert saved.headers["content-disposition"] == 'attachment; filename="okr-calendar.ics"'
    by_script = january.script("Vera").get(f"/api/v1{page(january)}.ics")
    assert (
        by_script.content
        == saved.content
        == january.browser("nobody").get(state(january)["feed_url"]).content
    )
    assert january.browser("Ines").get(f"{page(january)}.ics").status_code == 403


def test_the_home_says_what_is_next(january):
    home = january.browser("Vera").get(f"/programs/{january.program}").text
    assert "Draft on Wednesday, 6 January" in home


def test_the_next_step_is_to_fix_the_dates_and_then_the_next_date(january):
    assert "Fix them" in next_step(january, at_home).words
    january.browser("Leo").post(f"{page(january)}/cycles")
    step = next_step(january, at_home)
    assert (step.words, step.who) == (
        "Draft on Wednesday, 6 January",
        "the teams that start, and their coach",
    )


def test_a_program_of_the_other_side_of_the_world_has_its_own_today(monkeypatch):
    moment = now().replace(year=2027, month=1, day=1, hour=0, minute=30)
    monkeypatch.setattr("boathouse.rollout.calendars.now", lambda: moment)
    assert today_in(Program(name="A", time_zone="America/Los_Angeles")) == date(2026, 12, 31)
    assert today_in(Program(name="A", time_zone="Pacific/Auckland")) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("line", "first", "last", "name"),
    [
        ("2027-12-24", "2027-12-24", "2027-12-24", "a day off"),
        ("2027-12-24 Christmas Eve", "2027-12-24", "2027-12-24", "Christmas Eve"),
        ("2027-12-24, Christmas Eve", "2027-12-24", "2027-12-24", "Christmas Eve"),
        ("  2027-1-4 to 2027-01-08 Snow ", "2027-01-04", "2027-01-08", "Snow"),
        ("2028-02-28 - 2028-02-29: Leap", "2028-02-28", "2028-02-29", "Leap"),
    ],
)
def test_days_off_as_people_type_them(line, first, last, name):
    [found] = read_breaks(line)
    assert (str(found.first), str(found.last), found.name) == (first, last, name)


def test_days_off_that_are_no_days():
    for text in ("Christmas", "2027-13-01", "2027-01-01 to 2027-06-01", "0001-01-01", "2027-01-01\n" * 401):
        with pytest.raises(Unreadable):
            read_breaks(text)


def test_every_country_the_list_offers_is_known():
    this_year = date(2027, 1, 1)
    for code, _ in countries()[::10]:
        assert working_week(code, "", [], this_year, this_year + timedelta(40)).weekend
        assert isinstance(regions(code), tuple)


def test_moving_a_date_of_a_proposal_says_that_it_fixes_the_cycle(january):
    first = move(january, "close", "2027-03-22")
    assert "are fixed with it" in first.headers["hx-trigger"]
    assert "are fixed with it" not in move(january, "close", "2027-03-23").headers["hx-trigger"]
