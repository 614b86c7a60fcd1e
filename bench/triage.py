"""Triage: how soon the board's queue shows raised hands and planted problems in its first ten rooms."""

import argparse
import asyncio
import math
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx2 as httpx

from bench.contestants import SECRET, command, running
from bench.generator import usage
from boathouse.core.clock import now
from boathouse.workshop.attention import quiet_after
from boathouse.workshop.board import RoomState
from boathouse.workshop.simulation.live_line import LiveLine
from boathouse.workshop.simulation.problems import Problem
from boathouse.workshop.simulation.rehearsal import Plan, rehearse

PORT = 8712
FIRST = 10  # rooms of the queue
SOON = 10.0  # seconds
PHASE = 6  # minutes, so that a silence of a minute and a half says something
QUEUE = re.compile(r'data-queue="([^"]*)"')
REASONS = re.compile(r'<span class="chip[^>]*>.*?<span>(.*?)(?: <time|</span>)', re.DOTALL)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The size of the run."""
    parser.add_argument("--participants", type=int, default=250)
    parser.add_argument("--rooms", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)


@dataclass
class Watch:
    """What a coach's board was told, and when by the clock of the wall."""

    orders: list[tuple[float, list[str]]] = field(default_factory=list)
    reasons: dict[str, list[tuple[float, tuple[str, ...]]]] = field(default_factory=dict)

    def note(self, region: str, html: str) -> None:
        """Take down an order, or the reasons on a tile."""
        if found := QUEUE.search(html):
            self.orders.append((time.time(), found[1].split()))
        elif region.startswith("tile-"):
            said = self.reasons.setdefault(region.removeprefix("tile-"), [])
            said.append((time.time(), tuple(REASONS.findall(html))))

    def delay(self, room_id: str, since: float, until: float) -> float | None:
        """Seconds until the room stood among the first, 0 if it did already; None: it never did."""
        return next((max(0.0, began - since) for began, _ in self._among_first(room_id, since, until)), None)

    def missing(self, room_id: str, since: float, until: float) -> float:
        """Seconds for which it did not, later than it had to."""
        stood = self._among_first(room_id, since + SOON, until)
        return until - since - SOON - sum(ended - began for began, ended in stood)

    def _among_first(self, room_id: str, since: float, until: float) -> list[tuple[float, float]]:
        """Within this time: from when to when it stood among the first."""
        ends = [*(moment for moment, _ in self.orders[1:]), until]
        spans = [
            (max(moment, since), min(end, until))
            for (moment, order), end in zip(self.orders, ends, strict=True)
            if room_id in order[:FIRST]
        ]
        return [(began, ended) for began, ended in spans if ended > began]

    def swaps(self) -> tuple[int, int]:
        """Pairs of first rooms that changed places, and of them those about which nothing new was said."""
        every, unexplained = 0, 0
        for (_, before), (moment, after) in zip(self.orders, self.orders[1:], strict=False):
            places = {room: n for n, room in enumerate(after)}
            both = [room for room in before[:FIRST] if room in places]
            for n, one in enumerate(both):
                for other in both[n + 1 :]:
                    if places[other] < places[one]:
                        every += 1
                        unexplained += not (self._is_news(one, moment) or self._is_news(other, moment))
        return every, unexplained

    def _is_news(self, room_id: str, moment: float) -> bool:
        said = [words for at, words in self.reasons.get(room_id, []) if at <= moment + 1]
        recent = [words for at, words in self.reasons.get(room_id, []) if moment - 3 <= at <= moment + 1]
        return len(set(recent + said[-len(recent) - 1 :])) > 1


def main(options: argparse.Namespace) -> None:
    """Rehearse, watch the board, compare."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/boathouse.db"
        settings = {"BOATHOUSE_DATABASE_URL": url, "BOATHOUSE_SECRET_KEY": SECRET}
        serve = [sys.executable, "-m", "boathouse", "serve", "--port", str(PORT)]
        with running(serve, Path(folder), PORT, "0", settings) as process:
            token = command(Path(folder), "token", "create", "--name", "Triage")
            workshop, code = begin(token, options)
            asyncio.run(measure(options, workshop, code, token, process.pid))


def begin(token: str, options: argparse.Namespace) -> tuple[str, str]:
    """A workshop in its first phase; its id and code."""
    api = httpx.Client(
        base_url=f"http://127.0.0.1:{PORT}/api/v1", headers={"Authorization": f"Bearer {token}"}
    )
    plan = {"title": "Triage", "rooms": options.rooms, "room_size": 5}
    plan["agenda"] = [{"title": "Draft", "minutes": PHASE, "instructions": ""}]
    made = api.post("/workshops", json=plan).raise_for_status().json()
    api.post(f"/workshops/{made['id']}/start", json={"use_recommended": True}).raise_for_status()
    return made["id"], made["code"]


async def measure(options: argparse.Namespace, workshop: str, code: str, token: str, pid: int) -> None:
    """The run, and its table."""
    watch, began, cpu = Watch(), time.time(), usage(pid)[0]
    board = f"ws://127.0.0.1:{PORT}/workshops/{workshop}/board/live?token={token}"
    watching = asyncio.create_task(LiveLine(board, watch.note).keep())
    seconds = options.minutes * 60
    plan = Plan(f"http://127.0.0.1:{PORT}", code, token, options.participants, seconds, options.seed)
    problems: list[Problem] = []
    tally = await rehearse(plan, lambda line: print(line, file=sys.stderr, flush=True), problems)
    busy = (usage(pid)[0] - cpu) / (time.time() - began)
    watching.cancel()
    report(options, watch, problems, began + seconds)
    print(f"| edits, losses, errors | {tally.edits}, {len(tally.lost)}, {tally.errors.total()} |")
    print(f"| server's core busy | {busy:.2f} |")


def report(options: argparse.Namespace, watch: Watch, problems: list[Problem], ended: float) -> None:
    """A row a kind of problem: how many, how soon, how many never."""
    patience = quiet_seconds()
    size = f"{options.participants} people in {options.rooms} rooms, {options.minutes:g} min"
    print(f"| {size} | |\n| --- | --- |")
    true = [one for problem in problems if (one := became_true(problem, patience, ended))]
    most = max((sum(one[1] <= moment < one[2] for one in true) for _, moment, _ in true), default=0)
    print(f"| true at once, at most | {most} |")
    for kind in sorted({problem.kind for problem, _, _ in true}):
        spans = [(one.room_id, since, until) for one, since, until in true if one.kind == kind]
        delays = sorted(math.inf if (delay := watch.delay(*span)) is None else delay for span in spans)
        soon = sum(delay <= SOON for delay in delays)
        missing = sum(watch.missing(*span) for span in spans)
        figures = f"{len(spans)}, {soon}, {delays[-1]:.1f} s, {missing:.1f} s"
        print(f"| {kind}: how many, first ten within {SOON:g} s, slowest, out of it again | {figures} |")
    every, unexplained = watch.swaps()
    print(f"| changed places among the first ten, without news about them | {every}, {unexplained} |")


def became_true(problem: Problem, patience: float, ended: float) -> tuple[Problem, float, float] | None:
    """The problem with when its condition was true, if it was for more than a moment."""
    if problem.since is None:
        return None
    waits = patience if problem.kind in ("silence", "alone") else 0.0
    since, until = problem.since + waits, min(problem.until or ended, ended)
    return (problem, since, until) if until - since > SOON else None


def quiet_seconds() -> float:
    """How long a silence lasts until it says something, in the phase of this run."""
    begins = now()
    state = RoomState("", 1, "", phase_started_at=begins, phase_ends_at=begins + timedelta(minutes=PHASE))
    return quiet_after(state).total_seconds()
