"""Shared fixtures: a database of one's own, the app, and the named cast."""

import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.database import Database
from boathouse.core.migrate import migrate
from boathouse.core.pauses import shorten_pauses
from boathouse.core.settings import Settings
from tests.cast import Cast, gather_cast
from tests.furnished import Furnished, furnish
from tests.limits import run_alone
from tests.serving import SECRET
from tests.statements import share_statements

# Some machines forbid it, and then every server a test starts compiles everything anew: seconds each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# An error's trace as the server logs it: drawn with every variable of every frame it takes a minute.
plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_addoption(parser: pytest.Parser) -> None:
    """--soak runs the full figures of the promises."""
    parser.addoption("--soak", action="store_true", help="full figures instead of small ones")


def pytest_configure(config: pytest.Config) -> None:
    """Limits of time are strict in a soak only."""
    run_alone(config.getoption("--soak"))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """As before serving: what is imported by now is no garbage, and is not looked through again and again."""
    shorten_pauses()


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

    with start_blocking_portal() as portal:
        portal.call(make)
    return file


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Furnished:
    """The cast, written once. A test that asks for it has it in its `settings` too."""
    file = tmp_path_factory.mktemp("furnished") / "boathouse.db"
    shutil.copyfile(migrated, file)
    app = create_app(settings_of(file))
    with TestClient(app) as client:
        assert client.portal
        cast = client.portal.call(gather_cast, app)
    return furnish(file, cast)


def settings_of(file: Path) -> Settings:
    """Settings with this database."""
    return Settings(database_url=f"sqlite+aiosqlite:///{file}", secret_key=SECRET)


@pytest.fixture
def settings(
    tmp_path: Path, migrated: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Settings with a database of this test alone: with the cast in it for who asks for them, else empty."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "boathouse.db"
    if "furnished" in request.fixturenames:
        request.getfixturevalue("furnished").copy_to(file)
    else:
        shutil.copyfile(migrated, file)
    return settings_of(file)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """An empty, migrated database."""
    database = Database(settings.database_url)
    share_statements(database)
    yield database
    await database.close()


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The whole application, not started."""
    app = create_app(settings)
    share_statements(app.state.database)
    return app


@pytest.fixture
def server(app: FastAPI) -> Iterator[TestClient]:
    """The started application and a browser without cookies: `server.get(...)`."""
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def cast(server: TestClient, furnished: Furnished) -> Cast:
    """A running workshop of two rooms and everybody in it; see tests/cast.py."""
    return furnished.cast.on(server.app, server.portal)
