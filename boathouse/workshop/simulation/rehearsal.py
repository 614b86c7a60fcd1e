"""A whole rehearsal: people arrive, take part for a while, and every word is looked for at the end."""

import asyncio
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvloop

from boathouse.core.errors import UsageProblem, WorkFailed
from boathouse.workshop.simulation.api import Api, Refused, Unreachable
from boathouse.workshop.simulation.behaviour import Behaviour
from boathouse.workshop.simulation.cast import people
from boathouse.workshop.simulation.participant import Participant, World
from boathouse.workshop.simulation.problems import STEP, Problem
from boathouse.workshop.simulation.proof import find_losses, settle
from boathouse.workshop.simulation.tally import Tally

ARRIVING = 0.2  # of the time, until the last has joined
LONGEST_ARRIVAL = 30.0  # seconds
LEAVES = 0.04  # of the people go early
LEAVING = (0.6, 0.9)  # of the time
CALLS_FROM = 10  # people; so many leave nothing for coaches to do to chance
SAYS = 5.0  # seconds between two lines of progress
NOT_TAKEN = "The token is not taken here. It has to be an owner's or a coach's of this workshop."
NOT_OUR_DATABASE = (
    "This machine's database is not that server's: "
    "set BOATHOUSE_TOKEN (boathouse token create) or BOATHOUSE_DATABASE_URL."
)
PATIENCE = 45.0  # seconds for the last words to be stored, should the server be restarting


@dataclass(frozen=True)
class Plan:
    """What to simulate.

    address: http://host:port. token: of a coach of the workshop or an owner; borrowed: it was made for this
    rehearsal in the database of this machine.
    """

    address: str
    code: str
    token: str
    participants: int
    seconds: float
    seed: int
    borrowed: bool = False


def run_rehearsal(plan: Plan) -> None:
    """The command: progress on standard error, the report on standard output.

    Errors: UsageProblem and WorkFailed as rehearse(), and WorkFailed if anything was lost or failed.
    """
    tally = uvloop.run(rehearse(plan, lambda line: print(line, file=sys.stderr, flush=True)))
    print(tally.report())
    if not tally.is_clean:
        raise WorkFailed(f"{len(tally.lost)} losses and {tally.errors.total()} errors; see above.")


async def rehearse(plan: Plan, say: Callable[[str], None], problems: list[Problem] | None = None) -> Tally:
    """Run it to its end, or to the first Ctrl-C, and check every room.

    say: takes a line of progress every few seconds. problems: takes those that were planted. Errors:
    UsageProblem if the server refuses the code or the token, WorkFailed if nobody answers.
    """
    api = Api(plan.address)
    world = World(plan.address, api, Tally(), random.Random(plan.seed))  # noqa: S311
    try:
        with _ended_by_interrupt(world):
            await _take_place(plan, world, say)
            await _come_to_rest(plan, world)
    finally:
        await asyncio.gather(*(person.hang_up() for crew in world.crews.values() for person in crew.people))
        await api.close()
    if problems is not None:
        problems += world.problems.known
    return world.tally


async def _take_place(plan: Plan, world: World, say: Callable[[str], None]) -> None:
    names = people(world.chance)
    first = await _first(plan, world, next(names))
    speaker = asyncio.create_task(_report_on(world, say))
    planter = asyncio.create_task(_plant(plan, world))
    arrivals = sorted(
        world.chance.uniform(0, min(plan.seconds * ARRIVING, LONGEST_ARRIVAL))
        for _ in range(plan.participants - 1)
    )
    lives = [
        _take_part(plan, first, plan.participants >= CALLS_FROM),
        *(_arrive(plan, world, next(names), delay) for delay in arrivals),
    ]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(life) for life in lives]
            await asyncio.wait(tasks, timeout=plan.seconds, return_when=asyncio.ALL_COMPLETED)
            world.over.set()
    finally:
        speaker.cancel()
        planter.cancel()


async def _first(plan: Plan, world: World, name: str) -> Participant:
    """Whoever comes first finds out whether the code is right."""
    try:
        return await _join(plan, world, name)
    except Refused as refusal:
        if refusal.status in (401, 403):
            raise UsageProblem(NOT_OUR_DATABASE if plan.borrowed else NOT_TAKEN) from None
        raise UsageProblem(str(refusal)) from None
    except Unreachable:
        raise WorkFailed(f"Nobody answers at {plan.address}. Is the server running?") from None


async def _join(plan: Plan, world: World, name: str) -> Participant:
    seat = await world.api.join(plan.code, name, plan.token)
    world.tally.joined += 1
    person = Participant(name, seat, world)
    world.tally.rooms = len(world.crews)
    return person


async def _arrive(plan: Plan, world: World, name: str, delay: float) -> None:
    await world.rest(delay)
    if world.is_over:
        return
    try:
        person = await _join(plan, world, name)
    except Refused as refusal:
        world.tally.turned_away[str(refusal)] += 1
    except Unreachable as trouble:
        world.tally.errors[f"joining: {trouble}"] += 1
    else:
        await _take_part(plan, person)


async def _take_part(plan: Plan, person: Participant, calls_coach: bool = False) -> None:
    clock = asyncio.get_running_loop().time()
    leaves = person.chance.random() < LEAVES
    leaves_at = clock + plan.seconds * person.chance.uniform(*LEAVING) if leaves else None
    await Behaviour(person, leaves_at, calls_coach).take_part()


async def _come_to_rest(plan: Plan, world: World) -> None:
    crews = list(world.crews.values())
    for crew in crews:
        for person in crew.people:
            person.come_back()
    await settle(crews, PATIENCE)
    for crew in crews:
        world.tally.lost += await find_losses(crew, world.api, plan.token)


async def _plant(plan: Plan, world: World) -> None:
    while True:
        await asyncio.sleep(STEP)
        world.problems.step(list(world.crews.values()), plan.seconds)


async def _report_on(world: World, say: Callable[[str], None]) -> None:
    started = time.monotonic()
    while True:
        await asyncio.sleep(SAYS)
        here = sum(person.document.is_open for crew in world.crews.values() for person in crew.people)
        say(world.tally.progress(time.monotonic() - started, here))


@contextmanager
def _ended_by_interrupt(world: World) -> Iterator[None]:
    """The first Ctrl-C ends it tidily, with everything checked; the second one at once."""
    loop = asyncio.get_running_loop()

    def end() -> None:
        world.over.set()
        loop.remove_signal_handler(signal.SIGINT)

    loop.add_signal_handler(signal.SIGINT, end)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
