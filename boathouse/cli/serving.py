"""Commands that run the server and prepare its database."""

import socket
import sys
from typing import Annotated

import typer

from boathouse.cli.frame import app, with_database
from boathouse.core import accounts, invitations
from boathouse.core.database import Database
from boathouse.core.errors import UsageProblem, WorkFailed
from boathouse.core.logs import set_up_logs
from boathouse.core.settings import Settings, load_settings


@app.command()
def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; only 1 until many-machine support exists.")] = 1,
) -> None:
    """Start the server; the first start prints a one-time set-up link."""
    from boathouse.server import run_server

    if workers != 1:
        raise UsageProblem("--workers: one process owns a room, so 1 is the only value yet.")
    settings = load_settings()
    check_free(host, port)
    set_up_logs(settings.log_format)
    with_database(lambda database, _: say_setup_link(database, settings.base_url or f"http://{host}:{port}"))
    run_server(settings, host, port)


def check_free(host: str, port: int) -> None:
    """Said before the way in is printed. Errors: WorkFailed when nobody can listen there now."""
    try:
        for family, *_, at in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            socket.create_server(at[:2], family=family).close()
    except OSError as error:
        raise WorkFailed(f"{host}:{port} cannot be listened on: {error.strerror}.") from None


async def say_setup_link(database: Database, address: str) -> None:
    """Print where to begin."""
    async with database.writing() as session:
        await accounts.remove_expired(session)
        first = await invitations.needs_owner(session)
        secret = await invitations.new_setup_secret(session) if first else ""
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
