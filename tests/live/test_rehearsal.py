"""A rehearsal against a real server: through the command, and through the server's death."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx
import pytest

from boathouse.workshop.simulation.rehearsal import Plan, rehearse
from boathouse.workshop.simulation.tally import Tally
from tests.serving import LINE, Server, serving

SECONDS = 8


@dataclass
class Hall:
    """A server with a running workshop of two rooms."""

    server: Server
    token: str
    workshop: str = ""
    code: str = ""
    rooms: list[str] = field(default_factory=list)

    def call(self, method: str, path: str, **body: object) -> httpx.Response:
        """A request as the owner."""
        address = f"{self.server.address}/api/v1{path}"
        return LINE.request(method, address, json=body, headers={"Authorization": f"Bearer {self.token}"})

    def plan(self, participants: int = 8, seconds: float = SECONDS) -> Plan:
        """What to simulate here."""
        return Plan(self.server.address, self.code, self.token, participants, seconds, seed=3)

    def command(self, *words: str, **variables: str) -> subprocess.Popen[str]:
        """`boathouse rehearse` on the server's machine. variables: of its environment."""
        line = [sys.executable, "-m", "boathouse", "rehearse", *words, "--url", self.server.address]
        environment = {key: value for key, value in os.environ.items() if key != "BOATHOUSE_TOKEN"}
        return subprocess.Popen(
            line,
            cwd=self.server.folder,
            env={**environment, **self.server.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Rows of the server's database."""
        with sqlite3.connect(self.server.folder / "boathouse.db") as database:
            return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """One server for all tests here, and its owner's token."""
    with serving(tmp_path_factory.mktemp("rehearsal")) as server:
        yield server, server.token()


@pytest.fixture
def hall(owned: tuple[Server, str]) -> Hall:
    """A workshop that has begun."""
    hall = Hall(*owned)
    made = hall.call("POST", "/workshops", title="Pilot", rooms=2, room_size=5).json()
    hall.workshop, hall.code, hall.rooms = made["id"], made["code"], [room["id"] for room in made["rooms"]]
    hall.call("POST", f"/workshops/{hall.workshop}/start", use_recommended=True).raise_for_status()
    return hall


def check_clean(tally: Tally) -> None:
    """Nothing lost, nothing failed."""
    assert tally.is_clean, tally.report()
    assert tally.edits > 50
    assert tally.deliveries > tally.edits


def test_the_command_reports_and_leaves_only_marked_seats(hall: Hall):
    command = hall.command(hall.code, "--participants", "8", "--minutes", str(SECONDS / 60))
    report, progress = command.communicate(timeout=60)
    assert command.returncode == 0, report + progress
    assert "8 in 2 rooms" in report
    assert re.search(r"errors +0\n", report + "\n")
    assert "edits" in progress
    seats = f"SELECT simulated, count(*) FROM seat WHERE workshop_id = '{hall.workshop}' GROUP BY 1"
    assert hall.ask(seats) == [(1, 8)]
    assert hall.ask("SELECT count(*) FROM person WHERE name = 'Rehearsal' AND removed_at IS NULL") == [(0,)]


def test_killed_it_leaves_a_coach_of_this_workshop_who_ends_by_itself(hall: Hall):
    command = hall.command(hall.code, "--participants", "4", "--minutes", "5")
    assert command.stderr
    command.stderr.readline()  # the first line of progress: people are writing
    command.kill()
    command.communicate(timeout=60)
    left = (
        "SELECT role, removed_at IS NULL, expires_at < datetime('now', '+21 minutes') "
        "FROM person JOIN apitoken ON apitoken.person_id = person.id "
        "WHERE person.name = 'Rehearsal' ORDER BY expires_at DESC LIMIT 1"
    )
    assert hall.ask(left) == [("coach", 1, 1)]
    hall.ask("UPDATE apitoken SET expires_at = datetime('now', '-1 minute') WHERE expires_at IS NOT NULL")
    command = hall.command(hall.code, "--participants", "2", "--minutes", "0.05")
    command.communicate(timeout=60)
    assert hall.ask("SELECT count(*) FROM person WHERE name = 'Rehearsal' AND removed_at IS NULL") == [(0,)]


def test_ctrl_c_ends_it_tidily(hall: Hall):
    command = hall.command(hall.code, "--participants", "4", "--minutes", "5")
    assert command.stderr
    command.stderr.readline()  # the first line of progress: people are writing
    command.send_signal(signal.SIGINT)
    report, _ = command.communicate(timeout=60)
    assert command.returncode == 0, report
    assert "each acknowledged" in report


def test_a_wrong_code_is_wrong_usage(hall: Hall):
    command = hall.command("QQQQQQQQ", "--participants", "4")
    report, problem = command.communicate(timeout=60)
    assert (command.returncode, report) == (2, "")
    assert problem.count("\n") == 1
    assert "No workshop has this code" in problem


def test_a_token_of_another_database_is_explained(hall: Hall, tmp_path: Path):
    elsewhere = f"sqlite+aiosqlite:///{tmp_path}/other.db"
    command = hall.command(hall.code, "--participants", "4", BOATHOUSE_DATABASE_URL=elsewhere)
    _, problem = command.communicate(timeout=60)
    assert command.returncode == 2
    assert "This machine's database is not that server's" in problem


async def test_ten_people_leave_a_coach_something_to_do(hall: Hall):
    tally = await rehearse(hall.plan(participants=10), print)
    check_clean(tally)
    assert tally.hands >= 1
    threads = [hall.call("GET", f"/rooms/{room}/comments").json() for room in hall.rooms]
    assert [thread["is_coach"] for room in threads for thread in room] == [False]


async def test_a_coach_who_comments_gets_an_answer(hall: Hall):
    asking = asyncio.create_task(rehearse(hall.plan(seconds=2 * SECONDS), print))
    await asyncio.to_thread(hall.call, "POST", f"/rooms/{hall.rooms[0]}/comments", body="What is it today?")
    check_clean(await asking)
    (thread,) = hall.call("GET", f"/rooms/{hall.rooms[0]}/comments").json()
    assert [reply["is_coach"] for reply in thread["replies"]] == [False]


async def test_nothing_is_lost_when_the_server_dies(hall: Hall):
    writing = asyncio.create_task(rehearse(hall.plan(seconds=2 * SECONDS), print))
    await asyncio.wait([writing], timeout=SECONDS)
    hall.server.kill()
    await asyncio.to_thread(hall.server.start)
    tally = await writing
    check_clean(tally)
    assert tally.reconnects >= 8


async def test_a_workshop_that_ends_meanwhile_is_no_error(hall: Hall):
    writing = asyncio.create_task(rehearse(hall.plan(), print))
    await asyncio.wait([writing], timeout=SECONDS / 2)
    answer = await asyncio.to_thread(hall.call, "POST", f"/workshops/{hall.workshop}/end")
    assert answer.status_code == 200
    assert (await writing).is_clean


async def test_a_poll_is_answered_while_people_write(hall: Hall):
    writing = asyncio.create_task(rehearse(hall.plan(seconds=2 * SECONDS), print))
    await asyncio.wait([writing], timeout=SECONDS / 2)
    poll = f"/workshops/{hall.workshop}/polls"
    (await asyncio.to_thread(hall.call, "POST", poll, kind="fist")).raise_for_status()
    tally = await writing
    check_clean(tally)
    (spread,) = hall.call("GET", poll).json()
    assert sum(spread["counts"]) == spread["answers"] == tally.votes > 0
