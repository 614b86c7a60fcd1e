"""Commands that act as programs do: tokens for them, and a rehearsal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from typing import Annotated

import typer

from boathouse.cli.frame import app, with_database
from boathouse.core import accounts
from boathouse.core.database import Database
from boathouse.core.errors import Problem, UsageProblem
from boathouse.core.people import Role
from boathouse.core.settings import Settings, load_settings
from boathouse.workshop.facilitators import add_facilitator
from boathouse.workshop.joining import find_workshop, read_code

token = typer.Typer(help="API tokens for programs.")
AFTERWARDS = timedelta(minutes=15)  # for the last words to be stored and looked for
app.add_typer(token, name="token")


@token.command("create")
def create_token(
    name: Annotated[str, typer.Option(help="Whose token this is.")],
    role: Annotated[Role, typer.Option(help="What it may do.")] = Role.OWNER,
) -> None:
    """Print a new API token, alone on standard output."""
    if not name.strip():
        raise UsageProblem("--name: say whose token this is.")

    async def create(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            secret = await accounts.create_token(session, name.strip(), role)
        print(secret)

    with_database(create)


@app.command()
def rehearse(
    code: Annotated[str, typer.Argument(help="The workshop's spoken code.")],
    participants: Annotated[int, typer.Option(min=1, max=2000, help="How many simulated people join.")],
    minutes: Annotated[float, typer.Option(min=0.05, help="How long they take part.")] = 5,
    url: Annotated[str, typer.Option(help="The server; left out, the one of this machine.")] = "",
    token: Annotated[
        str,
        typer.Option(
            envvar="BOATHOUSE_TOKEN", help="A coach's API token; left out, one is made and removed."
        ),
    ] = "",
    seed: Annotated[int, typer.Option(help="The same number gives the same people and stories.")] = 1,
) -> None:
    """Fill a workshop with simulated participants, marked as such, and check that no word is lost."""
    from boathouse.workshop.simulation.rehearsal import Plan, run_rehearsal

    if url and not url.startswith(("http://", "https://")):
        raise UsageProblem("--url: must start with http:// or https://.")
    here = f"http://127.0.0.1:{os.environ.get('PORT', 8000)}"
    address = (url or load_settings().base_url or here).rstrip("/")
    lasting = timedelta(minutes=minutes) + AFTERWARDS
    with nullcontext(token) if token else borrowed_token(code, lasting) as key:
        run_rehearsal(Plan(address, code, key, participants, minutes * 60, seed, not token))


@contextmanager
def borrowed_token(code: str, lasting: timedelta) -> Iterator[str]:
    """A token of a coach of this workshop from the database of this machine, for the length of a block.

    code: as it was typed; a wrong one is left to the server to refuse. lasting: after that the token ends by
    itself, should nobody live to remove it.
    """
    made: list[str] = []

    async def make(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            await accounts.remove_expired(session)
            made.append(await accounts.create_token(session, "Rehearsal", Role.COACH, lasting))
            coach = await accounts.person_of_token(session, made[0])
            with suppress(Problem):
                if coach and (workshop := await find_workshop(session, read_code(code))):
                    await add_facilitator(session, workshop.id, coach.id)

    async def remove(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            if person := await accounts.person_of_token(session, made[0]):
                await accounts.remove_person(session, person)

    with_database(make)
    try:
        yield made[0]
    finally:
        with_database(remove)
