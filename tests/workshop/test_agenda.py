"""Agendas: the standard ones, and changing one before and while it runs."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from boathouse.core.clock import now
from boathouse.core.web.pages import markdown
from boathouse.workshop.agenda import LONGEST, MOST_ITEMS, PhasePlan, change_item
from boathouse.workshop.standard_agendas import STANDARD_AGENDAS, TWO_HOURS
from boathouse.workshop.tables import AgendaItem, Status, Workshop
from tests.watching import pushed, watch


def agenda(server, cast) -> list[AgendaItem]:
    async def look() -> list[AgendaItem]:
        query = select(AgendaItem).where(AgendaItem.workshop_id == cast.workshop)
        async with cast.app.state.database.reading() as session:
            return list(await session.exec(query.order_by(AgendaItem.position)))

    return server.portal.call(look)


def titles(server, cast) -> list[str]:
    return [item.title for item in agenda(server, cast)]


def test_the_default_agenda_has_seven_phases_and_takes_two_hours():
    assert [phase.title for phase in TWO_HOURS.phases] == [
        "Why we are here",
        "From to-do to outcome",
        "Objective and why now",
        "Key results from X to Y",
        "Stress test",
        "Share out",
        "Reflect",
    ]
    assert {key: agenda.minutes for key, agenda in STANDARD_AGENDAS.items()} == {
        "key-results": 45,
        "one-hour": 60,
        "two-hours": 120,
    }


@pytest.mark.parametrize(
    "phase",
    [phase for agenda in STANDARD_AGENDAS.values() for phase in agenda.phases],
    ids=lambda phase: phase.title,
)
def test_every_phase_opens_with_a_question_and_has_steps(phase):
    question = phase.instructions.split("\n\n")[0]
    assert question.endswith("?")
    assert "<ol>" in markdown(phase.instructions)
    PhasePlan.model_validate(phase, from_attributes=True)


def test_a_phase_is_added_at_the_end(server, cast):
    answer = cast.browser("Tom").post(
        f"/workshops/{cast.workshop}/agenda",
        data={"title": " Coffee ", "minutes": "7", "instructions": "Milk?\r\n\r\n1. Yes"},
    )
    assert answer.headers["location"] == f"/workshops/{cast.workshop}#agenda"
    last = agenda(server, cast)[-1]
    assert (last.title, last.minutes, last.instructions) == ("Coffee", 7, "Milk?\n\n1. Yes")


def test_the_editor_comes_back_as_a_fragment_of_the_page(server, cast):
    item = agenda(server, cast)[1]
    answer = cast.browser("Tom").post(
        f"/agenda/{item.id}",
        data={"title": "Numbers", "minutes": "12"},
        headers={"HX-Request": "true"},
    )
    assert answer.text.lstrip().startswith('<section id="agenda"')
    assert "Numbers" in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "x" * 81), ("minutes", "0"), ("minutes", str(LONGEST + 1)), ("minutes", "ten")],
)
def test_a_phase_that_cannot_be_is_refused_with_a_sentence(server, cast, field, value):
    typed = {"title": "Coffee", "minutes": "7"} | {field: value}
    answer = cast.browser("Tom").post(
        f"/workshops/{cast.workshop}/agenda", data=typed, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert field.capitalize() in answer.headers["hx-trigger"]
    assert len(agenda(server, cast)) == 3


def test_an_agenda_has_an_end(server, cast):
    tom = cast.browser("Tom")
    for n in range(MOST_ITEMS):
        answer = tom.post(f"/workshops/{cast.workshop}/agenda", data={"title": f"Phase {n}", "minutes": "1"})
    assert answer.status_code == 409
    assert len(agenda(server, cast)) == MOST_ITEMS


def test_phases_move_up_and_down_and_stay_at_the_edge(server, cast):
    tom, items = cast.browser("Tom"), agenda(server, cast)
    tom.post(f"/agenda/{items[2].id}/move", data={"step": "-1"})
    assert titles(server, cast) == ["Why we are here", "Reflect", "Key results"]
    tom.post(f"/agenda/{items[0].id}/move", data={"step": "-1"})
    assert titles(server, cast) == ["Why we are here", "Reflect", "Key results"]


def test_a_whole_new_order_is_taken_only_of_the_agenda_as_it_is(server, cast):
    tom, items = cast.browser("Tom"), agenda(server, cast)
    address = f"/workshops/{cast.workshop}/agenda/order"
    ids = [item.id for item in reversed(items)]
    tom.post(address, data={"ids": " ".join(ids)})
    assert titles(server, cast) == ["Reflect", "Key results", "Why we are here"]
    for wrong in (ids[:2], [*ids, ids[0]], [*ids[:2], "somethingels"]):
        assert tom.post(address, data={"ids": " ".join(wrong)}).status_code == 409


def test_a_phase_is_removed_but_not_the_one_in_progress(server, cast):
    tom, items = cast.browser("Tom"), agenda(server, cast)
    assert tom.post(f"/agenda/{items[0].id}/remove").status_code == 409
    assert tom.post(f"/agenda/{items[1].id}/remove").status_code == 303
    assert titles(server, cast) == ["Why we are here", "Reflect"]


def test_the_last_phase_left_stays(server, cast):
    ines = cast.browser("Ines")
    for title in ("One", "Two"):
        ines.post(f"/workshops/{cast.other_workshop}/agenda", data={"title": title, "minutes": "5"})
    cast.workshop = cast.other_workshop
    first, second = agenda(server, cast)
    assert ines.post(f"/agenda/{first.id}/remove").status_code == 303
    assert ines.post(f"/agenda/{second.id}/remove").status_code == 409


def test_more_minutes_move_the_deadline_of_the_phase_in_progress():
    moment = now()
    item = AgendaItem(id="p", workshop_id="w", title="Why", minutes=10)
    workshop = Workshop(
        title="W", status=Status.RUNNING, agenda_item_id="p", phase_ends_at=moment + timedelta(minutes=4)
    )
    change_item(workshop, item, PhasePlan(title="Why", minutes=15), moment)
    assert workshop.phase_ends_at == moment + timedelta(minutes=9)
    change_item(workshop, item, PhasePlan(title="Why", minutes=1), moment)
    assert workshop.phase_ends_at == moment


def test_minutes_of_another_phase_move_nothing():
    ends = now() + timedelta(minutes=4)
    workshop = Workshop(title="W", status=Status.RUNNING, agenda_item_id="other", phase_ends_at=ends)
    change_item(
        workshop,
        AgendaItem(id="p", workshop_id="w", title="Why", minutes=10),
        PhasePlan(title="Why", minutes=20),
        now(),
    )
    assert workshop.phase_ends_at == ends


def test_two_coaches_prepare_it_together(server, cast):
    with watch(server, cast, "Mara", f"/workshops/{cast.workshop}/lobby/live") as lobby:
        pushed(lobby, agenda="Key results")
        form = {"title": "Coffee", "minutes": "7"}
        cast.browser("Tom").post(f"/workshops/{cast.workshop}/agenda", data=form)
        pushed(lobby, agenda="Coffee")


def test_onlookers_read_the_agenda_and_have_nothing_to_change(server, cast):
    page = cast.browser("Leo").get(f"/workshops/{cast.workshop}").text
    assert 'data-standing="observer"' in page
    assert '<div class="prose for-readers">' in page
    assert len(re.findall(r'<form id="phase-\w+-form" class="for-coach"', page)) == 3
