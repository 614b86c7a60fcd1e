"""Nothing here needs SQLite: the same tables, the same story, on a real PostgreSQL."""

from datetime import date, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.core.migrate import differences, migrate
from boathouse.core.settings import Settings
from boathouse.workshop.retention import Retention
from boathouse.workshop.tables import DocumentUpdate, Seat, Status, Workshop
from tests.cast import gather_cast
from tests.postgres import postgres
from tests.rows import in_database


@pytest.fixture(scope="module")
def url():
    """One server for this file."""
    with postgres() as address:
        yield address


async def test_migrations_make_exactly_the_tables(url):
    database = Database(url)
    await migrate(database)
    assert await differences(database) == []
    await database.close()


def test_the_story_of_a_workshop_runs(url):
    app = create_app(Settings(database_url=url, secret_key="a secret of the tests"))
    with TestClient(app, follow_redirects=False) as server:
        cast = server.portal.call(gather_cast, app)
        coach = server
        headers = {"Authorization": f"Bearer {cast.tokens['Tom']}"}
        made = coach.post("/api/v1/workshops", json={"title": "On PostgreSQL", "rooms": 3}, headers=headers)
        assert made.status_code == 201, made.text
        workshop = made.json()
        joined = coach.post("/api/v1/join", json={"code": workshop["code"], "name": "Ana"}).json()
        ana = {"Authorization": f"Bearer {joined['token']}"}
        room = joined["room_id"]
        objective = coach.post(f"/api/v1/rooms/{room}/objectives", headers=ana)
        assert objective.status_code == 201, objective.text
        start = f"/api/v1/workshops/{workshop['id']}/start"
        started = coach.post(start, json={"use_recommended": True}, headers=headers).json()
        assert started["status"] == "running"
        comment = {"body": "From what?", "objective_id": objective.json()["id"], "field": "title"}
        assert coach.post(f"/api/v1/rooms/{room}/comments", json=comment, headers=headers).status_code == 201
        board = coach.get(f"/api/v1/workshops/{workshop['id']}/board", headers=headers).json()
        assert sum(row["objectives"] for row in board["rooms"]) == 1
        export = coach.get(f"/api/v1/workshops/{workshop['id']}/export?format=csv", headers=headers)
        assert export.status_code == 200


def test_people_and_deleted_words_are_forgotten_and_workshops_go_in_time(url):
    app = create_app(Settings(database_url=url, secret_key="a secret of the tests"))
    with TestClient(app, follow_redirects=False) as server:
        cast = server.portal.call(gather_cast, app)
        cast.app, cast.portal = app, server.portal
        for words in ("Quill", "Quill and ink", ""):
            server.portal.call(app.state.documents.edit, cast.rooms[1], {f"todo:{cast.todo}:text": words})
        assert cast.script("Tom").post(f"/api/v1/seats/{cast.seats['Ana']}/erase").status_code == 204

        async def stored(session):
            query = select(DocumentUpdate.body).where(DocumentUpdate.room_id == cast.rooms[1])
            return list(await session.exec(query)), await session.get(Seat, cast.seats["Ana"])

        journal, ana = in_database(cast, stored)
        assert len(journal) == 1
        assert b"Quill" not in journal[0]
        assert ana is None

        async def end(session):
            workshop = await session.get_one(Workshop, cast.workshop)
            workshop.status, workshop.ended_at = Status.ENDED, now() - timedelta(days=40)

        in_database(cast, end)
        app.state.retention = Retention(30, date(2020, 1, 1))
        server.portal.call(app.state.housekeeping.forget_history)
        server.portal.call(app.state.housekeeping.delete_due)
        assert cast.browser("Tom").get(f"/workshops/{cast.workshop}").status_code == 404
        assert cast.browser("Ines").get(f"/workshops/{cast.other_workshop}").status_code == 200
