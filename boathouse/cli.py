"""The command `boathouse`. Exit codes: 0 done, 1 the work failed, 2 wrong usage or input."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from boathouse.core import accounts
from boathouse.core.backup import back_up
from boathouse.core.backup import restore as restore_backup
from boathouse.core.database import Database
from boathouse.core.errors import Problem, UsageProblem, WorkFailed
from boathouse.core.logs import set_up_logs
from boathouse.core.migrate import migrate as migrate_database
from boathouse.core.people import Role
from boathouse.core.settings import Settings, load_settings
from boathouse.workshop.generations import renew_generations

app = typer.Typer(
    help="OKR rollouts and live drafting workshops.", no_args_is_help=True, add_completion=False
)
token = typer.Typer(help="API tokens for programs.", no_args_is_help=True)
app.add_typer(token, name="token")


def main() -> None:
    """Entry point: errors meant for people become one line on standard error."""
    try:
        app()
    except UsageProblem as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
    except (Problem, WorkFailed) as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def with_database(work: Callable[[Database, Settings], Awaitable[None]]) -> None:
    """Run the work on a migrated database and close it after."""
    settings = load_settings()

    async def run() -> None:
        database = Database(settings.database_url)
        try:
            await migrate_database(database)
            await work(database, settings)
        finally:
            await database.close()

    asyncio.run(run())


@app.command()
def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; only 1 until many-machine support exists.")] = 1,
) -> None:
    """Start the server; the first start prints a one-time set-up link."""
    from boathouse.server import run_server

    if workers != 1:
        raise UsageProblem("--workers: one process owns a room, so 1 is the only value yet.")
    settings = load_settings()
    set_up_logs(settings.log_format)
    with_database(lambda database, _: say_setup_link(database, settings.base_url or f"http://{host}:{port}"))
    run_server(settings, host, port)


async def say_setup_link(database: Database, address: str) -> None:
    """Print where to begin."""
    async with database.writing() as session:
        first = await accounts.needs_owner(session)
        secret = await accounts.new_setup_secret(session) if first else ""
    if first:
        print(f"\nWelcome to Boathouse. Open this link once to set it up:\n\n  {address}/setup/{secret}\n")
    else:
        print(f"\nBoathouse is at {address}\n")
    sys.stdout.flush()


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""

    async def done(database: Database, _: Settings) -> None:
        print("The database is up to date.")

    with_database(done)


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

    here = f"http://127.0.0.1:{os.environ.get('PORT', 8000)}"
    address = (url or load_settings().base_url or here).rstrip("/")
    with nullcontext(token) if token else borrowed_token() as key:
        run_rehearsal(Plan(address, code, key, participants, minutes * 60, seed))


@contextmanager
def borrowed_token() -> Iterator[str]:
    """An owner's API token from the database of this machine, for the length of a block."""
    made: list[str] = []

    async def make(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            made.append(await accounts.create_token(session, "Rehearsal", Role.OWNER))

    async def remove(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            if person := await accounts.person_of_token(session, made[0]):
                await accounts.remove_person(session, person)

    with_database(make)
    try:
        yield made[0]
    finally:
        with_database(remove)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The copy to write; must not exist.")]) -> None:
    """Copy the database into one file, also while the server runs."""
    back_up(load_settings().database_url, file)
    print(f"Written to {file}.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file made by `boathouse backup`.")]) -> None:
    """Put a backup in the database's place; stop the server first."""
    kept = restore_backup(load_settings().database_url, file)

    async def renew(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            await renew_generations(session)

    with_database(renew)
    print("Restored." + (f" What was there before is kept at {kept}." if kept else ""))


@token.command("create")
def create_token(
    name: Annotated[str, typer.Option(help="Whose token this is.")],
    role: Annotated[Role, typer.Option(help="What it may do.")] = Role.OWNER,
) -> None:
    """Print a new API token, alone on standard output."""

    async def create(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            print(await accounts.create_token(session, name, role))

    with_database(create)
