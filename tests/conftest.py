"""Shared fixtures: a database of one's own, the app, and the named cast."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.database import Database
from boathouse.core.migrate import migrate
from boathouse.core.settings import Settings
from tests.cast import Cast, gather_cast


def pytest_addoption(parser: pytest.Parser) -> None:
    """--soak runs the full figures of the promises."""
    parser.addoption("--soak", action="store_true", help="full figures instead of small ones")


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether the long figures are wanted."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database file to copy: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("migrated") / "boathouse.db"

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return file


@pytest.fixture
def settings(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a database of this test alone."""
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(migrated, tmp_path / "boathouse.db")
    return Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/boathouse.db", secret_key="a secret of the tests"
    )


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """An empty, migrated database."""
    database = Database(settings.database_url)
    await migrate(database)
    yield database
    await database.close()


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The whole application, not started."""
    return create_app(settings)


@pytest.fixture
def server(app: FastAPI) -> Iterator[TestClient]:
    """The started application and a browser without cookies: `server.get(...)`."""
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def cast(server: TestClient) -> Cast:
    """A running workshop of two rooms and everybody in it; see tests/cast.py."""
    assert server.portal is not None
    cast = server.portal.call(gather_cast, server.app)
    cast.portal = server.portal
    return cast
