"""Pages of a program with thousands of units: how long each one takes to answer, one request at a time."""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter
from fastapi.routing import APIRoute

from bench.contestants import SECRET, running
from boathouse.core.accounts import create_token, open_session, person_of_token
from boathouse.core.database import Database
from boathouse.core.migrate import migrate
from boathouse.core.people import Role
from boathouse.core.web.visitors import SESSION_COOKIE
from boathouse.rollout.planning import PlanWish, create_plan
from boathouse.rollout.stances import Answer, take_stance
from boathouse.rollout.surroundings import surroundings_of
from boathouse.rollout.tables.programs import Program, Unit, UnitKind
from boathouse.rollout.tables.stances import StanceKind
from boathouse.rollout.web import APIS, PAGES

PROMISE = 200  # ms, on an idle machine
BUSINESS_UNITS, DEPARTMENTS = 10, 8  # of the company; of each business unit
Ids = dict[str, str]
Keys = tuple[str, str]  # a session for pages, a token for the API


def add_options(parser: argparse.ArgumentParser) -> None:
    """The size of the run."""
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--times", type=int, default=15, help="requests of each page")


def main(options: argparse.Namespace) -> None:
    """Ask for every page that a program has, and print the table, the slowest first."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/boathouse.db"
        ids, keys = asyncio.run(found_program(url, options.units))
        command = [sys.executable, "-m", "boathouse", "serve", "--port", "8705"]
        settings = {"BOATHOUSE_DATABASE_URL": url, "BOATHOUSE_SECRET_KEY": SECRET}
        core = ",".join(map(str, sorted(os.sched_getaffinity(0))))
        with running(command, Path(folder), 8705, core, settings) as server:
            rows = []
            for path in paths(ids):
                answers = ask(path.format(**ids), keys, options.times)
                rows.append((path, *answers, work_of(server.pid, path.format(**ids), keys, options.times)))
    print(f"{options.units} units; the promise is {PROMISE} ms\n")
    print(f"{'median':>8} {'slowest':>8} {'CPU':>8} {'KiB':>7}  page")
    for path, median, slowest, size, work in sorted(rows, key=lambda row: -row[4]):
        late = " *" * (median > PROMISE)
        print(f"{median:6.0f}ms {slowest:6.0f}ms {work:6.0f}ms {size / 1024:7.0f}  {path}{late}")


def paths(ids: Ids) -> list[str]:
    """Every page and API route that can be read and is named by ids we have."""
    routes = [("", router) for router in PAGES] + [("/api/v1", router) for router in APIS]
    found = {
        prefix + route.path
        for prefix, router in routes
        for route in _routes_of(router)
        if "GET" in route.methods and route.param_convertors and set(route.param_convertors) <= set(ids)
    }
    return sorted(found)


def _routes_of(router: APIRouter) -> Iterator[APIRoute]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif inner := getattr(route, "original_router", None):
            yield from _routes_of(inner)


def ask(path: str, keys: Keys, times: int) -> tuple[float, float, int]:
    """Median and slowest answer in ms, and its size in bytes; the first answer is not counted."""
    session, token = keys
    by_script = {"Authorization": f"Bearer {token}"}
    headers = by_script if path.startswith("/api/") else {"Cookie": f"{SESSION_COOKIE}={session}"}
    taken, size = [], 0
    for _ in range(times + 1):
        request = urllib.request.Request(f"http://127.0.0.1:8705{path}", headers=headers)
        started = time.perf_counter()
        try:
            with urllib.request.urlopen(request) as answer:
                size = len(answer.read())
        except OSError as problem:
            raise SystemExit(f"{path}: {problem}") from None
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken[1:]), max(taken[1:]), size


def work_of(pid: int, path: str, keys: Keys, times: int) -> float:
    """CPU time in ms that the server spends on one answer; other programs on the machine do not matter."""
    before = _cpu_seconds(pid)
    ask(path, keys, times - 1)
    return 1000 * (_cpu_seconds(pid) - before) / times


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def found_program(url: str, units: int) -> tuple[Ids, Keys]:
    """A program in full swing: its units, a plan with waves, stances. Returns ids for paths, and keys."""
    database = Database(url)
    await migrate(database)
    async with database.writing() as session:
        token = await create_token(session, "Mara", Role.OWNER)
        program = Program(name="Nordhafen Group", headcount=8000, led_by="Ilse Brandt")
        session.add(program)
        await session.flush()
        tree = a_tree(program.id, units)
        session.add_all(tree)
        await session.flush()
        around = await surroundings_of(session, program)
        plan = await create_plan(session, around, PlanWish(), "Mara")
        answer = Answer(kind=StanceKind.OKRS, reason="Customers wait too long.", cycle=1)
        await take_stance(session, program.id, [unit.id for unit in tree[: units // 2]], answer, "Mara")
        person = await person_of_token(session, token)
        assert person
        keys = open_session(session, person.id), token
    await database.close()
    ids = {"program_id": program.id, "unit_id": tree[-1].id, "plan_id": plan.id}
    secrets = {"opt_in_secret": program.opt_in_secret, "calendar_secret": program.calendar_secret}
    return ids | secrets, keys


def a_tree(program_id: str, units: int) -> list[Unit]:
    """A company with its levels; teams are spread over the departments."""
    company = Unit(program_id=program_id, kind=UnitKind.COMPANY, name="Nordhafen Group", headcount=8000)
    found = [company]
    for number in range(BUSINESS_UNITS):
        found.append(_below(company, UnitKind.BUSINESS_UNIT, f"Division {number + 1}", number))
    for number in range(BUSINESS_UNITS * DEPARTMENTS):
        parent = found[1 + number % BUSINESS_UNITS]
        found.append(_below(parent, UnitKind.DEPARTMENT, f"Department {number + 1}", number))
    departments = found[1 + BUSINESS_UNITS :]
    for number in range(units - len(found)):
        parent = departments[number % len(departments)]
        found.append(_below(parent, UnitKind.TEAM, f"Team {number + 1}", number))
    return found


def _below(parent: Unit, kind: UnitKind, name: str, position: int) -> Unit:
    return Unit(
        program_id=parent.program_id,
        parent_id=parent.id,
        kind=kind,
        name=name,
        headcount=4 if kind == UnitKind.TEAM else None,
        leader=f"Leader {position}",
        leader_is_bought_in=position % 3 > 0,
        position=position,
    )
