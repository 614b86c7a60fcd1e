"""What is read off a statement: numbers that are targets, numbers that are none, starting points."""

import pytest

from boathouse.rollout.checks.reading import read

TARGETS = """
    Raise turnover by 20%
    Hit $10k in monthly sales
    Two customers go live
    At least one school takes part
    Zero lost parcels
    Answer letters twice as fast
    Halve the queue at the counter
    Half of the team uses it
    Three quarters of all visitors come back
    Reply within 24h
    At least 3/5 stars
    10+ talks
    A score of 4 out of 5
    Ten thousand readers
    Get to 1 million listeners a day
    99.95 % availability
    200€ for each new member
    NPS>50
    +15 points
    Improve speed 10-fold
    p99 below 100ms
    Be in the top 10 of the app store
    Move waste to 1,5 kg a day
"""
NO_TARGETS = """
    Launch by 30 June 2027
    Publish the Q3 report
    Ship v2.0 of the scanner
    Finish phase 2 of the merger
    Close issue #123
    Complete ISO 27001
    Implement OAuth2 for partners
    Move to Python 3
    Set up 24/7 support
    Hold 1:1s with everybody
    Improve p95 latency
    Grow by X%
    Every depot has a board
    No outages
    Win companies with over 500 employees
    First customer signed
    The single source of truth is used
    Go live in week 23
    Improve onboarding in the first 30 days
    Deliver the 3-year plan
    Make 2027 a success
    Prepare Series A
    Meet on 15.03.2027
    Both wards agree
    Second one
"""
FROM_TO = """
    Raise satisfaction from 3.9 to 4.4
    Cut cycle time to 3 days (currently 9)
    NPS 40 (from 25)
    Raise revenue to $4M from $2.5M
    200k visitors (current is 125k)
    Turn a two-day into a two-hour job: from a two-day to a two-hour one
    Churn 5%→3%
    Bring coverage 46% to 60%
    Lower latency to 200 ms, baseline 450 ms
    Grow from no customers to 5
    Baseline: 12%. Target: 30%
    At least 40% of tenants use it (25% today)
    The win rate reaches 35%, up from 20% in Q1
    From one in five to four in five nurses
    Reach 50 members, was 32
    Response time is 2 hours instead of 8
    Currently 30% of guests return; we want 45%
    eNPS of 30 (2026: 12)
    From one delivery a month to one a week
"""
NO_FROM_TO = """
    Raise sales by 20%
    Raise sales by 10% to 20%
    Move 30 desks from Berlin to Munich
    Move 20 services from v1 to v2
    Reach 10,000 readers from 5 countries
    Run 3 to 5 workshops
    Improve from X% to 40%
    From Q1 to Q3 hold 4 fairs
    Between 10 and 20 new members
    Answer 90% of letters within 24 hours
    Get feedback from 20 guests to improve 3 menus
    Ship tools from 3 teams to 10 customers
    Raise NPS to 50 and the return rate to 40%
    Walk 20 leads from contact to contract
    Open 9 to 5
"""


def lines(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


@pytest.mark.parametrize("text", lines(TARGETS))
def test_a_target_is_read(text: str):
    assert read(text).has_number


@pytest.mark.parametrize("text", lines(NO_TARGETS))
def test_a_number_nobody_can_reach_is_no_target(text: str):
    assert [quantity.text for quantity in read(text).figures.quantities] == []


@pytest.mark.parametrize("text", lines(FROM_TO))
def test_a_starting_point_is_read_in_any_wording(text: str):
    assert read(text).has_from_to


@pytest.mark.parametrize("text", lines(NO_FROM_TO))
def test_places_stages_ranges_and_changes_are_no_starting_point(text: str):
    assert not read(text).has_from_to


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("- **KR 2:** Fewer lost bags", "Fewer lost bags"),
        ("KR1.2 - Fewer lost bags", "Fewer lost bags"),
        ("[People] Fewer lost bags", "Fewer lost bags"),
        ("Ground Crew: Fewer lost bags", "Fewer lost bags"),
        ("1. [ ] Fewer lost bags", "Fewer lost bags"),
        ("Churn: From 5% to 3%", "Churn: From 5% to 3%"),
        ("See [the plan](https://alder.example/plan)", "See the plan"),
        ("Fewer\u200b lost\u202e bags", "Fewer lost bags"),
    ],
)
def test_labels_markup_and_hidden_signs_are_left_out(written: str, text: str):
    assert read(written).text == text
