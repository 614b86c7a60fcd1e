"""Broadcasts: every room reads them for two minutes, and late readers find them."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from boathouse.core.errors import Problem
from boathouse.core.web.pages import partial
from boathouse.workshop.broadcasts import LONGEST, tell_rooms, told
from boathouse.workshop.tables import Room, Workshop

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def workshop(database):
    """A running workshop of three rooms, one of them closed."""
    async with database.writing() as session:
        row = Workshop(title="Wave 1", status="running")
        session.add(row)
        await session.flush()
        session.add_all([Room(workshop_id=row.id, number=n, name=f"Room {n}") for n in (1, 2)])
        session.add(Room(workshop_id=row.id, number=3, name="Room 3", closed_at=NOON))
    return row


async def tell(database, workshop, body="Before the target: what is it today?", at=NOON, **more):
    async with database.writing() as session:
        return await tell_rooms(session, workshop.id, "Mara", body, at, **more)


async def read(database, workshop, at):
    async with database.reading() as session:
        return await told(session, workshop.id, at)


async def test_it_goes_to_every_open_room(database, workshop):
    message, rooms = await tell(database, workshop)
    assert rooms == 2
    assert (await read(database, workshop, NOON)).current.id == message.id


async def test_it_stands_above_the_draft_for_two_minutes_and_is_listed_afterwards(database, workshop):
    first, _ = await tell(database, workshop)
    second, _ = await tell(database, workshop, "Three minutes left.", NOON + timedelta(minutes=1))
    now = await read(database, workshop, NOON + timedelta(minutes=2))
    assert (now.current.id, [each.id for each in now.earlier]) == (second.id, [first.id])
    later = await read(database, workshop, NOON + timedelta(minutes=3, seconds=1))
    assert later.current is None
    assert [each.id for each in later.earlier] == [second.id, first.id]


@pytest.mark.parametrize(
    ("body", "status"), [("  \r\n ", 422), ("x" * (LONGEST + 1), 422), ("x" * LONGEST, None)]
)
async def test_empty_and_overlong_messages(database, workshop, body, status):
    if status is None:
        return await tell(database, workshop, body)
    with pytest.raises(Problem) as refused:
        await tell(database, workshop, body)
    assert (refused.value.status, refused.value.field) == (status, "body")


async def test_after_the_end_nobody_is_told(database, workshop):
    async with database.writing() as session:
        (await session.get(Workshop, workshop.id)).status = "ended"
    with pytest.raises(Problem, match="has ended"):
        await tell(database, workshop)


async def test_the_region_announces_it_and_shows_script_as_text(database, workshop):
    await tell(database, workshop, "<script>alert(1)</script>")
    html = partial("broadcasts/_broadcast.html", told=await read(database, workshop, NOON))
    assert 'data-announce="Mara to all rooms: &lt;script' in html
    assert "<script" not in html


def test_the_dialog_returns_the_buttons_verb(cast):
    answer = cast.browser("Tom").post(
        f"/workshops/{cast.workshop}/broadcasts", data={"body": "Five more minutes."}
    )
    assert json.loads(answer.headers["hx-trigger"])["toast"]["text"] == "Sent to 2 rooms"


def test_the_api_says_how_many_rooms_were_told(cast):
    address = f"/api/v1/workshops/{cast.workshop}/broadcasts"
    answer = cast.script("Tom").post(address, json={"body": "Five more minutes."})
    assert answer.status_code == 201
    assert answer.json()["rooms"] == 2
    assert cast.script("Tom").post(address, json={"body": ""}).status_code == 422
    assert cast.script("Tom").post(address, json={"body": "x", "finding": "kr.output"}).status_code == 409
    assert cast.script("Leo").post(address, json={"body": "x"}).status_code == 403
    assert cast.script("Ana").post(address, json={"body": "x"}).status_code == 403
