"""The comment bank: words of the crew in the questions, what is offered where, own entries, its routes."""

import pytest

from boathouse.core.errors import Problem
from boathouse.rollout.checks import CODES
from boathouse.rollout.parameters import RECOMMENDED, GroundRules
from boathouse.workshop import bank
from boathouse.workshop.bank_questions import ANY_TIME, FOR_FINDING, FOR_PHASE, PHASES, phase_about
from boathouse.workshop.bank_words import PLAIN, fill, fill_loosely, own_words, unfill
from boathouse.workshop.drafts import Draft, KeyResultDraft, ObjectiveDraft
from boathouse.workshop.standard_agendas import STANDARD_AGENDAS
from boathouse.workshop.tables import BankEntry, KeyResultType, Workshop

EVERY = [
    *(each for some in FOR_FINDING.values() for each in some),
    *(each for some in FOR_PHASE.values() for each in some),
    *ANY_TIME,
]


def drafted(statement="Repeat buyers", start="", target="40", unit="%", owner=None):
    """A draft with one key result."""
    row = KeyResultDraft("k", 1, None, "o", KeyResultType.METRIC, statement, start, target, unit, None, owner)
    return Draft("r", objectives=[ObjectiveDraft("o", 1, None, "Sending back is easy", "", [row])])


def offer(codes=("kr.no_baseline",), phase="", entries=(), own=None, rules=RECOMMENDED):
    """What is offered for the usual key result."""
    words = own_words(drafted(), "key_result:k") if own is None else own
    return bank.offered(entries, codes, phase, words, rules)


def test_there_is_a_question_for_every_finding_and_every_standard_phase():
    assert set(FOR_FINDING) == set(CODES)
    assert set(FOR_PHASE) == set(PHASES)
    titles = {phase.title for agenda in STANDARD_AGENDAS.values() for phase in agenda.phases}
    assert {phase_about(title) for title in titles} == set(PHASES)


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.ways[0][:40])
def test_every_entry_has_a_reason_and_a_wording_that_needs_no_words_of_the_crew(question):
    assert question.why.endswith(".")
    assert all(way.endswith(("?", ".")) and len(way) <= bank.LONGEST for way in question.ways)
    assert fill(question.ways[-1], {}), "a draft without these words gets no question at all"


@pytest.mark.parametrize(
    ("title", "about"), [("KEY RESULTS, part two", "key_results"), ("Welcome!", "why"), ("Lunch", "")]
)
def test_phases_of_a_coach_are_known_by_their_words(title, about):
    assert phase_about(title) == about


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (drafted(), "From what to 40 %?"),
        (drafted(target="40 %", unit="%"), "From what to 40 %?"),
        (drafted(target="€ 40", unit="thousand"), "From what to € 40 thousand?"),
        (drafted("Answer within 2 days", target="", unit=""), "From what to 2 days?"),
        (drafted("Repeat buyers to 40 %", target="", unit=""), "From what to 40 %?"),
        (drafted("People love it", target="", unit=""), None),
    ],
)
def test_the_target_comes_from_its_field_or_the_statement(draft, words):
    assert fill("From what to {target}?", own_words(draft, "key_result:k")) == words


def test_words_that_a_draft_lacks_are_replaced_by_plain_ones():
    assert fill_loosely("From {start} to {target}: “{words}”, {other}", {"target": "40 %"}) == (
        "From your starting point to 40 %: “this”, {other}"
    )
    assert own_words(drafted(), "objective:o") == {"words": "Sending back is easy"}
    assert own_words(drafted(), "room") == own_words(drafted(), "key_result:gone") == {}
    assert set(own_words(drafted(), "key_result:k")) == set(PLAIN)


def test_what_is_kept_in_one_room_asks_every_room_with_its_own_words():
    own = {"target": "80 % of tickets", "unit": "% of tickets", "start": "8", "owner": "Ana", "words": ""}
    assert unfill("From 8 to 80 % of tickets? Ask Ana, not Anabel, in 8 days.", own) == (
        "From 8 to {target}? Ask {owner}, not Anabel, in 8 days."
    )


@pytest.mark.parametrize("hostile", ["{target}", "{" * 400, "\u202e{words}", "<script>", "x" * 10_000])
def test_hostile_words_stay_words(hostile):
    own = own_words(drafted(statement=hostile, target=hostile[:40]), "key_result:k")
    assert len(fill_loosely("From what to {target}? {words}", own)) < 200


def test_the_finding_comes_first_and_nine_are_enough():
    ready = offer(["kr.no_baseline", "kr.no_owner"], "key_results")
    assert ready[0].words == "From what to 40 %?"
    assert len(ready) == bank.KEYS
    words = [each.words for each in ready]
    assert words.index("Who in this room watches over this number?") < words.index(
        "Could somebody outside your room check this?"
    )


def test_a_question_for_a_type_that_is_not_allowed_is_left_out():
    strict = GroundRules.model_validate(RECOMMENDED.model_dump() | {"key_result_types": ["metric"]})
    assert [each for each in offer() if each.words.startswith("Has anybody")]
    assert not [each for each in offer(rules=strict) if each.words.startswith("Has anybody")]


def test_questions_for_talking_are_no_questions_about_a_line():
    assert not [each for each in offer(phase="why") if "annoyed" in each.words]
    assert [each for each in offer([], "why") if "annoyed" in each.words]


def test_own_entries_come_first_the_fitting_ones_before_the_others():
    entries = [
        BankEntry(workshop_id="w", body=body, code=code, author_name="Tom")
        for body, code in [
            ("At any time?", ""),
            ("Elsewhere?", "kr.vague"),
            ("To {target}?", "kr.no_baseline"),
        ]
    ]
    ready = offer(entries=entries)
    assert [(each.words, each.own) for each in ready[:2]] == [("To 40 %?", True), ("At any time?", True)]
    assert not ready[2].own
    many = [BankEntry(workshop_id="w", body=f"{n}?", author_name="Tom") for n in range(20)]
    assert sum(each.own for each in offer(entries=many)) == bank.OWN_FIRST


async def test_the_same_words_twice_are_one_entry_and_a_full_bank_says_so(database):
    async with database.writing() as session:
        workshop = Workshop(title="Wave 1")
        session.add(workshop)
        await session.flush()
        first = await bank.add_entry(session, workshop.id, "Tom", " Since  when?\n", "")
        await session.flush()
        again = await bank.add_entry(session, workshop.id, "Mara", "Since when?", "")
        assert (again.id, again.body) == (first.id, "Since when?")
        for n in range(bank.MOST - 1):
            await bank.add_entry(session, workshop.id, "Tom", f"{n}?", "kr.vague")
        await session.flush()
        with pytest.raises(Problem, match="Remove one first"):
            await bank.add_entry(session, workshop.id, "Tom", "One more?", "")


def test_a_duplicate_of_the_workshop_keeps_the_coaches_questions(cast):
    answer = cast.browser("Tom").post(f"/workshops/{cast.workshop}/copies")
    copy = answer.headers["location"].rpartition("/")[2]
    own = cast.script("Tom").get(f"/api/v1/workshops/{copy}/bank").json()["own"]
    assert [(each["body"], each["author"]) for each in own] == [("Who would miss it?", "Tom")]


def ready_at(cast, place: str, who="Tom"):
    return cast.browser(who).get(f"/rooms/{cast.rooms[1]}/bank", params={"on": place})


def write(cast, **fields: str) -> None:
    """Write into room 1's key result."""
    words = {f"key_result:{cast.key_result}:{name}": text for name, text in fields.items()}
    cast.portal.call(cast.app.state.documents.edit, cast.rooms[1], words)


def test_the_questions_at_a_place_hold_the_rooms_words_as_they_are_now(cast):
    write(cast, target="40", unit="%")
    place = f"key_result:{cast.key_result}:start"
    html = ready_at(cast, place).text
    assert f'data-bank-on="{place}"' in html
    assert 'data-bank-label="the starting point of key result 1"' in html
    assert 'data-bank="From what to 40 %?"' in html
    assert "There is a target, but no starting point." in html


def test_without_a_place_it_is_the_worst_finding_nobody_has_asked_about(cast):
    write(cast, target="40", unit="%")
    start = f"key_result:{cast.key_result}:start"
    assert f'data-bank-on="{start}"' in ready_at(cast, "").text
    cast.browser("Tom").post(f"/rooms/{cast.rooms[1]}/comments", data={"on": start, "body": "From what?"})
    assert f'data-bank-on="{start}"' not in ready_at(cast, "").text
    empty = cast.browser("Tom").get(f"/rooms/{cast.rooms[2]}/bank").text
    assert 'data-bank-on="room"' in empty


def test_the_drawer_brings_the_questions_along_for_coaches_only(cast):
    write(cast, target="40", unit="%")
    cast.portal.call(cast.app.state.documents.flush)
    address = f"/workshops/{cast.workshop}/board/rooms/{cast.rooms[1]}"
    assert "From what to 40 %?" in cast.browser("Tom").get(address).text
    assert "From what to 40 %?" not in cast.browser("Leo").get(address).text
    assert ready_at(cast, "", "Ana").status_code == 403


def test_an_entry_is_added_changed_and_removed_on_the_page(cast):
    tom, page = cast.browser("Tom"), f"/workshops/{cast.workshop}/bank"
    entry = {"body": "Since when? <b>", "code": "kr.no_baseline"}
    assert tom.post(page, data=entry).status_code == 303
    assert "Since when? &lt;b&gt;" in cast.browser("Mara").get(page).text
    write(cast, target="40")
    assert "Since when?" in ready_at(cast, f"key_result:{cast.key_result}:start", "Mara").text
    ours = cast.script("Tom").get(f"/api/v1{page}").json()["own"]
    id = next(each["id"] for each in ours if each["body"] == entry["body"])
    assert tom.post(f"/bank/{id}", data={"body": "How long?", "code": ""}).status_code == 303
    assert "How long?" in tom.get(page).text
    assert tom.post(f"/bank/{id}/remove").status_code == 303
    assert "How long?" not in tom.get(page).text


def test_what_was_removed_can_be_put_back_also_after_a_reload(cast):
    tom, page = cast.browser("Tom"), f"/workshops/{cast.workshop}/bank"
    after = tom.post(f"/bank/{cast.bank_entry}/remove").headers["location"].removesuffix("#own")
    for _ in range(2):  # the second time is a reload
        html = tom.get(after).text
        assert "Removed “Who would miss it?”" in html
        assert '<input type="hidden" name="body" value="Who would miss it?">' in html
    assert tom.post(page, data={"body": "Who would miss it?", "code": ""}).status_code == 303
    assert "Removed “" not in tom.get(after).text, "it is back"
    assert "Removed “" not in tom.get(page, params={"removed": " Ring this number."}).text, "not ours"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"body": " ", "code": ""}, "Write the question first."),
        ({"body": "x" * 501, "code": ""}, "this one has 501"),
        ({"body": "Kept as typed?", "code": "kr.new"}, "no finding called"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_what_was_typed_stays(cast, wrong, message):
    for path in (f"/workshops/{cast.workshop}/bank", f"/bank/{cast.bank_entry}"):
        answer = cast.browser("Tom").post(path, data=wrong)
        assert answer.status_code == 422
        assert message in answer.text
        assert wrong["body"].strip() in answer.text


def test_words_from_the_composer_are_kept_with_a_toast(cast):
    answer = cast.browser("Tom").post(
        f"/workshops/{cast.workshop}/bank",
        data={"body": "Who is glad?", "code": "kr.output"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 204
    assert "All coaches of this workshop" in answer.headers["hx-trigger"]


def test_scripts_read_add_change_and_remove(cast):
    tom, path = cast.script("Tom"), f"/api/v1/workshops/{cast.workshop}/bank"
    made = tom.post(path, json={"body": "Since when?"})
    assert made.status_code == 201
    assert made.json() == {"id": made.json()["id"], "body": "Since when?", "code": "", "author": "Tom"}
    changed = tom.put(f"/api/v1/bank/{made.json()['id']}", json={"body": "How long?", "code": "kr.vague"})
    assert changed.json()["code"] == "kr.vague"
    read = tom.get(path).json()
    assert changed.json() in read["own"]
    assert {each["code"] for each in read["standard"]} == {"", *CODES}
    assert tom.delete(f"/api/v1/bank/{made.json()['id']}").status_code == 204
    assert tom.put(f"/api/v1/bank/{made.json()['id']}", json={"body": "x"}).status_code == 404
    assert tom.post(path, json={"body": "x", "code": "nonsense"}).status_code == 422
