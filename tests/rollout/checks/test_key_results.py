"""Key results as people write them, by phenomenon, and the questions they get."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from boathouse.rollout.checks import CODES, check_draft, check_key_result, check_objective
from boathouse.rollout.checks.drafts import KeyResultLine, ObjectiveLine
from boathouse.rollout.checks.findings import Severity
from boathouse.rollout.parameters import GroundRules
from tests.rollout.checks.test_reading import lines

WORK = {
    "a verb of work": "Deliver the first timetable of the night bus",
    "counted work": "Write 4 scripts for the radio play",
    "counted work without a verb": "2 talks at fairs of the trade",
    "work that returns": "A call with all harbour masters every two weeks",
    "an end state": "The timetable is published",
    "an end state of the product": "The ferry app runs on old phones",
    "an end state of users": "Passengers can book a cabin online",
    "no leading verb": "Prototype of the rudder validated at sea",
    "a noun phrase": "A landing page for every harbour",
    "coverage of own work": "100 % of accounts reviewed",
    "training": "80% of skippers have completed the radio course",
    "an appointment": "Hire a head of maintenance",
    "a certificate": "Complete the audit of the shipyard",
    "more of one's own work": "Double the number of webinars",
    "bugs worked off": "Close 25 bugs in the ticket machine",
}
OUTCOMES = {
    "from X to Y": "Raise the share of boats on time from 70% to 90%",
    "a measure without a verb": "NPS of 45",
    "a speed": "It takes less than 2 minutes to buy a ticket",
    "customers counted": "15 harbours willing to recommend us",
    "people doing something": "20 harbours have opened the gate to other ferries",
    "a share of people": "80% of passengers rate the crew 4 or better",
    "service level": "Answer 90% of letters within two days",
    "work for a change": "Launch the new checkout to raise conversion from 2% to 3%",
    "a change by means": "Cut empty runs from 20% to 12% by sharing cargo",
    "money": "Generate 1.5 million euros of business through partners",
    "kept level": "Keep fuel per mile below 3 litres",
    "less": "Fewer than 3 groundings a year",
    "a measure without a number": "Higher satisfaction of commuters",
}
BUNDLED = """
    Launch the website and hire 2 editors
    Raise NPS to 50 and reduce churn to 2%
    Train all crews and publish the manual
    Ship the iOS app; ship the Android app
    Uptime of 99.95% and page loads below 2 seconds
    All hulls are painted and the yard is open to visitors
    Write the log book, run three drills and appoint wardens
    Hire 3 skippers, 2 cooks and a purser
    Reduce costs and improve quality
"""
SINGLE = """
    Reduce the time and effort to file a claim by 30%
    Research and select a vendor
    Grow revenue from new and existing guests to 3M
    Hire and train 5 skippers
    Write, test and release the new timetable
    Interview 20 passengers and share the insights
    Launch a newsletter to increase visits by 20%
    Raise conversion from 2% to 3% in Spain and Italy
    Answer 90% of letters within 24 hours
    Organise a fair with at least 30 exhibitors and 500 visitors
"""


def codes(text: str, **fields: object) -> set[str]:
    return {one.code for one in check_key_result(text, **fields)}  # type: ignore[arg-type]


@pytest.mark.parametrize("text", WORK.values(), ids=WORK)
def test_work_is_told_from_outcome(text: str):
    assert codes(text) & {"kr.output", "kr.milestone"}


@pytest.mark.parametrize("text", OUTCOMES.values(), ids=OUTCOMES)
def test_an_outcome_is_not_taken_for_work(text: str):
    assert not codes(text) & {"kr.output", "kr.milestone"}


@pytest.mark.parametrize("text", lines(BUNDLED))
def test_two_results_in_one_are_found(text: str):
    assert "kr.bundled" in codes(text)


@pytest.mark.parametrize("text", lines(SINGLE))
def test_one_result_stays_one_in_spite_of_and(text: str):
    assert "kr.bundled" not in codes(text)


def test_a_good_key_result_has_no_finding():
    assert check_key_result("Raise the share of boats on time from 70% to 90%") == []


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("Raise the share of boats on time to 90%", "kr.no_baseline", "ask"),
        ("Improve the repair rate", "kr.no_number", "fix"),
        ("Write 4 scripts for the radio play", "kr.output", "fix"),
        ("Write 4 scripts for the radio play", "kr.no_baseline", "info"),
        ("Launch the night bus", "kr.milestone", "ask"),
        ("Launch the night bus", "kr.no_number", "info"),
        ("Improve collaboration between crews", "kr.vague", "ask"),
        ("Keep fuel per mile below 3 litres", "kr.health_metric", "ask"),
    ],
)
def test_a_finding_weighs_what_it_is_worth(text: str, code: str, severity: str):
    assert (code, severity) in {(one.code, one.severity.value) for one in check_key_result(text)}


def test_fields_beside_the_statement_count():
    assert codes("Boats on time", start="70", target="90", unit="%") == set()
    assert codes("Boats on time", target="90", unit="%") == {"kr.no_baseline"}
    assert "kr.no_number" in codes("Boats on time", start="70")


def test_the_ground_rules_decide_what_is_allowed():
    strict = GroundRules(key_result_types=["metric"])
    assert "kr.type_not_allowed" in codes("Launch the night bus", rules=strict)
    assert "kr.type_not_allowed" in codes("Night bus", kind="milestone", rules=strict)
    assert "kr.type_not_allowed" in codes("Define and measure the trust score", rules=strict)
    assert "kr.type_not_allowed" not in codes("Launch the night bus")


def test_a_milestone_or_baseline_somebody_chose_is_taken_at_its_word():
    assert codes("Launch the night bus", kind="milestone") == {"kr.milestone"}
    assert codes("How long guests wait", kind="baseline") == set()


def test_an_owner_is_only_asked_for_where_there_is_a_field():
    assert "kr.no_owner" in codes("NPS of 45", owner="")
    assert "kr.no_owner" not in codes("NPS of 45") | codes("NPS of 45", owner="Ana")


OBJECTIVES = [
    ("Sending something back is easy", set()),
    ("Commuters choose the ferry because it is the calm way to town", set()),
    ("Grow ticket sales by 40%", {"objective.has_metric"}),
    ("Double the number of regular guests", {"objective.has_metric"}),
    ("Carry 2 million passengers", {"objective.has_metric"}),
    ("Be ready for the season of 2027", set()),
    ("Win large shippers (1000+ employees)", set()),
    ("Become the #1 rated ferry line", set()),
    ("Make the first 90 days a joy for new crews", set()),
    ("Launch the night ferry", {"objective.task"}),
    ("Hire and train the summer crew", {"objective.task"}),
    ("Release of the booking app", {"objective.task"}),
    ("Implement ISO 9001", {"objective.task"}),
    ("Build a trusting community around the harbour", set()),
    ("Be the best", {"objective.vague"}),
    ("Improve processes", {"objective.vague"}),
]


@pytest.mark.parametrize(("title", "expected"), OBJECTIVES, ids=[title for title, _ in OBJECTIVES])
def test_objectives(title: str, expected: set[str]):
    assert {one.code for one in check_objective(title)} == expected


def test_what_an_objective_lacks():
    found = {one.code for one in check_objective("Sending something back is easy", why=" ", sponsor="")}
    assert found == {"objective.no_why", "objective.no_sponsor"}


def test_side_by_side_lines_are_compared_and_counted():
    same = [KeyResultLine("NPS from 20 to 40"), KeyResultLine("NPS from 20 to 40.")]
    many = [KeyResultLine(f"Line {name} carries more from 2 to 9") for name in ("north", "south", "west")]
    rules = GroundRules(max_objectives=1, max_key_results=2)
    first, second = check_draft(
        [ObjectiveLine("Calm harbours", (*same, *many)), ObjectiveLine("Clean water")], rules
    )
    assert "kr.duplicate" in {one.code for one in first.key_results[1]}
    assert [any(one.code == "kr.too_many" for one in found) for found in first.key_results] == [False] * 2 + [
        True
    ] * 3
    assert {"objective.too_many", "objective.no_key_results"} <= {one.code for one in second.objective}


def test_every_code_of_the_contract_has_one_line_and_one_question():
    for text in ("Launch the night bus", "NPS of 45", "Improve", "Raise NPS and reduce churn"):
        for one in [*check_key_result(text, owner=""), *check_objective(text, why="", sponsor="")]:
            assert one.code in CODES
            assert "\n" not in one.message + one.question
            assert one.question.endswith("?")


@given(st.text(max_size=300))
def test_the_same_text_gets_the_same_findings(text: str):
    assert check_key_result(text) == check_key_result(text)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_any_two_numbers_make_a_starting_point_and_a_target(start: int, target: int):
    years = range(1980, 2050)
    assume(not (start in years and target in years))  # "from 2024 to 2026" is a period
    found = codes(f"Raise the number of regular guests from {start} to {target}")
    assert not found & {"kr.no_number", "kr.no_baseline"}


ELSEWHERE = """
    Durchlaufzeit von 30 auf 20 Tage senken
    Kundenzufriedenheit von 7 auf 9
    Churn von 5 % auf 3 % senken
    Réduire le délai de 30 à 20 jours
    Reducir el plazo de 30 a 20 días
    Ridurre i tempi da 30 a 20 giorni
    Klanttevredenheid van 7 naar 9
    Reduzir o prazo de 30 para 20 dias
    Kundetilfredshed fra 7 til 9
"""


@pytest.mark.parametrize("statement", lines(ELSEWHERE))
def test_from_x_to_y_needs_no_question_in_other_languages(statement: str) -> None:
    assert check_key_result(statement) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("80 % der Mitarbeitenden haben die Schulung absolviert", "kr.no_baseline"),
        ("Einführung des neuen CRM bis Ende Juni", "kr.no_number"),
        ("Nos clients reviennent plus souvent", "kr.no_number"),
        ("顧客満足度を7から9に上げる", "kr.no_number"),
    ],
)
def test_words_nobody_here_can_read_are_not_judged(statement: str, code: str) -> None:
    assert [(each.code, each.severity) for each in check_key_result(statement)] == [(code, Severity.ASK)]
