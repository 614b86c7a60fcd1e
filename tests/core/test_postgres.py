"""Nothing here needs SQLite: the same tables, the same story, on a real PostgreSQL."""

import pytest
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.database import Database
from boathouse.core.migrate import differences, migrate
from boathouse.core.settings import Settings
from tests.cast import gather_cast
from tests.postgres import postgres


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
