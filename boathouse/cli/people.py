"""A command for people who are locked out."""

import os
from typing import Annotated

import typer

from boathouse.cli.frame import app, with_database
from boathouse.core import accounts
from boathouse.core.database import Database
from boathouse.core.errors import UsageProblem
from boathouse.core.settings import Settings


@app.command()
def password(email: Annotated[str, typer.Argument(help="The address of the account.")]) -> None:
    """Print a link with which somebody sets a new password, once and within ten minutes."""

    async def make(database: Database, settings: Settings) -> None:
        async with database.writing() as session:
            person = await accounts.person_of_address(session, email)
            if person is None:
                raise UsageProblem(f"EMAIL: no account has the address {email}.")
            secret = accounts.password_link(session, person.id)
        here = settings.base_url or f"http://127.0.0.1:{os.environ.get('PORT', 8000)}"
        print(f"{here.rstrip('/')}/new-password/{secret}")

    with_database(make)
